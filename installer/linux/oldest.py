"""How old a system may be: ``python installer/linux/oldest.py FOLDER`` prints what the bundle asks of glibc and libstdc++.

统信UOS 20 has glibc 2.28 and the C++ library of GCC 8, 银河麒麟 V10 SP1 glibc 2.31 and that of GCC 9. A binary that asks for more than
the former is named; exit 1 when something asks for more than the latter.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_SYMBOL = re.compile(r"\b(GLIBC|GLIBCXX|CXXABI)_(\d+(?:\.\d+)+)")

Version = tuple[int, ...]
Needs = dict[str, Version]
UOS: Needs = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11)}
KYLIN: Needs = {"GLIBC": (2, 31), "GLIBCXX": (3, 4, 28), "CXXABI": (1, 3, 12)}


def needed(path: Path) -> Needs:
    """The newest symbol version an ELF file asks of each library; nothing for a file that is none."""
    found: Needs = {}
    if path.is_symlink() or path.read_bytes()[:4] != b"\x7fELF":
        return found
    asked = ("objdump", "--dynamic-syms", str(path))
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    for library, version in _SYMBOL.findall(told):
        found[library] = max(found.get(library, ()), tuple(map(int, version.split("."))))
    return found


def above(needs: Needs, system: Needs) -> Iterator[str]:
    """What of it a system lacks."""
    for library, version in needs.items():
        if version > system[library]:
            yield f"{library}_{'.'.join(map(str, version))}"


def main(folder: Path) -> int:
    """Print and judge."""
    whole: Needs = {}
    for path in sorted(folder.rglob("*")):
        needs = needed(path) if path.is_file() else {}
        for lacking in above(needs, UOS):
            sys.stdout.write(f"{lacking}  {path.relative_to(folder)}\n")
        for library, version in needs.items():
            whole[library] = max(whole.get(library, ()), version)
    told = ", ".join(f"{library} {'.'.join(map(str, version))}" for library, version in sorted(whole.items()))
    fits = "no more than 统信UOS 20 has" if not list(above(whole, UOS)) else "more than 统信UOS 20 has"
    sys.stdout.write(f"the bundle needs {told}: {fits}\n")
    return int(bool(list(above(whole, KYLIN))))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
