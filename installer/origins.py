"""Whose each part of a bundle is: of a Python package, of Python, of the system the builder ran on, or of this program.

A file is known by its place, which is the one it has in its package; a compiled module by its first name. Libraries of the system are
asked of dpkg; on Windows they are those that Python's own installation brings.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path, PurePosixPath

_OURS = (
    "resources",
    "db",
    "desktop",
    "huyouka",
    "installer",
    *(path.stem for path in Path(__file__).parent.glob("*.py")),
)
"""This program's folders, and what of the installer goes along: the entry and what runs before it."""
_PYTHON = re.compile(
    r"(base_library\.zip|lib)?python\d.*|base_library\.zip|(.*/)?lib-dynload/.*|[^/]+\.pyd|python\d+/.*"
)
_MICROSOFT = re.compile(r"(vcruntime|msvcp|ucrtbase|api-ms-win|concrt).*\.dll", re.IGNORECASE)
_OF_PYTHON_WINDOWS = re.compile(r"(libcrypto|libssl|libffi|sqlite3|zlib1).*\.dll", re.IGNORECASE)
_LOADER = re.compile(r"pyi_?(mod|rth|boot).*|pyimod\d+.*|_pyi.*|PyInstaller", re.IGNORECASE)
_GENERATED = "_sysconfigdata_"
_FONT = "resources/fonts/"


@dataclass(frozen=True, slots=True)
class Part:
    """A package of the system: its name, version and licence text."""

    name: str
    version: str
    text: str


class Origins:
    """What the bundle in ``folder`` is made of; ``unknown`` belongs to nobody."""

    def __init__(self, folder: Path) -> None:
        inner = folder / "_internal"
        self.inner = inner if inner.exists() else folder
        self.packages: set[str] = {"pyinstaller"}
        self.unknown: list[str] = []
        self.font: Path | None = next(self.inner.glob(f"{_FONT}LICENSE*"), None)
        self._by_file: dict[str, str] = {}
        self._by_module: dict[str, str] = {}
        self._of_system: set[str] = set()
        for one in distributions():
            name = one.metadata["Name"].lower()
            for file in one.files or ():
                self._by_file[file.as_posix()] = name
                self._by_module.setdefault(file.parts[0].partition(".")[0], name)
        self._files()
        self._modules(folder)
        self.system = sorted(self._system(), key=lambda part: part.name)

    def _files(self) -> None:
        for path in self.inner.rglob("*"):
            if path.is_file():
                self._file(path, path.relative_to(self.inner).as_posix())

    def _file(self, path: Path, place: str) -> None:
        owner = self._by_file.get(place)
        if owner:
            self.packages.add(owner)
        elif place.partition("/")[0] in _OURS:
            if place.startswith(_FONT) and self.font is None:
                self.unknown.append(place)
        elif _PYTHON.fullmatch(place) or _OF_PYTHON_WINDOWS.fullmatch(path.name) or path.is_symlink():
            pass
        elif _MICROSOFT.fullmatch(path.name):
            self._of_system.add("Microsoft Visual C++")
        else:
            package = _debian(path.name)
            if package:
                self._of_system.add(package)
            else:
                self.unknown.append(place)

    def _modules(self, folder: Path) -> None:
        for name in sorted({module.partition(".")[0] for module in _compiled(folder)}):
            if (
                name in sys.stdlib_module_names
                or name in _OURS
                or name.startswith(_GENERATED)
                or _LOADER.fullmatch(name)
            ):
                continue
            owner = self._by_module.get(name)
            if owner:
                self.packages.add(owner)
            else:
                self.unknown.append(f"module {name}")

    def _system(self) -> list[Part]:
        return [
            Part(name, "", "Microsoft Visual C++ Redistributable：按其许可随 CPython 一同分发。")
            if name.startswith("Microsoft")
            else _told(name)
            for name in self._of_system
        ]


def _compiled(folder: Path) -> list[str]:
    """The names of the modules compiled into the program."""
    readers = import_module("PyInstaller.archive.readers")
    program = next(path for path in (folder / "huyouka", folder / "huyouka.exe") if path.exists())
    archive = readers.CArchiveReader(str(program))
    own = (name for name, entry in archive.toc.items() if entry[-1] in "ms")
    return [*own, *archive.open_embedded_archive("PYZ.pyz").toc]


def _debian(library: str) -> str:
    """The package of the running Debian that holds a library; empty where there is none."""
    if not shutil.which("dpkg-query"):
        return ""
    said = subprocess.run(
        ["dpkg-query", "--search", f"*/{library}"], capture_output=True, text=True, check=False
    ).stdout
    return said.partition(":")[0]


def _told(package: str) -> Part:
    asked = ["dpkg-query", "--show", "--showformat", "${Version}", package]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    copyright_file = Path("/usr/share/doc") / PurePosixPath(package) / "copyright"
    return Part(f"{package}（Debian）", version, copyright_file.read_text("utf-8") if copyright_file.exists() else "")
