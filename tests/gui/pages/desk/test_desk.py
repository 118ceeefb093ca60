"""The desk says what waits, by due date, and opens the page that does it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.notices import notices
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.store.clock import FixedClock
from db.store.record import Unit
from desktop.app.office import Office
from desktop.pages.desk.page import DeskPage
from tests.helpers import town
from tests.helpers.qt import stand


def _sign_in(unit: Unit) -> None:
    unit.trail("登录")


def _cells(page: DeskPage) -> list[tuple[str, ...]]:
    return [tuple(c if isinstance(c, str) else c.text for c in item.cells) for item in page.table.items()]


def _shown(office: Office, qtbot: QtBot) -> DeskPage:
    return stand(DeskPage(office), office, qtbot)


def _file(office: Office, *serials: int) -> list[int]:
    ids = [office.act(applications.file, town.household(n)).household_id for n in serials]
    of = office.see(cases.case_of, ids)
    return [of[i] for i in ids]


def test_an_empty_town_is_told_what_to_do_first(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.go_asked) as asked:
        qtbot.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
    assert asked.args == ["intake", None]


def test_what_waits_stands_by_due_date_and_opens_its_page(office: Office, qtbot: QtBot, clock: FixedClock) -> None:
    one, two, three = _file(office, 1, 2, 3)
    office.act(verification.record, [Visit(i, town.visit()) for i in (one, two)])
    office.act(appraisals.record, town.meeting(), [Vote(one, 38, 2, 1)])
    village = office.see(town_service.villages)[0]
    notice = office.act(notices.create, village.id, [one])
    office.act(notices.post, notice, dict.fromkeys(("村委会", "第一组", "第二组", "第三组"), (date(2016, 5, 25), "")))
    for _ in range(6):
        clock.pass_time(timedelta(days=1))
        office.act(_sign_in)
    page = _shown(office, qtbot)
    assert [(c[0], c[2]) for c in _cells(page)] == [
        ("明天", "华南村 · 1 户 2 人"),
        ("06-04", "华南村 · 1 户 2 人"),
        ("—", "华南村 · 1 户 2 人"),
    ]
    assert "公示期满" in _cells(page)[0][1]
    with qtbot.waitSignal(page.go_asked) as asked:
        page.table.table.selectRow(0)
        qtbot.keyClick(page.table.table, Qt.Key.Key_Return)
    assert asked.args == ["notices", notice]
    bars = {b.name: (b.households, b.persons) for b in page.bars.bars()}
    assert (bars["入户核实"], bars["民主评议"], bars["公示"]) == ((1, 2), (1, 2), (1, 2))
    with qtbot.waitSignal(page.go_asked) as chosen:
        qtbot.mouseClick(page.bars, Qt.MouseButton.LeftButton, pos=page.bars.place(0).center())
    assert isinstance(chosen.args[1], Filter)
    assert three
    clock.pass_time(timedelta(days=7))
    page.renew()
    office.work.drain()
    overdue = next(c for c in _cells(page) if c[0].startswith("逾期"))
    assert overdue[:2] == ("逾期 3 天", "入户核实待录（最早一户已录 13 天）")
