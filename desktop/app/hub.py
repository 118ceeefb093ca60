"""The town crier: after every act it tells all pages which kinds of thing changed and who did it.

No page calls another page; a page that is looked at refreshes, one that is not marks itself stale.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Hub(QObject):
    """One per window. Signal ``changed(kinds: frozenset[str], by: object)``."""

    changed = Signal(object, object)

    def announce(self, kinds: frozenset[str], by: object = None) -> None:
        """Tell everybody; nothing is said when nothing changed. ``by`` lets the page that acted skip its own echo."""
        if kinds:
            self.changed.emit(kinds, by)
