"""The whole register of a household typed in its file: basic facts, every person in four strips, income by item, land, house and living."""

from __future__ import annotations

from db.fields.income import TRANSFER
from desktop.forms.amount import Amount
from desktop.forms.people import head_first
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.households.tabs import RecordTabs
from desktop.tour import invented
from desktop.tour.byhand import fill, paste
from desktop.tour.stage import Stage, StageError
from desktop.tour.three import Chosen


def register(stage: Stage, one: Chosen, *, shown: bool) -> None:
    """Fill in what is blank and save; pictures of every tab when ``shown``."""
    page = stage.page("households", HouseholdsPage, one.id)
    tabs = page.view.tabs
    home = page.view.file.household if page.view.file is not None else one.household
    _turn(stage, tabs, 0)
    fill(stage, tabs.facts, {**invented.facts(home), **invented.living(home)})
    _picture(stage, "户档-基本信息", shown=shown)
    _people(stage, tabs, one, shown=shown)
    _turn(stage, tabs, 2)
    for key, text in invented.items(home).items():
        if not tabs.income.editors[key].isVisible():
            stage.click(next(row.turn for row in tabs.income.findChildren(Amount) if row.field.key == TRANSFER.key))
        stage.type(tabs.income.editors[key], text)
    _picture(stage, "户档-收入核算", shown=shown)
    _turn(stage, tabs, 3)
    fill(stage, tabs.living.form, invented.living(home))
    _picture(stage, "户档-生产生活", shown=shown)
    stage.click(page.view.record.keep)
    if page.view.record.is_dirty():
        raise StageError(f"the register of {one.head} was refused: {page.view.record.faults.text()} {stage.told()}")


def _people(stage: Stage, tabs: RecordTabs, one: Chosen, *, shown: bool) -> None:
    _turn(stage, tabs, 1)
    home = one.household
    worker = invented.worker(home)
    people = [m for m in head_first(home) if m is not None]
    for strip, grid in zip(tabs.people.strips, tabs.people.grids, strict=True):
        stage.click(strip)
        for place, member in enumerate(people):
            paste(grid.model, place, invented.person(home, member, stage.today, works=member is worker))
        _picture(stage, f"户档-家庭成员-{strip.text().partition(' ')[2]}", shown=shown)


def _turn(stage: Stage, tabs: RecordTabs, place: int) -> None:
    tabs.setCurrentIndex(place)
    stage.settle()


def _picture(stage: Stage, name: str, *, shown: bool) -> None:
    if shown:
        stage.picture(name)
