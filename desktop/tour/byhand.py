"""Visits and assemblies typed by hand from the paper, field by field, as a village without a workbook has them done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from db.fields.appraisal import VOTE
from db.rules.codes import AppraisalKind, Look
from db.rules.eligibility import LOOK_WORDS, Verification
from db.rules.values import Household
from db.services.town import search
from desktop.pages.appraisals.entry import MORE, Entry
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.pages.verification.form import FormView
from desktop.pages.verification.head import SIGNED
from desktop.pages.verification.items import ItemRow
from desktop.pages.verification.page import VerificationPage
from desktop.pages.verification.wording import PRIORITIES
from desktop.tour import invented
from desktop.tour.stage import Stage, StageError, refusal
from desktop.widgets.form import Form
from desktop.widgets.gridmodel import GridModel

CALLED_BEFORE = timedelta(days=3)
ALL_SIGNED = "签齐"


@dataclass(frozen=True, slots=True)
class Assembly:
    """One assembly as its minutes have it: the village and what its form asks, field key to text."""

    village: str
    kind: AppraisalKind
    held_on: date
    place: str
    chair: str
    recorder: str
    due: int
    present: int

    def texts(self) -> Mapping[str, str]:
        return {
            "held_on": self.held_on.isoformat(), "place": self.place, "chair": self.chair, "recorder": self.recorder,
            "due": str(self.due), "present": str(self.present),
        }  # fmt: skip


Votes = Mapping[int, tuple[int, int, int]]
"""Household to 同意、不同意、弃权."""


def visit(stage: Stage, household_id: int, found: Verification, picture: str = "") -> None:
    """Type one visit and save it; StageError when it was refused."""
    page = stage.page("verification", VerificationPage, household_id)
    view = page.view
    _head(stage, view, found)
    _home(stage, view)
    _items(stage, view, found)
    if picture:
        view.sheet.to_top()
        stage.picture(f"{picture}-居住条件和财产")
        view.sheet.go_to(list(view.sheet.bars.values())[-1])
        stage.picture(f"{picture}-四看六进七不进")
    stage.click(page.keep)
    if view.is_dirty():
        raise StageError(f"the visit was refused: {view.faults.text()} {stage.told()}")


def assembly(stage: Stage, held: Assembly, votes: Votes, picture: str = "") -> None:
    """Type one assembly with its votes and minutes and save it."""
    page = stage.page("appraisals", AppraisalsPage)
    stage.click(page.type)
    entry = page.entry
    stage.choose(entry.village, f"{held.village}（")
    stage.choose(entry.form.editor("kind").core, held.kind.label)
    for key, text in held.texts().items():
        stage.type(entry.form.editor(key), text)
    _votes(stage, entry, votes)
    if picture:
        stage.picture(f"{picture}-票数")
    stage.click(entry.part.chip(MORE))
    said = {"called_on": (held.held_on - CALLED_BEFORE).isoformat(), **invented.MEETING}
    fill(stage, entry.minutes, said)
    if picture:
        stage.picture(f"{picture}-会议记录")
    stage.click(entry.save)
    if entry.is_dirty():
        raise StageError(f"the assembly was refused: {refusal(entry.form)} {stage.told()}")


def fill(stage: Stage, form: Form, texts: Mapping[str, str]) -> None:
    """Give the blank fields of a form their values; those it does not have are passed over."""
    for key in form.fields():
        if texts.get(key) and form.editor(key).is_blank():
            stage.fill(form.editor(key), texts[key])


def _head(stage: Stage, view: FormView, found: Verification) -> None:
    head = view.sheet.head
    for editor, text in (
        (head.day, found.visited_on.isoformat()), (head.surveyors, "、".join(found.surveyors)), (head.officer, found.officer),
    ):  # fmt: skip
        stage.type(editor, text)
    stage.pick(head.household, SIGNED[0])
    stage.pick(head.village, SIGNED[0])
    stage.pick(head.signers, ALL_SIGNED)


def _home(stage: Stage, view: FormView) -> None:
    home = view.form.household if view.form is not None else Household("", "", "")
    fill(stage, view.sheet.home.form, invented.living(home))
    for number, member in enumerate(home.members):
        told = invented.person(home, member, stage.today, works=False)
        paste(view.sheet.home.health.model, number, told)
    stage.settle()


def _items(stage: Stage, view: FormView, found: Verification) -> None:
    sheet = view.sheet
    for item, line in sheet.looks.items():
        look, note = found.looks.get(item, (None, ""))
        if look is not None:
            _answer(
                stage, line, LOOK_WORDS[item][look], note or (invented.NOTES[item.value] if look is Look.POOR else "")
            )
    for place, priority in enumerate(PRIORITIES):
        if (priority in found.priorities) is not sheet.priorities.chip(place).isChecked():
            stage.press(sheet.priorities.chip(place))
    for entry, (finding, note) in found.entries.items():
        _answer(stage, sheet.entries[entry], finding.label, note)
    for bar, (finding, note) in found.bars.items():
        _answer(stage, sheet.bars[bar], finding.label, note)
    if found.stated is not None:
        stage.pick(view.conclusion.stated, found.stated.label)
    stage.type(view.conclusion.remark, found.remark or "经入户核实，情况属实，建议提交民主评议。")


def _answer(stage: Stage, line: ItemRow, word: str, note: str) -> None:
    stage.pick(line.answer, word)
    if note:
        stage.type(line.evidence, note)


def _votes(stage: Stage, entry: Entry, votes: Votes) -> None:
    lines = stage.office.see(search.lines, list(votes))
    places = {row["case_id"]: n for n, row in enumerate(entry.grid.rows())}
    first = list(VOTE).index("yes")
    for household_id, counted in votes.items():
        place = places.get(lines[household_id].case_id)
        if place is None:
            raise StageError(f"{lines[household_id].named} does not wait for the assembly")
        entry.grid.model.put(place, first, [[str(n) for n in counted]])
    stage.settle()


def paste(model: GridModel, number: int, told: Mapping[str, str]) -> None:
    """Paste what is told of a person into the blank cells of his row."""
    now = model.texts()[number]
    for place, field in enumerate(model.fields):
        if told.get(field.key) and not now.get(field.key) and model.takes(number, place):
            model.put(number, place, [[told[field.key]]])
