"""练习台账 as the clerk finds it: entered from the work in one click, everything in its yellow frame, and left for the town's own record."""

from __future__ import annotations

from desktop.pages.notices.page import NoticesPage
from desktop.tour.stage import Stage, StageError


def play(stage: Stage) -> None:
    """Enter the practice record, look at its desk and a notice, and go back to the log-in."""
    own = stage.program.settings.last_record
    stage.act(stage.shell.top.help, "practise")
    _arrive(stage)
    if not stage.office.record.practice or stage.program.frame.strip is None:
        raise StageError("the practice record was not entered")
    stage.picture("练习台账-工作台")
    stage.page("notices", NoticesPage)
    stage.picture("练习台账-公示")
    stage.say(f"练习台账：{stage.office.record.actor.name}，在 {stage.office.record.path.name}")
    stage.click(stage.program.frame.strip.stop)
    _arrive(stage)
    if stage.program.workplace is not None or stage.program.frame.on or stage.program.settings.last_record != own:
        raise StageError("the practice record was not left")


def _arrive(stage: Stage) -> None:
    """The open record is left, the next one made and entered: each is asked for when the one before has come home."""
    for _ in range(3):
        stage.settle()
