"""月结: a month is closed, something is entered late, the next month carries it as 调整; what changed is told in a sentence; a month is
unlocked and closed anew. A reprint that is not the same, byte for byte, stops the tour.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

from db.rules.monthclose import Month, after, named
from db.services.ledger.closing import Close
from db.services.ledger.closing import months as months_of
from desktop.pages.ledgers.closing import ClosingPane
from desktop.pages.ledgers.page import LedgersPage
from desktop.tour import afterwards, closing, rereading
from desktop.tour.afterwards import Birth
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError, workday_from
from desktop.tour.standing_by import second_person
from desktop.tour.three import Chosen
from desktop.widgets.sheet import as_cell

AGREED, UNLOCKED = "已核对，各表与名册相符", "发现一户人口登记有误，更正后重新月结"
LATE = timedelta(days=3)
CERTIFICATE = "P440000124"
MORNING = 9


def play(stage: Stage, papers: Papers, one: Chosen) -> None:
    """Two months closed one after the other; ``one`` has a child that is entered when its month is closed already."""
    first = (stage.today.year, stage.today.month)
    second = after(first)
    stage.pass_to(workday_from(date(*second, 1)), MORNING)
    _close(stage, papers, first, "月结-月结前检查", "月结-两人在场", "月结-已月结")
    frozen = _again(stage, first, "封存")
    stage.pass_to(workday_from(stage.today + LATE), MORNING)
    afterwards.born(
        stage, one, Birth(date(*second, 1) - LATE, CERTIFICATE, "村里月底出生，月结以后才报来", "迟报的出生")
    )
    _reprint(stage, first, frozen)
    _adjusted(stage, second, one)
    stage.pass_to(workday_from(date(*after(second), 1)), MORNING)
    _close(stage, papers, second)
    _compare(stage, papers, first, second)
    _unlock(stage, second)
    _close(stage, papers, second, "", "", "月结-重新月结以后")
    _again(stage, second, "重新月结")


def _close(stage: Stage, papers: Papers, month: Month, *pictures: str) -> None:
    """月结 with the reviewer beside; the receipt as PDF. ``pictures`` are those before, of the two persons, and after; "" takes none."""
    _, pane = _open(stage, month)
    before, both, closed = pictures or ("", "", "")
    if before:
        stage.picture(before)
    stage.press_and_answer(pane.close_button, partial(second_person, stage, AGREED, picture=both))
    if not pane.receipt_button.isVisible():
        raise StageError(f"{named(month)} was not closed: {stage.told()}")
    if closed:
        stage.picture(closed)
    done = _closed(stage, month)
    stage.click(pane.receipt_button)
    papers.take("月结回执", f"{named(month)}（{done.number}）")
    stage.say(f"{done.number}：{named(month)} {done.counted.households:,} 户 {done.counted.persons:,} 人")


def _again(stage: Stage, month: Month, called: str) -> Path:
    """再导出: the closed month's workbook, from what was frozen."""
    _, pane = _open(stage, month)
    done = _closed(stage, month)
    path = stage.out / f"{month[0]}年{month[1]:02d}月台账（{called}）.xlsx"
    pane.export_to(path)
    stage.settle()
    found = rereading.sheets(path)
    places = rereading.column(found[closing.SUMMARY], "期末")
    told = rereading.total(found[closing.SUMMARY])[places : places + 2]
    rereading.hold("期末 of 月报汇总表", path, told, [done.counted.households, done.counted.persons])
    return path


def _reprint(stage: Stage, month: Month, frozen: Path) -> None:
    """What was entered since does not show in what was frozen."""
    again = _again(stage, month, "更正以后再导出")
    stage.picture("月结-更正以后再导出逐字相同")
    rereading.same_bytes(frozen, again)
    stage.say(f"再导出：{again.name} 与 {frozen.name} 逐字节相同")


def _adjusted(stage: Stage, month: Month, one: Chosen) -> None:
    """调整明细 of the next month: the late entry with its reason and paper."""
    _, pane = _open(stage, month)
    stage.click(pane.parts.chip("调整明细"))
    if one.head not in {as_cell(item.cells[1]).text for item in pane.adjusted.items()}:
        raise StageError(f"what was entered late is no 调整 of {named(month)}")
    stage.picture("月结-下月的调整")
    stage.click(pane.parts.chip("各村户数、人数"))


def _compare(stage: Stage, papers: Papers, old: Month, new: Month) -> None:
    """名单变化: household by household, with the sentence for the briefing, on paper and as a workbook."""
    page = stage.page("ledgers", LedgersPage)
    stage.turn(page.tabs, page.comparing)
    page.comparing.choose(old, new)
    stage.settle()
    stage.picture("名单变化")
    entries = page.comparing.shown()
    if not entries:
        raise StageError(f"nothing changed between {named(old)} and {named(new)}: {page.comparing.sentence.text()}")
    stage.say(f"名单变化：{page.comparing.sentence.text()}")
    path = stage.out / f"名单变化-{named(new)}.xlsx"
    page.comparing.export_to(path)
    stage.settle()
    listed = next(iter(rereading.sheets(path).values()))
    rereading.hold("lines", path, len(rereading.counted(listed)), len(entries))
    stage.click(page.comparing.print_button)
    papers.take("名单变化表", named(new))


def _unlock(stage: Stage, month: Month) -> None:
    """解锁: with the reviewer and a reason, which stay on the record."""
    _, pane = _open(stage, month)
    stage.press_and_answer(pane.unlock_button, partial(second_person, stage, UNLOCKED, picture="月结-解锁"))
    if not pane.close_button.isVisible():
        raise StageError(f"{named(month)} was not unlocked: {stage.told()}")
    stage.picture("月结-解锁以后")


def _closed(stage: Stage, month: Month) -> Close:
    """What closed a month."""
    states = stage.office.see(months_of).states
    found = next((state.closing for state in states if state.month == month), None)
    if found is None:
        raise StageError(f"{named(month)} is not closed")
    return found


def _open(stage: Stage, month: Month) -> tuple[LedgersPage, ClosingPane]:
    page = stage.page("ledgers", LedgersPage)
    stage.turn(page.tabs, page.closing)
    page.closing.choose(month)
    stage.settle()
    return page, page.closing
