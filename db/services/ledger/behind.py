"""Every number of a ledger opens the households behind it: on the screen, and as a sheet of these households alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from db.rules.ledger import MonthLedger
from db.rules.ledgerchoice import Choice, period_of
from db.rules.turns import NaturalRow, ReasonRow
from db.rules.turns import behind as of_summary
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow
from db.schema.town import Group, Village
from db.services.bulk import among
from db.services.ledger.export import Exported, export_sheets
from db.sheets.findings import Ticket
from db.sheets.layouts.declared import Column, Form, Layout
from db.sheets.layouts.events import BEHIND
from db.sheets.ledger_tables import Sheet, Table, layouts_of, sheet_of
from db.store.record import Record
from db.store.unit import Unit

_AREAS = ("village", "reason", "natural")


@dataclass(frozen=True, slots=True)
class Line:
    """One household as the record has it now; ``state`` is how its case stands, or that it is no more."""

    household_id: int
    village: str
    group: str
    number: str
    head_name: str
    head_id: str
    size: int
    phone: str
    state: str


@dataclass(frozen=True, slots=True)
class Behind:
    """The households behind a figure and what it is, in words: 2016年7月 华南村 新增 户."""

    title: str
    lines: tuple[Line, ...]


def opens(ledger: MonthLedger, sheet: str) -> tuple[bool, ...]:
    """Which columns of a sheet hold figures with households behind them."""
    layout = _layout(ledger, sheet)
    return tuple(layout.rows in _AREAS and column.form is Form.COUNT for column in layout.columns)


def behind(ledger: MonthLedger, sheet: str, row: str, column: int, *, yearly: bool = False) -> tuple[int, ...]:
    """The numbers of the households behind one figure, each once: ``row`` is a village or "" for 合计, ``column`` counts from 0.

    ``yearly`` is how the sheet's period was chosen. ValueError for a sheet, column or row that opens nothing.
    """
    layout = _layout(ledger, sheet)
    if not opens(ledger, sheet)[column]:
        raise ValueError(f"{sheet} {column}")
    figure = _figure(layout.columns[column])
    if layout.rows == "village":
        if figure in ("movement.adjusted", "year_adjusted"):
            return tuple(dict.fromkeys(a.household_id for a in ledger.adjustments if row in ("", a.village)))
        return of_summary(ledger, row, figure)
    rows: Iterable[ReasonRow | NaturalRow] = sheet_of(ledger, layout, Choice(yearly=yearly)).table.rows
    found = [getattr(one, figure).ids for one in rows if row in ("", one.village)]
    return tuple(dict.fromkeys(i for ids in found for i in ids))


def opened(unit: Unit, ledger: MonthLedger, sheet: str, row: str, column: int, *, yearly: bool = False) -> Behind:
    """The households behind one figure with what it is called; three queries at most."""
    layout = _layout(ledger, sheet)
    titles = [*dict.fromkeys(layout.columns[column].titles)]
    period = period_of(ledger, yearly=yearly and layout.periodic)[1]
    words = dict.fromkeys((period, row or "合计", *titles[-2:]))  # 合计 of 合计 is told once
    return Behind(" ".join(words), listed(unit, behind(ledger, sheet, row, column, yearly=yearly)))


def listed(unit: Unit, household_ids: Iterable[int]) -> tuple[Line, ...]:
    """These households by village, group and number; one query."""
    h = HouseholdRow
    query = (
        select(
            h.id, Village.name, Group.name, StateRow.card_number, h.head_name, h.head_id, h.size, h.phone, h.live,
            StateRow.status,
        )
        .join(CaseRow, CaseRow.household_id == h.id)
        .join(StateRow, (StateRow.case_id == CaseRow.id) & StateRow.current)
        .join(Village, Village.id == h.village_id)
        .join(Group, Group.id == h.group_id)
        .where(among(h.id.expression, household_ids))
        .order_by(Village.position, Group.position, StateRow.card_number, h.id)
    )  # fmt: skip
    return tuple(
        Line(i, village, group, number, head, head_id, size, phone, status.label if live else "已销户")
        for i, village, group, number, head, head_id, size, phone, live, status in unit.session.execute(query)
    )


def export(
    record: Record, ledger: MonthLedger, found: Behind, path: Path, ticket: Ticket, *, masked: bool = False
) -> Exported:
    """Write these households as one sheet, with a line in the trail."""
    layout = replace(BEHIND, notes=(f"本表为“{found.title}”的农户，按导出时的档案。",))
    period = period_of(ledger, yearly=False)[1]
    return export_sheets(
        record, [Sheet(layout, Table(found.lines), ledger, period, "", Choice(masked=masked))], path, ticket,
        households=len(found.lines), persons=sum(line.size for line in found.lines),
    )  # fmt: skip


def _layout(ledger: MonthLedger, sheet: str) -> Layout:
    found = next((layout for layout in layouts_of(ledger) if layout.name == sheet), None)
    if found is None:
        raise ValueError(f"no such sheet: {sheet}")
    return found


def _figure(column: Column) -> str:
    """What a column counts, be it households or persons: movement.added of village.movement.added.persons."""
    path = column.source.partition(".")[2]
    return path.removesuffix(".households").removesuffix(".persons").removesuffix("_persons")
