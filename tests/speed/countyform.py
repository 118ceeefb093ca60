"""A county's form of twenty thousand rows: planned from the record, filled, read back and swapped in, against openpyxl writing the bare
cells."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

from tests.speed.ledger import MONTH, YEAR, Slip
from tests.speed.timing import seconds

CELLS = "form.pickle"


def ours(record: Path) -> float:
    """Seconds from the form read and the register at hand to the finished workbook."""
    from db.sheets import template_fill
    from tests.speed.town import open_record

    with open_record(record) as opened:
        template, filled = _planned(opened, record)
        return seconds(lambda: template_fill.write(template, filled, record.with_name("form-ours.xlsx"), Slip()))


def floor(record: Path) -> float:
    """Seconds of writing the same cells, ready made, without any style."""
    from openpyxl import Workbook

    rows: list[list[object]] = pickle.loads(record.with_name(CELLS).read_bytes())

    def write() -> None:
        book = Workbook(write_only=True)
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
        book.save(record.with_name("form-floor.xlsx"))

    return seconds(write)


def registers(record: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of taking the register of the month, each household whole, as a form is tried out."""
    from db.services.figures.register import register
    from tests.speed.town import open_record

    with open_record(record) as opened:

        def take() -> None:
            with opened.read() as unit:
                assert register(unit, YEAR, MONTH).households

        return {"ours": [seconds(take) for _ in range(runs)]}


def prepare(record: Path) -> None:
    """Lay the cells beside the record, for the floor."""
    from tests.speed.town import open_record

    with open_record(record) as opened:
        _, filled = _planned(opened, record)
        (sheet,) = filled.sheets
        rows = [[values.get(column) for column in range(10)] for values in sheet.rows()]
    assert rows, "nobody is on the register"
    record.with_name(CELLS).write_bytes(pickle.dumps(rows))


def _planned(opened: Any, record: Path) -> tuple[Any, Any]:
    from db.services.countyforms import countyforms
    from db.services.countyforms.match import propose
    from db.services.countyforms.plan import Choices, plan
    from db.services.figures.register import register
    from db.sheets.template_read import read_template
    from tests.helpers.countyforms import household_list

    template = read_template(household_list(record.with_name("form.xlsx")))
    answers = {(s.number, n): p.key for s in template.sheets for n, p in enumerate(propose(s)) if p.key}
    with opened.read() as unit:
        of_month, frame = register(unit, YEAR, MONTH), countyforms.frame_of(unit, date(YEAR, MONTH, 1))
    return template, plan(template, answers, of_month, frame, Choices()).fill
