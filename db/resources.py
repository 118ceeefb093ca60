"""The one door to the files that ship with the program (folder ``resources``): data, icons, templates, the demo town.

Everything reads them through ``resource`` so that only this module knows where they lie, in the source tree and in an installed copy.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1] / "resources"


def resource(*parts: str) -> Path:
    """The path of one shipped file or folder, e.g. ``resource("data", "holidays.json")``; FileNotFoundError if it is not there."""
    path = ROOT.joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def data(name: str) -> dict[str, Any]:
    """The content of ``resources/data/<name>``, which holds one JSON object."""
    content: dict[str, Any] = json.loads(resource("data", name).read_text(encoding="utf-8"))
    return content
