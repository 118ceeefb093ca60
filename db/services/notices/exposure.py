"""Whether a paper that goes on a wall says a number of anybody in the record: every ID, phone and card is looked for.

The phones of the offices that take objections are the only numbers allowed. (2018年政务公开工作要点: 公示去标识化)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import select

from db.errors import Problem, Refused
from db.papers.model import Paper
from db.rules.privacy import Exposure, scan
from db.schema.household import HouseholdRow, MemberRow
from db.store.unit import Unit

_NUMBER = re.compile(r"[\d\-—]{7,}")
_SHOWN = 12


def exposures(unit: Unit, text: str, allowed_phones: Iterable[str] = ()) -> tuple[Exposure, ...]:
    """Every number of the record that stands in ``text``; two queries. People who left the record are looked for, too."""
    ids, phones, cards = set[str](), set[str](), set[str]()
    for number, disability in unit.session.execute(select(MemberRow.id_number, MemberRow.disability_number)):
        ids |= {number, disability}
    for phone, card, head in unit.session.execute(
        select(HouseholdRow.phone, HouseholdRow.bank_card, HouseholdRow.head_id)
    ):
        phones.update(_NUMBER.findall(phone))
        cards.add(card)
        ids.add(head)
    return scan(text, ids - {""}, phones, cards - {""}, allowed_phones)


def require_clean(unit: Unit, paper: Paper, allowed_phones: Iterable[str] = ()) -> None:
    """Refused when the paper would make a private number public, with one sentence for each, the number itself masked."""
    # The footer is the program's own: the head of the trail and the hour, whose digits may look like anybody's number.
    text = paper.text().replace(paper.footer_left, "") if paper.footer_left else paper.text()
    found = exposures(unit, text, allowed_phones)
    if found:
        raise Refused([_problem(text, exposure) for exposure in found[:_SHOWN]])


def _problem(text: str, exposure: Exposure) -> Problem:
    line = text[text.rfind("\n", 0, exposure.at) + 1 : exposure.at]
    where = f"“{line[-_SHOWN:]}”后面" if line.strip() else "表格里"
    sentence = f"榜上{where}有不能公开的号码（{exposure.kind} {exposure.shown}），不能打印和张贴，请先改掉"
    return Problem(sentence, "paper")
