"""How a roster's preview reads: its households with what becomes of each, its findings at their cells, the sentence of the result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.services.sheets.imports import FATE_WORDS, FATES, Fate, Imported, Preview, PreviewRow
from db.sheets.correcting import Written
from db.sheets.findings import Severity, SheetFinding
from desktop.pages.intake.picks import ALL, Picks
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line
from desktop.widgets.ticks import Tickable

TYPED = "已在窗口录入"
HOUSEHOLD_COLUMNS = (
    Column("tick", "", 36, "center", sortable=False),
    Column("fate", "结果", 110, sortable=False),
    Column("row", "行", 48, "right"),
    Column("village", "村", 74),
    Column("group", "村民小组", 76),
    Column("head_name", "户主", 70),
    Column("size", "人口", 56, "right", summed=True),
    Column("why", "说明", 240, sortable=False, least=120),
)
FINDING_COLUMNS = (
    Column("severity", "程度", 74, sortable=False),
    Column("sheet", "工作表", 76),
    Column("row", "行", 48, "right"),
    Column("column", "列", 132),
    Column("key", "农户", 150),
    Column("text", "说明", 240, sortable=False, least=120),
)
FAULT_COLUMNS = (
    Column("place", "位置", 54, sortable=False),
    Column("text", "说明", 320, sortable=False, least=120),
)
CELL_COLUMNS = (
    Column("label", "项目", 104, sortable=False, least=70),
    Column("old", "档案", 112, sortable=False, least=90),
    Column("new", "名册", 112, sortable=False, least=90),
    Column("place", "位置", 52, sortable=False),
)
SEVERITY_WORDS: Mapping[Severity, str] = {"E": "有错", "W": "请核对", "I": "说明"}
_SEVERITY_TONES: Mapping[Severity, Tone] = {"E": "red", "W": "ochre", "I": "grey"}
_FATE_TONES: Mapping[Fate, Tone] = {
    "new": "pine",
    "changed": "ochre",
    "conflict": "red",
    "same": "grey",
    "faulty": "red",
}


def cells_of(picks: Picks, place: int) -> tuple[str | Cell, ...]:
    """One household as a row of the table."""
    row, mark = picks.shown.rows[place], picks.mark(place)
    household, typed = row.household, row.key in picks.typed
    word, tone = (TYPED, "pine") if typed else (FATE_WORDS[row.fate], _FATE_TONES[row.fate])
    return (
        Cell(mark, "pine" if mark == ALL else "ochre" if mark else "grey"),
        Cell(word, tone, "pill", tip=row.sheet),  # type: ignore[arg-type]
        str(row.row),
        household.village,
        household.group,
        household.head_name,
        str(household.size),
        _why(row),
    )


def sort_key(row: PreviewRow, key: str) -> tuple[int, str]:
    """What a column of the table is sorted by."""
    if key in ("row", "size"):
        return (row.row if key == "row" else row.household.size, "")
    return 0, str(getattr(row.household, key))


def finding_items(preview: Preview) -> list[Item]:
    """One row a finding, as they stand in the file."""
    return [_finding_item(finding) for finding in preview.findings]


def fault_items(row: PreviewRow) -> list[Item]:
    """What was found in one household, the gravest first; what differs from the record stands among the cells."""
    among_cells = {(c.sheet, c.row, c.letter, f"{c.change.label}：档案是") for c in row.cells if c.standing != "plain"}
    own = [
        f
        for f in row.findings
        if not any((f.sheet, f.row, f.letter) == c[:3] and f.text.startswith(c[3]) for c in among_cells)
    ]
    found = sorted(own, key=lambda f: "EWI".index(f.severity))
    return [
        Item((place_of(f), Cell(f.text, _SEVERITY_TONES[f.severity], tip=f"{f.place}\n{f.text}")), thing=f)
        for f in found
    ]


def tickables(row: PreviewRow, ticked: frozenset[int]) -> list[Tickable]:
    """The cells in which a household differs from the record, each with both sides."""
    return [
        Tickable(
            (
                Cell(cell.change.label, "" if cell.standing == "plain" else "red", tip=cell.why),
                Cell(cell.change.old or "（空）", "grey" if n in ticked else "", tip=cell.change.old),
                Cell(cell.change.new or "（空）", "pine" if n in ticked else "grey", tip=cell.change.new),
                Cell(cell.place, "grey", tip=f"{cell.sheet} {cell.column}"),
            ),
            n,
            n in ticked,
            cell.standing == "locked",
        )
        for n, cell in enumerate(row.cells)
    ]


def cell_in_full(row: PreviewRow, place: int) -> str:
    """One cell with both sides whole, and why it is not simply taken."""
    cell = row.cells[place]
    change, where = cell.change, f"{cell.sheet} {cell.place}"
    said = f"{change.label}（{where}）　档案：{change.old or '空'}　名册：{change.new or '空'}"
    return f"{said}　{cell.why}" if cell.why else said


def place_of(finding: SheetFinding) -> str:
    """K5, or the row where no cell is named."""
    return f"{finding.letter}{finding.row}" if finding.letter else f"{finding.row}行" if finding.row else ""


def name_of(row: PreviewRow) -> str:
    """How the clerk knows the household."""
    head = f"{row.household.head_name}户" if row.household.head_name else "（没有户主姓名）"
    return f"{row.household.village} {head}"


def standing_of(row: PreviewRow, obstacles: Sequence[str]) -> str:
    """One sentence below the name: what will happen, or what the clerk has to decide."""
    if obstacles:
        return f"只取勾上的这几格，这一户有错：{'；'.join(obstacles)}"
    if row.fate == "conflict":
        return _conflict(row)
    return {
        "new": "档案里没有这一户，勾上就整户录入。",
        "changed": "勾上的取名册的，不勾的留档案的。",
        "same": "与档案相同，不用录入。",
        "faulty": "有错，整户不录入；可在下面改这一格，或在窗口录入这一户。",
    }[row.fate]


def _conflict(row: PreviewRow) -> str:
    reasons = dict.fromkeys(cell.why for cell in row.cells if cell.why)
    return f"红色的格子档案里已有更新的内容，勾上才取名册的，带“—”的不能取。{'；'.join(reasons)}"


def counts(preview: Preview) -> str:
    """All fates there are, 户 and 人 both."""
    found = [(FATE_WORDS[fate], preview.count(fate)) for fate in FATES]
    return " · ".join(f"{word} {both(count)}" for word, count in found if count[0])


def will_write(picks: Picks) -> str:
    """Exactly what the button writes."""
    new, changed, cells = picks.new_and_changed()
    parts = [f"新增 {both(new)}"] if new[0] else []
    if changed[0]:
        parts.append(f"改动 {both(changed)}的 {cells:,} 格")
    return "，".join(parts)


def seen(picks: Picks) -> str:
    """What to say of a file, or of a content, that was taken in before; "" of a new one."""
    if not picks.shown.seen:
        return ""
    more = "其中又有可录入的，请先核对" if picks.taken()[0] else "没有新的内容，不必再录入"
    return f"{picks.shown.seen}，{more}。"


def notes_of(row: PreviewRow) -> list[Line]:
    """What the form shows of a faulty household while it is typed: the faults only."""
    return [Line(f"名册：{f.text}", "bad", f.place) for f in row.findings if f.severity == "E"]


def both(count: tuple[int, int]) -> str:
    """户 and 人."""
    return f"{count[0]:,} 户 {count[1]:,} 人"


def result(done: Imported, copy: str) -> str:
    """What was written and what stayed out."""
    parts = [f"新增 {both(done.new)}"] if done.new[0] or not done.changed[0] else []
    if done.changed[0]:
        parts.append(f"变动 {both(done.changed)}")
    text = f"已录入：{'，'.join(parts)}。"
    if done.same[0]:
        text += f"与档案相同、不必改的 {both(done.same)}。"
    if done.left[0]:
        text += f"没有勾选、没有录入的 {both(done.left)}。"
    if done.conflict[0]:
        text += f"有冲突、留了档案内容的 {both(done.conflict)}。"
    if done.faulty[0]:
        text += f"有错没有录入的 {both(done.faulty)}，见下表：可就地改、导出错误清单改好再导入，或逐户在窗口录入。"
    return f"{text}录入前的备份：{copy}。"


def exported(done: Written) -> str:
    """Where the workbook with its faults lies and what to do with it."""
    kept = "格式、公式和下拉选项都照原表" if done.same else done.why
    marked = f"标了 {done.cells:,} 格、{done.rows:,} 行，{kept}"
    return f"已导出“{done.path.name}”：{marked}。改好后直接选它再录入，已录入的户不会重复。"


def _why(row: PreviewRow) -> Cell:
    if row.cells and row.fate != "faulty":
        text = "；".join(f"{c.label}：{c.old or '（空）'} → {c.new or '（空）'}" for c in row.changes)
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
