"""The second person: his name, his own password and the reason, in the dialog that asks for them."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

from desktop.tour.cast import REVIEWER
from desktop.tour.stage import Stage, StageError
from desktop.widgets.dialogs import SecondPersonDialog


def second_person(stage: Stage, reason: str, dialog: QDialog, picture: str = "") -> None:
    """Agree as the reviewer."""
    if not isinstance(dialog, SecondPersonDialog):
        raise StageError(f"“{dialog.windowTitle()}” does not ask for the second person")
    dialog.name.setCurrentText(REVIEWER.name)
    stage.type(dialog.password, REVIEWER.password)
    stage.type(dialog.reason, reason)
    if picture:
        stage.picture(picture, dialog)
    stage.press(dialog.agree)
