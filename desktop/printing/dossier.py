"""一户一档 on pages: every paper of the file is laid out first, then contents and cover are made with the true page numbers.

Papers that many households share (the notice, the minutes) are laid out once for all that follow one another; of everything else
only one household is held at a time.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

from db.errors import Known
from db.papers.cover import contents, cover, shortfall
from db.papers.dossier import DossierFacts
from db.papers.model import Folio, Paper, Picture, Pictures
from db.store.files import beside, explained, write_bytes
from desktop.printing.document import Document
from desktop.printing.glyphs import Lack, merged, said
from desktop.printing.layout import Layout, numbered, set_paper
from desktop.printing.many import Slip, save_documents
from desktop.printing.pdf import pdf_name
from desktop.printing.photos import Album

Fetch = Callable[[str], bytes]
"""The bytes of a kept file by its SHA-256; `Known` when it is gone."""


class Binder:
    """Binds one household's file after the other. ``lacks`` are the characters met so far that will not print as they should."""

    def __init__(self, fetch: Fetch) -> None:
        self.lacks: dict[str, Lack] = {}
        self._album = Album(fetch)
        self._set: dict[int, tuple[Paper, Layout]] = {}

    def bind(self, facts: DossierFacts) -> Document:
        """The whole file, numbered through from the cover."""
        papers = [paper for entry in facts.entries for paper in entry.papers]
        made = self._laid_out(papers)
        lack = set_paper(shortfall(facts))
        listing = set_paper(contents(facts, [0] * len(facts.entries)))
        before = 1 + len(listing.pages) + len(lack.pages)
        starts = list(accumulate((len(layout.pages) for layout in made), initial=before + 1))
        listing = set_paper(contents(facts, _places(facts, starts)))
        sheets = [set_paper(cover(facts, starts[-1] - 1)), listing, lack, *made]
        document = Document(f"一户一档 {facts.title}", facts.file_stem, tuple(_numbered(sheets, facts)))
        if document.lacks:
            self.lacks = {lack.sign: lack for lack in merged((*self.lacks.values(), *document.lacks))}
        return document

    def bind_all(self, found: Iterable[DossierFacts]) -> Iterator[Document]:
        """The files one by one."""
        return map(self.bind, found)

    def _laid_out(self, papers: Sequence[Paper]) -> list[Layout]:
        """The papers in order; layouts and photos of those before that this household has not are let go."""
        self._album.keep({picture.sha for paper in papers for picture in _pictures(paper)})
        self._set = {id(paper): self._set.get(id(paper)) or (paper, self._lay_out(paper)) for paper in papers}
        return [self._set[id(paper)][1] for paper in papers]

    def _lay_out(self, paper: Paper) -> Layout:
        return set_paper(paper.pictured(self._album))


def _pictures(paper: Paper) -> Iterator[Picture]:
    for block in paper.blocks:
        if isinstance(block, Pictures):
            yield from block.pictures


def _places(facts: DossierFacts, starts: Sequence[int]) -> list[int]:
    """The first page of each entry; 0 without a paper."""
    places, n = [], 0
    for entry in facts.entries:
        places.append(starts[n] if entry.papers else 0)
        n += len(entry.papers)
    return places


def _numbered(sheets: Sequence[Layout], facts: DossierFacts) -> Iterator[Layout]:
    total = sum(len(layout.pages) for layout in sheets)
    first = 1
    for n, layout in enumerate(sheets):
        paper = layout.paper
        if n:
            paper = replace(paper, folio=Folio.COUNTED, header=(paper.title, facts.title))
        yield numbered(layout, paper, first, total)
        first += len(layout.pages)


@dataclass(frozen=True, slots=True)
class Saved:
    """``enclosures`` files were saved in ``folder`` beside the PDF, ``lost`` are the names of those the record no longer has.

    ``lacks`` are the characters that do not print as they should.
    """

    path: Path
    households: int
    folder: Path | None = None
    enclosures: int = 0
    lost: tuple[str, ...] = ()
    lacks: tuple[Lack, ...] = ()

    def told(self) -> str:
        """What to say of the enclosures and of what is lacking; "" when there is nothing to say."""
        beside = f"{self.enclosures} 个 PDF 附件存在“{self.folder.name}”。" if self.folder is not None else ""
        lost = f"档案里找不到附件{'、'.join(self.lost)}，没有存出。" if self.lost else ""
        return beside + lost + said(self.lacks)


def save_dossiers(found: Iterable[DossierFacts], total: int, title: str, path: Path, fetch: Fetch, slip: Slip) -> Saved:
    """The files of many households in one PDF, and the files that cannot be printed in a folder beside it.

    All of it or nothing, also when ``slip`` stops it. Known: disk full, folder closed, file held.
    """
    target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    enclosing, binder = _Enclosing(target.with_name(f"{target.stem}-附件"), fetch), Binder(fetch)
    try:
        save_documents(binder.bind_all(enclosing.seen(found)), total, title, target, slip)
        lacks = tuple(binder.lacks.values())
        return Saved(target, total, enclosing.settle(), enclosing.count, tuple(enclosing.lost), lacks)
    finally:
        enclosing.clear()


def save_enclosures(facts: DossierFacts, path: Path, fetch: Fetch) -> Saved:
    """The files of one household that cannot be printed, in a folder beside its PDF at ``path``. Known as ``save_dossiers``."""
    enclosing = _Enclosing(path.with_name(f"{path.stem}-附件"), fetch)
    try:
        list(enclosing.seen([facts]))
        return Saved(path, 1, enclosing.settle(), enclosing.count, tuple(enclosing.lost))
    finally:
        enclosing.clear()


class _Enclosing:
    """Gathers the enclosures in a hidden folder, which takes its name when everything else is done."""

    def __init__(self, folder: Path, fetch: Fetch) -> None:
        self._folder, self._fresh = folder, beside(folder)
        self._fetch = fetch
        self.count = 0
        self.lost: list[str] = []

    def seen(self, found: Iterable[DossierFacts]) -> Iterator[DossierFacts]:
        """The files as they come, their enclosures taken aside."""
        for facts in found:
            for one in facts.enclosures:
                self._take(f"{facts.village}-{facts.head_name}-{one.name}", one.sha)
            yield facts

    def settle(self) -> Path | None:
        """The folder under its name, joined with what is in it from before; None without any enclosure."""
        if not self.count:
            return None
        try:
            self._folder.mkdir(exist_ok=True)
            for file in sorted(self._fresh.iterdir()):
                file.replace(self._folder / file.name)
        except OSError as error:
            raise explained(error, self._folder) from error
        return self._folder

    def clear(self) -> None:
        """Leave nothing hidden behind."""
        shutil.rmtree(self._fresh, ignore_errors=True)

    def _take(self, name: str, sha: str) -> None:
        try:
            content = self._fetch(sha)
        except Known:
            self.lost.append(name)
            return
        try:
            self._fresh.mkdir(exist_ok=True)
        except OSError as error:
            raise explained(error, self._folder) from error
        self.count += 1
        write_bytes(self._fresh / f"{self.count:03d}-{pdf_name(name.removesuffix('.pdf'))}", content)
