"""Everybody who did not arrive, each with the step where he stands and why: on paper, as JSON and for WPS as CSV.

Households that the roster's faults kept out of the record are on the list too, and what a workbook said of those that wait.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.papers import leftout
from db.papers.leftout import LeftOutRow
from db.papers.model import Paper
from db.rules.case import Status
from db.rules.identity import mask
from db.rules.procedure import Step
from db.services.papers import village as village_papers
from db.services.sheets.imports import Preview, PreviewRow
from db.services.sheets.visit_import import VisitPlan
from db.services.sheets.vote_import import VotePlan
from db.services.town import search
from db.services.town.search import Filter, Line
from db.sheets.matching import RowKey, match_rows
from db.store.files import write_bytes
from desktop.app.office import Office

HEADS = ("村", "村民小组", "户主姓名", "人口", "停在", "日期", "原因")
ROSTER = "名册录入"
_NUMBER = re.compile(r"(?<!\d)\d{15,20}[Xx]?(?!\d)")


@dataclass(frozen=True, slots=True)
class Unused:
    """A row of a workbook for ``step`` that was not taken, with the households it may have meant."""

    step: Step
    place: str
    key: RowKey
    case_ids: tuple[int, ...]
    why: str


def unused_visits(shown: VisitPlan) -> tuple[Unused, ...]:
    """The rows of the visits that stayed out; nobody answered what was asked."""
    return tuple(
        Unused(
            Step.VERIFICATION, f"核实表{r.sheet}第 {r.row} 行", RowKey(r.village, r.group, r.head_name, r.size),
            tuple(c.case_id for c in r.candidates), why,
        )
        for r, why in shown.left_out({})
    )  # fmt: skip


def unused_votes(shown: VotePlan) -> tuple[Unused, ...]:
    """The rows of the assemblies that stayed out."""
    return tuple(
        Unused(
            Step.APPRAISAL, f"评议表{r.sheet}第 {r.vote.row} 行", r.vote.key, tuple(c.case_id for c in r.candidates), r.why,
        )
        for r in shown.rows
        if r.fate != "ok"
    )  # fmt: skip


def rows(office: Office, shown: Preview, filled_on: date, unused: Iterable[Unused]) -> tuple[LeftOutRow, ...]:
    """Everybody who is not on the register: first those kept out by the roster (of the day ``filled_on``), then those in the record."""
    lines = [x for x in office.see(search.lines, office.see(search.ids, Filter())).values()
             if x.status is not Status.REGISTERED]  # fmt: skip
    said = _said(lines, unused)
    stopped = [_stands(line, said.get(line.case_id, "")) for line in lines]
    kept = [_kept_out(r, filled_on) for r in shown.rows if r.fate == "faulty"]
    return (*kept, *stopped)


def paper(office: Office, found: Sequence[LeftOutRow]) -> Paper:
    """The list as it prints."""
    return leftout.build(replace(office.see(village_papers.left_out), rows=tuple(found)))


def write_tables(found: Sequence[LeftOutRow], folder: Path) -> None:
    """stayed_out.json and stayed_out.csv."""
    said = [
        {
            "village": r.village, "group": r.group, "head_name": r.head_name, "persons": r.size, "step": r.step,
            "since": r.on.isoformat() if r.on else None, "reason": r.reason,
        }
        for r in found
    ]  # fmt: skip
    write_json(said, folder / "stayed_out.json")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS)
    writer.writerows((*(str(v) if v is not None else "" for v in one.values()),) for one in said)
    write_bytes(folder / "stayed_out.csv", text.getvalue().encode("utf-8-sig"))


def write_json(value: object, path: Path) -> None:
    """Readable JSON in UTF-8."""
    write_bytes(path, f"{json.dumps(value, ensure_ascii=False, indent=2)}\n".encode())


def _said(lines: Sequence[Line], unused: Iterable[Unused]) -> dict[int, str]:
    """What the workbooks' unused rows say of a household that waits for their step: by the cases they were asked about, else by the
    names on the row."""
    found: dict[int, list[str]] = {}
    for one in unused:
        waiting = [x for x in lines if x.step is one.step and x.status is Status.RUNNING]
        match = match_rows([one.key], {x.case_id: _key(x) for x in waiting})[0]
        meant = one.case_ids or ((match.household,) if match.household is not None else match.candidates)
        for case_id in meant:
            found.setdefault(case_id, []).append(f"{one.place}没有采用：{one.why}")
    return {case_id: "；".join(texts) for case_id, texts in found.items()}


def _stands(line: Line, said: str) -> LeftOutRow:
    why = f"{line.status.label}：{line.why}" + (f"；{said}" if said else "")
    return LeftOutRow(
        line.village, line.group, line.head_name, line.size, line.step.label if line.step else "", why, line.since
    )


def _key(line: Line) -> RowKey:
    return RowKey(line.village, line.group, line.head_name, line.size)


def _kept_out(row: PreviewRow, filled_on: date) -> LeftOutRow:
    faults = "；".join(f"{f.place}：{f.text}" for f in row.findings if f.severity == "E")
    home, why = row.household, _NUMBER.sub(_masked, faults)
    return LeftOutRow(home.village, home.group, home.head_name, home.size, ROSTER, why, filled_on)


def _masked(found: re.Match[str]) -> str:
    return mask(found.group())
