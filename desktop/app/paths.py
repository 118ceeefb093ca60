"""Where things lie on this computer: the program's own resources and the folders it may write to.

The program's folders are made when first asked for; HUYOUKA_HOME moves all of them at once (tests, a portable copy on a stick).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

_NAME = "huyouka"


def resource(name: str) -> Path:
    """The file or folder ``name`` (with forward slashes) under resources/; raises FileNotFoundError when the installation lacks it."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    path = root / "resources" / name
    if not path.exists():
        raise FileNotFoundError(f"resources/{name}")
    return path


def _folder(under: str, usual: str) -> Path:
    home = os.environ.get("HUYOUKA_HOME")
    path = Path(home) / under if home else Path(usual)
    path.mkdir(parents=True, exist_ok=True)
    return path


def data_folder() -> Path:
    """Settings and drafts; by default also the place proposed for a new record."""
    return _folder("data", platformdirs.user_data_dir(_NAME, appauthor=False))


def log_folder() -> Path:
    """Log and crash reports, free of personal data."""
    return _folder("log", platformdirs.user_log_dir(_NAME, appauthor=False))


def anchor_folder() -> Path:
    """The last known head of each record's trail, kept apart from the record so that swapping in an old copy is noticed."""
    return _folder("anchor", str(Path(platformdirs.user_state_dir(_NAME, appauthor=False)) / "anchor"))


def clerks_folder(*, pictures: bool = False) -> Path:
    """Where a dialog for files begins: the clerk's documents, or his pictures; his home folder where the computer has none.

    A folder that is not there must not be handed to a dialog: its name would stand there as the name of a file.
    """
    usual = Path(platformdirs.user_pictures_dir() if pictures else platformdirs.user_documents_dir())
    return usual if usual.is_dir() else Path.home()


def workbook_path(chosen: str) -> Path:
    """Where a workbook is written that the clerk named: with the ending he may have left out."""
    return Path(chosen) if chosen.lower().endswith(".xlsx") else Path(f"{chosen}.xlsx")
