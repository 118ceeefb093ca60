"""Looking at files before they are taken in, off the window's thread: what they are, when they were taken, a small picture of each.

Nothing is kept here; a file that cannot be taken in comes back with the sentence that says why.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from db.errors import Known, Refused
from db.rules.exif import HEAD, taken_at
from db.rules.sorting import Clue, Proposal, time_in_name
from db.rules.wholefile import is_locked
from db.services.evidence import attachments, clues, evidence
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.printing.thumbs import thumbnail

MOST = 500
"""Files taken into the tray at once; a whole disk dropped by mistake must not hang the office."""
_ENDINGS = {".jpg", ".jpeg", ".png", ".pdf", ".heic", ".heif", ".bmp", ".gif", ".tif", ".tiff", ".webp"}
_FOLDERS = 3
NOTHING = Proposal()
LOCKED = "这份 PDF 加了密码或限制，请先确认不输密码就打得开"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at; ``problem`` says why it cannot be taken in, "" when it can. ``used`` is where it hangs already.

    ``mind`` is what to look after before it is kept, "" when there is nothing.
    """

    path: Path
    sha: str = ""
    is_pdf: bool = False
    thumbnail: bytes = b""
    taken_at: datetime | None = None
    proposal: Proposal = NOTHING
    used: tuple[str, ...] = ()
    problem: str = ""
    mind: str = ""


def gathered(paths: Iterable[Path]) -> tuple[list[Path], int]:
    """The files of what was dropped, folders opened, in the order of their names; and how many were left out beyond ``MOST``."""
    found = list(dict.fromkeys(file for path in paths for file in _files(path)))
    return found[:MOST], max(0, len(found) - MOST)


def _files(path: Path) -> Iterator[Path]:
    """A file itself, whatever it is; of a folder what looks like photos and scans."""
    if not path.is_dir():
        yield path
        return
    for inner in sorted(path.rglob("*")):
        if inner.suffix.lower() in _ENDINGS and inner.is_file() and not inner.name.startswith("."):
            yield inner


def look(office: Office, paths: Sequence[Path], ticket: Ticket) -> list[Looked]:
    """Look at the files and ask the record where they belong; Cancelled when the clerk stops it."""
    seen = []
    for n, path in enumerate(paths):
        ticket.check()
        ticket.report(n, len(paths), path.name)
        seen.append(_look_at(path))
    good = [one for one in seen if not one.problem]
    proposals = office.see(clues.sort, [_clue(one) for one in good])
    used = office.see(evidence.used, {one.sha for one in good})
    placed = {one.path: proposal for one, proposal in zip(good, proposals, strict=True)}
    return [_with(one, placed.get(one.path, NOTHING), used.get(one.sha, ())) for one in seen]


def _look_at(path: Path) -> Looked:
    try:
        content = attachments.check(path)
    except Refused as refused:
        return Looked(path, problem=refused.problems[0].text)
    except Known as known:
        return Looked(path, problem=f"{known.text}{known.remedy}")
    is_pdf = content.startswith(b"%PDF-")
    small = b"" if is_pdf else thumbnail(content)
    if not is_pdf and not small:
        return Looked(path, problem=f"“{path.name}”打不开，文件可能没有传完整，没有收入。请从手机重新传一次。")
    sha = hashlib.sha256(content).hexdigest()
    mind = LOCKED if is_locked(content) else ""
    return Looked(path, sha, is_pdf, small, taken_at(content[:HEAD]) or time_in_name(path.stem), mind=mind)


def _clue(one: Looked) -> Clue:
    folders = tuple(folder.name for folder in list(one.path.parents)[:_FOLDERS] if folder.name)
    return Clue(one.path.stem, folders, one.taken_at)


def _with(one: Looked, proposal: Proposal, used: tuple[str, ...]) -> Looked:
    if one.problem:
        return one
    return replace(one, proposal=proposal, used=used)
