"""Photos and scans put into the tray, sorted by their names and kept; the wall photos of a notice; what is still missing, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path

from db.rules.codes import Attribute
from desktop.pages.evidence.page import EvidencePage
from desktop.tour import snapshots
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError
from desktop.tour.three import Chosen

FOLDER = "照片"
_HELD = ("申请书", "户口簿", "身份证", "入户核实表", "房屋外观", "室内", "入户合影", "收入核算表")
_BENEFIT = "低保证"
_ASSEMBLY = ("签到表", "会议记录", "会场")
_AFTER = timedelta(minutes=2)
_MORNING = time(9, 30)


def hang(stage: Stage, three: Sequence[Chosen], home: Path) -> None:
    """Everything three households and their assembly have to show, dropped into the tray at once and kept as it was sorted."""
    page = stage.page("evidence", EvidencePage)
    stage.picture("照片与材料-欠件")
    page.tray.add(_photos(three, home / FOLDER))
    stage.settle()
    stage.picture("照片与材料-分好待归档")
    ready, all_of_them = len(page.tray.ready()), len(page.tray.pieces)
    if not ready:
        raise StageError(f"no photo was sorted: {stage.told()}")
    stage.click(page.filing)
    stage.picture("照片与材料-归档以后")
    _settle(stage, page)
    left = len(page.tray.pieces)
    stage.say(
        f"照片与材料：放入 {all_of_them} 张，按文件名分好 {ready} 张，选定 {all_of_them - ready - left} 张，留在待分 {left} 张"
    )


def _settle(stage: Stage, page: EvidencePage) -> None:
    """What the names do not tell is told by the clerk, all at once: the photos of an assembly belong to the village's first."""
    tray = page.tray
    tray.gallery.choose([tile.key for tile in tray.gallery.tiles()])
    stage.settle()
    owner = tray.settling.owner
    if not tray.pieces or not owner.count():
        return
    stage.choose(owner, owner.itemText(owner.count() - 1))
    stage.picture("照片与材料-几张一起选定")
    stage.click(page.filing)


def list_missing(stage: Stage, papers: Papers, village: str) -> None:
    """欠件清单 of one village, on paper."""
    page = stage.page("evidence", EvidencePage)
    stage.choose(page.pane.village, village)
    stage.picture("照片与材料-一村的欠件")
    stage.click(page.paper)
    papers.take("欠件清单", village)


def wall_photos(stage: Stage, village: str, places: Sequence[str], home: Path) -> dict[str, Path]:
    """A photo of each place where a list hangs."""
    at = stage.clock.now()
    return {
        place: snapshots.take(home / FOLDER, f"{village}_公示_{place}", f"{village}公示\n{place}", at + n * _AFTER)
        for n, place in enumerate(places)
    }


def _photos(three: Sequence[Chosen], folder: Path) -> list[Path]:
    made = []
    for one in three:
        benefit = () if one.household.attribute is Attribute.ORDINARY else (_BENEFIT,)
        for n, word in enumerate((*_HELD, *benefit)):
            at = datetime.combine(one.visit.visited_on, _MORNING) + n * _AFTER
            own = folder / one.village / f"{one.household.group}{one.head}"
            made.append(snapshots.take(own, f"{one.head}_{word}", f"{one.head}户\n{word}", at))
    for village in dict.fromkeys(one.village for one in three):
        held = next(one.meeting for one in three if one.village == village)
        for n, word in enumerate(_ASSEMBLY):
            at = datetime.combine(held.held_on or three[0].visit.visited_on, _MORNING) + n * _AFTER
            made.append(snapshots.take(folder / village, f"{village}_评议{word}", f"{village}民主评议\n{word}", at))
    return made
