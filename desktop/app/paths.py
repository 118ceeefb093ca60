"""Where things lie on this computer: the program's own resources and the folders it may write to.

The program's folders are made when first asked for; HUYOUKA_HOME moves all of them at once (tests, a portable copy on a stick). One
that cannot be made is named all the same: a home that may not be written to must not keep the clerk from his record.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

from db.store.practising import named

_NAME = "huyouka"
_LONGEST = 60
"""Bytes of a folder in which a socket can still be given a name; the system allows some hundred for both."""


def resource(name: str) -> Path:
    """The file or folder ``name`` (with forward slashes) under resources/; raises FileNotFoundError when the installation lacks it."""
    root = Path(getattr(sys, "_MEIPASS", Path(__file__).resolve().parents[2]))
    path = root / "resources" / name
    if not path.exists():
        raise FileNotFoundError(f"resources/{name}")
    return path


def _folder(under: str, usual: str) -> Path:
    home = os.environ.get("HUYOUKA_HOME")
    path = Path(home).absolute() / under if home else Path(usual)
    with suppress(OSError):
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


def private_folder() -> Path | None:
    """A folder of this clerk alone, nobody else may look into it, that needs not outlast his session; None where there is none."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir())
    mine = os.getuid()
    session = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/run/user/{mine}")
    if len(os.fsencode(session)) < _LONGEST and _is_private(session, mine):
        return session
    made = Path("/tmp") / f"huyouka-{mine}"
    with suppress(OSError):
        made.mkdir(mode=0o700, exist_ok=True)
    return made if _is_private(made, mine) else None


def _is_private(folder: Path, user: int) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return (
        stat.S_ISDIR(found.st_mode)
        and found.st_uid == user
        and not found.st_mode & 0o077
        and os.access(folder, os.W_OK)
    )


def clerks_folder(*, pictures: bool = False) -> Path:
    """Where a dialog for files begins: the clerk's documents, or his pictures; his home folder where the computer has none.

    A folder that is not there must not be handed to a dialog: its name would stand there as the name of a file.
    """
    usual = Path(platformdirs.user_pictures_dir() if pictures else platformdirs.user_documents_dir())
    return usual if usual.is_dir() else Path.home()


def offered(folder: Path, name: str) -> str:
    """What a dialog for saving proposes: ``name`` in ``folder``, with 演练_ before it while a practice record is open."""
    return str(folder / named(name))


def workbook_path(chosen: str) -> Path:
    """Where a workbook is written that the clerk named: with the ending he may have left out."""
    return Path(chosen) if chosen.lower().endswith(".xlsx") else Path(f"{chosen}.xlsx")
