"""The whole register of a household typed in its file: basic facts, every person in four strips, income by item, land, house and living."""

from __future__ import annotations

from collections.abc import Mapping

from db.fields.income import PARTS
from desktop.forms.amount import Amount
from desktop.forms.incomesheet import IncomeSheet
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
    income_items(stage, tabs.income, invented.items(home))
    _picture(stage, "户档-收入核算", shown=shown)
    _turn(stage, tabs, 3)
    fill(stage, tabs.living.form, invented.living(home))
    _picture(stage, "户档-生产生活", shown=shown)
    stage.click(page.view.record.keep)
    if page.view.record.is_dirty():
        raise StageError(f"the register of {one.head} was refused: {page.view.record.faults.text()} {stage.told()}")


def income_items(stage: Stage, sheet: IncomeSheet, texts: Mapping[str, str]) -> None:
    """Open the sums that are made of these items, and type the items."""
    for owner, parts in PARTS.items():
        for part in parts:
            if part.key not in texts:
                continue
            if not sheet.editors[part.key].isVisible():
                stage.click(next(row.turn for row in sheet.findChildren(Amount) if row.field.key == owner))
            stage.type(sheet.editors[part.key], texts[part.key])


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
