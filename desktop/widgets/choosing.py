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
    app = QApplication.instance()
    last = app.property(_LAST) if app is not None else None
    start = last if last and Path(last).is_dir() else str(clerks_folder())
    chosen, _ = QFileDialog.getOpenFileName(parent, title, start, pattern)
    if not chosen:
        return None
    path = Path(chosen)
    if app is not None:
        app.setProperty(_LAST, str(path.parent))
    return path
