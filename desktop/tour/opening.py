"""First start and change of hands: the guide makes the town's record, the recovery sheet goes into the safe, the clerk logs in, and hands over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop.pages.entry.guide import Guide
from desktop.pages.entry.lock import LockPage
from desktop.pages.entry.people import PersonCard
from desktop.pages.entry.safe import SafeStep
from desktop.pages.entry.ways import WaysStep
from desktop.tour.cast import CLERK, COUNTY_PHONE, OFFICE_PHONE, REVIEWER, VILLAGE_PHONE, Player
from desktop.tour.stage import SIZE, Stage, StageError
from desktop.tour.workbooks import Script

HAND_OVER = "换人"


def start(stage: Stage) -> None:
    """Open the program as on the first start: there is no record yet."""
    stage.program.begin(None)
    stage.program.window.setWindowState(Qt.WindowState.WindowNoState)
    stage.program.window.setFixedSize(*SIZE)
    stage.program.prepare()
    stage.settle()


def found(stage: Stage, script: Script, folder: Path) -> None:
    """Go through the guide as on the first start; the record lies in ``folder`` afterwards and the log-in page is open."""
    guide = stage.program.entry.currentWidget()
    if not isinstance(guide, Guide):
        raise StageError("the first start did not begin with the guide")
    _name(stage, guide, script, folder)
    stage.picture("首次使用-本镇与位置")
    stage.click(guide.on)
    _villages(stage, guide, script)
    stage.picture("首次使用-村和小组")
    stage.click(guide.on)
    _ways(stage, guide)
    stage.picture("首次使用-办理方式和标准")
    stage.click(guide.on)
    for card, player in ((guide.people.clerk, CLERK), (guide.people.reviewer, REVIEWER)):
        _person(stage, card, player)
    stage.picture("首次使用-经办人和审核人")
    stage.click(guide.on)
    _lock_away(stage, guide)


def log_in(stage: Stage, player: Player) -> None:
    """Choose the name, type the password, press 登录; the desk is open afterwards."""
    page = stage.program.entry.login
    stage.choose(page.box, player.name)
    stage.type(page.password.line, player.password)
    stage.picture("登录")
    stage.press(page.enter)
    stage.settle()


def hand_over(stage: Stage, player: Player) -> None:
    """换人: another person takes over with his own password."""
    stage.click(stage.shell.top.person)
    menu = stage.shell.findChild(QMenu)
    action = next((a for a in menu.actions() if a.text().startswith(HAND_OVER)), None) if menu is not None else None
    if menu is None or action is None:
        raise StageError("the window offers no way to hand over")
    menu.close()
    action.trigger()
    stage.settle()
    page = stage.place.curtain.page
    if not isinstance(page, LockPage):
        raise StageError(f"the window did not ask who takes over: {stage.told()}")
    stage.choose(page.box, player.name)
    stage.type(page.password.line, player.password)
    stage.click(page.enter)
    if stage.office.record.actor.name != player.name:
        raise StageError(f"{player.name} could not take over")


def _name(stage: Stage, guide: Guide, script: Script, folder: Path) -> None:
    parts = script.workbooks.town.split("/")
    for key, text in zip(guide.place.form.fields(), parts, strict=True):
        stage.type(guide.place.form.editor(key), text)
    stage.type(guide.place.where.line, str(folder))


def _villages(stage: Stage, guide: Guide, script: Script) -> None:
    """Paste the names, then each village's groups and telephone as if from WPS."""
    step = guide.villages
    stage.type(step.names.line, "、".join(village.name for village in script.villages))
    stage.click(step.add)
    pasted = [["、".join(v.groups), VILLAGE_PHONE.format(n + 1)] for n, v in enumerate(script.villages)]
    step.grid.model.put(0, 1, pasted)
    stage.settle()


def _ways(stage: Stage, guide: Guide) -> None:
    step = guide.steps[2]
    if not isinstance(step, WaysStep):
        raise StageError("the guide does not ask for the ways of the town")
    for key, text in (("contact", CLERK.name), ("office_phone", OFFICE_PHONE), ("county_phone", COUNTY_PHONE)):
        stage.type(step.form.editor(key), text)


def _person(stage: Stage, card: PersonCard, player: Player) -> None:
    for line, text in (
        (card.person.line, player.name), (card.secret.first.line, player.password), (card.secret.again.line, player.password),
    ):  # fmt: skip
        stage.type(line, text)


def _lock_away(stage: Stage, guide: Guide) -> None:
    step = guide.stack.currentWidget()
    if not isinstance(step, SafeStep):
        raise StageError(f"the record was not made: {guide.banner.text()}")
    stage.picture("恢复密钥")
    step.preview.save_to(stage.out / "恢复密钥.pdf")
    stage.press(step.tick)
    stage.click(guide.on)
