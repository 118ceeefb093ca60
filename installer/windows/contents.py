"""What the installer must know of a bundle: the list of its files, so that only these are ever deleted again, its size and longest name."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PureWindowsPath

LIST = "files.txt"
"""Lies beside the program; the installer puts its own files' names behind."""
_LONGEST_PATH = 259
_OF_THE_INSTALLER = ("uninstall.exe", LIST)


def removal(files: Iterable[str]) -> list[str]:
    """The lines to follow when taking a program away: each file, then each folder from the inside out, marked by a closing \\."""
    names = [str(PureWindowsPath(name)) for name in sorted(files)]
    folders = {str(folder) for name in names for folder in PureWindowsPath(name).parents if folder.name}
    inside_out = sorted(folders, key=lambda folder: (-len(PureWindowsPath(folder).parts), folder))
    return [*names, *(f"{folder}\\" for folder in inside_out)]


def files_of(bundle: Path) -> list[str]:
    """The bundle's files relative to it."""
    return [path.relative_to(bundle).as_posix() for path in sorted(bundle.rglob("*")) if path.is_file()]


def write_list(bundle: Path) -> None:
    """Write the list into the bundle, in the encoding the installer reads."""
    files = {*files_of(bundle), *_OF_THE_INSTALLER}
    text = "".join(f"{line}\r\n" for line in removal(files))
    (bundle / LIST).write_bytes(text.encode("utf-16-le"))


def facts(bundle: Path, version: str) -> str:
    """What the installer's description includes: version, kilobytes, and how long the target's name may be."""
    files = files_of(bundle)
    kilobytes = sum(-(-(bundle / name).stat().st_size // 1024) for name in files)
    room = _LONGEST_PATH - max(_units(name) for name in files) - len(".previous\\")
    defined = {"VERSION": version, "VERSION4": _four(version), "KILOBYTES": kilobytes, "LONGEST_TARGET": room}
    return "".join(f'!define {name} "{value}"\n' for name, value in defined.items())


def _units(name: str) -> int:
    """How long Windows counts a name: a character beyond the basic plane is two."""
    return len(name.encode("utf-16-le")) // 2


def _four(version: str) -> str:
    """1.2.3 as Windows writes it, with a fourth figure."""
    figures = [part for part in version.split(".") if part.isdecimal()]
    return ".".join([*figures, "0", "0", "0", "0"][:4])
