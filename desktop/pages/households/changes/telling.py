"""The first half of a guided change: what happened, to whom, when, on which paper; read into one `Change`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields import change as own
from db.fields.base import Field
from db.fields.member import MEMBER
from db.rules.changes import LEAVING, Change, relations_to
from db.rules.codes import ChangeKind, Relation
from db.rules.identity import judge
from db.rules.values import Household, Member
from db.services.changes.changelog import KnownPerson
from desktop.pages.households.changes.boxes import ENTRANT, ENTRANT_REQUIRED, asked, asks_person, called, newcomer
from desktop.pages.households.changes.kin import Kin
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import column, label
from desktop.widgets.sheet import Column
from desktop.widgets.ticks import Tickable, Ticks

_BLANK = Member("")
_TICKS = (Column("name", "姓名", 120, sortable=False), Column("relation", "与户主关系", 160, sortable=False))
_ROW = 30
_LEAD = 440


@dataclass(frozen=True, slots=True)
class Around:
    """What the step offers to choose from: the groups of the village, other households of it as (id, how it is called), members of one
    of them, and who a number belongs to."""

    today: date
    groups: Sequence[str]
    others: Sequence[tuple[int, str]]
    members_of: Callable[[int], tuple[Member, ...]]
    known: Callable[[str], KnownPerson | None]


class Telling(QWidget):
    """Signals: ``ended()`` Enter on the last box, or Ctrl+S; ``cancel_asked()`` Esc; ``typed()`` a box of text stands otherwise."""

    ended = Signal()
    typed = Signal()
    cancel_asked = Signal()

    def __init__(self, kind: ChangeKind, home: Household, around: Around, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind, self._home, self._around = kind, home, around
        self._called = called(home.members, around.today)
        self.parting: Ticks | None = None
        self.entrant: Form | None = None
        self.lead: Form | None = None
        self.off: Form | None = None
        boxes = asked(kind)
        self.what = Form(boxes.sections, self, boxes.looks, boxes.required, scroll=False)  # type: ignore[arg-type]
        self.note = label("", "pine", self, wrap=True)
        self.note.hide()
        self.kin, self.other_kin = Kin("relations", self), Kin("others", self)
        self._whole = column(self, 12)
        self._lay_out()
        self._connect()
        self.what.set_values({"acted_on": around.today if kind in _TODAY else None})
        self._lead_changed()

    def change(self) -> Change:
        """What stands in the boxes."""
        values = self.what.values()
        return Change(
            self.kind,
            values["acted_on"],
            values["proof"] or "",
            values["proof_on"],
            values["reason"] or "",
            person=self._place(values.get("person")),
            entrant=self._entrant() if self.entrant is not None else None,
            head=self._head(),
            relations=self.kin.relations(),
            parting=self._going(),
            parting_head=self._parting_head(),
            others=self.other_kin.relations(),
            group=str((self.off or self.what).values().get("group") or ""),
        )

    def texts(self) -> dict[str, dict[str, str]]:
        """What was typed, readable or not: for drafts; ticks and relations are chosen anew."""
        return {"what": self.what.texts(), "entrant": self.entrant.texts() if self.entrant is not None else {}}

    def set_texts(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Put a draft back."""
        self.what.set_texts(texts["what"])
        if self.entrant is not None:
            self.entrant.set_texts(texts["entrant"])
        self._lead_changed()
        if "other" in self.what.fields():
            self._other_changed()

    def other_id(self) -> int:
        """The household taken in; 0 when none is chosen."""
        chosen = self.what.values().get("other")
        return next((i for i, text in self._around.others if text == chosen), 0)

    def check(self) -> bool:
        """Whether every box can be read and the demanded ones are filled."""
        lead = None if self.lead is None or self.lead.isHidden() else self.lead
        forms = (self.what, self.entrant, lead, self.off, self.kin.form, self.other_kin.form)
        sound = [form.check(demanded=True) for form in forms if form is not None]
        return all(sound)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each problem at its box, what belongs to none above all boxes."""
        left = self.other_kin.show_problems(self.kin.show_problems(problems))
        for form in (self.entrant, self.lead, self.off):
            if form is not None:
                mine = [p for p in left if p.field in form.fields() and p.field not in self.what.fields()]
                form.show_problems(mine)
                left = [p for p in left if p not in mine]
        self.what.show_problems([replace(p, where="") for p in left])

    def go_to_first(self) -> None:
        """Put the keyboard where the step begins."""
        if self.lead is not None and self.kind is ChangeKind.HEAD:
            self.lead.go_to_first()
        elif self.parting is not None:
            self.parting.list.table.go_to(0)
            self.parting.list.table.setFocus()
        else:
            self.what.go_to_first()

    def _lay_out(self) -> None:
        if self.kind is ChangeKind.SPLIT:
            self._whole.addWidget(label("勾选分出去的成员", "heading", self))
            self.parting = Ticks(_TICKS, "人", self)
            rows = [
                Tickable((m.name, m.relation.label if m.relation else ""), n, ticked=False)
                for n, m in enumerate(self._home.members)
            ]
            self.parting.set_rows(rows)
            self.parting.setFixedHeight(min(70 + _ROW * (len(rows) + 1), 230))
            self._whole.addWidget(self.parting)
            self.off = self._options_form(
                "分出去的户", (own.PARTING_HEAD, replace(own.GROUP, label="新户在哪个村民小组"))
            )
            self.off.set_options("group", self._around.groups)
            self.off.set_values({"group": self._home.group})
            self._whole.addWidget(self.off)
        self._whole.addWidget(self.what)
        if asks_person(self.kind):
            self.entrant = Form(ENTRANT, self, required=ENTRANT_REQUIRED, scroll=False)
            self.entrant.set_values(newcomer(self.kind, self._home))
            self._whole.addWidget(self.entrant)
        self._whole.addWidget(self.note)
        if not asks_person(self.kind):
            self.lead = self._options_form("谁当户主", (own.HEAD,))
            self.lead.setMaximumWidth(_LEAD)
            if self.kind is ChangeKind.HEAD:
                self._whole.insertWidget(0, self.lead)
            else:
                self._whole.addWidget(self.lead)
        self._whole.addWidget(self.kin)
        self._whole.addWidget(self.other_kin)
        self._whole.addStretch(1)
        fields = self.what.fields()
        if "person" in fields:
            self.what.set_options("person", self._called)
        if "group" in fields:
            self.what.set_options("group", self._around.groups)
        if "other" in fields:
            self.what.set_options("other", [text for _, text in self._around.others])

    def _options_form(self, title: str, fields: tuple[Field, ...]) -> Form:
        looks = dict.fromkeys((f.key for f in fields), "options")
        return Form((Section(title, (fields,)),), self, looks, scroll=False)  # type: ignore[arg-type]

    def _connect(self) -> None:
        for part in (self.what, self.entrant, self.lead, self.off, self.kin, self.other_kin):
            if part is not None:
                part.cancel_asked.connect(self.cancel_asked)
                part.save_asked.connect(self.ended)
                part.ended.connect(self._on_ended)
                part.began.connect(self._on_began)
        for form in (self.what, self.entrant):
            if form is not None:
                form.changed.connect(self.typed)
        if "person" in self.what.fields():
            self.what.editor("person").changed.connect(self._lead_changed)
        if "other" in self.what.fields():
            self.what.editor("other").changed.connect(self._other_changed)
        if self.lead is not None:
            self.lead.editor("head").changed.connect(self._head_changed)
        if self.parting is not None:
            self.parting.changed.connect(self._parting_changed)
        if self.off is not None:
            self.off.editor("parting_head").changed.connect(self._off_head_changed)
        if self.entrant is not None:
            self.entrant.editor("id_number").left.connect(self._look_up)
            if self.kind is ChangeKind.BORN:
                self.what.editor("proof").left.connect(self._carry_proof)

    def _on_ended(self) -> None:
        """Enter on the last box of one part goes on to the first of the next shown."""
        following = self._beside(1)
        if following is None:
            self.ended.emit()
        else:
            following.go_to_first()

    def _on_began(self) -> None:
        before = self._beside(-1)
        if before is not None:
            before.go_to_last()

    def _beside(self, by: int) -> Form | None:
        """The form shown next to the one that tells, as they stand on the screen."""
        teller = self.sender()
        forms = self._forms()
        at = forms.index(teller.form if isinstance(teller, Kin) else teller) + by  # type: ignore[arg-type]
        return forms[at] if 0 <= at < len(forms) else None

    def _forms(self) -> list[Form]:
        """The forms shown, from the top."""
        parts = (self._whole.itemAt(n).widget() for n in range(self._whole.count()))
        forms = (part.form if isinstance(part, Kin) else part for part in parts)
        return [form for form in forms if isinstance(form, Form) and not form.isHidden()]

    def _place(self, text: object) -> int | None:
        return self._called.index(str(text)) if text in self._called else None

    def _going(self) -> tuple[int, ...]:
        if self.parting is not None:
            return tuple(int(str(n)) for n in self.parting.ticked())
        return ()

    def _leaving(self) -> set[int]:
        person = self._place(self.what.values().get("person")) if self.kind in LEAVING else None
        return set(self._going()) | ({person} if person is not None else set())

    def _head(self) -> int | None:
        if self.lead is None or self.lead.isHidden():
            return None
        return self._place(self.lead.values()["head"])

    def _parting_head(self) -> int | None:
        return self._place(self.off.values()["parting_head"]) if self.off is not None else None

    def _lead_changed(self) -> None:
        """Whether another head must be named, and who may be."""
        if self.lead is None:
            return
        gone = self._leaving()
        old = next((n for n, m in enumerate(self._home.members) if m.relation is Relation.HEAD), None)
        asked_for = self.kind is ChangeKind.HEAD or (old in gone and len(gone) < self._home.size)
        may = [text for n, text in enumerate(self._called) if n not in gone and n != old]
        self.lead.setVisible(asked_for)
        self.lead.set_options("head", may)
        if asked_for and len(may) == 1:
            self.lead.set_values({"head": may[0]})
        self._head_changed()

    def _head_changed(self) -> None:
        head = self._head()
        gone = self._leaving()
        stay = {n: m for n, m in enumerate(self._home.members) if head is not None and n not in gone and n != head}
        proposed = relations_to(self._home.members, head) if head is not None else {}
        name = self._home.members[head].name if head is not None else ""
        self.kin.ask(f"留下的人与新户主{name}的关系（请逐个核对）", stay, proposed)

    def _parting_changed(self) -> None:
        assert self.off is not None
        going = self._going()
        self.off.set_options("parting_head", [self._called[n] for n in going])
        if len(going) == 1:
            self.off.set_values({"parting_head": self._called[going[0]], "group": self.off.values()["group"]})
        self._lead_changed()
        self._off_head_changed()

    def _off_head_changed(self) -> None:
        head = self._parting_head()
        members = {n: self._home.members[n] for n in self._going() if head is not None and n != head}
        proposed = relations_to(self._home.members, head) if head is not None else {}
        name = self._home.members[head].name if head is not None else ""
        self.other_kin.ask(f"分出的人与新户户主{name}的关系（请逐个核对）", members, proposed)

    def _other_changed(self) -> None:
        other = self.other_id()
        members = dict(enumerate(self._around.members_of(other))) if other else {}
        self.other_kin.ask(f"并进来的人与户主{self._home.head_name}的关系", members, {})

    def _carry_proof(self) -> None:
        """A newborn without a number goes by the paper of his birth, which is typed once."""
        assert self.entrant is not None
        proof, values = self.what.values()["proof"], self.entrant.values()
        if proof and not values["id_number"] and not values["police_proof"]:
            self.entrant.editor("police_proof").set_value(proof)

    def _look_up(self) -> None:
        """A number the record knows brings its person along; sex follows from the number."""
        assert self.entrant is not None
        values = self.entrant.values()
        number = values["id_number"] or ""
        known = self._around.known(number) if number else None
        if known is not None and not values["name"]:
            shown = {key: getattr(known.member, key) for key in self.entrant.fields()}
            self.entrant.set_values({**shown, "relation": values["relation"]})
            where = f"现在是{known.head_name}户的成员" if known.household_id else f"曾是{known.head_name}户的成员"
            self.note.setText(f"档案里有这个号码：{known.member.name}，{where}，资料已带出，请核对")
        self.note.setVisible(known is not None and bool(self.note.text()))
        if number and values["sex"] is None and known is None:
            sex = judge(number, self._around.today).sex
            self.entrant.editor("sex").set_value(sex)

    def _entrant(self) -> Member:
        assert self.entrant is not None
        values = self.entrant.values()
        known = self._around.known(values["id_number"]) if values["id_number"] else None
        base = replace(known.member, id=None) if known is not None else _BLANK
        told: dict[str, Any] = {key: _plain(key, values[key]) for key in values if key in MEMBER}
        return replace(base, **told)


_TODAY = frozenset({ChangeKind.WRONG_ADDED, ChangeKind.WRONG_REMOVED})
"""What is put right is put right today; everything else happened on a day of its own."""


def _plain(key: str, value: object) -> object:
    """A blank box of text is "", any other None."""
    return "" if value is None and isinstance(getattr(_BLANK, key), str) else value
