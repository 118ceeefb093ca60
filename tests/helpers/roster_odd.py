"""The invented villages of `tests.helpers.rosters` in arrangements made for a printed page: lines of their own for households, persons
known by their household's number, tables side by side, 同上 instead of words, sums after every group."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from tests.helpers.roster_layouts import FOOT, HEAD_ROW, MINE, OWN, REPEATED, book
from tests.helpers.rosters import Home, Written

_OF_ALL = ("village", *OWN)
_CAPTIONS = {**REPEATED, "village": "村名"}
_SAME = ("ethnicity", "schooling", "health", "labour")


def numbered_lines(path: Path, made: Sequence[Home]) -> Written:
    """Every household on a line of its own that names nobody else, its people numbered below it, the head the first of them."""
    workbook, sheet = book()
    written = Written()
    sheet.append(["序号", *(_CAPTIONS[key] for key in (*_OF_ALL, *MINE))])
    row = 2
    for home, one in enumerate(made):
        sheet.cell(row, 1, f"{home + 1}")
        written.line(sheet, row, ("", *_OF_ALL), one.own, home, -1)
        for person, values in enumerate(one.people, 1):
            sheet.cell(row + person, 1, f"{home + 1}.{person}")
            written.line(sheet, row + person, ("", *[""] * len(_OF_ALL), *MINE), values, home, person - 1)
        row += 1 + len(one.people)
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def by_number(path: Path, made: Sequence[Home]) -> Written:
    """Two sheets, the persons in no order and known by nothing but the number of their household."""
    workbook, homes_of = book()
    homes_of.title = "户"
    persons_of = workbook.create_sheet("人")
    written = Written()
    homes_of.append(["户编号", *(_CAPTIONS[key] for key in _OF_ALL)])
    persons_of.append(["户编号", *(_CAPTIONS[key] for key in MINE)])
    for home, one in enumerate(made):
        homes_of.cell(home + 2, 1, home + 1)
        written.line(homes_of, home + 2, ("", *_OF_ALL), one.own, home, -1)
    homes_of.cell(len(made) + 2, 1, FOOT)
    people = [(home, person) for home, one in enumerate(made) for person in range(len(one.people))]
    Random(7).shuffle(people)
    people.sort(key=lambda at: at[1])  # the heads first, so that all others stand below the wrong one
    for row, (home, person) in enumerate(people, 2):
        persons_of.cell(row, 1, home + 1)
        written.line(persons_of, row, ("", *MINE), made[home].people[person], home, person)
    workbook.save(path)
    return written


def side_by_side(path: Path, made: Sequence[Home]) -> Written:
    """The table of households on the left of a blank column, that of persons on the right, rows unlike each other."""
    workbook, sheet = book()
    written = Written()
    named = ("head_name", "head_id", "group", "village")
    right = len(_OF_ALL) + 2
    sheet.append(["相对贫困户申报名册"])
    sheet.append([_CAPTIONS[key] for key in _OF_ALL])
    for column, key in enumerate((*named, *MINE), right):
        sheet.cell(2, column, _CAPTIONS[key] if key in MINE else {"head_name": "户主姓名"}.get(key, _CAPTIONS[key]))
    line = 3
    for home, one in enumerate(made):
        written.line(sheet, home + 3, _OF_ALL, one.own, home, -1)
        for person, values in enumerate(one.people):
            for column, key in enumerate(named, right):
                sheet.cell(line, column, one.own[key])
            written.line(sheet, line, (*[""] * (right + len(named) - 1), *MINE), values, home, person)
            line += 1
    sheet.cell(line + 1, 1, FOOT)
    workbook.save(path)
    return written


def dittos(path: Path, made: Sequence[Home]) -> Written:
    """Both in one sheet; what is as above is a mark, for the village that of the household above."""
    workbook, sheet = book()
    written = Written()
    columns = ("", *HEAD_ROW)
    sheet.append(["序号", *HEAD_ROW.values()])
    above: dict[str, Any] = {}
    row = 2
    for home, one in enumerate(made):
        for person, values in enumerate(one.people):
            own = dict(one.own) if person == 0 else {}
            told = {**own, **values}
            marks = dict(zip((*_SAME, "village"), ("同上", "〃", "″", '"', "同上"), strict=True))
            shown = {
                key: marks[key] if key in marks and value and value == above.get(key) else value
                for key, value in told.items()
            }
            written.line(sheet, row, columns, {key: shown[key] for key in values}, home, person)
            written.line(sheet, row, columns, {key: shown[key] for key in own}, home, -1)
            above |= told
            row += 1
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written


def sums_of_groups(path: Path, made: Sequence[Home]) -> Written:
    """A row of sums after every run of a group and after every village, with the village's stamp below."""
    workbook, sheet = book()
    written = Written()
    columns = ("", *_OF_ALL, *MINE)
    sheet.append(["序号", *(_CAPTIONS[key] for key in columns[1:])])
    size = columns.index("size_stated") + 1
    row, group, village = 2, [0, 0], [0, 0]
    for home, one in enumerate(made):
        for person, values in enumerate(one.people):
            sheet.cell(row, 1, home + 1)
            written.line(sheet, row, columns, one.own, home, -1)
            written.line(sheet, row, columns, values, home, person)
            row += 1
        group, village = (
            [a + b for a, b in zip(sums, (1, one.own["size_stated"]), strict=True)] for sums in (group, village)
        )
        following = made[home + 1].own["village"] if home + 1 < len(made) else ""
        if home % 5 == 4 or following != one.own["village"]:
            sheet.cell(row, 2, one.own["village"])
            sheet.cell(row, 3, f"{one.own['group']}小计")
            sheet.cell(row, 4, f"{group[0]}户")
            sheet.cell(row, size, group[1])
            row, group = row + 1, [0, 0]
        if following != one.own["village"]:
            sheet.cell(row, 2, f"{one.own['village']}合计")
            sheet.cell(row, 4, f"{village[0]}户")
            sheet.cell(row, size, village[1])
            sheet.cell(row + 1, 2, f"{one.own['village']}民委员会（盖章）")
            row, village = row + 2, [0, 0]
    sheet.cell(row, 1, FOOT)
    workbook.save(path)
    return written
