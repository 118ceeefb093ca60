"""The licences of everything that comes with the program: from the bundle's own list, or gathered anew where it runs from source."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import distributions
from pathlib import Path
from types import SimpleNamespace

from desktop.app.paths import resource

LGPL = (
    "Qt 与 PySide6 按 LGPL-3.0 使用，没有改动：它们是程序文件夹里单独的动态库（libQt6…、PySide6…），可以换成自己编译的同版本。"
    "源代码：https://download.qt.io/official_releases/（Qt 与 QtForPython 文件夹）；也可向发给您本程序的人要。"
)
_TREE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Licence:
    """One part: its name, version, the licence it is under, and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


def licences() -> tuple[Licence, ...]:
    """All of them, this program first. Takes a tenth of a second from source: ask for it beside the window."""
    try:
        rows = json.loads(resource("licences.json").read_bytes())
    except FileNotFoundError:
        return _gathered()
    return tuple(Licence(row["name"], row["version"], row["licence"], row["text"]) for row in rows)


def _gathered() -> tuple[Licence, ...]:
    """As the bundle's builder does it, for the packages a clerk's installation holds."""
    builder = import_module("installer.licences")
    origins = SimpleNamespace(packages=_packages(), font=None, system=())
    return tuple(Licence(one.name, one.version, one.licence, one.text) for one in builder.collect(origins))


def _packages() -> set[str]:
    locked = re.findall(r"^([A-Za-z0-9._-]+)==", (_TREE / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    wanted = {_plain(name) for name in locked}
    return {name for one in distributions() if _plain(name := one.metadata["Name"].lower()) in wanted}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name.lower())
