"""要个数: a question is put together or taken from the list, counted at once, and opens the households behind its number.

Households are read once, beside the window; from then on every change of the question is answered from that reading.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Cancelled, Refused
from db.rules.counts import Count
from db.services.questions import questions
from db.services.questions.answer import Answer, answer
from db.services.questions.asked import Counts, Question, Scope, from_figure, name_for, problem
from db.services.questions.columns import COLUMNS
from db.services.questions.pool import Pool, pool, with_proofs
from db.services.questions.questions import Exported, Kept
from db.services.questions.templates import TEMPLATES
from desktop.app.copying import take
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.questions.asking import Asking
from desktop.pages.questions.columns import ask_columns
from desktop.pages.questions.condition import ask_condition
from desktop.pages.questions.listing import Listing
from desktop.pages.questions.shelf import Shelf, Thing
from desktop.widgets.looks import column, row
from desktop.widgets.page import Page

_SUBTITLE = "加上条件，当场数出多少户、多少人；名单按需要的栏目导出，记住的下次一点就有。"
_SIDE = 296
_TODAY: tuple[Scope, date | None] = (Scope.REGISTER, None)
_POOLS = 2


class QuestionsPage(Page):
    """``open_thing`` takes a kept question's number, the name of one that comes with the program, a `Question`, a counted figure's key of a
    county's form, or such a key with the first day of a month. Asks for "households" with a household's id."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "town", "evidence"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("要个数", _SUBTITLE, parent)
        self._office = office
        self.question = Question()
        self.number: int | None = None
        self._thing: Thing | None = None
        self.found: Answer | None = None
        self._draft: tuple[str, Question] | None = None
        self._asked_as = self.question
        self._pools: dict[tuple[Scope, date | None], Pool] = {}
        self._kept: tuple[Kept, ...] = ()
        self._counts: dict[Thing, Count] = {}
        self._turn = 0
        self.folder = clerks_folder()
        self.fresh = self.add_button("新的一问")
        self.shelf = Shelf(self)
        self.asking = Asking(self)
        self.listing = Listing(self)
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        self._pools.clear()
        self._counts.clear()
        self.asking.set_today(self._today())
        self._kept = self._office.see(questions.kept)
        self._show_question(self.question, self.asking.name.text())

    def open_thing(self, thing: object) -> None:
        if self.stale:
            self.renew()
        asked = _figure(thing)
        if asked is not None:
            self.ask(asked, name_for(asked), None)
        elif isinstance(thing, int | str):
            self._on_chosen(thing)

    def ask(self, question: Question, name: str = "", number: int | None = None) -> None:
        """Put a question on the table and answer it; what was on it and not kept stays at hand in the list."""
        if self.question not in (self._asked_as, question) and self.question.where:
            typed = self.asking.name.text().strip()
            taken = {*TEMPLATES, *(one.name for one in self._kept)}
            self._draft = (typed if typed and typed not in taken else name_for(self.question), self.question)
        self.number, self._asked_as = number, question
        self._thing = number if number is not None else name if TEMPLATES.get(name) == question else None
        self.listing.forget()
        self._show_question(question, name)

    def change(self, question: Question) -> None:
        """Change the question on the table and answer it."""
        self.question = question
        if self.number is None and self.asking.name.text() in TEMPLATES:
            self.asking.name.replace("")
            self._thing = None
            self.shelf.point_at(None)
        self.asking.show_conditions(question.where)
        self._count()

    def save(self) -> None:
        """Keep the question under the name that was typed, with what it counts now."""
        name = self.asking.name.text().strip() or name_for(self._as_shown())
        self.asking.name.replace(name)
        counted = Count(self.found.households, self.found.persons) if self.found is not None else None
        question = self._as_shown()
        if self.number is None:
            self._office.write(
                "记住要个数", questions.keep, name, question, counted, done=partial(self._on_kept, question),
                failed=self._not_kept, changes=frozenset(), by=self,
            )  # fmt: skip
        else:
            self._office.write(
                "保存要个数", questions.change, self.number, name, question, counted,
                done=partial(self._on_changed_kept, question), failed=self._not_kept, changes=frozenset(), by=self,
            )  # fmt: skip

    def put_away(self) -> None:
        """Take the kept question on the table off the list; what it asks stays on the table."""
        if self.number is not None:
            self._office.write(
                "收起要个数", questions.put_away, self.number, done=self._on_put_away, changes=frozenset(), by=self
            )

    def copy(self) -> None:
        """Put the answer on the clipboard as one sentence."""
        if self.found is not None:
            take(self.found.sentence)
            self.said.emit(f"已复制：{self.found.sentence}", "pine")

    def export_to(self, path: Path) -> None:
        """Write the list to ``path`` as it is shown."""
        if self.found is not None:
            found = answer(self.found.pool, self._as_shown())
            op = partial(self._export, found, self._name(), path, self.listing.masked.isChecked())
            self._office.long(f"正在写 {path.name}", op, self._exported, by=self)

    def file_name(self) -> str:
        """The name proposed for the list."""
        assert self.found is not None
        masked = self.listing.masked.isChecked()
        return self._office.see(questions.file_name, self.found, self._name(), masked=masked)

    def _name(self) -> str:
        return self.asking.name.text().strip() or name_for(self.question)

    def _today(self) -> date:
        return self._office.record.clock.now().date()

    def _as_shown(self) -> Question:
        """The question with the order the clerk gave the list."""
        key, descending = self.listing.order()
        return replace(self.question, order=key, descending=descending) if key else self.question

    def _show_question(self, question: Question, name: str) -> None:
        self.question = question
        self.asking.show_question(question, name, number=self.number)
        self._list_questions()
        self._count()

    def _count(self) -> None:
        """Answer the question on the table, reading what it needs first; an answer that comes home late is let go."""
        self._turn += 1
        self.found = None
        why = problem(self.question)
        self.asking.show_waiting(self.question, self._today(), why)
        if why:
            self.listing.show_nothing()
            return
        there = self._pools.get(self.question.same_town)
        if there is None or (self.question.proofs and not there.proofs):
            self.listing.show_nothing()
            op = partial(self._read, self.question, there)
            self._office.long("读取档案", op, partial(self._on_read, self._turn), self._on_refused, by=self)
        else:
            counting = partial(answer, there, self.question)
            self._office.work.read("要个数", counting, partial(self._show, self._turn), self._on_refused)

    def _read(self, question: Question, there: Pool | None, ticket: Ticket) -> Pool:
        ticket.report(0, 0, "读取档案")
        if there is not None:
            return self._office.see(with_proofs, there)
        return self._office.see(pool, question.scope, question.month, proofs=question.proofs)

    def _on_read(self, turn: int, read: Pool) -> None:
        self._pools[read.scope, read.month] = read
        while len(self._pools) > _POOLS:
            self._pools.pop(next(key for key in self._pools if key not in (_TODAY, (read.scope, read.month))))
        if turn == self._turn:
            self._count()

    def _show(self, turn: int, found: Answer) -> None:
        if turn != self._turn:
            return
        self.found = found
        self.asking.show_answer(found, self._before(found))
        self.listing.show_answer(found)
        self._count_others(found.pool)

    def _before(self, found: Answer) -> str:
        """What the kept question on the table came to when it was kept, if that is another number now."""
        one = next((one for one in self._kept if one.id == self.number), None)
        if (
            one is None
            or one.counted in (None, Count(found.households, found.persons))
            or one.question != found.question
        ):
            return ""
        assert one.counted is not None
        assert one.counted_on is not None
        both = f"{one.counted.households:,} 户 {one.counted.persons:,} 人"
        return f"{one.counted_on.isoformat()} 记住时是 {both}"

    def _count_others(self, read: Pool) -> None:
        """What the other questions of the list come to, counted beside the window, each once a reading."""
        wanted: dict[Thing, Question] = {one.id: one.question for one in self._kept if one.question is not None}
        wanted.update(TEMPLATES)
        mine = {
            thing: q
            for thing, q in wanted.items()
            if thing not in self._counts and q.same_town == (read.scope, read.month) and (read.proofs or not q.proofs)
        }
        if mine:
            self._office.work.read("数一遍", partial(_counted, read, mine), self._on_counted)

    def _on_counted(self, counts: Mapping[Thing, Count]) -> None:
        self._counts |= counts
        self._list_questions()

    def _list_questions(self) -> None:
        self.shelf.show_questions(self._kept, self._counts, self._draft[0] if self._draft else "")
        self.shelf.point_at(self._thing)

    def _on_refused(self, error: Exception) -> None:
        why = "；".join(p.text for p in error.problems) if isinstance(error, Refused) else ""
        stopped = "没有数，按 F5 再数" if isinstance(error, Cancelled) else "没有数出来，按 F5 再数"
        self.asking.show_waiting(self.question, self._today(), why or stopped)
        self.listing.show_nothing()
        if not isinstance(error, Cancelled):
            self._office.work.tell(error)

    def _on_chosen(self, thing: object) -> None:
        if thing == "" and self._draft is not None:
            (name, question), self._draft = self._draft, None
            self.ask(question, name)
            self._asked_as = Question()
        elif isinstance(thing, str) and thing in TEMPLATES:
            self.ask(TEMPLATES[thing], thing)
        elif isinstance(thing, int):
            self._ask_kept(thing)

    def _ask_kept(self, number: int) -> None:
        one = next((one for one in self._kept if one.id == number), None)
        if one is not None and one.question is not None:
            self.ask(one.question, one.name, one.id)
        else:
            told = "这一问是别的版本记住的，有本版本不认识的条件，请另外加条件" if one is not None else "这一问已经收起"
            self.said.emit(told, "ochre")

    def _on_fresh(self) -> None:
        self.ask(Question(), "")
        self.asking.add.setFocus()

    def _on_changed(self) -> None:
        counts, scope, month = self.asking.chosen()
        persons = counts is Counts.PERSONS
        columns = self.question.columns
        if counts is not self.question.counts:
            columns = tuple(key for key in columns if not (COLUMNS[key].home if persons else COLUMNS[key].person))
        if month is not None:
            columns = tuple(key for key in columns if not COLUMNS[key].today)
        self.change(replace(self.question, counts=counts, scope=scope, month=month, columns=columns))

    def _on_added(self) -> None:
        made = ask_condition(self, self._places(), today=self.question.month is None)
        if made is not None:
            others = tuple(one for one in self.question.where if one.aspect != made.aspect)
            self.change(replace(self.question, where=(*others, made)))

    def _on_edited(self, place: int) -> None:
        where = list(self.question.where)
        made = ask_condition(self, self._places(), where[place], today=self.question.month is None)
        if made is not None:
            where[place] = made
            self.change(replace(self.question, where=tuple(where)))

    def _on_dropped(self, place: int) -> None:
        where = self.question.where
        self.change(replace(self.question, where=(*where[:place], *where[place + 1 :])))

    def _on_columns(self) -> None:
        persons = self.question.counts is Counts.PERSONS
        made = ask_columns(self, self.question.shown, persons=persons, today=self.question.month is None)
        if made is not None:
            self.change(replace(self.question, columns=made))

    def _places(self) -> Mapping[str, tuple[str, ...]]:
        there = self._pools.get(self.question.same_town) or next(iter(self._pools.values()), None)
        return there.places() if there is not None else {}

    def _on_kept(self, question: Question, number: int) -> None:
        self.number = self._thing = number
        self._on_changed_kept(question, None)

    def _on_changed_kept(self, question: Question, _: None) -> None:
        self.question = self._asked_as = question
        self._kept = self._office.see(questions.kept)
        if self.number is not None:
            self._counts.pop(self.number, None)
        name = next(one.name for one in self._kept if one.id == self.number)
        self.asking.show_question(question, name, number=self.number)
        self._list_questions()
        if self.found is not None:
            self._count_others(self.found.pool)
        self.said.emit(f"已记住“{name}”，下次在左边一点就有", "pine")

    def _not_kept(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.asking.say_fault("；".join(one.text for one in error.problems))
        else:
            self._office.work.tell(error)

    def _on_put_away(self, _: None) -> None:
        self.number = self._thing = None
        self._kept = self._office.see(questions.kept)
        self.asking.show_question(self.question, self.asking.name.text(), number=None)
        self._list_questions()

    def _export(self, found: Answer, name: str, path: Path, masked: bool, ticket: Ticket) -> Exported:
        return questions.export(self._office.record, found, name, path, ticket, masked=masked)

    def _exported(self, done: Exported) -> None:
        both = f"{done.counted.households:,} 户 {done.counted.persons:,} 人"
        self.said.emit(f"已写出 {done.path.name}：{both}，已回读核对。位置：{done.path.parent}", "pine")

    def _on_export(self) -> None:
        if self.found is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self, "导出名单", offered(self.folder, self.file_name()), "工作簿 (*.xlsx)"
        )
        if chosen:
            path = workbook_path(chosen)
            self.folder = path.parent
            self.export_to(path)

    def _on_household(self, household_id: int) -> None:
        self.go_asked.emit("households", household_id)

    def _connect(self) -> None:
        self.fresh.clicked.connect(self._on_fresh)
        self.shelf.chosen.connect(self._on_chosen)
        self.asking.changed.connect(self._on_changed)
        self.asking.added.connect(self._on_added)
        self.asking.edited.connect(self._on_edited)
        self.asking.dropped.connect(self._on_dropped)
        self.asking.copied.connect(self.copy)
        self.asking.kept.connect(self.save)
        self.asking.put_away.connect(self.put_away)
        self.listing.opened.connect(self._on_household)
        self.listing.columns_asked.connect(self._on_columns)
        self.listing.export_asked.connect(self._on_export)

    def _lay_out(self) -> None:
        split, right = row(gap=14), column(gap=12)
        self.shelf.setFixedWidth(_SIDE)
        right.addWidget(self.asking)
        right.addWidget(self.listing, 1)
        split.addWidget(self.shelf)
        split.addLayout(right, 1)
        self.body.addLayout(split, 1)


def _counted(read: Pool, wanted: Mapping[Thing, Question]) -> dict[Thing, Count]:
    found = {thing: answer(read, question) for thing, question in wanted.items()}
    return {thing: Count(one.households, one.persons) for thing, one in found.items()}


def _figure(thing: object) -> Question | None:
    """A question, or a counted figure of a county's form as one; None for anything else."""
    if isinstance(thing, Question):
        return thing
    if isinstance(thing, tuple) and len(thing) == 2 and isinstance(thing[0], str):
        return from_figure(thing[0], thing[1])
    return from_figure(thing) if isinstance(thing, str) else None
