"""What is typed and not yet saved goes into the record's drafts every few seconds, and leaves them when it is saved or given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from db.services.town import drafts
from desktop.app.office import Office

_EVERY_MS = 3000


class Keeper(QObject):
    """Keeps one form; ``content`` gives what stands in it as text. Signal ``changed()``: the drafts in the record are others now."""

    changed = Signal()

    def __init__(self, office: Office, content: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._content = content
        self._key = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.flush)

    def begin(self, key: str) -> None:
        """Keep under ``key`` from now on."""
        self._timer.stop()
        self._key = key

    def touch(self) -> None:
        """Something was typed: it is kept within a few seconds, however long the typing goes on."""
        if not self._timer.isActive():
            self._timer.start()

    def due(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._timer.isActive()

    def flush(self) -> None:
        """Keep now what stands in the form."""
        self._timer.stop()
        self._write("保存草稿", partial(drafts.keep, self._office.record, self._key, self._content()))

    def drop(self) -> None:
        """It was saved or given up."""
        self._timer.stop()
        self._write("清除草稿", partial(drafts.drop, self._office.record, self._key))

    def _write(self, title: str, op: Callable[[], None]) -> None:
        self._office.work.write(title, op, self._on_written)

    def _on_written(self, _: None) -> None:
        self.changed.emit()
