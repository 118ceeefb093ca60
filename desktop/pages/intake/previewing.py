"""How a roster's preview reads: its households with what becomes of each, its findings at their cells, the sentence of the result."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from db.services.imports import FATE_WORDS, FATES, Fate, Imported, Preview, PreviewRow
from db.sheets.findings import Severity, SheetFinding
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Figure, Line, Sign

_SHOWN = 12
TYPED = "已在窗口录入"
HOUSEHOLD_COLUMNS = (
    Column("fate", "结果", 114, sortable=False),
    Column("row", "行", 46, "right"),
    Column("village", "村", 74),
    Column("group", "村民小组", 74),
    Column("head_name", "户主", 68),
    Column("size", "人口", 50, "right", summed=True),
    Column("type", "", 104, sortable=False),
    Column("why", "说明", 200, sortable=False),
)
FINDING_COLUMNS = (
    Column("severity", "程度", 74, sortable=False),
    Column("sheet", "工作表", 76),
    Column("row", "行", 54, "right"),
    Column("column", "列", 146),
    Column("key", "农户", 166),
    Column("text", "说明", 260, sortable=False),
)
SEVERITY_WORDS: Mapping[Severity, str] = {"E": "有错", "W": "请核对", "I": "说明"}
_SEVERITY_TONES: Mapping[Severity, Tone] = {"E": "red", "W": "ochre", "I": "grey"}
_SIGNS: Mapping[Severity, Sign] = {"E": "bad", "W": "mind", "I": ""}
_FATE_TONES: Mapping[Fate, Tone] = {"new": "pine", "changed": "ochre", "conflict": "red", "same": "grey", "faulty": "red"}


def household_items(preview: Preview, typed: Collection[int]) -> list[Item]:
    """One row a household; ``typed`` are the places of faulty ones that were typed in the window meanwhile."""
    return [_household_item(row, place in typed) for place, row in enumerate(preview.rows)]


def finding_items(preview: Preview) -> list[Item]:
    """One row a finding, as they stand in the file."""
    return [_finding_item(finding) for finding in preview.findings]


def figures(preview: Preview) -> list[Figure]:
    """What becomes of how many, 户 and 人 both."""
    return [Figure(FATE_WORDS[fate], both(preview.count(fate))) for fate in FATES]


def lines_of(row: PreviewRow) -> list[Line]:
    """What was found in one household and what would change in the record."""
    lines = [Line(f.text, _SIGNS[f.severity], f.place) for f in row.findings]
    lines += [Line(f"{c.label}：{c.old or '（空）'} → {c.new}", "mind") for c in row.changes]
    return lines[:_SHOWN] or [Line("没有查出问题" if row.fate == "new" else "与档案相同", "ok")]


def name_of(row: PreviewRow) -> str:
    """How the clerk knows the household."""
    head = f"{row.household.head_name}户" if row.household.head_name else "（没有户主姓名）"
    return f"{row.household.village} {head}"


def seen(preview: Preview) -> str:
    """What to say of a file that was taken in before; "" of a new one."""
    if not preview.seen:
        return ""
    return f"{preview.seen}，{'其中又有可录入的，请先核对' if taken(preview)[0] else '没有新的内容，不必再录入'}。"


def notes_of(row: PreviewRow) -> list[Line]:
    """What the form shows of a faulty household while it is typed: the faults only."""
    return [Line(f"名册：{f.text}", "bad", f.place) for f in row.findings if f.severity == "E"]


def taken(preview: Preview) -> tuple[int, int]:
    """Households and persons that would be written."""
    new, changed = preview.count("new"), preview.count("changed")
    return new[0] + changed[0], new[1] + changed[1]


def both(count: tuple[int, int]) -> str:
    """户 and 人."""
    return f"{count[0]:,} 户 {count[1]:,} 人"


def result(done: Imported, copy: str) -> str:
    """What was written and what stayed out."""
    parts = [f"新增 {both(done.new)}"]
    if done.changed[0]:
        parts.append(f"变动 {both(done.changed)}")
    text = f"已录入：{'，'.join(parts)}。"
    if done.same[0]:
        text += f"与档案相同、不必改的 {both(done.same)}。"
    if done.faulty[0]:
        text += f"有错没有录入的 {both(done.faulty)}，见下表：可在文件里改好后再导入，或逐户在窗口录入。"
    return f"{text}录入前的备份：{copy}。"


def _household_item(row: PreviewRow, typed: bool) -> Item:
    household = row.household
    cells = (
        Cell(
            TYPED if typed else FATE_WORDS[row.fate], "pine" if typed else _FATE_TONES[row.fate], "pill", tip=row.sheet
        ),
        str(row.row),
        household.village,
        household.group,
        household.head_name,
        str(household.size),
        Cell("在窗口录入" if row.fate == "faulty" and not typed else "", look="button"),
        _why(row),
    )
    return Item(cells, FATE_WORDS[row.fate], row)


def _why(row: PreviewRow) -> Cell:
    if row.changes:
        text = "；".join(f"{c.label}：{c.old or '（空）'} → {c.new}" for c in row.changes)
        return Cell(text, tip=text)
    first = min(row.findings, key=lambda f: "EWI".index(f.severity), default=None)
    if first is None:
        return Cell("")
    more = f"（共 {len(row.findings)} 处）" if len(row.findings) > 1 else ""
    return Cell(f"{first.text}{more}", "" if first.severity == "E" else "grey", tip=first.text)


def _finding_item(finding: SheetFinding) -> Item:
    word = SEVERITY_WORDS[finding.severity]
    place = f"{finding.column}（{finding.letter}列）" if finding.letter else finding.column
    cells = (
        Cell(word, _SEVERITY_TONES[finding.severity], "pill"),
        finding.sheet,
        str(finding.row or ""),
        place,
        finding.key,
        Cell(finding.text, tip=finding.text),
    )
    return Item(cells, word, finding)
