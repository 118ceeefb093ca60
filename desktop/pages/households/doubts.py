"""The doubts of a household and the reasons given for them: asked for beside the findings, kept with name and day, shown from then on.

What lists of other departments say of it and nobody has explained yet is one key away.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from db.services.cases import reasons
from db.services.cases.reasons import Explained, Open
from db.services.crosscheck import crosscheck
from desktop.app.office import Office
from desktop.pages.households.file import FileView
from desktop.widgets.dialogs import open_at
from desktop.widgets.looks import button, column, label
from desktop.widgets.page import Page
from desktop.widgets.reasonbox import DoubtRow, ReasonPanel
from desktop.widgets.side import Line

_SIZE = (560, 560)


class DoubtsDialog(QDialog):
    """The open doubts, ticked, with one reason for all that stay ticked. Signal ``given(doubts, reason)``."""

    given = Signal(object, str)

    def __init__(self, found: tuple[Open, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#疑点说明理由")
        self.setWindowTitle("说明理由")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.panel = ReasonPanel("说明理由", self)
        column(self, 10, 20).addWidget(self.panel)
        open_at(self, *_SIZE)
        self.panel.given.connect(self.given)
        self.panel.left.connect(self.reject)
        self.show_doubts(found)

    def show_doubts(self, found: tuple[Open, ...]) -> None:
        """Show what is still open; nothing left closes it."""
        if not found:
            self.accept()
            return
        heading = f"{found[0].head_name}户有 {len(found)} 处疑点还没有理由。核对无误的说明理由，有错的先改资料；镇审核以前都要说明。"
        self.panel.show_doubts(heading, [DoubtRow(one.head_name, one.text, one.doubt) for one in found])


class Doubts(QObject):
    """Puts a button and the reasons kept under the findings of the file."""

    def __init__(self, office: Office, page: Page, view: FileView) -> None:
        super().__init__(page)
        self._office, self._page, self._view = office, page, view
        self._open: tuple[Open, ...] = ()
        self._hits = 0
        self._dialog: DoubtsDialog | None = None
        self._said: frozenset[str] = frozenset()
        self.explain = button("说明理由", "link", view)
        self.besides = label("", "warn", view, wrap=True)
        self.told = label("", "quiet", view, wrap=True)
        view.found.body.addWidget(self.besides)
        view.found.body.addWidget(self.told)
        view.found.body.addWidget(self.explain, 0, Qt.AlignmentFlag.AlignLeft)
        self.crossed = button("", "link", view)
        view.found.body.addWidget(self.crossed, 0, Qt.AlignmentFlag.AlignLeft)
        self.explain.clicked.connect(self._ask)
        self.crossed.clicked.connect(self._go_to_hits)
        view.record.judged.connect(self._on_judged)

    def renew(self) -> None:
        """Read the doubts of the household shown, as the record holds it."""
        home = self._view.file.household.id if self._view.file is not None else None
        found = self._office.see(reasons.doubts_of, home) if home else reasons.Doubts()
        self._open = found.open
        self._hits = self._office.see(crosscheck.open_hits, [home]).get(home, 0) if home else 0
        self.told.setText("\n".join(map(_said, found.explained)))
        self._show()

    def _on_judged(self, lines: Sequence[Line]) -> None:
        self._said = frozenset(line.text for line in lines)
        self._show()

    def _show(self) -> None:
        """What the form does not judge while it is typed is told beside the button that asks for it."""
        besides = [f"! {one.text}" for one in self._open if one.text not in self._said]
        self.besides.setText("\n".join(besides))
        self.besides.setVisible(bool(besides))
        self.explain.setText(f"说明理由（{len(self._open)} 处）")
        self.explain.setVisible(bool(self._open))
        self.crossed.setText(f"外部比对有 {self._hits} 条待说明")
        self.crossed.setVisible(bool(self._hits))
        self.told.setVisible(bool(self.told.text()))
        self._view.found.setVisible(bool(self._said or self._open or self._hits or self.told.text()))

    def _go_to_hits(self) -> None:
        if self._view.file is not None:
            self._page.go_asked.emit("crosscheck", self._view.file.household.id)

    def _ask(self) -> None:
        self._dialog = DoubtsDialog(self._open, self._page)
        self._dialog.given.connect(self._keep)
        self._dialog.destroyed.connect(self._forget)
        self._dialog.open()

    def _keep(self, doubts: object, reason: str) -> None:
        self._office.write(
            "说明理由", reasons.keep, doubts, reason, done=self._on_kept, changes=frozenset({"reasons"}), by=self._page
        )

    def _on_kept(self, count: int) -> None:
        self.renew()
        self._page.said.emit(f"已记下 {count} 处的理由，会和姓名、日期一起留存", "pine")
        if self._dialog is not None:
            self._dialog.panel.box.clear()
            self._dialog.show_doubts(self._open)

    def _forget(self) -> None:
        self._dialog = None


def _said(one: Explained) -> str:
    return f"已说明：{one.text}——{one.kept.reason}（{one.kept.actor} {one.kept.at:%Y-%m-%d}）"
