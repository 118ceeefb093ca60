"""The three workbooks of 华阳镇 with what was planted in them, read once for all tests."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from db.sheets.drafts import Roster
from db.sheets.roster import read_roster

FOLDER = Path(__file__).parents[2] / "data" / "华阳镇"
ROSTER = FOLDER / "华阳镇2016年相对贫困户申报名册.xlsx"
VISITS = FOLDER / "华阳镇入户核实结果.xlsx"
APPRAISALS = FOLDER / "华阳镇民主评议结果.xlsx"
GROUPS = tuple(f"第{number}组" for number in "一二三四五六七八")


@cache
def answers() -> dict[str, Any]:
    """What the workbooks hold and where their faults were planted."""
    with (FOLDER / "答案.json").open(encoding="utf-8") as file:
        read: dict[str, Any] = json.load(file)
    return read


def villages() -> dict[str, tuple[str, ...]]:
    """The town's villages, each with eight groups."""
    return dict.fromkeys(answers()["by_village"], GROUPS)


@cache
def roster() -> Roster:
    """The roster, read."""
    return read_roster(ROSTER, villages=villages())
