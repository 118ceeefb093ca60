"""发给村里填、收回: a sheet goes out to a village, comes back filled in there, and only what was filled touches the record; the one cell that
the clerk has changed meanwhile stays his.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from db.rules.values import Household
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.intake.page import IntakePage
from desktop.pages.intake.sending import SendingView
from desktop.tour import otherhands, rereading
from desktop.tour.oddfiles import FOLDER
from desktop.tour.otherhands import Value
from desktop.tour.stage import Stage, StageError

SENT = "发给村里填"
WANTED = ("联系电话", "住房")
SHEET, PHONE, AREA = "农户", "联系电话", "住房面积"
FILLED, MEANWHILE, LATE, METRES = "13800004421", "13800004422", "13800004423", "68"
_THREE = 3


def play(stage: Stage, village: str, home: Path) -> None:
    """One village fills in telephone numbers and houses."""
    three = _homes(stage, village)
    page = stage.page("intake", IntakePage)
    stage.click(page.sheets)
    path = _send(stage, page.sending, village)
    _change_meanwhile(stage, three[1])
    back = _fill(path, three, home / FOLDER / f"{village}填好交回.xlsx")
    _take_back(stage, stage.page("intake", IntakePage), back)
    found = stage.office.see(households.get_many, [one.id or 0 for one in three])
    phones = [found[one.id or 0].phone for one in three[:2]]
    rereading.hold("telephone numbers", back, [FILLED, MEANWHILE], phones)
    rereading.hold("house", back, METRES, f"{found[three[2].id or 0].housing_area:.0f}")
    stage.click(page.back)


def _homes(stage: Stage, village: str) -> list[Household]:
    """Three households of the village whose heads have names of their own there."""
    found = stage.office.see(households.get_many, stage.office.see(search.ids, Filter())).values()
    own = [home for home in found if home.village == village]
    names = Counter(home.head_name for home in own)
    return [home for home in own if names[home.head_name] == 1][-_THREE:]


def _send(stage: Stage, view: SendingView, village: str) -> Path:
    """Choose the village and what it is to fill in; one workbook."""
    place = next(item.thing for item in view.villages.list.items() if getattr(item.thing, "name", "") == village)
    stage.tick(view.villages, place)
    for name, chip in view.asked.presets.items():
        if chip.isChecked() != (name in WANTED):
            stage.click(chip)
    stage.picture("发给村里填-选村和栏")
    folder = stage.out / SENT
    folder.mkdir(exist_ok=True)
    before = {*folder.iterdir()}
    view.send_into(folder)
    stage.settle()
    made = {*folder.iterdir()} - before
    if len(made) != 1:
        raise StageError(f"the sheet for {village} was not written: {view.strip.text()}")
    stage.picture("发给村里填-已写出")
    return made.pop()


def _change_meanwhile(stage: Stage, home: Household) -> None:
    """The clerk learns a new number himself while the sheet is out."""
    page = stage.page("households", HouseholdsPage, home.id)
    stage.type(page.view.tabs.facts.editor("phone"), MEANWHILE)
    stage.click(page.view.record.keep)
    if page.view.record.is_dirty():
        raise StageError(f"the number was not kept: {page.view.record.faults.text()}")


def _fill(path: Path, three: list[Household], target: Path) -> Path:
    """What the village fills in, in its own program."""
    rows = rereading.sheets(path)[SHEET]
    head, phone, area = (rereading.column(rows, caption) for caption in ("户主姓名", PHONE, AREA))
    line = {str(row[head]): number for number, row in enumerate(rows, 1)}
    said = ((three[0], phone, FILLED), (three[1], phone, LATE), (three[2], area, METRES))
    changes: dict[tuple[str, str], Value] = {
        (SHEET, otherhands.place(line[home.head_name], column)): text for home, column, text in said
    }
    return otherhands.filled(path, target, changes)


def _take_back(stage: Stage, page: IntakePage, back: Path) -> None:
    """The sheet as it came back: what was filled, and the conflict side by side."""
    page.read_roster(back)
    stage.settle()
    shown = page.roster.preview
    if shown is None:
        raise StageError(f"“{back.name}” was not read: {page.roster.strip.text()}")
    fates = Counter(row.fate for row in shown.rows)
    if (fates["changed"], fates["conflict"], fates["faulty"], fates["new"]) != (2, 1, 0, 0):
        raise StageError(f"the village's sheet was understood otherwise than it is: {dict(fates)}")
    place = next(n for n, row in enumerate(shown.rows) if row.fate == "conflict")
    page.roster.households.go_to(place)
    stage.settle()
    stage.picture("收回填报表-有冲突的并排看")
    stage.click(page.take_in)
    stage.picture("收回填报表-已录入")
    stage.click(page.back)
    stage.click(page.sheets)
    stage.picture("收回填报表-已收回")
