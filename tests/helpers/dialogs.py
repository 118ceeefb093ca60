"""Modal dialogs in tests: nobody is there to press a button, so each must have an answer or the test fails.

Without this a forgotten message box would hang the suite until its time limit.
"""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMenu, QMessageBox

Reply = Callable[[Any], Any]

ASKING = {
    QMessageBox: ("about", "critical", "information", "question", "warning"),
    QFileDialog: ("getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName"),
    QInputDialog: ("getDouble", "getInt", "getItem", "getMultiLineText", "getText"),
}
"""The static functions that open a dialog and wait."""


class UnexpectedDialogError(AssertionError):
    """The program opened a modal dialog that the test has no answer for."""


class Dialogs:
    """Stands in for the clerk in front of modal dialogs; `opened` keeps the titles in order."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._replies: list[tuple[type, Reply]] = []
        self._patch = patch
        self.opened: list[str] = []
        for modal in (QDialog, QPrintDialog, QMenu):
            patch.setattr(modal, "exec", self._exec())
        for asking, names in ASKING.items():
            for name in names:
                patch.setattr(asking, name, staticmethod(self._unexpected(f"{asking.__name__}.{name}")))

    def answer(self, kind: type, reply: Reply) -> None:
        """When a `kind` is executed, `reply(dialog)` acts on it and returns what exec returns; the latest wins."""
        self._replies.insert(0, (kind, reply))

    def answer_static(self, kind: type, name: str, value: object) -> None:
        """Let a static function such as QFileDialog.getSaveFileName return `value` without opening anything."""

        def reply(*_: object, **__: object) -> object:
            self.opened.append(f"{kind.__name__}.{name}")
            return value

        self._patch.setattr(kind, name, staticmethod(reply))

    def _exec(self) -> Callable[..., Any]:
        def run(dialog: Any, *_: object) -> Any:
            title = dialog.windowTitle() if hasattr(dialog, "windowTitle") else ""
            self.opened.append(title)
            for kind, reply in self._replies:
                if isinstance(dialog, kind):
                    return reply(dialog)
            text = dialog.text() if isinstance(dialog, QMessageBox) else ""
            raise UnexpectedDialogError(f"{type(dialog).__name__} «{title}» {text} was executed without an answer")

        return run

    @staticmethod
    def _unexpected(name: str) -> Callable[..., Any]:
        def refuse(*arguments: object, **__: object) -> Any:
            raise UnexpectedDialogError(f"{name}{arguments[1:3]} was called without an answer")

        return refuse
