"""Each village's notice: made from those who passed, printed, hung at the village office and in every group, taken down when it is full.

One list is taken down as wrong on the day it was hung and posted anew; one household gets a notice of its own after a correction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from db.services.notices import notices
from db.services.notices.notices import NoticeView
from desktop.pages.notices.page import NoticesPage
from desktop.tour.stage import Stage, StageError
from desktop.tour.standing_by import second_person
from desktop.tour.workbooks import Script

WRONG = "榜上的联系电话印错，撤下重新张贴"
Photos = Callable[[str, Sequence[str]], Mapping[str, Path]]
"""For a village and its places, the photos of the walls; none where nobody took any."""


def make_all(stage: Stage, script: Script) -> None:
    """新建公示 for every village that has somebody to list; each page is saved as PDF."""
    for number, village in enumerate(v.name for v in script.villages):
        page = stage.page("notices", NoticesPage)
        if not page.new.isEnabled():
            break
        notice = make(stage, village, "公示-新建" if not number else "")
        if notice is None:
            continue
        page.side.preview.save_to(stage.out / f"公示-{village}.pdf")
        stage.settle()
        stage.say(f"公示：{notice.label}，{len(notice.rows)} 户 {notice.persons} 人，张贴 {len(notice.places)} 处")
    stage.picture("公示-榜")


def make(stage: Stage, village: str, picture: str = "") -> NoticeView | None:
    """新建公示 of one village; None when it has nobody to list."""
    page = stage.page("notices", NoticesPage)
    stage.click(page.new)
    if not any(text.startswith(village) for text in page.creating.village.options()):
        stage.click(page.creating.cancel)
        return None
    stage.choose(page.creating.village.core, village)
    if picture:
        stage.picture(picture)
    stage.click(page.creating.confirm)
    return _chosen(page, village)


def hang_all(stage: Stage, script: Script, photos: Photos) -> None:
    """Record that every list hangs at every place since today."""
    for number, village in enumerate(v.name for v in script.villages):
        notice = newest(stage, village)
        if notice is not None:
            hang(stage, notice, photos, "公示-登记张贴" if not number else "")
    stage.picture("公示-公示期")


def hang(stage: Stage, notice: NoticeView, photos: Photos, picture: str = "") -> NoticeView:
    """登记张贴 of one notice at all its places today; returns it with its period."""
    page = stage.page("notices", NoticesPage, notice.id)
    stage.click(page.detail.buttons["post"])
    stage.type(page.posting.same, stage.today.isoformat())
    for place, photo in photos(notice.village, notice.missing).items():
        page.posting.take_photo(place, photo)
    if picture:
        stage.picture(picture)
    stage.click(page.posting.confirm)
    hung = _chosen(page, notice.village)
    if hung.last is None:
        raise StageError(f"the notice of {notice.village} does not hang: {page.posting.faults.text()}")
    return hung


def post_anew(stage: Stage, village: str, photos: Photos) -> NoticeView:
    """撤下错榜: the list of a village is void before a second person, made again and hung the same day."""
    wrong = newest(stage, village)
    if wrong is None:
        raise StageError(f"{village} has no notice")
    page = stage.page("notices", NoticesPage, wrong.id)
    asked = partial(second_person, stage, WRONG, picture="公示-撤下错榜")
    stage.press_and_answer(page.detail.buttons["wrong"], asked)
    anew = make(stage, village)
    if anew is None:
        raise StageError(f"{village} has nobody to list anew: {stage.told()}")
    return hang(stage, anew, photos)


def take_down_all(stage: Stage) -> None:
    """Record that the lists whose time is over came down."""
    for notice in reversed(stage.office.see(notices.views)):
        if not notice.down and notice.taken_on is None and notice.last is not None and notice.last < stage.today:
            page = stage.page("notices", NoticesPage, notice.id)
            stage.click(page.detail.buttons["take_down"])
            stage.click(page.taking_down.confirm)
    stage.picture("公示-期满撤下")


def newest(stage: Stage, village: str) -> NoticeView | None:
    """The newest notice of a village that is not void."""
    return next((n for n in stage.office.see(notices.views) if n.village == village and not n.down), None)


def last_day(stage: Stage) -> date:
    """The last day of the longest period of those that hang."""
    return max(
        (n.last for n in stage.office.see(notices.views) if n.last is not None and not n.down), default=stage.today
    )


def _chosen(page: NoticesPage, village: str) -> NoticeView:
    notice = page.notice()
    if notice is None or notice.village != village:
        raise StageError(f"the notice of {village} is not the one chosen: {page.creating.faults.text()}")
    return notice
