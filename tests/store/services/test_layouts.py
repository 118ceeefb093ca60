"""A roster's columns explained once are known the next time, in the record and not only in the window."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.services.sheets import layouts
from db.sheets.book import Book
from db.sheets.workbook import open_workbook
from db.store.record import Record
from tests.helpers import town
from tests.helpers.record import MakeRecord
from tests.helpers.workbooks import head, person, write_roster


@pytest.fixture
def record(make_record: MakeRecord, tmp_path: Path) -> Record:
    return make_record(tmp_path, setup=town.set_up)


def odd(tmp_path: Path, name: str) -> Book:
    def rename(book: openpyxl.Workbook) -> None:
        book["贫困户"]["D2"] = "户主名字"

    return open_workbook(write_roster(tmp_path / name, [head()], [person()], after=rename))


def test_an_answer_is_kept_once_and_spares_the_next_file_the_question(record: Record, tmp_path: Path) -> None:
    with record.read() as unit:
        plan = layouts.propose_roster(unit, odd(tmp_path, "四月.xlsx"))
    (question,) = plan.questions
    assert plan.villages == ("华南村", "小拔村")
    done = plan.answered({question.key: {"3": "head_name"}})
    with record.write() as unit:
        assert layouts.keep(unit, done) == 1
    with record.write() as unit:
        assert layouts.keep(unit, done) == 0
    with record.read() as unit:
        later = layouts.propose_roster(unit, odd(tmp_path, "五月.xlsx"))
        assert later.questions == ()
        assert later.parts[0].header.columns["head_name"].letter == "D"
        assert layouts.recall(unit)("0" * 64) is None
