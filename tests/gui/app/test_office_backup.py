"""The copy made before something big: it is there and sound, and when it cannot be made nothing begins."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.errors import Known
from db.store.backup import backups, folder_of
from desktop.app.office import Office
from tests.helpers.record import MakeRecord, make_record, template_record

__all__ = ["make_record", "template_record"]


@pytest.fixture
def office(qapp: QApplication, make_record: MakeRecord, tmp_path: Path) -> Iterator[Office]:
    made = Office(make_record(tmp_path))
    yield made
    made.close()


def test_a_copy_lies_beside_the_record(office: Office) -> None:
    name = office.backup_before("名册录入")
    assert [one.path.name for one in backups(folder_of(office.record.path), "town")] == [name]


def test_without_a_copy_nothing_begins(office: Office) -> None:
    folder_of(office.record.path).write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(Known, match="名册录入前的备份没有做成，名册录入没有开始，档案没有改动。"):
        office.backup_before("名册录入")
