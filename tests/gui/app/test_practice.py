"""练习台账: entered in one click, framed wherever it shows, left without a trace in what the program remembers of the town's own record."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from db.errors import Known
from db.practice import cast
from db.store import practising
from db.store.backup import backup
from db.store.practising import PASSWORD
from desktop.app.copying import take
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from desktop.pages.entry.guide import Guide
from desktop.pages.entry.practising import PractisingPage
from desktop.widgets.dialogs import Ask
from desktop.window.practice import Edge
from tests.helpers.dialogs import Dialogs
from tests.helpers.practice import NAME, played, practice_template
from tests.helpers.program import Clerk, clerk, settle
from tests.helpers.record import CLERK

__all__ = ["clerk", "practice_template"]


@pytest.fixture
def ready(clerk: Clerk, practice_template: Path) -> Clerk:
    """A clerk with his town's record, whose practice record was made before."""
    clerk.make_record()
    played(practice_template, clerk.door.practice.parent)
    return clerk


def practising_in(program: Program) -> Workplace:
    """Wait until the practice record is open."""
    program.work.drain()
    assert program.workplace is not None
    settle(program.workplace)
    assert program.workplace.office.record.practice
    return program.workplace


def edged(window: QWidget) -> bool:
    QApplication.processEvents()
    return bool(window.findChildren(Edge))


def test_one_click_on_the_log_in_enters_without_a_password(ready: Clerk) -> None:
    program = ready.start(ready.path)
    program.entry.login.practice.click()
    place = practising_in(program)
    assert place.office.record.actor.name == cast.CLERK.name
    assert program.window.windowTitle() == "练习 · 户有卡"
    assert program.frame.strip is not None
    assert PASSWORD in program.frame.strip.words.text()
    assert edged(program.window)
    assert ready.settings.last_record is None, "the log-in was not gone through yet"


def test_from_the_work_the_open_record_is_left_in_order_and_found_again(ready: Clerk) -> None:
    program = ready.start(ready.path)
    ready.log_in(program)
    place = program.workplace
    assert place is not None
    place.shell.top.help.act("practise").trigger()
    place.office.work.drain()
    QApplication.processEvents()
    there = practising_in(program)
    assert list((ready.folder / "backups").glob("town-*")), "left with a backup, as when the window is closed"
    assert ready.settings.last_record == ready.path
    assert ready.settings.last_name == CLERK.name
    assert ready.settings.text("last/town") == "华阳镇"
    there.shell.top.help.act("stop").trigger()
    QApplication.processEvents()
    program.work.drain()
    assert program.entry.path == ready.path
    assert program.entry.login.title.text() == "华阳镇档案"
    assert not program.frame.on
    assert not edged(program.window)
    assert program.window.windowTitle() == "户有卡"
    assert not (there.office.record.path.parent / "backups").exists(), "nobody misses it"
    assert not practising.on()


def test_practice_is_offered_only_outside_and_its_ways_out_only_inside(ready: Clerk) -> None:
    program = ready.start(ready.path)
    assert program.entry.help.act("practise").text() == "练习台账"
    program.practise()
    menu = practising_in(program).shell.top.help
    assert menu.act("stop").text() == "退出练习"
    assert menu.act("afresh").text() == "重新开始练习…"
    with pytest.raises(KeyError):
        menu.act("practise")


def test_the_guide_offers_it_and_is_come_back_to(clerk: Clerk, practice_template: Path) -> None:
    played(practice_template, clerk.door.practice.parent)
    program = clerk.start()
    guide = program.entry.currentWidget()
    assert isinstance(guide, Guide)
    guide.practice.click()
    practising_in(program)
    assert program.frame.strip is not None
    program.frame.strip.stop.click()
    QApplication.processEvents()
    assert isinstance(program.entry.currentWidget(), Guide)
    assert not program.frame.on


def test_a_double_clicked_practice_record_is_framed_and_not_remembered(ready: Clerk, practice_template: Path) -> None:
    ready.settings.keep_last(ready.path, CLERK.name)
    elsewhere = played(practice_template, ready.folder / "U盘").rename(ready.folder / "U盘" / "town.huk")
    (ready.folder / "U盘" / f"{NAME}.keys").rename(ready.folder / "U盘" / "town.huk.keys")
    program = ready.start(elsewhere)
    place = practising_in(program)
    assert place.office.record.path == elsewhere
    assert program.frame.on
    assert ready.settings.last_record == ready.path


def test_dialogs_and_the_help_are_framed_too(ready: Clerk) -> None:
    program = ready.start(ready.path)
    program.practise()
    practising_in(program)
    dialog = QDialog(program.window)
    dialog.show()
    shown = program.help.explain(program.workplace.shell.current_page() if program.workplace else None)
    QTest.qWait(400)
    assert edged(dialog)
    assert edged(shown)
    shown.close()
    dialog.close()
    dialog.deleteLater()
    program.stop_practising()
    QApplication.processEvents()
    assert not edged(program.window)


def test_a_changed_password_is_asked_for_in_the_frame(ready: Clerk) -> None:
    path = ready.door.practice
    with ready.door.open(path, cast.CLERK.name, PASSWORD) as record:
        record.change_password(PASSWORD, "bie-ren-gai-de")
    program = ready.start(ready.path)
    program.practise()
    program.work.drain()
    assert program.workplace is None
    assert "密码改过了" in program.entry.login.banner.text()
    assert program.frame.on
    ready.log_in(program, cast.CLERK.name, "bie-ren-gai-de")
    assert practising_in(program).office.record.path == path
    assert ready.settings.last_record is None


def test_a_damaged_one_is_not_sent_for_a_backup_it_never_had(ready: Clerk, dialogs: Dialogs) -> None:
    path = ready.door.practice
    content = bytearray(path.read_bytes())
    content[30_000:34_000] = bytes(4_000)
    path.write_bytes(content)
    program = ready.start(ready.path)
    program.practise()
    program.work.drain()
    said = program.entry.login.banner.text()
    assert "已损坏" in said
    assert "恢复备份" not in said
    assert "重新开始" in said

    def agree(dialog: Ask) -> int:
        dialog.chosen = "afresh"
        return 1

    dialogs.answer(Ask, agree)
    assert program.frame.strip is not None
    program.frame.strip.afresh.click()
    QApplication.processEvents()
    assert practising_in(program).office.record.path == path


def test_what_was_copied_in_practice_does_not_come_along(ready: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda self: True)  # the screen of the tests never says so
    program = ready.start(ready.path)
    program.practise()
    practising_in(program)
    take("在册 10 户 26 人")
    board = QApplication.clipboard()
    assert board.text() == "【演练】在册 10 户 26 人"
    program.stop_practising()
    QApplication.processEvents()
    assert board.text() == ""
    take("在册 3 户")
    assert board.text() == "在册 3 户"


def test_starting_afresh_is_asked_and_makes_a_new_one(ready: Clerk, dialogs: Dialogs) -> None:
    program = ready.start(ready.path)
    program.practise()
    old = practising_in(program).office.record.uuid
    dialogs.answer(Ask, lambda dialog: 0)
    assert program.frame.strip is not None
    program.frame.strip.afresh.click()
    assert program.workplace is not None
    assert program.workplace.office.record.uuid == old

    def agree(dialog: Ask) -> int:
        dialog.chosen = "afresh"
        return 1

    dialogs.answer(Ask, agree)
    program.frame.strip.afresh.click()
    QApplication.processEvents()
    program.work.drain()
    assert practising_in(program).office.record.uuid != old
    assert program.frame.on


@pytest.mark.parametrize("by_strip", [False, True])
def test_the_making_can_be_stopped(clerk: Clerk, by_strip: bool) -> None:
    clerk.make_record()
    clerk.settings.keep_last(clerk.path, CLERK.name)
    program = clerk.start(clerk.path)
    program.practise()
    page = program.entry.currentWidget()
    assert isinstance(page, PractisingPage)
    assert program.frame.strip is not None
    (program.frame.strip.stop if by_strip else page.back).click()
    program.work.drain()
    assert program.workplace is None
    assert program.entry.currentWidget() is program.entry.login
    assert program.entry.path == clerk.path
    assert not program.frame.on
    assert not clerk.door.practice.exists()


def test_a_backup_of_practice_is_restored_nowhere(ready: Clerk) -> None:
    with ready.door.open(ready.door.practice, cast.CLERK.name, PASSWORD) as record:
        made = backup(record)
    before = ready.path.read_bytes()
    for target in (ready.path, ready.folder / "新" / "town.huk"):
        with pytest.raises(Known, match="练习台账的备份"):
            ready.door.restore(made.path, target, cast.CLERK.name, PASSWORD)
    assert ready.path.read_bytes() == before


def test_a_towns_backup_is_not_restored_into_practice(ready: Clerk) -> None:
    with ready.door.open(ready.path, CLERK.name, CLERK.password) as record:
        made = backup(record)
    with pytest.raises(Known, match="不能恢复到练习台账"):
        ready.door.restore(made.path, ready.door.practice, CLERK.name, CLERK.password)
    assert ready.door.is_practice(ready.door.practice)
