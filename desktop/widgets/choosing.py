"""Choosing a file to take in: the dialog opens where the last one lay, the first time among the clerk's documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from desktop.app.paths import clerks_folder

WORKBOOKS = "表格文件 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt *.xml *.htm *.html);;所有文件 (*)"
"""Every kind that is read by its content; any other file may be chosen too, and is then told what it is."""
_LAST = "folder last chosen from"


def choose_file(parent: QWidget, title: str, pattern: str = WORKBOOKS) -> Path | None:
    """The file chosen, None when the dialog was closed."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _start(), pattern)
    return _remembered([chosen])[0] if chosen else None


def choose_files(parent: QWidget, title: str, pattern: str = WORKBOOKS) -> list[Path]:
    """The files chosen together, none when the dialog was closed."""
    chosen, _ = QFileDialog.getOpenFileNames(parent, title, _start(), pattern)
    return _remembered(chosen)


def _start() -> str:
    app = QApplication.instance()
    last = app.property(_LAST) if app is not None else None
    return last if last and Path(last).is_dir() else str(clerks_folder())


def _remembered(chosen: list[str]) -> list[Path]:
    app = QApplication.instance()
    paths = [Path(one) for one in chosen]
    if app is not None and paths:
        app.setProperty(_LAST, str(paths[0].parent))
    return paths
