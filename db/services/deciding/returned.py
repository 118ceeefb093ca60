"""The county's returned list as it is copied out of a workbook: each line is matched with a household that waits, never guessed.

A line says the head's name and the outcome in any order of its cells, the village and the group where one name stands twice, and
the reason. What is not understood or fits several households is handed back in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.case import Kind, Outcome
from db.rules.groups import group_key
from db.services.deciding import queues
from db.services.deciding.county import Ruling
from db.services.town.search import Line
from db.store.unit import Unit

_WORDS = {
    Outcome.PASSED: ("通过", "同意", "认定", "予以认定", "同意认定", "批准"),
    Outcome.RETURNED: ("退回", "退回补正", "退回重报"),
    Outcome.REFUSED: ("不予认定", "不通过", "未通过", "不同意", "不认定", "不予通过"),
}
_OUTCOMES = {word: outcome for outcome, words in _WORDS.items() for word in words}
_BLANK = " \u3000\u00a0"
_HEADINGS = frozenset({"户主姓名", "户主", "姓名"})


@dataclass(frozen=True, slots=True)
class Returned:
    """``rulings`` are the lines understood, ``questions`` one sentence for every other line."""

    rulings: tuple[Ruling, ...]
    questions: tuple[str, ...]


def read(unit: Unit, kind: Kind, text: str) -> Returned:
    """Match a copied list (tab-separated lines) with the households that wait for ``kind``; nothing is written."""
    lines = [q.line for q in queues.waiting(unit, kind)]
    rulings: dict[int, Ruling] = {}
    questions: list[str] = []
    for number, raw in enumerate(text.splitlines(), 1):
        cells = [cell.strip(_BLANK) for cell in raw.split("\t")]
        if not any(cells) or _HEADINGS & set(cells):
            continue
        found = _understood(cells, lines)
        if isinstance(found, str):
            questions.append(f"第 {number} 行“{' '.join(c for c in cells if c)[:30]}”：{found}")
        elif found.case_id in rulings:
            questions.append(
                f"第 {number} 行“{' '.join(c for c in cells if c)[:30]}”：这一户前面已有一行，只用了前一行"
            )
        else:
            rulings[found.case_id] = found
    return Returned(tuple(rulings.values()), tuple(questions))


def _understood(cells: Sequence[str], lines: Sequence[Line]) -> Ruling | str:
    named = [x for x in lines if x.head_name in cells]
    if not named:
        return "待办的农户里没有这个户主"
    fitting = _narrowed(cells, named)
    if not fitting:
        return "村或组与档案不符，请核对"
    if len(fitting) > 1:
        return f"有 {len(fitting)} 户同名，分不清是哪一户，请在左边逐户填"
    outcomes = [(n, _OUTCOMES[cell]) for n, cell in enumerate(cells) if cell in _OUTCOMES]
    if len(outcomes) != 1:
        return "没有看出结果（通过、退回、不予认定）" if not outcomes else "一行里有两个结果，请核对"
    place, outcome = outcomes[0]
    reason = "" if outcome is Outcome.PASSED else _reason(cells[:place], cells[place + 1 :], fitting[0])
    return Ruling(fitting[0].case_id, outcome, reason)


def _narrowed(cells: Sequence[str], named: Sequence[Line]) -> list[Line]:
    """Those of one name that the village and the group of the line leave."""
    found = [x for x in named if _says_village(cells, x)] or ([] if _says_any(cells, named) else list(named))
    groups = [cell for cell in cells if cell.endswith("组")]
    return [x for x in found if _says_group(groups, x)] if groups else found


def _says_group(cells: Sequence[str], line: Line) -> bool:
    return any(group_key(cell.removeprefix(line.village)) == group_key(line.group) for cell in cells)


def _says_village(cells: Sequence[str], line: Line) -> bool:
    return any(cell.startswith(line.village) for cell in cells)


def _says_any(cells: Sequence[str], named: Sequence[Line]) -> bool:
    """Whether the line names a village at all, be it none of these."""
    known = {x.head_name for x in named}
    return any(cell.endswith("村") and cell not in known for cell in cells)


def _reason(before: Sequence[str], after: Sequence[str], line: Line) -> str:
    """What stands behind the outcome, else the longest cell before it that says nothing known."""
    said = [cell for cell in after if cell]
    if said:
        return "；".join(said)
    known = {line.head_name, line.village, line.group, str(line.size)}
    rest = [cell for cell in before if cell not in known and not cell.startswith(line.village) and not cell.isdigit()]
    return max(rest, key=len, default="")
