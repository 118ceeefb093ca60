"""One tab of the settings: it reads anew when it is looked at and says faults in place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Known, Refused
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.widgets.looks import column


class Panel(QWidget):
    """``said(text, tone)`` is for the window's banner."""

    said = Signal(str, str)
    title = ""

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.office = office
        self.keeper = keeper
        self.whole = column(self, 12)
        self.whole.setContentsMargins(0, 14, 0, 0)

    def refresh(self) -> None:
        """Read anew what is shown."""

    def may_leave(self) -> bool:
        """Whether nothing unsaved is held."""
        return True

    def failed(self, error: Exception) -> None:
        """Say a refusal or known trouble that belongs to no field."""
        self.said.emit(words(error), "red")


def words(error: Exception) -> str:
    """What a refusal or known trouble says, in one piece."""
    if isinstance(error, Refused):
        return "；".join(problem.text for problem in error.problems)
    return f"{error.text}{error.remedy}" if isinstance(error, Known) else "程序出了一处差错，这一步没有办成。"
