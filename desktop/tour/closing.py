"""What the office has in its hands when all is done: the month's workbook, a copy for those outside, the list of those who stayed out.

Each workbook is read again by a reader that is not ours and held against the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path

from db.papers.leftout import LeftOutRow
from db.rules.case import Status
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.ledgers.page import LedgersPage
from desktop.pages.ledgers.writing import WritingPane
from desktop.printing.window import show_paper
from desktop.tour import leftout, rereading
from desktop.tour.rereading import Cells
from desktop.tour.stage import Stage, StageError
from desktop.widgets.sheet import as_cell

HOUSEHOLDS, PERSONS, SUMMARY, ADDED, INCOMES = "贫困户花名册", "贫困人口花名册", "月报汇总表", "新增统计表", "收入明细"
_TEN_THOUSAND, _CENT = Decimal(10_000), Decimal("0.01")


def write_ledger(stage: Stage) -> None:
    """导出台账 of the month the clock stands in: every sheet as it is, then a masked copy in 万元."""
    page = stage.page("ledgers", LedgersPage)
    path = stage.out / page.file_name()
    stage.picture("月度台账")
    whole = export(stage, page, path)
    stage.picture("月度台账-已导出")
    hold_register(stage, path, whole)
    _open_a_number(stage, page.writing)
    _for_others(stage, page, path, whole)
    stage.say(f"台账：{path.name}")


def write_left_out(stage: Stage, rows: Sequence[LeftOutRow]) -> None:
    """The list on paper, as JSON and as CSV."""
    paper = leftout.paper(stage.office, rows)
    window = show_paper(stage.program.window, paper)
    window.preview.save_to(stage.out / f"{paper.file_stem}.pdf")
    window.close()
    leftout.write_tables(rows, stage.out)


def export(stage: Stage, page: LedgersPage, path: Path) -> dict[str, Cells]:
    """Write what is chosen; the sheets as another reader finds them."""
    page.export_to(path)
    stage.settle()
    if not path.exists():
        raise StageError(f"the ledger was not written: {stage.told()}")
    return rereading.sheets(path)


def hold_register(stage: Stage, path: Path, found: dict[str, Cells]) -> None:
    """StageError unless the sheets count the households and persons that are on the register."""
    homes, persons = stage.office.see(search.count, Filter(status=Status.REGISTERED))
    for name, wanted in ((HOUSEHOLDS, homes), (PERSONS, persons), (INCOMES, homes)):
        rereading.hold(f"rows of {name}", path, len(rereading.counted(found[name])), wanted)
    closing = rereading.column(found[SUMMARY], "期末")
    told = rereading.total(found[SUMMARY])[closing : closing + 2]
    rereading.hold("期末 of 月报汇总表", path, told, [homes, persons])


def _for_others(stage: Stage, page: LedgersPage, path: Path, whole: dict[str, Cells]) -> None:
    """对外，脱敏 and 万元: no number can be read in full, and the amounts are the same."""
    choices = page.writing.choices
    stage.choose(choices.copies, "对外")
    stage.choose(choices.unit, "金额按万元")
    _turn(stage, page.writing, INCOMES)
    if page.writing.view.table is not None:
        amounts = page.writing.view.table.table.horizontalScrollBar()
        amounts.setValue(amounts.maximum())
    stage.picture("月度台账-脱敏件和万元")
    target = path.with_name(f"{path.stem}（对外脱敏，万元）.xlsx")
    masked = export(stage, page, target)
    rereading.hold("numbers in full", target, rereading.whole_numbers(masked), 0)
    if not rereading.whole_numbers(whole):
        raise StageError(f"{path.name} has no identity number in full")
    yuan, tens = (
        rereading.amounts(rows, rereading.column(rows, "总收入（元）", "总收入（万元）"))
        for rows in (whole[INCOMES], masked[INCOMES])
    )
    cut = [float((Decimal(str(one)) / _TEN_THOUSAND).quantize(_CENT, ROUND_DOWN)) for one in yuan]
    rereading.hold("incomes in 万元", target, list(tens), cut)
    stage.choose(choices.unit, "金额按元")
    stage.choose(choices.copies, "对内")


def _open_a_number(stage: Stage, pane: WritingPane) -> None:
    """点数字看是哪些户: the first sum of 新增统计表 opens the households behind it, written as a sheet of their own."""
    _turn(stage, pane, ADDED)
    shown = pane.view.table
    if shown is None:
        raise StageError("no sheet of the ledger is shown")
    table, sums = shown.table, shown.items()[-1]
    figure = next(n for n, cell in enumerate(sums.cells) if as_cell(cell).tone == "pine")
    stage.point(table, len(shown.items()) - 1, figure)
    found = pane.behind.found
    if found is None or not pane.behind.isVisible() or not found.lines:
        raise StageError("the number opened no households")
    stage.picture("月度台账-数字是哪些户")
    path = stage.out / pane.behind.file_name()
    pane.behind.export_to(path)
    stage.settle()
    (rows,) = rereading.sheets(path).values()
    rereading.hold("households", path, len(rereading.counted(rows)), len(found.lines))
    stage.click(pane.behind.close_button)


def _turn(stage: Stage, pane: WritingPane, name: str) -> None:
    """Show a sheet of the ledger."""
    names = [as_cell(item.cells[1]).text for item in pane.sheets.list.items()]
    stage.point(pane.sheets.list.table, names.index(name), 1)
