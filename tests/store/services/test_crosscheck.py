"""Lists of other departments from the first look to the explained hit; a stranger's row never comes into the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.errors import Refused
from db.rules.codes import Attribute, CrossKind, CrossMatch, CrossOutcome
from db.rules.crosscheck import ListRow
from db.services.cases import applications
from db.services.crosscheck import crosscheck
from db.services.crosscheck.crosscheck import CrossPreview
from db.services.deciding import corrections
from db.services.health import audit
from db.services.office import standing
from db.services.town import search
from db.sheets.crosslist import CrossFile
from tests.helpers import town
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk

DATED = date(2016, 5, 20)
STRANGER = ListRow("车辆 第9行", "陌某生", "441401199901010013", "", (("车牌", "粤M99999"),))


def row(desk: Desk, household_id: int, place: str = "车辆 第2行", plate: str = "粤M00001") -> ListRow:
    head = next(p for p in desk.see(crosscheck.people) if p.household_id == household_id and p.head)
    return ListRow(place, head.name, head.number, head.village, (("序号", place[-2]), ("车牌", plate)))


def taken(desk: Desk, *rows: ListRow, kind: CrossKind = CrossKind.VEHICLE, complete: bool = False) -> CrossPreview:
    shown: CrossPreview = desk.see(
        crosscheck.preview, kind, CrossFile("名单.xlsx", f"{len(rows):064}", rows, ()), complete=complete
    )
    desk.do(crosscheck.take_in, shown, "车管所", DATED)
    return shown


def test_a_list_leaves_the_rows_that_name_ours_and_no_other(desk: Desk) -> None:
    one, _two = desk.do(town.on_register, 1, 2)
    shown = taken(desk, row(desk, one), STRANGER)
    assert (shown.rows, shown.named, shown.households, shown.known, shown.seen) == (2, 1, 1, 0, "")
    (hit,) = desk.see(crosscheck.hits)
    assert (hit.household_id, hit.match, hit.place, hit.open) == (one, CrossMatch.NUMBER, "车辆 第2行", True)
    assert ("车牌", "粤M00001") in hit.facts
    assert "七不进 73" in hit.article
    (kept,) = desk.see(crosscheck.lists)
    assert (kept.rows, kept.hits, kept.open, kept.office) == (2, 1, 1, "车管所")
    with desk.record.read() as unit:
        dump = unit.connection.exec_driver_sql("SELECT facts FROM cross_hit").scalars().all()
    assert "粤M99999" not in "".join(dump)
    assert desk.see(audit.faults) == ()


def test_households_on_their_way_are_compared_and_those_out_are_not(desk: Desk) -> None:
    with desk.record.write() as unit:
        waiting, gone = (applications.file(unit, town.household(n)).household_id for n in (1, 2))
    case_id = desk.see(search.lines, [gone])[gone].case_id
    desk.do(corrections.withdraw, case_id, DATED, "户主自愿撤回", second=vouch(desk.record))
    assert {p.household_id for p in desk.see(crosscheck.people)} == {waiting}


def test_the_newest_word_on_a_hit_counts_and_waiting_leaves_it_open(desk: Desk) -> None:
    one, two = desk.do(town.on_register, 1, 2)
    taken(desk, row(desk, one), row(desk, two, "车辆 第3行"))
    first, second = (hit.id for hit in desk.see(crosscheck.hits))
    desk.do(crosscheck.answer, [first, second], CrossOutcome.WAITING, "")
    assert desk.see(crosscheck.open_hits, [one, two]) == {one: 1, two: 1}
    desk.do(crosscheck.answer, [first], CrossOutcome.OTHER, "同号录错，车主是外村人")
    found = desk.see(crosscheck.hits)
    assert [hit.open for hit in found] == [False, True]
    assert found[0].answer is not None
    assert (found[0].answer.explanation, found[0].answer.by) == ("同号录错，车主是外村人", "钟小明")
    assert desk.see(crosscheck.open_hits, [one, two]) == {two: 1}
    assert desk.see(crosscheck.lists)[0].open == 1


def test_a_later_list_that_says_the_same_brings_the_earlier_word_along(desk: Desk) -> None:
    (one,) = desk.do(town.on_register, 1)
    taken(desk, row(desk, one))
    (hit,) = desk.see(crosscheck.hits)
    desk.do(crosscheck.answer, [hit.id], CrossOutcome.ALLOWED, "三轮摩托车")
    again = taken(desk, row(desk, one, "车辆 第7行"), STRANGER)
    assert again.known == 1
    newer = desk.see(crosscheck.hits, list_id=desk.see(crosscheck.lists)[0].id)[0]
    assert newer.open
    assert newer.earlier is not None
    assert newer.earlier.explanation == "三轮摩托车"
    other = taken(desk, row(desk, one, plate="粤M00002"), STRANGER, STRANGER)
    assert other.known == 0


def test_the_same_file_is_recognised(desk: Desk) -> None:
    (one,) = desk.do(town.on_register, 1)
    taken(desk, row(desk, one))
    file = CrossFile("改了名.xlsx", f"{1:064}", (row(desk, one),), ())
    assert "钟小明" in desk.see(crosscheck.preview, CrossKind.VEHICLE, file).seen


def test_who_a_complete_list_of_a_benefit_misses_is_told(desk: Desk) -> None:
    with desk.record.write() as unit:
        welfare = applications.file(unit, replace(town.household(1), attribute=Attribute.LOW_INCOME)).household_id
        applications.file(unit, town.household(2))
    shown = taken(desk, STRANGER, kind=CrossKind.LOW_INCOME, complete=True)
    assert [hit.person.household_id for hit in shown.hits] == [welfare]
    (hit,) = desk.see(crosscheck.hits)
    assert (hit.match, hit.place, hit.facts) == (CrossMatch.MISSING, "", ())


def test_what_cannot_be_said_is_refused_and_nothing_kept(desk: Desk) -> None:
    (one,) = desk.do(town.on_register, 1)
    shown = desk.see(crosscheck.preview, CrossKind.VEHICLE, CrossFile("a.xlsx", "0" * 64, (row(desk, one),), ()))
    with pytest.raises(Refused, match="哪个单位"):
        desk.do(crosscheck.take_in, shown, " ", DATED)
    with pytest.raises(Refused, match="晚于今天"):
        desk.do(crosscheck.take_in, shown, "车管所", date(2030, 1, 1))
    assert desk.see(crosscheck.lists) == ()
    taken(desk, row(desk, one))
    (hit,) = desk.see(crosscheck.hits)
    with pytest.raises(Refused, match="核实的情况"):
        desk.do(crosscheck.answer, [hit.id], CrossOutcome.ALLOWED, "  ")
    with pytest.raises(Refused, match="先选择"):
        desk.do(crosscheck.answer, [], CrossOutcome.ALLOWED, "三轮摩托车")
    with pytest.raises(Refused, match="附件"):
        desk.do(crosscheck.answer, [hit.id], CrossOutcome.ALLOWED, "三轮摩托车", ["f" * 64])
    assert desk.see(crosscheck.hits)[0].answer is None


def test_what_waits_is_counted_for_the_navigation(desk: Desk) -> None:
    one, two = desk.do(town.on_register, 1, 2)
    taken(desk, row(desk, one), row(desk, two, "车辆 第3行"))
    assert desk.see(standing.standing).waiting["crosscheck"] == 2
    first, second = (hit.id for hit in desk.see(crosscheck.hits))
    desk.do(crosscheck.answer, [first], CrossOutcome.ALLOWED, "摩托车")
    desk.do(crosscheck.answer, [first, second], CrossOutcome.WAITING, "")
    desk.do(crosscheck.answer, [second], CrossOutcome.OTHER, "同名")
    assert desk.see(standing.standing).waiting["crosscheck"] == 1
    assert "比中处数 2" in {part for line in desk.see(standing.trail_lines) for part in line.facts.split("，")}
