"""The record looked through: 数据体检 with reasons for several at once, 为什么 with another line tried, a sheet keyed a second time."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QDialog

from db.fields.income import ITEMS, PARTS
from db.services.register import households
from db.services.rekeying.rekeys import Item as Drawn
from desktop.pages.health.page import HealthPage
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.households.whatif import WhatIfDialog
from desktop.pages.rekeys.page import RekeysPage
from desktop.tour import filling
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError
from desktop.tour.three import Chosen
from desktop.tour.workbooks import Script

SEVERAL, OTHERWISE = 3, 100


def health(stage: Stage, papers: Papers, village: str) -> None:
    """数据体检 of the whole record, a reason for several doubts at once, the list of a village."""
    page = stage.page("health", HealthPage)
    stage.click(page.run)
    stage.picture("数据体检")
    for chip in ("要改", "要说明"):
        if not page.rules.kinds.chip(chip).text().endswith(" 0"):
            stage.click(page.rules.kinds.chip(chip))
            stage.picture(f"数据体检-{chip}")
    _explain(stage, page)
    page.rules.choose_village(village)
    stage.settle()
    if page.print_it.isEnabled():
        stage.click(page.print_it)
        papers.take("数据体检清单", village)
    page.rules.choose_village("")
    stage.say(f"数据体检：{page.subtitle_label.text()}")


def roster(stage: Stage, papers: Papers, script: Script) -> None:
    """查一份名册: the roster as the villages handed it in, looked through by the same rules; what is wrong with it, rule by rule."""
    page = stage.page("health", HealthPage)
    page.check_roster(script.workbooks.roster)
    stage.settle()
    stage.picture("数据体检-查名册")
    stage.click(page.rules.kinds.chip("要改"))
    for place, found in enumerate(page.rules.groups()):
        stage.say(f"查名册：{found.title}，{found.households} 户 {len(found.hits)} 处")
        page.rules.list.table.go_to(place)
        stage.settle()
        if not place:
            stage.picture("数据体检-名册里要改的")
    stage.click(page.print_it)
    papers.take("数据体检清单", f"{script.town}申报名册")


def _explain(stage: Stage, page: HealthPage) -> None:
    """Give one reason for several doubts of the rule that has most of them."""
    groups = page.rules.groups()
    doubtful = [n for n, g in enumerate(groups) if g.kind == "W" and all(hit.doubt is not None for hit in g.hits)]
    if not doubtful:
        return
    place = max(doubtful, key=lambda n: len(groups[n].hits))
    page.rules.list.table.go_to(place)
    stage.settle()
    stage.tick(page.hits.ticks, *groups[place].hits[:SEVERAL])
    stage.type(page.hits.box.line, "已对照原件，无误")
    stage.picture("数据体检-一次说明几处")
    stage.click(page.hits.box.give)
    stage.picture("数据体检-已说明")


def why(stage: Stage, one: Chosen) -> None:
    """为什么 of a household, and whom another year's line would move in the whole town."""
    page = stage.page("households", HouseholdsPage, one.id)
    page.view.tabs.setCurrentWidget(page.why)
    stage.settle()
    stage.picture("户档-为什么")
    if page.why.line.count() < 2:
        return
    lines = {n: page.why.line.itemData(n).line for n in range(1, page.why.line.count())}
    page.why.line.setCurrentIndex(max(lines, key=lines.__getitem__))
    stage.settle()
    stage.picture("户档-换一条标准试算")
    stage.press_and_answer(page.why.everyone, partial(_close_what_if, stage))


def _close_what_if(stage: Stage, dialog: QDialog) -> None:
    if not isinstance(dialog, WhatIfDialog):
        raise StageError(f"“{dialog.windowTitle()}” is not what another line would move")
    stage.picture("全镇试算-哪些户会变", dialog)
    dialog.accept()


def rekey(stage: Stage, papers: Papers, town: str) -> None:
    """复录核对: a sample is drawn, one income sheet keyed again by somebody who did not enter it, with one figure otherwise."""
    page = stage.page("rekeys", RekeysPage)
    stage.click(page.begin)
    stage.type(page.drawing.form.editor("count"), str(SEVERAL))
    stage.picture("复录核对-抽取一批")
    stage.click(page.drawing.draw)
    drawn = page.list.current_thing()
    if not isinstance(drawn, Drawn):
        raise StageError(f"nothing was drawn: {stage.told()}")
    home = stage.office.see(households.get, drawn.household_id)
    if home.income is None or page.stack.currentWidget() is not page.keying:
        raise StageError(f"there is nothing to key again: {stage.told()}")
    items = {p.key for parts in PARTS.values() for p in parts if getattr(home.income, p.key) is not None}
    filling.income_items(stage, page.keying.income, {key: f"{getattr(home.income, key)}" for key in items})
    split = {owner for owner, parts in PARTS.items() if any(p.key in items for p in parts)}
    for key in (field.key for field in ITEMS if field.key not in split):
        value = getattr(home.income, key) or 0
        stage.type(page.keying.income.editors[key], str(value + OTHERWISE if key == "business" else value))
    stage.picture("复录核对-复录一户")
    stage.click(page.keying.store)
    stage.picture("复录核对-只看不一致的")
    stage.click(page.print)
    papers.take("复录核对结果", town)
