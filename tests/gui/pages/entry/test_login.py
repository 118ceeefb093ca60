"""The log-in: the right words for each way it can fail, the recovery code, the upgrade, a backup brought back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from db.store.backup import backup
from db.store.keyring import WRONG
from db.store.keys import keys_path
from db.store.opening import NeedsUpgrade
from db.store.record import Record
from desktop.app.door import Door
from desktop.app.program import Program
from desktop.pages.entry.guide import Guide
from desktop.pages.entry.login import LoginPage
from desktop.pages.entry.recover import RecoverPage
from desktop.pages.entry.restore import RestorePage
from tests.helpers.dialogs import Dialogs
from tests.helpers.program import Clerk, clerk, type_in
from tests.helpers.record import CHEAP, CLERK, REVIEWER, reopen

__all__ = ["clerk"]


@pytest.fixture
def program(clerk: Clerk) -> Program:
    """At the log-in to the invented town."""
    clerk.make_record()
    return clerk.start(clerk.path)


@pytest.fixture
def page(program: Program) -> LoginPage:
    return program.entry.login


def try_in(program: Program, password: str = CLERK.password) -> None:
    program.entry.login.password.setFocus()
    type_in(program.entry.login.password, password)
    program.work.drain()


def test_a_wrong_password_is_called_wrong_and_may_be_typed_again(
    program: Program, page: LoginPage, clerk: Clerk
) -> None:
    try_in(program, "guess")
    assert page.password.fault.text().startswith(WRONG)
    assert page.password.text() == ""
    assert page.banner.text() == ""
    clerk.log_in(program)


def test_the_sixth_wrong_password_has_to_wait(program: Program, page: LoginPage, clerk: Clerk) -> None:
    for _ in range(6):
        try_in(program, "guess")
    assert "请" in page.password.fault.text()
    assert "分钟后再试" in page.password.fault.text()
    clerk.clock.pass_time(timedelta(minutes=6))
    clerk.log_in(program)


def test_the_keyboard_stands_at_the_password_from_the_start(program: Program, page: LoginPage) -> None:
    assert program.window.focusWidget() is page.password.line


def test_no_password_asks_for_one(page: LoginPage) -> None:
    page.enter.click()
    assert page.password.fault.text() == "请输入密码。"


def test_while_it_opens_the_page_says_so(program: Program, page: LoginPage) -> None:
    type_in(page.password, "guess")
    assert page.enter.text() == "正在打开…"
    assert not page.enter.isEnabled()
    program.work.drain()
    assert page.enter.text() == "登录"


@pytest.mark.parametrize(("half", "said"), [("town.huk.keys", "缺少密码文件"), ("town.huk", "缺少档案文件")])
def test_a_missing_half_is_named(program: Program, page: LoginPage, clerk: Clerk, half: str, said: str) -> None:
    (clerk.folder / half).unlink()
    program.entry.look()
    program.work.drain()
    assert said in page.banner.text()


def test_a_damaged_keys_file_is_named(program: Program, page: LoginPage, clerk: Clerk) -> None:
    keys_path(clerk.path).write_text("{}", encoding="utf-8")
    program.entry.show_login(clerk.path)
    program.entry.look()
    program.work.drain()
    assert "密码文件“town.huk.keys”已损坏" in page.banner.text()
    page.enter.click()
    assert "没有读到人员名单" in page.person.fault.text()


def test_a_record_open_elsewhere_names_the_computer(program: Program, page: LoginPage, clerk: Clerk) -> None:
    with reopen(clerk.path, REVIEWER):
        try_in(program)
    assert "已被打开：电脑" in page.banner.text()
    clerk.log_in(program)


def test_a_record_that_is_gone_still_offers_its_backups(clerk: Clerk) -> None:
    clerk.settings.keep_last(clerk.path, CLERK.name)
    program = clerk.start()
    program.entry.look()
    program.work.drain()
    assert program.entry.currentWidget() is program.entry.login
    assert "找不到档案" in program.entry.login.banner.text()


def test_the_one_who_worked_last_is_offered_first(clerk: Clerk) -> None:
    clerk.make_record()
    clerk.settings.keep_last(clerk.path, REVIEWER.name)
    clerk.settings.keep("last/town", "华阳镇")
    page = clerk.start().entry.login
    assert page.box.currentText() == REVIEWER.name
    assert page.title.text() == "华阳镇档案"
    assert "今天是 2016-05-25 周三" in page.subtitle.text()


def test_another_record_is_opened(clerk: Clerk, dialogs: Dialogs) -> None:
    clerk.make_record()
    program = clerk.start()
    guide = program.entry.currentWidget()
    assert isinstance(guide, Guide)
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(clerk.path), ""))
    guide.other.click()
    program.work.drain()
    assert program.entry.currentWidget() is program.entry.login
    clerk.log_in(program)


def test_the_recovery_code_gives_a_new_password(program: Program, page: LoginPage, clerk: Clerk) -> None:
    page.recover.click()
    recover = program.entry.currentWidget()
    assert isinstance(recover, RecoverPage)
    type_in(recover.code, "7K3QF")
    type_in(recover.secret.first, "fresh-pass-9", enter=False)
    type_in(recover.secret.again, "fresh-pass-9")
    program.work.drain()
    assert "恢复码应有27位" in recover.code.fault.text()
    type_in(recover.code, clerk.code.lower(), enter=False)
    recover.enter.click()
    program.work.drain()
    assert program.workplace is not None
    program.workplace.office.work.drain()
    assert program.workplace.office.record.actor.name == CLERK.name
    program.workplace.office.record.close()
    Record.open(clerk.path, CLERK.name, "fresh-pass-9", clock=clerk.clock, cost=CHEAP).close()


class OlderRecord(Door):
    """A door before a record of an older program."""

    upgraded = False

    def open(self, path: Path, name: str, password: str) -> Record:
        if not self.upgraded:
            raise NeedsUpgrade("档案“town.huk”是旧版本的，需要先升级。", "升级前会自动备份，失败时原档案不变。")
        return super().open(path, name, password)

    def upgrade(self, path: Path, name: str, password: str) -> str:
        assert (name, password) == (CLERK.name, CLERK.password)
        self.upgraded = True
        return "town-20160525-083000.huk"


def test_an_older_record_is_upgraded_only_when_asked(clerk: Clerk) -> None:
    clerk.make_record()
    program = clerk.start(clerk.path, OlderRecord(clerk.clock, CHEAP, clerk.folder / "anchors.json"))
    try_in(program)
    assert program.workplace is None
    assert "需要先升级" in program.entry.login.banner.text()
    program.entry.login.banner.acted.emit()
    program.work.drain()
    assert program.workplace is not None
    program.workplace.office.work.drain()


def test_a_backup_is_brought_back_and_the_old_record_kept(program: Program, page: LoginPage, clerk: Clerk) -> None:
    with reopen(clerk.path, clock=clerk.clock) as record:
        made = backup(record)
    before = clerk.path.read_bytes()
    page.restore.click()
    restore = program.entry.currentWidget()
    assert isinstance(restore, RestorePage)
    assert restore.told.text() == f"要恢复的是：{made.path.name}"
    type_in(restore.password, "guess")
    program.work.drain()
    assert restore.password.fault.text().startswith(WRONG)
    type_in(restore.password, CLERK.password)
    program.work.drain()
    assert "已恢复并校验：0 户 0 人" in restore.banner.text()
    assert [p.read_bytes() for p in clerk.folder.glob("town-换下-*.huk")] == [before]
    restore.banner.acted.emit()
    program.work.drain()
    assert program.entry.currentWidget() is page
    clerk.log_in(program)


def test_a_damaged_backup_changes_nothing(program: Program, page: LoginPage, clerk: Clerk, dialogs: Dialogs) -> None:
    with reopen(clerk.path, clock=clerk.clock) as record:
        made = backup(record, clerk.folder / "U盘")
    made.path.write_bytes(made.path.read_bytes()[:-4096])
    page.restore.click()
    restore = program.entry.currentWidget()
    assert isinstance(restore, RestorePage)
    assert not restore.enter.isEnabled()
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(made.path), ""))
    restore.other.click()
    type_in(restore.password, CLERK.password)
    program.work.drain()
    assert "现在的档案没有改动" in restore.banner.text()
    assert sorted(p.name for p in clerk.folder.glob("*.huk")) == ["town.huk"]
