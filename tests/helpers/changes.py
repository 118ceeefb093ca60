"""Words for acting on people and households in tests: a family with a daughter, filed or on the register, and its changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from sqlalchemy import select

from db.rules.changes import Change
from db.rules.codes import ChangeKind, Labour, Relation, Schooling, Sex
from db.rules.values import Household, Member
from db.schema.household import HouseholdRow
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.changes import changes
from db.services.deciding import files
from db.services.notices import notices
from db.services.register import households
from db.store.record import Record
from tests.helpers import town
from tests.helpers.record import vouch

ON = date(2016, 5, 18)


class Acting(Protocol):
    """A desk or an office."""

    record: Record

    def act(self, verb: Callable[..., Any], *args: Any, second: Any = None, **kwargs: Any) -> Any: ...

    def see(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any: ...


def child(name: str = "陈某苗", *, birth: date = date(2006, 1, 1), serial: int = 77) -> Member:
    """A pupil who cannot work."""
    return Member(
        name, Relation.DAUGHTER, town.id_number(birth, serial, Sex.FEMALE), Sex.FEMALE, town.household(1).members[0].ethnicity,
        None, Schooling.PRIMARY, town.household(1).members[0].health, "", Labour.NONE,
    )  # fmt: skip


def family(serial: int = 1, *, village: str = "华南村", income: int = 3000) -> Household:
    """The ``serial``-th household with a daughter."""
    home = town.household(serial, village=village, income=income)
    return replace(home, size_stated=3, members=(*home.members, child(serial=serial + 100)))


def filed(desk: Acting, home: Household) -> int:
    found: int = desk.act(applications.file, home).household_id
    return found


def on_register(desk: Acting, home: Household, number: str, on: date = date(2016, 5, 16)) -> int:
    household_id = filed(desk, home)
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    desk.act(town.registered, case_id, number, on)
    return household_id


def make(desk: Acting, household_id: int, change: Change, other_id: int = 0, *, second: bool = False) -> changes.Made:
    home = desk.see(households.get, household_id)
    with_him = vouch(desk.record) if second else None
    made = desk.act(changes.apply, household_id, home.version, change, other_id, second=with_him)
    assert isinstance(made, changes.Made)
    return made


def told(desk: Acting, household_id: int, change: Change, other_id: int = 0) -> changes.Preview:
    found = desk.see(changes.preview, household_id, change, other_id)
    assert isinstance(found, changes.Preview)
    return found


def state(desk: Acting, household_id: int) -> Any:
    return desk.see(files.open_file, household_id).state


def died(person: int, **more: Any) -> Change:
    return Change(ChangeKind.DIED, ON, "户口注销证明 3 号", reason="因病", person=person, **more)


def baby() -> Member:
    return replace(child("陈某新", birth=ON, serial=311), schooling=Schooling.NONE)


def born(entrant: Member | None = None, **more: Any) -> Change:
    return Change(ChangeKind.BORN, ON, "出生医学证明 P44000001", ON, entrant=entrant or baby(), **more)


def posted(desk: Acting, household_id: int) -> None:
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    desk.act(verification.record, [Visit(case_id, town.visit())])
    desk.act(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    village = desk.see(lambda unit: unit.session.scalar(select(HouseholdRow.village_id)))
    desk.act(notices.create, village, [case_id])
