"""Writing the ledger when something goes wrong: the old file stays, nothing half-done is left, and the sentence says why."""

from __future__ import annotations

import errno
import pkgutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from db.errors import Cancelled, Known
from db.rules.ledger import MonthLedger
from db.sheets import ledger as sheets
from db.sheets import ledger_check
from tests.helpers.ledger import MADE, REGISTER, Slip, household, july, ledger, register

OLD = b"the ledger of last week"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """An older ledger in a folder of its own."""
    path = tmp_path / "out" / "2016年07月台账-华阳镇.xlsx"
    path.parent.mkdir()
    path.write_bytes(OLD)
    return path


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder openpyxl keeps half-written sheets in; it must be empty after every test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    assert [*folder.iterdir()] == []


@pytest.fixture
def many() -> MonthLedger:
    """1,200 households of 2,400 persons."""
    return ledger(*(household(f"华南-2016-{n:04d}", date(2016, 7, 1)) for n in range(1200)))


def assert_untouched(target: Path) -> None:
    assert target.read_bytes() == OLD
    assert [*target.parent.iterdir()] == [target]


@pytest.mark.parametrize("check", [1, 2, 3, 6, 9, 11])
def test_a_cancelled_export_leaves_nothing(target: Path, many: MonthLedger, check: int) -> None:
    slip = Slip(stop_at=check)
    with pytest.raises(Cancelled):
        sheets.write(register(many), target, slip, made=MADE)
    assert slip.checks == check
    assert_untouched(target)


def test_progress_rises_to_the_number_of_rows(target: Path, many: MonthLedger) -> None:
    slip = Slip()
    sheets.write(register(many), target, slip, made=MADE)
    written = [(done, total) for done, total, text in slip.told if text.startswith("正在写")]
    assert written == sorted(written)
    assert {total for _, total in written} == {3603}
    assert written[-1][0] == 3600
    assert len(written) == 3 + 3600 // 500
    assert [text for _, _, text in slip.told][-3:] == [f"正在核对 {name}" for name in REGISTER]


def test_a_full_disk_while_packing(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(Known, match=r"磁盘已满.*没有变化"):
        sheets.write(register(july()), target, Slip(), made=MADE)
    assert_untouched(target)


def test_a_full_disk_while_writing_rows(target: Path, many: MonthLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "db.sheets.styled._RowWriter.write_row"
    real, calls = pkgutil.resolve_name(name), iter(range(10**6))

    def full(*arguments: object) -> None:
        if next(calls) > 900:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(*arguments)

    monkeypatch.setattr(name, full)
    with pytest.raises(Known, match="磁盘已满"):
        sheets.write(register(many), target, Slip(), made=MADE)
    assert_untouched(target)


def test_a_file_open_in_wps_is_left_alone(target: Path) -> None:
    mark = target.with_name(f"~${target.name}")
    mark.touch()
    with pytest.raises(Known, match="正被 Excel 或 WPS 打开"):
        sheets.write(register(july()), target, Slip(), made=MADE)
    mark.unlink()
    assert_untouched(target)


def test_a_folder_that_may_not_be_written(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(Known, match="没有权限写入"):
        sheets.write(register(july()), target, Slip(), made=MADE)
    monkeypatch.undo()
    assert_untouched(target)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(Known, match="不存在"):
        sheets.write(register(july()), tmp_path / "gone" / "a.xlsx", Slip(), made=MADE)


def test_what_is_refused_at_the_last_moment_is_not_swapped_in(target: Path) -> None:
    def refuse(fresh: Path) -> None:
        with fresh.open("rb") as file:
            assert load_workbook(file).sheetnames == [*REGISTER]
        raise Known("档案正忙")

    with pytest.raises(Known, match="档案正忙"):
        sheets.write(register(july()), target, Slip(), made=MADE, seal=refuse)
    assert_untouched(target)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "sentence"),
    [
        ("贫困户花名册", "H6", "441401196803120019", "贫困户花名册第6行与档案不同"),
        ("贫困户花名册", "O7", 3410.51, "贫困户花名册第7行与档案不同"),
        ("贫困人口花名册", "L12", 9, "贫困人口花名册的合计与各行不符"),
        ("月报汇总表", "T8", 9, "月报汇总表的合计与各行不符"),
    ],
)
def test_a_file_that_says_something_else_is_not_trusted(
    target: Path, sheet: str, cell: str, value: str | float, sentence: str
) -> None:
    sheets.write(register(july()), target, Slip(), made=MADE)
    book = load_workbook(target)
    book[sheet][cell] = value
    book.save(target)
    with pytest.raises(Known, match=sentence):
        ledger_check.verify(target, register(july()), name=target.name, ticket=Slip())


def test_a_file_with_a_sheet_or_row_missing_or_broken_is_not_trusted(target: Path) -> None:
    def verdict() -> str:
        with pytest.raises(Known) as caught:
            ledger_check.verify(target, register(july()), name=target.name, ticket=Slip())
        return caught.value.text

    assert "打不开" in verdict()
    sheets.write(register(july()), target, Slip(), made=MADE)
    book = load_workbook(target)
    book["贫困人口花名册"].delete_rows(7)
    book.save(target)
    assert "贫困人口花名册第7行" in verdict()
    del book["贫困人口花名册"]
    book.save(target)
    assert "工作表不齐" in verdict()
