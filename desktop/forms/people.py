"""Between the rows of a grid and the people of a household.

What can be read off an identity number is not typed: birth, age, and sex where it was left blank; the head's name, number and sex come
from the boxes above.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.errors import Problem
from db.fields import member as person
from db.fields.base import Field
from db.fields.kinds import Text
from db.fields.member import MEMBER
from db.rules.codes import Relation
from db.rules.identity import age_on, judge
from db.rules.values import Household, Member

BORN = Field("born", "出生、年龄", Text(limit=30), help="由身份证号得出")
HEAD_OF = {"name": "head_name", "id_number": "head_id", "sex": "head_sex"}
"""Field of the head's row to the field above it is taken from."""
_INSTEAD = ("id_kind", "police_proof")
"""What is asked of a person only where there is no sound number of an identity card; the keyboard goes past it otherwise."""
_BLANK = Member("")


def head_first(household: Household) -> list[Member | None]:
    """The members with the head in front; None stands for a head whose row is still to be filled."""
    members = list(household.members)
    head = next((m for m in members if m.relation is Relation.HEAD), None)
    head = head or next((m for m in members if m.name == household.head_name), None)
    return [head, *(m for m in members if m is not head)]


def rows_of(household: Household) -> list[dict[str, object]]:
    """Rows of the members, the head first, with every field of theirs: what a grid has no column for it hands back."""
    return [row_of(member) if member else {} for member in head_first(household)]


def row_of(member: Member) -> dict[str, object]:
    """One member by field key, with the number the record knows him by."""
    return {**{key: getattr(member, key) for key in MEMBER}, "id": member.id}


def member_of_row(row: Mapping[str, Any]) -> Member:
    """The person a row states."""
    return replace(_BLANK, **{key: plain(row.get(key), getattr(_BLANK, key)) for key in MEMBER}, id=row.get("id"))


def beside(texts: Sequence[Mapping[str, str]], household: Household) -> list[dict[str, object]]:
    """For rows put back from a draft: the whole person of the record each of them means, by number, else by name."""
    found = []
    for row in texts:
        same = [m for m in household.members if m.id_number and m.id_number == row.get("id_number")]
        same = same or [m for m in household.members if m.name and m.name == row.get("name")]
        found.append(row_of(same[0]) if same else {})
    if found and not found[0] and household.members:
        found[0] = row_of(head_first(household)[0] or household.members[0])
    return found


def derived(number: int, texts: Mapping[str, str], head: Mapping[str, str], today: date) -> dict[str, str]:
    """What follows for a member's row: the head's from the boxes above, birth and blank sex from the identity number."""
    found = {key: head.get(source, "") for key, source in HEAD_OF.items()} if number == 0 else {}
    if number == 0:
        found[person.RELATION.key] = Relation.HEAD.label
    verdict = judge(found.get("id_number", texts.get("id_number", "")), today)
    if verdict.birth is None or verdict.sex is None:
        return {**found, BORN.key: ""}
    found[BORN.key] = f"{verdict.birth} · {age_on(verdict.birth, today)} 岁"
    if number and not texts.get("sex"):
        found["sex"] = verdict.sex.label
    return found


def derived_short(number: int, texts: Mapping[str, str], head: Mapping[str, str], today: date) -> dict[str, str]:
    """As `derived`, for the application: a person with a sound number is not asked for other papers."""
    found = derived(number, texts, head, today)
    return {**found, **({key: "" for key in _INSTEAD if not texts.get(key)} if found[BORN.key] else {})}


def member_of(problem: Problem) -> int | None:
    """Index of the member a problem is about."""
    place = problem.where.removeprefix("member:")
    return int(place) if place != problem.where else None


def without_echo(problems: Sequence[Problem]) -> list[Problem]:
    """Problems said once: what is wrong with the head's name, number or sex is not said again at his row."""
    said = {p.field for p in problems if member_of(p) is None}
    return [p for p in problems if not (member_of(p) == 0 and HEAD_OF.get(p.field) in said)]


def plain(value: object, was: object) -> Any:  # noqa: ANN401  a box may hold a value of any kind
    """Texts are never None in the record's values."""
    return "" if value is None and isinstance(was, str) else value
