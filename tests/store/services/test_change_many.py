"""Many changed households written at once: exactly as one by one, and every reason against any of them before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.errors import Cancelled, Problem, Refused
from db.rules.values import Household
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.health import audit
from db.services.register import households
from tests.helpers import town
from tests.store.services.conftest import Desk


@pytest.fixture
def homes(desk: Desk) -> list[Household]:
    """Three households of the record."""
    for serial in (1, 2, 3):
        desk.do(applications.file, town.household(serial))
    return [desk.see(households.get, number) for number in (1, 2, 3)]


def refused(desk: Desk, *changed: Household) -> list[Problem]:
    with pytest.raises(Refused) as caught:
        desk.do(in_one_act, changed)
    return list(caught.value.problems)


def in_one_act(unit: object, changed: tuple[Household, ...]) -> None:
    applications.change_many(unit, changed)  # type: ignore[arg-type]
    unit.trail("试")  # type: ignore[attr-defined]


def test_all_of_it_is_written_and_kept_as_a_version(desk: Desk, homes: list[Household]) -> None:
    first, second, _ = homes
    assert first.income is not None
    changed = (
        replace(first, phone="13900000001", income=replace(first.income, wages=Decimal("6100.00"))),
        replace(
            second,
            applied_on=date(2016, 5, 12),
            members=(replace(second.members[0], name=second.head_name), second.members[1]),
        ),
    )
    desk.do(in_one_act, changed)
    one, two = (desk.see(households.get, number) for number in (1, 2))
    assert (one.phone, one.income, one.version) == ("13900000001", changed[0].income, 2)
    assert two.applied_on == date(2016, 5, 12)
    assert desk.see(cases.states, [2])[2].done[-1].on == date(2016, 5, 12)
    assert desk.see(households.get, 3).version == 1
    assert desk.see(audit.faults) == ()


def test_one_by_one_comes_to_the_same(desk: Desk, homes: list[Household]) -> None:
    first, second, _ = homes
    desk.do(in_one_act, (replace(first, remark="甲"),))
    desk.do(applications.change, replace(second, remark="甲"))
    one, two = (desk.see(households.get, number) for number in (1, 2))
    assert (one.remark, one.version) == (two.remark, two.version)


def test_every_reason_is_told_with_its_household(desk: Desk, homes: list[Household]) -> None:
    first, second, third = homes
    desk.do(verification.record, [Visit(1, town.visit())])
    assert first.income is not None
    richer = replace(first, income=replace(first.income, wages=Decimal("9000.00")))
    fewer = replace(second, size_stated=1, members=second.members[:1])
    elsewhere = replace(third, village="没有的村", phone="13900000003")
    told = refused(desk, richer, fewer, elsewhere)
    assert {p.where for p in told} == {first.named, second.named, elsewhere.named}
    assert all(p.text.startswith(f"{p.where}：") for p in told)
    assert "已用于入户核实的结论" in next(p.text for p in told if p.where == first.named)
    assert "不能从表里去掉" in next(p.text for p in told if p.where == second.named)
    assert "没有找到村名" in next(p.text for p in told if p.where == elsewhere.named)
    assert [desk.see(households.get, n).version for n in (1, 2, 3)] == [1, 1, 1]


def test_a_number_of_another_household_is_refused(desk: Desk, homes: list[Household]) -> None:
    first, second, _ = homes
    wrong = replace(first, members=(first.members[0], replace(first.members[1], id_number=second.members[1].id_number)))
    (told,) = refused(desk, wrong)
    assert told.rule == "R03"
    assert second.head_name in told.text


def test_what_another_window_saved_first_is_named(desk: Desk, homes: list[Household]) -> None:
    first, second, _ = homes
    desk.do(applications.change, replace(first, phone="13900000009"))
    (told,) = refused(desk, replace(first, remark="甲"), replace(second, remark="甲"))
    assert told.text.startswith(f"{first.named}刚在另一个窗口改过")
    assert desk.see(households.get, 2).remark == ""


def test_it_can_be_stopped_before_anything_is_written(desk: Desk, homes: list[Household]) -> None:
    class Stopped:
        def report(self, done: int, total: int, text: str) -> None: ...

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.do(applications.change_many, [replace(homes[0], remark="甲")], Stopped())
    assert desk.see(households.get, 1).version == 1


def test_nothing_to_write_writes_nothing(desk: Desk) -> None:
    desk.do(in_one_act, ())
    assert desk.see(audit.faults) == ()
