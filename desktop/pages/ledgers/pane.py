"""What every tab of 月度台账 is: a part of the page that reads its own things when it is looked at and speaks through the page."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.app.office import Office
from desktop.widgets.page import Page


class Pane(QWidget):
    """``by`` is the page: it hands on what a pane says (``by.said``, ``by.go_asked``, ``by.selection_said``) and is what acts are done by.

    A pane that is not looked at does no work: told of a change it only marks itself stale.
    """

    def __init__(self, office: Office, by: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.by = by
        self.stale = True

    def refresh(self) -> None:
        """Read anew what is shown."""

    def preview(self) -> None:
        """Ctrl+P: show the paper of what is looked at."""

    def go_stale(self) -> None:
        """Something in the record has changed: refresh when looked at, else at the next look."""
        self.stale = True
        if self.isVisible():
            self.renew()

    def renew(self) -> None:
        """Refresh now and be fresh."""
        self.stale = False
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stale and not self.by.stale:  # a stale page is shown after its parts and refreshes them itself
            self.renew()
