"""The zip a modern workbook is: its parts looked over and unpacked within limits before any parser touches them.

Everything a damaged or hostile archive can do (bombs, doubled or odd names, sizes that lie, encryption) ends here in a sentence.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from db.sheets.refusing import (
    LARGEST_PART,
    LARGEST_TOTAL,
    LARGEST_UNPACKED,
    MOST_PARTS,
    RESAVE,
    damaged,
    locked,
    refusal,
    too_large,
)

_CHUNK = 4 * 2**20
_OVERLAP = 64
_FIRST = ("sharedstrings.xml", "meta-inf/manifest.xml")
_WAITING = 4
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|f|is)[\s>/]")
_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>|<(?:\w+:)?row\b[^>]*/>")
_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
_WORKSHEET = re.compile(rb"<(?:\w+:)?worksheet\b")


@dataclass(slots=True)
class Part:
    """One part unpacked: ``blank_rows`` rows without any value were left out below the last ``</row>`` kept."""

    name: str
    body: bytes
    blank_rows: int = 0


@dataclass(slots=True)
class Package:
    """An archive whose directory was looked over. ``name`` is the file's, for sentences; ``left`` bytes may still be kept."""

    data: bytes
    name: str
    entries: list[zipfile.ZipInfo]
    left: int
    unpacked: int = 0
    rewritten: dict[str, bytes] = field(default_factory=dict)

    def names(self) -> set[str]:
        """The parts' names as they are looked up: small letters, slashes only."""
        return {_plain(entry) for entry in self.entries}

    def parts(self) -> Iterator[Part]:
        """Every part in turn, its checksum proved, the shared texts first; what is no XML is measured and comes with an empty body."""
        for entry in sorted(self.entries, key=lambda entry: not _plain(entry).endswith(_FIRST)):
            name = _plain(entry)
            part = self.part(entry)
            self.left -= len(part.body)
            if not name.endswith((".xml", ".rels", ".vml")):
                yield Part(name, b"")
                continue
            body = _plain_xml(part.body, self.name)
            if part.blank_rows or body is not part.body:
                self.rewritten[entry.filename] = body
            yield Part(name, body, part.blank_rows)

    def part(self, entry: zipfile.ZipInfo) -> Part:
        """One part, whatever size it declares: no more than the limits is ever unpacked or kept."""
        keeper = _Keeper()
        limit = min(LARGEST_PART, self.left)
        try:
            for piece in self._pieces(entry):
                self.unpacked += len(piece)
                keeper.take(piece)
                if keeper.size > limit or self.unpacked > LARGEST_UNPACKED:
                    raise too_large(self.name)
        except _Apart:
            raise refusal(
                self.name, "的名册下面隔着几十万个空行还有内容", "请删去空行和下面多余的内容，保存后再试。"
            ) from None
        except (zlib.error, struct.error, EOFError):
            raise damaged(self.name) from None
        if keeper.checksum != entry.CRC:
            raise damaged(self.name)
        return Part(entry.filename, keeper.body(), keeper.blank_rows)

    def clean(self) -> bytes:
        """The archive for the parser: as it came, or written anew without the blank tails and with plain names."""
        odd = any("\\" in entry.orig_filename for entry in self.entries)
        if not self.rewritten and not odd:
            return self.data
        self.left = LARGEST_TOTAL
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for entry in self.entries:
                if _plain(entry).endswith((".xml", ".rels")):
                    body = self.rewritten.get(entry.filename)
                    archive.writestr(entry.filename.replace("\\", "/"), self.part(entry).body if body is None else body)
        return made.getvalue()

    def _pieces(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        skip = sum(struct.unpack_from("<HH", self.data, entry.header_offset + 26))
        start = entry.header_offset + 30 + skip
        raw = self.data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            yield raw
            return
        inflate = zlib.decompressobj(-15)
        while raw and not inflate.eof:
            yield inflate.decompress(raw, _CHUNK)
            raw = inflate.unconsumed_tail
        yield inflate.flush()


def open_package(data: bytes, name: str) -> Package:
    """Look over an archive's directory. Raises `Known` for one that is broken, encrypted or built to mislead."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, struct.error):
        raise damaged(name) from None
    entries = [entry for entry in entries if not entry.filename.endswith("/")]
    names = [_plain(entry) for entry in entries]
    if len(names) > MOST_PARTS:
        raise refusal(name, f"内部有 {len(names)} 个部件，不像正常的工作簿", RESAVE)
    if len(set(names)) < len(names):
        raise refusal(name, "内部有重名的部件，不同软件会读出不同内容", RESAVE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise locked(name)
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise refusal(name, "用了少见的压缩方式，本程序解不开", RESAVE)
    return Package(data, name, entries, LARGEST_TOTAL)


def _plain(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/").lower()


def _plain_xml(body: bytes, name: str) -> bytes:
    """A part in UTF-8, the same object when it was; refuses document definitions in whatever encoding."""
    if b"\0" in body[:200]:
        coding = (
            "utf-16"
            if body.startswith((b"\xff\xfe", b"\xfe\xff"))
            else "utf-16-le"
            if body[1:2] == b"\0"
            else "utf-16-be"
        )
        try:
            body = _DECLARATION.sub("", body.decode(coding), count=1).encode()
        except UnicodeError:
            raise damaged(name) from None
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
        raise refusal(name, "里面有不该出现的文档定义，可能不安全", RESAVE)
    return body


class _Keeper:
    """Collects the pieces of a part. In a sheet, whole pieces without any value wait: what follows tells whether they stand between
    rows with values or are a blank tail, of which only the first is kept."""

    def __init__(self) -> None:
        self.size = 0
        self.checksum = 0
        self.blank_rows = 0
        self._kept: list[bytes] = []
        self._waiting: list[bytes] = []
        self._let_go = 0
        self._edge = b""
        self._cells = False

    def take(self, piece: bytes) -> None:
        """The next piece. Raises `_Apart` when values follow a gap too large to be kept."""
        self.checksum = zlib.crc32(piece, self.checksum)
        if not self._kept:
            self._cells = _WORKSHEET.search(piece) is not None and _END.search(piece) is None
            self._keep(piece)
        elif self._cells:
            self._take_cells(piece)
        else:
            self._keep(piece)
        self._edge = piece[-_OVERLAP:]

    def body(self) -> bytes:
        """The part, or what there is of it when the cells never end."""
        return b"".join((*self._kept, *self._waiting))

    def _take_cells(self, piece: bytes) -> None:
        seen = self._edge + piece
        end = _END.search(seen) if b"sheetData" in seen else None
        if _VALUE.search(seen, 0, end.start() if end else len(seen)):
            self._release()
            self._keep(piece)
        elif end is None:
            self._wait(piece)
        elif self._waiting:
            self._cut(seen[: end.start()], seen[end.start() :])
        else:
            self._keep(piece)
        self._cells = end is None

    def _keep(self, piece: bytes) -> None:
        self._kept.append(piece)
        self.size += len(piece)

    def _wait(self, piece: bytes) -> None:
        if len(self._waiting) < _WAITING:
            self._waiting.append(piece)
        else:
            self._let_go += 1
            self.blank_rows += _rows_in(piece)

    def _release(self) -> None:
        if self._let_go:
            raise _Apart
        for piece in self._waiting:
            self._keep(piece)
        self._waiting.clear()

    def _cut(self, before: bytes, rest: bytes) -> None:
        """The cells have ended: keep the first blank piece up to its last whole row, and what follows the cells."""
        first, *others = self._waiting
        self._waiting.clear()
        ends = list(_ROW_END.finditer(first))
        cut = ends[-1].end() if ends else len(first)
        self.blank_rows += sum(map(_rows_in, (first[cut:], *others, before)))
        self._keep(first[:cut])
        self._keep(rest)


class _Apart(Exception):
    """Values stand far below the others."""


def _rows_in(piece: bytes) -> int:
    return piece.count(b"<row ") + piece.count(b":row ")
