"""A list from its file to the hits explained with proofs, and out again as a workbook and a paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import event

from db.errors import Known, Refused
from db.rules.codes import CrossKind, CrossOutcome, Sex
from db.services.crosscheck import answering as crosscheck_answering
from db.services.crosscheck import crosscheck
from db.services.crosscheck import out as crosscheck_out
from db.services.crosscheck import reading as crosscheck_reading
from db.services.crosscheck.crosscheck import HitView
from db.services.crosscheck.reading import Opened
from db.sheets.crosslist import CrossFile
from db.store.unit import Unit
from tests.helpers import photos, town
from tests.store.services.conftest import Desk

DATED = date(2016, 5, 20)


class Slip:
    def report(self, done: int, total: int, text: str) -> None:
        pass

    def check(self) -> None:
        pass


def book(path: Path, *rows: tuple[object, ...], title: str = "五华县公安局交警大队机动车名单") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "车辆"
    for row in ((title,), *rows):
        sheet.append([*row])
    made.save(path)
    return path


def opened(desk: Desk, path: Path) -> Opened:
    return crosscheck_reading.open_list(desk.record, path, Slip())


def rows_of(desk: Desk, path: Path) -> CrossFile:
    found = opened(desk, path)
    file: CrossFile = desk.see(crosscheck_reading.read_rows, found, found.sheets, Slip())
    return file


def taken(desk: Desk, path: Path) -> tuple[HitView, ...]:
    shown = desk.see(crosscheck.preview, CrossKind.VEHICLE, rows_of(desk, path))
    list_id = desk.do(crosscheck.take_in, shown, "车管所", DATED)
    hits: tuple[HitView, ...] = desk.see(crosscheck.hits, list_id=list_id)
    return hits


def cars(desk: Desk, path: Path, *household_ids: int, plate: str = "粤M0000") -> Path:
    heads = [p for p in desk.see(crosscheck.people) if p.head and p.household_id in household_ids]
    lines = [(p.name, p.number, f"{plate}{n}", "13800138000") for n, p in enumerate(heads)]
    return book(path, ("姓名", "身份证号", "车牌", "联系电话"), *lines)


def photo(path: Path) -> Path:
    path.write_bytes(photos.jpeg_with(b""))
    return path


def test_a_file_is_opened_with_what_it_says_of_itself(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.do(town.on_register, 1)
    found = opened(desk, cars(desk, tmp_path / "名单20160520.xlsx", one))
    assert (found.guess.kind, found.guess.dated) == (CrossKind.VEHICLE, DATED)
    assert found.asked == ()
    assert desk.see(crosscheck_reading.office_before, found) == "五华县公安局交警大队"


def test_the_office_of_the_last_list_of_a_kind_is_proposed(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.do(town.on_register, 1)
    taken(desk, cars(desk, tmp_path / "a.xlsx", one))
    nameless = book(
        tmp_path / "车辆.xlsx",
        ("姓名", "身份证号"),
        ("陌某", town.id_number(DATED, 9, Sex.MALE)),
        title="名单",
    )
    assert desk.see(crosscheck_reading.office_before, opened(desk, nameless)) == "车管所"


def test_a_sheet_answered_once_is_not_asked_about_again(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.do(town.on_register, 1)
    head = next(p for p in desk.see(crosscheck.people) if p.household_id == one)
    path = book(tmp_path / "在编.xlsx", ("称呼", "编码"), (head.name, head.number))
    (asked,) = opened(desk, path).asked
    desk.do(crosscheck.remember, [asked.answered({0: "name", 1: "number"})])
    assert opened(desk, path).asked == ()
    assert [row.number for row in rows_of(desk, path).rows] == [head.number]


def test_what_is_no_list_is_said_in_a_sentence(desk: Desk, tmp_path: Path) -> None:
    bad = tmp_path / "照片.xlsx"
    bad.write_bytes(photos.jpeg_with(b""))
    with pytest.raises(Known):
        opened(desk, bad)
    empty = book(tmp_path / "空.xlsx", ("姓名", "身份证号"))
    with pytest.raises(Known, match="没有可以比对的人"):
        rows_of(desk, empty)


def test_a_word_and_its_proofs_are_kept_in_one_act(desk: Desk, tmp_path: Path) -> None:
    one, two = desk.do(town.on_register, 1, 2)
    found = taken(desk, cars(desk, tmp_path / "a.xlsx", one, two))
    proof = photo(tmp_path / "行驶证.jpg")
    ids = [hit.id for hit in found]
    assert desk.do(crosscheck_answering.explain, ids, CrossOutcome.ALLOWED, "摩托车", (), [proof]) == 2
    said = [hit.answer for hit in desk.see(crosscheck.hits)]
    (sha,) = {sha for one in said if one for sha in one.attachments}
    assert desk.see(crosscheck_out.names, [sha]) == {sha: "行驶证.jpg"}
    proof.write_bytes(b"nothing")
    with pytest.raises(Refused):
        desk.do(crosscheck_answering.explain, ids, CrossOutcome.OTHER, "不是", [sha], [proof])
    assert [hit.answer for hit in desk.see(crosscheck.hits)] == said


def test_each_hit_takes_over_its_own_earlier_word(desk: Desk, tmp_path: Path) -> None:
    one, two, three = desk.do(town.on_register, 1, 2, 3)
    first = taken(desk, cars(desk, tmp_path / "a.xlsx", one, two))
    desk.do(crosscheck.answer, [first[0].id], CrossOutcome.ALLOWED, "摩托车")
    desk.do(crosscheck.answer, [first[1].id], CrossOutcome.OTHER, "同名")
    later = taken(desk, cars(desk, tmp_path / "b.xlsx", one, two, three))
    shown = desk.see(crosscheck.preview, CrossKind.VEHICLE, rows_of(desk, tmp_path / "b.xlsx"))
    assert (shown.known, shown.explained, shown.persons) == (3, 2, 3)
    assert desk.do(crosscheck_answering.explain_as_before, later) == 2
    found = desk.see(crosscheck.hits, list_id=later[0].list_id)
    assert [hit.answer.explanation if hit.answer else "" for hit in found] == ["摩托车", "同名", ""]
    with pytest.raises(Refused, match="沿用"):
        desk.do(crosscheck_answering.explain_as_before, later[2:])


def test_ours_stands_beside_the_row_and_who_is_gone_is_said(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.do(town.on_register, 1)
    (hit,) = taken(desk, cars(desk, tmp_path / "a.xlsx", one))
    pairs = {pair.caption: pair for pair in desk.see(crosscheck_out.beside, hit)}
    assert (pairs["身份证号"].ours, pairs["身份证号"].differs) == (hit.person, False)
    assert pairs["关系"].ours == "户主"
    with desk.record.write() as unit:
        unit.connection.exec_driver_sql(
            "UPDATE member SET id_number = '', name = '改某名' WHERE household_id = ?", (one,)
        )
    (name, number) = desk.see(crosscheck_out.beside, hit)[:2]
    assert (name.ours, name.differs) == ("档案里现在没有这个人", True)
    assert (number.ours, number.theirs) == ("", hit.listed_number)


def test_a_copy_that_leaves_shows_no_whole_number_and_the_office_copy_does(desk: Desk, tmp_path: Path) -> None:
    one, two = desk.do(town.on_register, 1, 2)
    found = taken(desk, cars(desk, tmp_path / "a.xlsx", one, two))
    desk.do(crosscheck.answer, [found[0].id], CrossOutcome.ALLOWED, "=1+1，摩托车")
    found = desk.see(crosscheck.hits)
    out, whole = tmp_path / "out.xlsx", tmp_path / "whole.xlsx"
    assert desk.do(crosscheck_out.export, found, out) == 2
    desk.do(crosscheck_out.export, found, whole, by_list=True, whole=True)
    texts = _texts(out)
    assert "华南村" in openpyxl.load_workbook(out).sheetnames
    assert not any(secret in text for text in texts for secret in (found[0].person, "13800138000"))
    assert any(text.startswith("=1+1") for text in texts)
    assert {found[0].person, "待说明", "属实，不影响资格"} <= _texts(whole)
    assert openpyxl.load_workbook(whole).sheetnames == ["车辆 20160520 车管所"]
    cell = openpyxl.load_workbook(whole).worksheets[0]["F4"]
    assert (cell.number_format, cell.data_type) == ("@", "s")


def test_a_file_that_cannot_be_written_leaves_the_old_one(desk: Desk, tmp_path: Path) -> None:
    (one,) = desk.do(town.on_register, 1)
    found = taken(desk, cars(desk, tmp_path / "a.xlsx", one))
    with pytest.raises(Known):
        desk.do(crosscheck_out.export, found, tmp_path / "nowhere" / "out.xlsx")
    with pytest.raises(Refused, match="没有比对结果"):
        desk.do(crosscheck_out.export, [], tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_the_paper_tells_what_several_lists_told_alike_once(desk: Desk, tmp_path: Path) -> None:
    one, two = desk.do(town.on_register, 1, 2)
    taken(desk, cars(desk, tmp_path / "a.xlsx", one, two))
    later = taken(desk, cars(desk, tmp_path / "b.xlsx", one))
    proof = photo(tmp_path / "行驶证.jpg")
    desk.do(crosscheck_answering.explain, [later[0].id], CrossOutcome.ALLOWED, "摩托车", (), [proof])
    taken(desk, cars(desk, tmp_path / "c.xlsx", one, plate="粤M1111"))
    facts = desk.see(crosscheck_out.papers, [two, one, 999])
    assert [len(household.lines) for household in facts] == [1, 2]
    assert [(line.outcome, line.attachments) for line in facts[1].lines] == [
        ("属实，不影响资格", ("行驶证.jpg",)),
        ("", ()),
    ]


def _texts(path: Path) -> set[str]:
    cells = (cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.rows for cell in row)
    return {value for value in cells if isinstance(value, str)}


def test_a_long_list_costs_as_many_statements_as_a_short_one(desk: Desk, tmp_path: Path) -> None:
    homes = desk.do(town.on_register, *range(1, 13))
    short = _statements(desk, cars(desk, tmp_path / "a.xlsx", *homes[:3]), homes[:3], tmp_path)
    long = _statements(desk, cars(desk, tmp_path / "b.xlsx", *homes, plate="粤M1111"), homes, tmp_path)
    assert long == short


def _statements(desk: Desk, path: Path, homes: list[int], folder: Path) -> list[int]:
    """How often the record is asked by each step a list takes."""
    file = rows_of(desk, path)
    counts: list[int] = []

    def counted(unit: Unit, verb: Callable[..., Any], *args: Any) -> Any:
        said: list[str] = []

        def note(*told: Any) -> None:
            said.append(str(told[2]))

        event.listen(unit.connection, "before_cursor_execute", note)
        found = verb(unit, *args)
        event.remove(unit.connection, "before_cursor_execute", note)
        counts.append(len(said))
        return found

    shown = desk.see(counted, crosscheck.preview, CrossKind.VEHICLE, file)
    list_id = desk.do(counted, crosscheck.take_in, shown, "车管所", DATED)
    _lists, hits = desk.see(counted, crosscheck.everything)
    new = [hit for hit in hits if hit.list_id == list_id]
    desk.do(counted, crosscheck_answering.explain, [hit.id for hit in new], CrossOutcome.OTHER, "不是同一人")
    desk.see(counted, crosscheck_out.papers, homes)
    desk.do(counted, crosscheck_out.export, new, folder / "out.xlsx")
    return counts
