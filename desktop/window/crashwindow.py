"""The window shown when the program itself went wrong: what it means for the clerk's work, and a report he may copy and send."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from desktop.widgets.looks import button, column, label, row

_WORDS = "程序出了一处差错，这一步没有办成。已经保存的内容都在，没有丢失；正在录的内容还留在窗口里，请先试着保存。"
_SEND = "请把下面的报告复制给维护人员。报告里只有程序的位置，没有任何农户的资料。"


class CrashWindow(QDialog):
    """Holds ``report`` as plain text."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序出错")
        self.report = QPlainTextEdit(report, self)
        self.report.setReadOnly(True)
        self.copy = button("复制报告", "plain", self)
        self.copy.clicked.connect(self._on_copy)
        self.close_button = button("继续工作", "primary", self)
        self.close_button.clicked.connect(self.accept)
        whole, foot = column(self, 12, 24), row()
        whole.addWidget(label("程序出了差错", "heading", self))
        whole.addWidget(label(_WORDS, "", self, wrap=True))
        whole.addWidget(label(_SEND, "quiet", self, wrap=True))
        whole.addWidget(self.report, 1)
        foot.addStretch(1)
        foot.addWidget(self.copy)
        foot.addWidget(self.close_button)
        whole.addLayout(foot)
        self.resize(560, 420)
        self.close_button.setDefault(True)
        self.close_button.setFocus()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText("已复制")


def show_crash(report: str) -> None:
    """Show the report over the active window and wait."""
    window = CrashWindow(report, QApplication.activeWindow())
    window.exec()
    window.deleteLater()
