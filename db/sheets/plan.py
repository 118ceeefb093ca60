"""How a workbook is to be read as a roster: which of its sheets are what, what their columns mean, and what must be asked first.

A plan is made from a look at the book and can be given answers any number of times; nothing of the book is read by it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db.errors import Known
from db.sheets.asked import LASTING, Answers, Question
from db.sheets.body import filled_on
from db.sheets.book import Book
from db.sheets.guessing import foreign
from db.sheets.layouts import roster as layout
from db.sheets.places import Places
from db.sheets.planning import Decided, Part, decide
from db.sheets.refusing import refusal
from db.sheets.roles import Role
from db.sheets.survey import Found, survey

Recall = Callable[[str], Answers | None]
"""What was once answered about a layout, by its fingerprint."""


@dataclass(frozen=True, slots=True)
class RosterPlan:
    """What the look found, what was answered, and what follows; see `Decided`. ``book`` is the file's name, ``days`` the days its
    sheets say they were filled in on."""

    book: str
    found: tuple[Found, ...]
    others: tuple[tuple[str, bool], ...]
    villages: tuple[str, ...]
    days: Mapping[str, date]
    answers: Answers
    decided: Decided

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is open, in the order it is to be asked."""
        return self.decided.questions

    @property
    def columns(self) -> tuple[Question, ...]:
        """The questions of columns of every layout in use, open or not."""
        return self.decided.columns

    @property
    def parts(self) -> tuple[Part, ...]:
        """What would be read now."""
        return self.decided.parts

    @property
    def roles(self) -> Mapping[str, Role]:
        """What each sheet that is read is read as."""
        return self.decided.roles

    @property
    def day(self) -> date | None:
        """The day answered, else the day stated."""
        said = self.answers.get("day:")
        return date.fromisoformat(said) if said else self.decided.stated

    def answered(self, answers: Answers) -> RosterPlan:
        """The plan with these answers beside the earlier ones; further questions may follow from them."""
        every = {**self.answers, **answers}
        decided = decide(self.found, self.others, self.villages, self.days, self.book, every)
        return replace(self, answers=every, decided=decided)

    def refusal(self, today: date | None = None) -> Known | None:
        """Why the book cannot be read as things stand, None when it can; with ``today`` it need not state a day."""
        for question in self.questions:
            what, remedy = question.refusal
            if what and not (question.about == "day" and today is not None):
                return Known(what, remedy) if question.about == "day" else refusal(self.book, what, remedy)
        return None

    def hopeless(self) -> Known | None:
        """Why no answer could make the book a roster: what it lacks stands in no column either; None when asking helps."""
        for question in self.questions:
            spare = any(
                not seen.key and seen.samples and not seen.serial and not foreign(seen.path)
                for seen in question.columns
            )
            doubtful = any(not seen.sure for seen in question.columns)
            if question.refusal[0] and not question.options and not spare and not doubtful and question.about != "day":
                return refusal(self.book, *question.refusal)
        return None

    def open(self, today: date | None = None) -> tuple[Question, ...]:
        """What is to be asked; nobody need state a day where ``today`` is given."""
        return tuple(one for one in self.questions if not (one.about == "day" and today is not None))

    def to_remember(self) -> dict[str, tuple[str, dict[str, object]]]:
        """For each layout that was explained: what the clerk calls it and the answers that hold for every file of that layout."""
        found: dict[str, tuple[str, dict[str, object]]] = {}
        for key, answer in self.answers.items():
            about, _, of = key.partition(":")
            sheet = next((one.sheet for one in self.found if one.fingerprint == of), "")
            if about in LASTING and sheet:
                found.setdefault(of, (f"{self.book}·{sheet}", {}))[1][about] = answer
        return found


def propose(book: Book, recall: Recall = lambda _: None, villages: Collection[str] = ()) -> RosterPlan:
    """Look at a book and say how it would be read and what is unsure. ``villages`` are the town's, for sheets and lines that name one."""
    places = Places.of(dict.fromkeys(villages, ()))
    found, others = survey(book, layout.MIXED_TITLES, places)
    remembered = {
        f"{about}:{fingerprint}": answer
        for fingerprint in dict.fromkeys(one.fingerprint for one in found)
        for about, answer in (recall(fingerprint) or {}).items()
    }
    days = {sheet.name: day for sheet in book.sheets if (day := filled_on(sheet))}
    decided = decide(found, others, tuple(villages), days, book.name, remembered)
    return RosterPlan(book.name, found, others, tuple(villages), days, remembered, decided)
