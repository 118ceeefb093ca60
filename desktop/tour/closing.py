"""What the office has in its hands when all is done: the month's workbook and the list of those who stayed out."""

from __future__ import annotations

from collections.abc import Sequence

from db.papers.leftout import LeftOutRow
from desktop.pages.ledgers.page import LedgersPage
from desktop.printing.window import show_paper
from desktop.tour import leftout
from desktop.tour.stage import Stage, StageError


def write_ledger(stage: Stage) -> None:
    """导出台账 of the month the clock stands in."""
    page = stage.page("ledgers", LedgersPage)
    path = stage.out / page.file_name()
    stage.picture("月度台账")
    page.export_to(path)
    stage.settle()
    if not path.exists():
        raise StageError(f"the ledger was not written: {stage.told()}")
    stage.picture("月度台账-已导出")
    stage.say(f"台账：{path.name}")


def write_left_out(stage: Stage, rows: Sequence[LeftOutRow]) -> None:
    """The list on paper, as JSON and as CSV."""
    paper = leftout.paper(stage.office, rows)
    window = show_paper(stage.program.window, paper)
    window.preview.save_to(stage.out / f"{paper.file_stem}.pdf")
    window.close()
    leftout.write_tables(rows, stage.out)
