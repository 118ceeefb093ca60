"""The settings page: backups and the drill, people and passwords, the town's ways, lines, villages, the check, this computer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.rules.codes import Role, ThresholdKind
from db.services.office import standing
from db.services.town import town
from db.store.backup import backups, folder_of
from db.store.clock import FixedClock
from db.store.record import Record, WrongPassword
from desktop.app.idle import MINUTES
from desktop.app.office import Office
from desktop.app.settings import Settings
from desktop.pages.care.backups import BackupPanel
from desktop.pages.care.dialogs import DrillDialog, NewPersonDialog, OwnPasswordDialog, ResetDialog
from desktop.pages.care.health import HealthPanel
from desktop.pages.care.lines import LinesPanel
from desktop.pages.care.machine import MachinePanel
from desktop.pages.care.page import CarePage
from desktop.pages.care.panel import Panel
from desktop.pages.care.people import PeoplePanel
from desktop.pages.care.villages import VillagesPanel
from desktop.pages.care.ways import WaysPanel
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Ask, SecondPersonDialog
from tests.helpers.dialogs import Dialogs
from tests.helpers.program import signing, type_in
from tests.helpers.record import CLERK, SECOND_CLERK

P = TypeVar("P", bound=Panel)
FRESH = "fresh-pass-9"
ACCEPTED = int(QDialog.DialogCode.Accepted)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def page(office: Office, settings: Settings, qtbot: QtBot) -> Iterator[CarePage]:
    made = CarePage(office, settings)
    qtbot.addWidget(made)
    made.resize(1180, 640)
    made.show()
    office.work.drain()
    yield made
    office.work.drain()


@pytest.fixture
def said(page: CarePage) -> list[str]:
    found: list[str] = []

    def keep(text: str, tone: str) -> None:
        found.append(f"{tone}: {text}")

    page.said.connect(keep)
    return found


def tab(page: CarePage, name: str, kind: type[P]) -> P:
    page.open_thing(name)
    panel = page.panels[name]
    assert isinstance(panel, kind)
    panel.office.work.drain()
    return panel


def choose(panel: PeoplePanel, name: str) -> None:
    names = [item.cells[0] for item in panel.table.items()]
    panel.table.table.go_to(names.index(name))


def opens(office: Office, name: str, password: str) -> bool:
    """Whether the password is right for the person, asked of the open record's keys."""
    try:
        office.record.authenticate(name, password)
    except WrongPassword:
        return False
    return True


def test_a_backup_is_made_checked_and_listed(page: CarePage, office: Office, said: list[str]) -> None:
    panel = tab(page, "backup", BackupPanel)
    assert panel.empty.isVisible()
    panel.now.click()
    office.work.drain()
    assert said[-1].startswith("pine: 已备份并校验：")
    assert panel.table.count() == 1
    assert len(backups(folder_of(office.record.path), "town")) == 1


def test_a_backup_goes_to_a_stick(page: CarePage, office: Office, tmp_path: Path, dialogs: Dialogs) -> None:
    stick = tmp_path / "U盘"
    dialogs.answer_static(QFileDialog, "getExistingDirectory", str(stick))
    tab(page, "backup", BackupPanel).away.click()
    office.work.drain()
    assert sorted(p.suffix for p in stick.iterdir()) == [".huk", ".keys", ".sha256"]


@pytest.mark.parametrize(("password", "word"), [(CLERK.password, "pine: 演练通过"), ("guess", "red: 姓名或密码不正确")])
def test_the_drill_proves_a_backup_and_leaves_nothing(
    page: CarePage, office: Office, said: list[str], dialogs: Dialogs, password: str, word: str
) -> None:
    panel = tab(page, "backup", BackupPanel)
    panel.now.click()
    office.work.drain()
    before = sorted(folder_of(office.record.path).iterdir())

    def fill(dialog: DrillDialog) -> int:
        type_in(dialog.secret, password, enter=False)
        return ACCEPTED

    dialogs.answer(DrillDialog, fill)
    panel.drill.click()
    office.work.drain()
    assert said[-1].startswith(word)
    assert sorted(folder_of(office.record.path).iterdir()) == before


def test_a_person_joins_with_the_reviewer_beside_him(page: CarePage, office: Office, dialogs: Dialogs) -> None:
    panel = tab(page, "people", PeoplePanel)

    def fill(dialog: NewPersonDialog) -> int:
        assert not dialog.complete()
        dialog.person.set_text("罗某军")
        dialog.role.choose_text("审核人")
        for line in (dialog.secret.first, dialog.secret.again):
            line.line.setText(FRESH)
        assert dialog.complete()
        return ACCEPTED

    dialogs.answer(NewPersonDialog, fill)
    dialogs.answer(SecondPersonDialog, signing())
    panel.add.click()
    office.work.drain()
    assert [(p.name, p.role) for p in office.record.people()][-1] == ("罗某军", Role.REVIEWER)
    assert opens(office, "罗某军", FRESH)
    assert panel.table.items()[-1].cells[0] == "罗某军"


def test_two_clerks_let_nobody_in(page: CarePage, office: Office, said: list[str], dialogs: Dialogs) -> None:
    def fill(dialog: NewPersonDialog) -> int:
        dialog.person.set_text("罗某军")
        dialog.secret.first.line.setText(FRESH)
        return ACCEPTED

    dialogs.answer(NewPersonDialog, fill)
    dialogs.answer(SecondPersonDialog, signing(name=SECOND_CLERK.name, password=SECOND_CLERK.password))
    tab(page, "people", PeoplePanel).add.click()
    office.work.drain()
    assert said[-1] == "red: 增加人员要有审核人参加。"


def test_a_leaver_is_shut_out(page: CarePage, office: Office, dialogs: Dialogs) -> None:
    panel = tab(page, "people", PeoplePanel)
    choose(panel, CLERK.name)
    assert not panel.disable.isEnabled()
    choose(panel, SECOND_CLERK.name)
    dialogs.answer(SecondPersonDialog, signing("调离"))
    panel.disable.click()
    office.work.drain()
    assert not opens(office, SECOND_CLERK.name, SECOND_CLERK.password)
    assert panel.table.items()[-1].cells[0] == SECOND_CLERK.name


def test_ones_own_password_needs_the_old_one(page: CarePage, office: Office, said: list[str], dialogs: Dialogs) -> None:
    panel = tab(page, "people", PeoplePanel)
    old = iter(("guess", CLERK.password))

    def fill(dialog: OwnPasswordDialog) -> int:
        dialog.old.line.setText(next(old))
        dialog.secret.first.line.setText(FRESH)
        return ACCEPTED

    dialogs.answer(OwnPasswordDialog, fill)
    panel.own.click()
    office.work.drain()
    assert "姓名或密码不正确" in said[-1]
    panel.own.click()
    office.work.drain()
    assert said[-1] == "pine: 密码已改，下次登录用新密码。"
    assert opens(office, CLERK.name, FRESH)


def test_two_persons_reset_a_forgotten_password(page: CarePage, office: Office, dialogs: Dialogs) -> None:
    panel = tab(page, "people", PeoplePanel)
    choose(panel, SECOND_CLERK.name)

    def fill(dialog: ResetDialog) -> int:
        dialog.secret.first.line.setText(FRESH)
        return ACCEPTED

    dialogs.answer(ResetDialog, fill)
    dialogs.answer(SecondPersonDialog, signing())
    panel.reset.click()
    office.work.drain()
    office.record.switch(SECOND_CLERK.name, FRESH)
    assert "由钟小明和曾阿慧重置" in office.record.warnings[0]


def test_a_new_recovery_key_is_shown_to_print_and_opens(
    page: CarePage, office: Office, dialogs: Dialogs, clock: FixedClock
) -> None:
    panel = tab(page, "people", PeoplePanel)
    dialogs.answer(SecondPersonDialog, signing("旧页遗失"))
    panel.renew.click()
    office.work.drain()
    window = panel.findChild(PaperWindow)
    assert isinstance(window, PaperWindow)
    paper = window.preview.paper
    assert paper is not None
    assert paper.title == "华阳镇扶贫档案恢复密钥"
    window.close()


def test_options_are_changed_with_the_reviewer_only(
    page: CarePage, office: Office, said: list[str], dialogs: Dialogs
) -> None:
    panel = tab(page, "ways", WaysPanel)
    before = office.see(town.options)
    panel.form.set_texts({"notice_days": "10", "team": "驻村工作组"})
    dialogs.answer(SecondPersonDialog, lambda _: 0)
    panel.save()
    office.work.drain()
    assert office.see(town.options) == before
    assert panel.form.is_dirty()
    dialogs.answer(SecondPersonDialog, signing())
    page.save()
    office.work.drain()
    assert office.see(town.options) == replace(before, notice_days=10, team="驻村工作组")
    assert not panel.form.is_dirty()
    line = office.see(standing.trail_lines)[0]
    assert (line.action, line.reason) == ("更改设置", "公示天数、驻村队伍称")
    assert line.facts == "审核人 曾阿慧，第二人 曾阿慧"


def test_a_notice_is_never_shorter_than_seven_days(page: CarePage, office: Office, dialogs: Dialogs) -> None:
    panel = tab(page, "ways", WaysPanel)
    panel.form.set_texts({"notice_days": "5"})
    dialogs.answer(SecondPersonDialog, signing())
    panel.save()
    office.work.drain()
    assert "不得少于 7 天" in panel.form.editor("notice_days").problem()
    assert panel.form.texts()["notice_days"] == "5"


def test_leaving_with_changed_options_asks(page: CarePage, dialogs: Dialogs) -> None:
    panel = tab(page, "ways", WaysPanel)
    panel.form.set_texts({"notice_days": "10"})

    def stay(dialog: Ask) -> int:
        dialog.chosen = "stay"
        return ACCEPTED

    def drop(dialog: Ask) -> int:
        dialog.chosen = "drop"
        return ACCEPTED

    dialogs.answer(Ask, stay)
    assert not page.may_leave()
    dialogs.answer(Ask, drop)
    assert page.may_leave()
    assert panel.form.texts()["notice_days"] == "7"


def test_a_yearly_line_is_added_with_its_document(page: CarePage, office: Office, dialogs: Dialogs) -> None:
    panel = tab(page, "lines", LinesPanel)
    assert panel.table.count() == 6
    panel.form.set_texts({"year": "2016", "kind": "贫困户识别标准", "amount": "4000", "index": "abc"})
    panel.save()
    assert panel.form.faulty() == ["source"]
    panel.form.set_texts({"source": "县扶贫局2016年通知"})
    panel.save()
    assert "请填 0.5 到 3 之间的数" in panel.form.editor("index").problem()
    panel.form.set_texts({"index": "1.013"})
    dialogs.answer(SecondPersonDialog, signing())
    panel.save()
    office.work.drain()
    line = office.see(town.thresholds)[-1]
    assert (line.year, line.kind, line.line) == (2016, ThresholdKind.ENTRY, Decimal("4052.000"))
    assert panel.table.count() == 7


def test_villages_groups_and_phones_are_added(page: CarePage, office: Office) -> None:
    panel = tab(page, "villages", VillagesPanel)
    panel.form.set_texts({"village": "坪南村", "groups": "2", "phone": "0753-4400009"})
    panel.save()
    office.work.drain()
    panel.form.set_texts({"village": "坪南村", "groups": "1组"})
    panel.save()
    office.work.drain()
    assert "已有“第一组”" in panel.form.editor("groups").problem()
    panel.form.set_texts({"village": "坪南村", "groups": "新屋组"})
    panel.save()
    office.work.drain()
    panel.form.set_values({"village": "小拔村", "phone": "0753-4400008"})
    panel.save()
    office.work.drain()
    found = {v.name: v for v in office.see(town.villages)}
    assert [g.name for g in found["坪南村"].groups] == ["第一组", "第二组", "新屋组"]
    assert found["坪南村"].phone == "0753-4400009"
    assert found["小拔村"].phone == "0753-4400008"
    assert panel.table.count() == 3


def test_the_check_says_sound_or_what_is_wrong(page: CarePage, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    panel = tab(page, "health", HealthPanel)
    panel.run.click()
    office.work.drain()
    assert "体检通过" in texts(panel)
    monkeypatch.setattr(Record, "verify_chain", lambda _: ["留痕第3条内容被改。"])
    panel.run.click()
    office.work.drain()
    assert "发现 1 处" in texts(panel)
    assert "留痕第3条内容被改。" in texts(panel)


def test_the_trail_is_read_in_the_offices_words(page: CarePage) -> None:
    panel = tab(page, "health", HealthPanel)
    actions = [item.cells[3] for item in panel.table.items()]
    assert actions[-3:] == ["登录", "录入本镇资料", "新建档案"]
    assert not panel.accept.isVisible()


def test_the_minutes_of_the_lock_are_remembered(
    page: CarePage, office: Office, settings: Settings, qtbot: QtBot
) -> None:
    panel = tab(page, "machine", MachinePanel)
    assert panel.minutes.currentText() == f"{MINUTES} 分钟"
    panel.minutes.setCurrentIndex(0)
    with qtbot.waitSignal(office.hub.changed):
        panel.minutes.activated.emit(0)
    assert settings.text("idle/minutes") == "1"
    assert str(office.record.keys_path) in texts(panel)


def texts(panel: Panel) -> str:
    return "\n".join(part.text() for part in panel.findChildren(QLabel))
