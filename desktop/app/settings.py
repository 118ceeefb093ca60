"""What the program remembers between two days on this computer: column widths, the last record, who logged in last.

An INI file in the data folder, never the registry, so that support can read it and a copy of the folder carries it along.
Nothing of the town's households is ever kept here.
"""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.app.paths import data_folder


class Settings:
    """Typed reading and keeping; a damaged value reads as the default."""

    def __init__(self, path: Path | None = None) -> None:
        self._store = QSettings(str(path or data_folder() / "settings.ini"), QSettings.Format.IniFormat)

    @property
    def lasting(self) -> bool:
        """Whether what is kept now will be known tomorrow: the file or its folder may be read-only."""
        return self._store.isWritable()

    def text(self, key: str, default: str = "") -> str:
        """A remembered text."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def keep(self, key: str, value: str) -> None:
        """Remember a text under ``key``."""
        self._store.setValue(key, value)

    @property
    def last_record(self) -> Path | None:
        """The record opened last, None on the first start."""
        text = self.text("last/record")
        return Path(text) if text else None

    @property
    def last_name(self) -> str:
        """The person who logged in last."""
        return self.text("last/name")

    def keep_last(self, record: Path, name: str) -> None:
        """Remember who opened which record."""
        self.keep("last/record", str(record))
        self.keep("last/name", name)

    def layout(self, table: str) -> dict[str, int]:
        """Column key to width for ``table``; a negative width is a hidden column. Order is the order on the screen."""
        try:
            found = json.loads(self.text(f"table/{table}", "{}"))
        except ValueError:
            return {}
        return {k: v for k, v in found.items() if isinstance(v, int)} if isinstance(found, dict) else {}

    def keep_layout(self, table: str, widths: dict[str, int]) -> None:
        """Remember widths, order and hidden columns of ``table``."""
        self.keep(f"table/{table}", json.dumps(widths, ensure_ascii=False))

    def layouts(self) -> int:
        """How many tables are remembered."""
        return sum(key.startswith("table/") for key in self._store.allKeys())

    def geometry(self) -> QByteArray:
        """Size and place of the window, empty on the first start."""
        value = self._store.value("window/geometry", QByteArray())
        return value if isinstance(value, QByteArray) else QByteArray()

    def keep_geometry(self, value: QByteArray) -> None:
        """Remember size and place of the window."""
        self._store.setValue("window/geometry", value)

    def sync(self) -> None:
        """Write to disk now."""
        self._store.sync()
