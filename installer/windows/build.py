"""Makes the Windows program and its setup.exe with a Windows Python that has the packages of requirements-build.lock.

``python installer/windows/build.py --extras FOLDER`` on Windows does it all; ``--bundle-only`` stops before the installer is packed,
for that part is another program's where this one runs under Wine. See installer/README.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the embeddable Python does not do it

from installer.windows import contents, icon  # noqa: E402

WORK = ROOT / "build" / "windows"
TREE = WORK / "tree"
BUNDLE = WORK / "dist" / "huyouka"
PARTS = ("db", "desktop", "resources", "installer")
STUB = "amd64-unicode"
"""The kind of installer wanted; NSIS for Windows comes with the 32-bit one only, which runs there as well."""
SINGLE = ("pyproject.toml", "LICENSE", "CHANGELOG.md")
FONT = "fonts/NotoSansSC.otf"


def main() -> int:
    """Build as the command line says; 1 with a sentence when something is missing."""
    parser = ArgumentParser(description="Makes the Windows program and dist/huyouka-VERSION-setup.exe")
    parser.add_argument(
        "--extras", type=Path, required=True, help=f"what goes into resources besides the tree's: {FONT} …"
    )
    parser.add_argument("--bundle-only", action="store_true", help="leave the packing to a makensis run elsewhere")
    given = parser.parse_args()
    makensis = None if given.bundle_only else find_makensis()
    if missing := _missing(given.extras, given.bundle_only or makensis is not None):
        sys.stderr.write(f"{missing}\n")
        return 1
    stage(given.extras)
    bundle()
    describe()
    if makensis is not None:
        pack(makensis)
    return 0


def _missing(extras: Path, packable: bool) -> str:
    if sys.platform != "win32":
        return "This runs on Windows, or under Wine by installer/windows/build.sh."
    if not (extras / FONT).exists():
        return f"{extras} has no {FONT}; installer/README.md tells how to make it on Debian."
    return "" if packable else "NSIS is missing: install it, or put makensis on the PATH."


def find_makensis() -> Path | None:
    """NSIS on the PATH or where its own installer puts it."""
    usual = Path(os.environ.get("PROGRAMFILES(X86)", r"C:\Program Files (x86)")) / "NSIS" / "makensis.exe"
    found = shutil.which("makensis")
    return Path(found) if found else usual if usual.exists() else None


def version() -> str:
    """The version of pyproject.toml."""
    stated: str = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    return stated


def stage(extras: Path) -> None:
    """Copy what is bundled to a folder of its own, with fonts, icon, manual and keys for updates in their places."""
    shutil.rmtree(TREE, ignore_errors=True)
    for part in PARTS:
        shutil.copytree(ROOT / part, TREE / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SINGLE:
        shutil.copy(ROOT / name, TREE / name)
    shutil.copytree(extras, TREE / "resources", dirs_exist_ok=True)
    drawing = ROOT / "resources" / "icon" / "huyouka.svg"
    icon.make(drawing, TREE / "installer" / "windows" / "huyouka.ico", WORK / "side.bmp")


def bundle() -> None:
    """Run PyInstaller on the copy and collect the licences of what it took."""
    environment = os.environ | {"PYTHONPATH": str(TREE), "PYTHONDONTWRITEBYTECODE": "1"}
    folders = ("--distpath", str(BUNDLE.parent), "--workpath", str(WORK / "work"))
    tool = (sys.executable, "-m", "PyInstaller", "--log-level", "WARN", "--noconfirm", *folders)
    subprocess.run((*tool, str(TREE / "installer" / "huyouka.spec")), cwd=TREE, env=environment, check=True)
    subprocess.run((sys.executable, str(TREE / "installer" / "licences.py"), str(BUNDLE)), check=True)


def describe() -> None:
    """Write what the installer's description includes."""
    (WORK / "facts.nsh").write_text(contents.facts(BUNDLE, version()), "utf-8")
    contents.write_list(BUNDLE)


def pack(makensis: Path) -> None:
    """Make dist/huyouka-VERSION-setup.exe."""
    (ROOT / "dist").mkdir(exist_ok=True)
    native = any((folder / "Stubs" / f"lzma_solid-{STUB}").exists() for folder in makensis.resolve().parents[:2])
    defined = () if native else ("-DTARGET=x86-unicode",)
    script = ROOT / "installer" / "windows" / "huyouka.nsi"
    subprocess.run(
        (str(makensis), "-V2", "-NOCD", "-INPUTCHARSET", "UTF8", *defined, str(script)), cwd=ROOT, check=True
    )


if __name__ == "__main__":
    raise SystemExit(main())
