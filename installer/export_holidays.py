"""Exports China's off days and make-up work days of 2014–2020 into ``resources/data/holidays.json``.

The days are facts announced each year by the 国务院办公厅; they are taken from the package chinesecalendar (MIT licence), so that
the program itself needs neither the package nor a network. Run ``python -m installer.export_holidays`` after adding a year.
"""

from __future__ import annotations

import json
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

TARGET = Path(__file__).resolve().parents[1] / "resources" / "data" / "holidays.json"
YEARS = range(2014, 2021)


def days() -> dict[str, list[str]]:
    """``off``: statutory holidays with the weekend days inside them; ``work``: Saturdays and Sundays worked instead."""
    return {
        "off": sorted(day.isoformat() for day in holidays if day.year in YEARS),
        "work": sorted(day.isoformat() for day in workdays if day.year in YEARS),
    }


if __name__ == "__main__":
    TARGET.write_text(json.dumps(days(), indent=1) + "\n", encoding="utf-8")
