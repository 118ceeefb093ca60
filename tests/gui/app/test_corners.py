"""The small parts of the application: what changed, where things lie, what is remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from desktop.app import paths
from desktop.app.hub import Hub
from desktop.app.settings import Settings


def test_the_hub_tells_who_and_what_and_keeps_quiet_about_nothing(qtbot: QtBot) -> None:
    hub, by = Hub(), object()
    with qtbot.waitSignal(hub.changed) as told:
        hub.announce(frozenset({"notice"}), by)
    assert told.args == [frozenset({"notice"}), by]
    with qtbot.assertNotEmitted(hub.changed):
        hub.announce(frozenset())


def test_one_variable_moves_all_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUYOUKA_HOME", str(tmp_path / "户有卡 家"))
    folders = [paths.data_folder(), paths.log_folder(), paths.anchor_folder()]
    assert all(folder.is_dir() and folder.parent == tmp_path / "户有卡 家" for folder in folders)
    assert len(set(folders)) == 3


@pytest.mark.parametrize("pictures", [True, False])
def test_a_dialog_for_files_never_begins_in_a_folder_that_is_not_there(
    pictures: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = tmp_path / "图片"
    name = "user_pictures_dir" if pictures else "user_documents_dir"
    monkeypatch.setattr(f"platformdirs.{name}", lambda: str(usual))
    assert paths.clerks_folder(pictures=pictures) == Path.home()
    usual.mkdir()
    assert paths.clerks_folder(pictures=pictures) == usual


def test_resources_are_found_by_name_and_missed_by_name() -> None:
    assert paths.resource("style/huyouka.qss").is_file()
    with pytest.raises(FileNotFoundError, match="resources/none"):
        paths.resource("none")


def test_settings_come_back_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "settings.ini"
    first = Settings(path)
    assert first.last_record is None
    assert first.last_name == ""
    assert first.layout("people") == {}
    assert first.geometry().isEmpty()
    first.keep_last(Path("/data/五华 县/town.huk"), "陈某")
    first.keep_layout("people", {"head": 120, "village": -90})
    first.keep_geometry(QByteArray(b"place"))
    first.sync()
    second = Settings(path)
    assert (second.last_record, second.last_name) == (Path("/data/五华 县/town.huk"), "陈某")
    assert list(second.layout("people").items()) == [("head", 120), ("village", -90)]
    assert second.geometry() == QByteArray(b"place")


@pytest.mark.parametrize("damaged", ["{", "[1]", '{"head": "wide"}'])
def test_damaged_widths_are_forgotten(tmp_path: Path, damaged: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.keep("table/people", damaged)
    assert settings.layout("people") == {}


def test_a_workbook_gets_the_ending_that_was_left_out() -> None:
    assert [paths.workbook_path(name).name for name in ("七月台账", "七月台账.xlsx", "七月台账.XLSX", "七月.台账")] == [
        "七月台账.xlsx", "七月台账.xlsx", "七月台账.XLSX", "七月.台账.xlsx"
    ]  # fmt: skip
