"""What a question's list can show in a column: every field of the record and what follows from it, how a case stands, what a file lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.rules.values import Member
from db.services.figures.values import ORDER, VALUES
from db.services.figures.values import Meaning as ValueOf
from db.services.figures.values import shown as told
from db.services.questions.aspects import Sight, Subject

Value = str | int | Decimal | None
Read = Callable[[Sight, Subject, Member], Any]
MET = "made.met"
"""The names of those who meet the conditions on people, in a list of households."""


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """One column. ``person`` ones are of a person and only stand in lists of people; ``secret`` ones are numbers of papers or people;
    ``summed`` ones are added up in lists of households; ``today`` and ``proofs`` as for what can be asked, ``asked`` the
    aspect that reads the same of a person and is at hand already."""

    key: str
    label: str
    group: str
    read: Read
    person: bool = False
    home: bool = False
    secret: bool = False
    summed: bool = False
    money: bool = False
    number: bool = False
    today: bool = False
    proofs: bool = False
    asked: str = ""


_REGISTER_ONLY = frozenset({"made.card", "made.registered_year", "made.registered_on"})
_HEAD = {"home.head_id": "户主身份证号", "home.head_sex": "户主性别", "made.age": "年龄", "made.birth": "出生日期"}
_ASKED = {"made.age": "age"}
_LEFT_OUT = frozenset({ORDER, "made.danger"})


def _of(one: ValueOf) -> ColumnOf:
    take, only = one.read, one.key in _REGISTER_ONLY

    def read(sight: Sight, subject: Subject, person: Member) -> Any:  # noqa: ANN401
        if only and not subject.on_register:
            return None
        return told(one, take(sight.register, subject.one, person), "元", ())

    group = {"本镇与序号": "本镇", "算出来的": "收入"}.get(one.group, one.group)
    of_person = one.group == "成员"
    if one.key in ("made.age", "made.birth"):
        group, of_person = "成员", True
    digits = one.text and one.field is not None and one.field.private
    right = one.field is not None and one.field.kind.align == "right"
    unit = str(getattr(one.field.kind, "unit", "")) if one.field is not None and not one.money else ""
    label = _HEAD.get(one.key, f"{one.label}（{unit}）" if unit else one.label)
    return ColumnOf(
        one.key, label, group, read, person=of_person, secret=digits, summed=one.summed, money=one.money,
        number=right or one.money or one.key in _ASKED, asked=_ASKED.get(one.key, ""),
    )  # fmt: skip


def _own() -> tuple[ColumnOf, ...]:
    return (
        ColumnOf(MET, "符合条件的人", "户", lambda *_: None, home=True),
        ColumnOf("case.status", "办理情形", "办理", lambda _, s, __: s.status.label if s.status else None, today=True),
        ColumnOf("case.step", "办到哪一步", "办理", lambda _, s, __: s.step.label if s.step else None, today=True),
        ColumnOf("case.why", "停在这里的原因", "办理", lambda _, s, __: s.why or None, today=True),
        ColumnOf(
            "case.lacking", "欠的材料", "办理", lambda at, s, __: at.lacks.get(s.household_id), today=True, proofs=True
        ),
    )


COLUMNS: Mapping[str, ColumnOf] = {
    one.key: one for one in (*(_of(v) for v in VALUES.values() if v.key not in _LEFT_OUT), *_own())
}
"""Every column by its key."""


def offered(*, persons: bool) -> tuple[ColumnOf, ...]:
    """The columns a list of households or of people can have."""
    first = ("成员", "户") if persons else ("户", "成员")
    groups = (*first, "收入", "生产生活", "办理", "本镇")
    found = (one for one in COLUMNS.values() if not (one.home if persons else one.person))
    return tuple(sorted(found, key=lambda one: groups.index(one.group)))


def text(value: object) -> str:
    """A value as the screen shows it."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return value.isoformat() if isinstance(value, date) else str(value)
