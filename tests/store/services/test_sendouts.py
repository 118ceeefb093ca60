"""Sheets to several villages at once: nothing that lies in the folder is replaced, and what went out before a failure stays out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from db.errors import Cancelled, Known, Refused
from db.services.cases import applications
from db.services.health import audit
from db.services.sheets import roundtrip, sendouts
from db.services.sheets.sendouts import PRESETS, Place
from db.sheets import sending
from db.sheets.sent import SentBook
from tests.helpers import town
from tests.store.services.conftest import Desk

COLUMNS = ("household.housing_area", "member.work_place")


class Ticket:
    """Stops at the n-th look."""

    def __init__(self, stop_at: int = 99) -> None:
        self.told: list[str] = []
        self._left = stop_at

    def report(self, done: int, total: int, text: str = "") -> None:
        self.told.append(f"{done}/{total} {text}")

    def check(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Cancelled


@pytest.fixture
def places(desk: Desk) -> tuple[Place, ...]:
    with desk.record.write() as unit:
        for n in range(1, 6):
            applications.file(unit, town.household(n, village="华南村" if n < 4 else "小拔村"))
    return tuple(desk.see(sendouts.places))


def test_each_village_gets_a_file_of_its_own(desk: Desk, places: tuple[Place, ...], tmp_path: Path) -> None:
    assert [(p.name, p.households, p.persons) for p in places] == [("华南村", 3, 6), ("小拔村", 2, 4)]
    ticket = Ticket()
    done = sendouts.send_all(desk.record, places, COLUMNS, tmp_path, ticket)
    assert [path.name for path in done.files] == ["华南村填报表-20160525.xlsx", "小拔村填报表-20160525.xlsx"]
    assert (done.households, done.left, done.beside) == (5, (), ())
    assert ticket.told == ["0/2 华南村", "1/2 小拔村"]
    assert [(s.village, s.rows, s.returned) for s in desk.see(roundtrip.sheets)] == [
        ("小拔村", 6, None),
        ("华南村", 9, None),
    ]
    assert desk.see(audit.faults) == ()


def test_a_file_that_lies_there_is_left_alone(desk: Desk, places: tuple[Place, ...], tmp_path: Path) -> None:
    filled = tmp_path / "华南村填报表-20160525.XLSX"
    filled.write_bytes(b"the village has filled this in")
    done = sendouts.send_all(desk.record, places, COLUMNS, tmp_path, Ticket())
    assert done.beside == ("华南村填报表-20160525（2）.xlsx",)
    assert filled.read_bytes() == b"the village has filled this in"


def test_what_went_out_before_a_stop_stays_out(desk: Desk, places: tuple[Place, ...], tmp_path: Path) -> None:
    done = sendouts.send_all(desk.record, places, COLUMNS, tmp_path, Ticket(stop_at=1))
    assert (len(done.files), done.left, done.why) == (1, ("小拔村",), "您停下了。")
    assert [s.village for s in desk.see(roundtrip.sheets)] == ["华南村"]
    with pytest.raises(Cancelled):
        sendouts.send_all(desk.record, places, COLUMNS, tmp_path, Ticket(stop_at=0))


def test_a_disk_that_fills_up_half_way_is_said_with_what_is_done(
    desk: Desk, places: tuple[Place, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sending._save

    def save(book: SentBook, path: Path) -> None:
        if "小拔村" in book.title:
            raise OSError(28, "No space left on device")
        usual(book, path)

    monkeypatch.setattr(sending, "_save", save)
    done = sendouts.send_all(desk.record, places, COLUMNS, tmp_path, Ticket())
    assert (len(done.files), done.left) == (1, ("小拔村",))
    assert "已满" in done.why
    with pytest.raises(Known, match="已满"):
        sendouts.send_all(desk.record, places[1:], COLUMNS, tmp_path, Ticket())
    assert [s.village for s in desk.see(roundtrip.sheets)] == ["华南村"]


def test_a_folder_that_is_gone_and_nothing_chosen_are_said(
    desk: Desk, places: tuple[Place, ...], tmp_path: Path
) -> None:
    with pytest.raises(Known, match="打不开，没有写出任何表"):
        sendouts.send_all(desk.record, places, COLUMNS, tmp_path / "没有", Ticket())
    with pytest.raises(Refused, match="至少选一个"):
        sendouts.send_all(desk.record, (), COLUMNS, tmp_path, Ticket())
    with pytest.raises(Refused, match="至少选一栏"):
        sendouts.send_all(desk.record, places, (), tmp_path, Ticket())


def test_the_columns_of_last_time_are_offered_again(desk: Desk, places: tuple[Place, ...], tmp_path: Path) -> None:
    assert desk.see(sendouts.last_columns) == PRESETS["收入核算"]
    sendouts.send_all(desk.record, places, COLUMNS, tmp_path, Ticket())
    assert desk.see(sendouts.last_columns) == COLUMNS


def test_every_usual_choice_can_be_sent() -> None:
    known = {offer.name for offer in roundtrip.offers()}
    assert all(set(columns) <= known for columns in PRESETS.values())


def test_a_sheet_that_came_back_on_paper_is_waited_for_no_more(
    desk: Desk, places: tuple[Place, ...], tmp_path: Path
) -> None:
    sendouts.send_all(desk.record, places[:1], COLUMNS, tmp_path, Ticket())
    (sheet,) = desk.see(roundtrip.sheets)
    desk.do(sendouts.close, sheet.id)
    (sheet,) = desk.see(roundtrip.sheets)
    assert (sheet.returned is not None, sheet.back) == (True, "")


def test_a_name_no_disk_takes_is_made_one() -> None:
    assert sendouts.file_name("华南/新 村", date(2016, 5, 25)) == "华南新村填报表-20160525.xlsx"
