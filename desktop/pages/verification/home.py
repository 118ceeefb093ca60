"""居住条件, 家庭财产 and 家庭成员健康 of the sheet: filled in with what the record knows, so that only the rest is asked at the door.

What the visit found different is typed over it and goes into the record with the visit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields import household as own
from db.fields import living as home
from db.fields import member as person
from db.fields.household import HOUSEHOLD
from db.rules.values import Household, Living
from desktop.forms.people import member_of, plain
from desktop.widgets.editors import Look
from desktop.widgets.form import Form, Section
from desktop.widgets.grid import Grid
from desktop.widgets.looks import column, label
from desktop.widgets.sheet import ROW_HEIGHT

LAYOUT = (
    Section(
        "居住条件",
        (
            (own.HOUSING_AREA, own.STRUCTURE, own.HOUSING_GRADE, own.BUILT_YEAR),
            (home.NEW_HOUSE, home.NEW_HOUSE_AREA, home.SUBSIDISED, home.TOWN_FLAT),
            (home.WATER_SAFE, home.WATER_SCARCE, home.HOME_POWER, home.FARM_POWER),
            (home.TOILET, home.FUEL, home.ROAD, home.ROAD_DISTANCE),
        ),
    ),
    Section(
        "家庭财产",
        (
            (home.CAR, home.MACHINERY, home.REGISTERED_BUSINESS, home.EMPLOYS),
            (home.PUBLIC_PAY, home.SAVINGS),
        ),
    ),
)
_YES_NO: Look = "segments"
LOOKS = {
    f.key: _YES_NO
    for f in (
        home.NEW_HOUSE, home.SUBSIDISED, home.TOWN_FLAT, home.WATER_SAFE, home.WATER_SCARCE, home.HOME_POWER, home.FARM_POWER,
        home.TOILET, home.CAR, home.MACHINERY, home.REGISTERED_BUSINESS, home.EMPLOYS,
    )
}  # fmt: skip
HEALTH = (
    person.NAME, person.HEALTH, person.HEALTH_ALSO, person.ILLNESS, person.MEDICATED, person.DISABILITY, person.LABOUR,
)  # fmt: skip
_WIDTHS = {
    "name": 72, "health": 86, "health_also": 86, "illness": 78, "medicated": 74, "labour": 92,
}  # fmt: skip
_BLANK = Living()


class HomePart(QWidget):
    """Signals: ``changed()``; ``home_ended()``, ``home_began()`` Enter past the last and Shift+Enter before the first open field of house
    and property, ``health_ended()``, ``health_began()`` of the people; ``save_asked()``, ``cancel_asked()``; ``pointed(field)``;
    ``came(widget)`` the keyboard came here."""

    changed = Signal()
    home_ended = Signal()
    home_began = Signal()
    health_ended = Signal()
    health_began = Signal()
    came = Signal(object)
    save_asked = Signal()
    cancel_asked = Signal()
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._home = Household("", "", "")
        self.form = Form(LAYOUT, self, LOOKS, required=(), scroll=False)
        self.form.sheet.setProperty("sheet", False)
        self.form.sheet.body.setContentsMargins(0, 0, 0, 0)
        self.form.set_quiet()
        self.health = Grid(HEALTH, "人", self, growable=False, derive=self._derived)
        for place, field in enumerate(HEALTH):
            if field.key in _WIDTHS:
                self.health.view.setColumnWidth(place, _WIDTHS[field.key])
            else:
                self.health.view.give_rest(place)
        whole = column(self)
        whole.addWidget(self.form)
        whole.addWidget(label("家庭成员健康", "heading", self))
        whole.addWidget(self.health)
        self._connect()

    def show_household(self, household: Household) -> None:
        """Show what the record knows; Enter goes past it."""
        self._home = household
        living = household.living or _BLANK
        values = {key: getattr(household, key, None) for key in HOUSEHOLD} | {
            k: getattr(living, k) for k in living.__slots__
        }
        self.form.set_values(values)
        self._renew_known()
        self.health.set_rows(
            [{f.key: getattr(m, f.key) for f in HEALTH} | {"at": n} for n, m in enumerate(household.members)]
        )
        height = (household.size + 1) * ROW_HEIGHT + 6
        self.health.view.setFixedHeight(height)
        self.health.setMinimumHeight(height + ROW_HEIGHT)

    def apply(self, household: Household) -> Household:
        """``household`` with what stands here; the very same values where nothing was found different."""
        typed = self.form.values()
        facts = {key: plain(value, getattr(household, key)) for key, value in typed.items() if key in HOUSEHOLD}
        living = household.living or _BLANK
        found = replace(living, **{k: plain(v, getattr(living, k)) for k, v in typed.items() if k not in HOUSEHOLD})
        rows = self.health.rows()
        members = tuple(
            replace(m, **{f.key: plain(row[f.key], getattr(m, f.key)) for f in HEALTH[1:]})
            for m, row in zip(household.members, rows, strict=False)
        )
        kept = household.living if household.living is None and found == _BLANK else found
        return replace(household, **facts, living=kept, members=members, able_stated=_able(household, members))

    def waits(self) -> bool:
        """Whether Enter should stop here: something of house or property is not known."""
        return bool(self._unknown())

    def health_waits(self) -> bool:
        """Whether Enter should stop at the health of the people: somebody's is not known."""
        return any(m.health is None or m.labour is None for m in self._home.members)

    def go_to_first(self) -> None:
        """Put the keyboard into the first field that is not known, else into the first."""
        self.form.go_to(next(iter(self._unknown()), next(iter(self.form.fields()))))

    def go_to_last(self) -> None:
        """Put the keyboard into the last field that is not known, else into the last."""
        self.form.go_to(next(iter(reversed(self._unknown())), list(self.form.fields())[-1]))

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        return {
            "home": json.dumps(self.form.texts(), ensure_ascii=False),
            "health": json.dumps(self.health.texts(), ensure_ascii=False),
        }

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back; one from before this part was asked for has none of it."""
        if texts.get("home"):
            self.form.set_texts(json.loads(texts["home"]))
            self._renew_known()
        rows: list[dict[str, str]] = json.loads(texts.get("health") or "[]")
        if len(rows) == self._home.size:
            self.health.set_texts(rows, [{"at": n} for n in range(len(rows))])

    def check(self) -> int:
        """How many fields hold no value; they are marked."""
        self.form.check()
        self.health.check()
        return len(self.form.faulty()) + len(self.health.model.faults())

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark what is of this part; returns the rest."""
        keys = {f.key for f in HEALTH}
        own = [p for p in problems if member_of(p) is None and p.field in self.form.fields()]
        at_people = [(at, p) for p in problems if (at := member_of(p)) is not None and p.field in keys]
        self.form.show_problems(own)
        self.health.show_problems(at_people)
        mine = [*own, *(p for _, p in at_people)]
        return [p for p in problems if p not in mine]

    def go_to_first_fault(self) -> None:
        """Put the keyboard on the first field at fault."""
        if self.form.faulty():
            self.form.go_to_first_fault()
        else:
            self.health.go_to_first_fault()

    def faulty(self) -> bool:
        """Whether anything here is marked as wrong."""
        return bool(self.form.faulty() or self.health.model.faults())

    def set_read_only(self, locked: bool) -> None:
        """Lock or free this part."""
        self.form.set_read_only(locked)
        self.health.set_read_only(locked)

    def set_year(self, year: int) -> None:
        """The year the paper speaks of."""
        self.form.set_year(year)
        self.health.set_year(year)

    def _unknown(self) -> list[str]:
        return [key for key in self.form.fields() if key not in self._known]

    def _renew_known(self) -> None:
        """What stood here when the sheet was opened is known; what is typed now can be gone through again."""
        fields: dict[str, Any] = self.form.fields()
        self._known = frozenset(key for key in fields if not self.form.editor(key).is_blank())
        self.form.set_known(self._known)

    def _derived(self, number: int, _: Mapping[str, str]) -> Mapping[str, str]:
        members = self._home.members
        return {person.NAME.key: members[number].name if number < len(members) else ""}

    def _connect(self) -> None:
        self.form.ended.connect(self.home_ended)
        self.form.began.connect(self.home_began)
        self.health.ended.connect(self.health_ended)
        self.health.began.connect(self.health_began)
        self.form.came.connect(self.came)
        self.health.pointed.connect(self._on_health_came)
        for part in (self.form, self.health):
            part.changed.connect(self.changed)
            part.save_asked.connect(self.save_asked)
            part.pointed.connect(self.pointed)
            part.faults.silent = True
        self.form.cancel_asked.connect(self.cancel_asked)

    def _on_health_came(self) -> None:
        self.came.emit(self.health)


def _able(household: Household, members: Sequence[Any]) -> int | None:
    """劳动力人数 follows the people; a paper's own count stays while nobody's 劳动技能 was found different."""
    if tuple(m.labour for m in members) == tuple(m.labour for m in household.members):
        return household.able_stated
    return sum(1 for m in members if m.labour is not None and m.labour.able)
