"""Collects the licences of everything a bundle holds, for the page 关于: ``python installer/licences.py FOLDER``.

Run with the Python that bundled. Every file and every compiled module of the bundle must belong to a package whose licence is known, to
Python, to the system the builder ran on or to this program; exit 1 names what belongs to nobody or has no licence text. The texts that
packages leave out, and those of what is compiled into them, lie in ``installer/notices``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from installer.origins import Origins  # noqa: E402 - run by its path, Python looks beside it only

NOTICES = ROOT / "installer" / "notices"
_FILES = ("licen", "copying", "notice", "authors")


@dataclass(frozen=True, slots=True)
class Licence:
    """One package: its name, version, the licence it states, and the text of its licence."""

    name: str
    version: str
    licence: str
    text: str


_QT = "LGPL-3.0"
_INSIDE = {
    "pyside6_essentials": ("qt.txt",),
    "shiboken6": ("qt.txt",),
    "sqlcipher3": ("sqlcipher.txt", "openssl.txt"),
    "cryptography": ("openssl.txt",),
    "argon2-cffi-bindings": ("argon2.txt",),
    "qtawesome": ("icons.txt",),
}
"""What a package's own files do not tell: its licence, or what is compiled or drawn into it."""
_CALLED = {"sqlcipher3": "zlib AND BSD-3-Clause AND Apache-2.0", "pyside6_essentials": _QT, "shiboken6": _QT}
_QT_PARTS = (
    ("Qt 所含第三方代码", "6.9", "BSD、MIT、FTL、zlib 等", "qt-third-party.txt"),
    ("ICU（随 Qt）", "73", "Unicode-3.0", "icu.txt"),
)
_WHOLE = (
    ("LGPL-3.0 全文", "3", "LGPL-3.0", "LGPL-3.0.txt"),
    ("GPL-3.0 全文", "3", "GPL-3.0", "GPL-3.0.txt"),
    ("Apache-2.0 全文", "2.0", "Apache-2.0", "Apache-2.0.txt"),
    ("SIL OFL 1.1 全文", "1.1", "OFL-1.1", "OFL-1.1.txt"),
)


def collect(origins: Origins) -> Iterator[Licence]:
    """This program, the packages of the bundle by name, Python, the font, the system's libraries, and the licences quoted in full."""
    told = (ROOT / "pyproject.toml").read_text("utf-8")
    own = re.search(r'^version = "(.*)"$', told, re.MULTILINE)
    yield Licence("户有卡", own[1] if own else "", "MIT", (ROOT / "LICENSE").read_text("utf-8"))
    installed = {d.metadata["Name"].lower(): d for d in distributions()}
    for name in sorted(origins.packages):
        one = installed[name]
        yield Licence(one.metadata["Name"], one.version, _CALLED.get(name) or _stated(one), _text(name, one))
    yield from (Licence(*part[:3], _notice(part[3])) for part in _QT_PARTS)
    version = ".".join(map(str, sys.version_info[:3]))
    yield Licence("Python", version, "PSF-2.0", _notice("python-3.11.txt"))
    if origins.font is not None:
        yield Licence("Noto Sans CJK SC、HanaMin 花园明朝（节选）", "", "OFL-1.1", origins.font.read_text("utf-8"))
    yield from (Licence(one.name, one.version, "见正文", one.text) for one in origins.system)
    yield from (Licence(*part[:3], _notice(part[3])) for part in _WHOLE)


def _stated(one: Distribution) -> str:
    meta = one.metadata
    classified = [c.rpartition(" :: ")[2] for c in meta.get_all("Classifier") or () if c.startswith("License ::")]
    stated = next(
        (meta[key].strip().partition("\n")[0] for key in ("License-Expression", "License") if key in meta), ""
    )
    return stated or "、".join(classified) or "见正文"


def _text(name: str, one: Distribution) -> str:
    files = [f for f in one.files or () if f.name.lower().startswith(_FILES) and ".dist-info" in str(f)]
    texts = [Path(str(f.locate())).read_text("utf-8", "replace").strip() for f in files]
    texts += [_notice(notice).strip() for notice in _INSIDE.get(name, ())]
    crates = sorted({crate for f in one.files or () if "/sboms/" in str(f) for crate in _crates(Path(str(f.locate())))})
    return "\n\n".join([*texts, _notice("rust.txt") + "\n".join(crates)] if crates else texts)


def _crates(bill: Path) -> Iterator[str]:
    """The Rust crates of a bill of materials: name, version, licence."""
    for part in json.loads(bill.read_text("utf-8")).get("components", ()):
        if part.get("purl", "").startswith("pkg:cargo/"):
            said = [one.get("expression") or one.get("license", {}).get("id", "") for one in part.get("licenses", ())]
            yield f"{part['name']} {part.get('version', '')}: {'、'.join(said) or '?'}"


def _notice(name: str) -> str:
    return (NOTICES / name).read_text("utf-8")


def main(folder: Path) -> int:
    """Write ``licences.json`` where the program finds it; 1 when something has no licence."""
    origins = Origins(folder)
    found = list(collect(origins))
    bare = [one.name for one in found if not one.text.strip()]
    for name in (
        *(f"belongs to nobody: {path}" for path in origins.unknown),
        *(f"no licence text: {name}" for name in bare),
    ):
        sys.stderr.write(f"{name}\n")
    target = origins.inner / "resources" / "licences.json"
    target.write_text(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1), "utf-8")
    sys.stdout.write(f"licences of {len(found)} parts\n")
    return int(bool(origins.unknown or bare))


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
