"""Collects the licences of every package that is bundled, for the page 关于: ``python installer/licences.py FOLDER``.

Run with the Python that bundles; a package without a licence file is told by the licence its own metadata names.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

_FILES = ("licen", "copying", "notice", "authors")
_TOOLS = frozenset(
    {"pip", "setuptools", "pyinstaller-hooks-contrib", "altgraph", "pefile", "pywin32-ctypes", "packaging"}
)
"""What makes the bundle but does not go into it; PyInstaller's own loader does."""


@dataclass(frozen=True, slots=True)
class Licence:
    """One package: its name, version, the licence it states, and the text of its licence files."""

    name: str
    version: str
    licence: str
    text: str


def collect() -> Iterator[Licence]:
    """The packages of this environment by name, and Python itself."""
    found = {d.metadata["Name"].lower(): d for d in distributions()}
    for name in sorted(found.keys() - _TOOLS):
        one = found[name]
        yield Licence(one.metadata["Name"], one.version, _stated(one), _text(one))
    version = ".".join(map(str, sys.version_info[:3]))
    yield Licence("Python", version, "PSF-2.0", _python_text())


def _stated(one: Distribution) -> str:
    meta = one.metadata
    classified = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or () if c.startswith("License ::")]
    stated = next(
        (meta[key].strip().partition("\n")[0] for key in ("License-Expression", "License") if key in meta), ""
    )
    return stated or "、".join(classified) or "见随附文本"


def _text(one: Distribution) -> str:
    files = [f for f in one.files or () if f.name.lower().startswith(_FILES) and ".dist-info" in str(f)]
    return "\n\n".join(Path(str(f.locate())).read_text("utf-8", "replace").strip() for f in files)


def _python_text() -> str:
    import site

    candidates = [Path(sys.base_prefix) / "LICENSE.txt", Path(site.__file__).with_name("LICENSE.txt")]
    return next(
        (path.read_text("utf-8") for path in candidates if path.exists()), "https://docs.python.org/3/license.html"
    )


def main(folder: Path) -> None:
    """Write ``licences.json`` where the program finds it."""
    inner = folder / "_internal" / "resources"
    target = (inner if inner.exists() else folder) / "licences.json"
    target.write_text(json.dumps([asdict(one) for one in collect()], ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
