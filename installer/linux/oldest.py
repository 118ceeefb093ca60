"""Which glibc the bundle needs: ``python installer/linux/oldest.py FOLDER`` prints the newest symbol of every binary that asks for more
than 2.28, and the newest of all. Exit 1 when something needs more than 2.31."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SYMBOL = re.compile(r"GLIBC_(\d+)\.(\d+)")
_UOS, _KYLIN = (2, 28), (2, 31)

Version = tuple[int, int]


def needed(path: Path) -> Version:
    """The newest glibc symbol version of one ELF file; (0, 0) for a file that is none."""
    if path.is_symlink() or path.read_bytes()[:4] != b"\x7fELF":
        return 0, 0
    told = subprocess.run(["objdump", "-T", str(path)], capture_output=True, text=True, check=False).stdout
    return max(((int(a), int(b)) for a, b in _SYMBOL.findall(told)), default=(0, 0))


def files(folder: Path) -> Iterator[tuple[Path, Version]]:
    """Every file of the bundle with what it needs."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path, needed(path)


def main(folder: Path) -> int:
    """Print and judge."""
    found = dict(files(folder))
    for path, version in found.items():
        if version > _UOS:
            sys.stdout.write(f"glibc {version[0]}.{version[1]}  {path.relative_to(folder)}\n")
    newest = max(found.values())
    sys.stdout.write(f"the bundle needs glibc {newest[0]}.{newest[1]}\n")
    return int(newest > _KYLIN)


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
