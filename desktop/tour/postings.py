"""Each village's notice: made from those who passed, printed, hung at the village office and in every group, taken down when it is full."""

from __future__ import annotations

from datetime import date

from db.services import notices
from db.services.notices import NoticeView
from desktop.pages.notices.page import NoticesPage
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script


def make_all(stage: Stage, script: Script) -> None:
    """新建公示 for every village that has somebody to list; each page is saved as PDF."""
    for number, village in enumerate(v.name for v in script.villages):
        page = stage.page("notices", NoticesPage)
        if not page.new.isEnabled():
            break
        stage.click(page.new)
        if not any(text.startswith(village) for text in page.creating.village.options()):
            stage.click(page.creating.cancel)
            continue
        stage.choose(page.creating.village.core, village)
        if not number:
            stage.picture("公示-新建")
        stage.click(page.creating.confirm)
        notice = _chosen(page, village)
        page.side.preview.save_to(stage.out / f"公示-{village}.pdf")
        stage.settle()
        stage.say(f"公示：{notice.label}，{len(notice.rows)} 户 {notice.persons} 人，张贴 {len(notice.places)} 处")
    stage.picture("公示-榜")


def hang_all(stage: Stage, script: Script) -> date:
    """Record that every list hangs at every place since today; returns the last day of the longest period."""
    last = stage.today
    for number, village in enumerate(v.name for v in script.villages):
        page = stage.page("notices", NoticesPage)
        if not _choose(stage, page, village):
            continue
        stage.click(page.detail.buttons["post"])
        stage.type(page.posting.same, stage.today.isoformat())
        if not number:
            stage.picture("公示-登记张贴")
        stage.click(page.posting.confirm)
        last = max(last, _chosen(page, village).last or last)
    stage.picture("公示-公示期")
    return last


def look_at_objection(stage: Stage, script: Script) -> None:
    """Open the form of an objection on the first notice, and let it be: nobody objected in this tour."""
    page = stage.page("notices", NoticesPage)
    if _choose(stage, page, script.villages[0].name):
        stage.click(page.detail.buttons["object"])
        stage.picture("公示-登记异议")
        stage.click(page.objecting.cancel)


def take_down_all(stage: Stage, script: Script) -> None:
    """Record that the lists came down after their time."""
    page = stage.page("notices", NoticesPage)
    for village in script.villages:
        if _choose(stage, page, village.name):
            stage.click(page.detail.buttons["take_down"])
            stage.click(page.taking_down.confirm)
    stage.picture("公示-期满撤下")


def _choose(stage: Stage, page: NoticesPage, village: str) -> bool:
    """Put the keyboard on a village's notice; False when it has none."""
    wanted = next((n.id for n in stage.office.see(notices.views) if n.village == village), None)
    place = next((n for n, item in enumerate(page.table.items()) if item.thing == wanted), None)
    if place is None:
        return False
    page.table.table.go_to(place)
    stage.settle()
    return True


def _chosen(page: NoticesPage, village: str) -> NoticeView:
    notice = page.notice()
    if notice is None or notice.village != village:
        raise StageError(f"the notice of {village} is not the one chosen: {page.creating.faults.text()}")
    return notice
