"""Two lists against each other: every difference has one kind, and the kinds add up to it in every village."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

from db.rules.codes import Health, PovertyCause, Relation
from db.rules.comparing import Comparison, Deed, Entry, Known, Variation, compare, problems, sentence
from db.rules.counts import Count
from db.rules.differing import HOUSEHOLD_LABELS, PERSON_LABELS, differences
from db.rules.ledger import LedgerHousehold, LedgerPerson
from tests.helpers.ledger import household, ledger, person

JUNE = date(2016, 6, 30)
ONE = household("华南-2016-0001", JUNE)
TWO = household("华南-2016-0002", JUNE, size=3)
SMALL = household("小拔-2016-0001", JUNE, village="小拔村")
CHILD = person("陈某新", Relation.SON, "441401201607050011")


def _with(home: LedgerHousehold, *people: LedgerPerson) -> LedgerHousehold:
    return replace(home, size=len(people), persons=people)


def _against(
    old: list[LedgerHousehold],
    new: list[LedgerHousehold],
    known: Known | None = None,
    called: dict[str, str] | None = None,
) -> Comparison:
    made = compare(ledger(*old, month=6), ledger(*new, month=7), known or Known(), called or {})
    assert problems(made) == ()
    return made


def _told(made: Comparison) -> list[tuple[Variation, Count]]:
    return [(e.kind, e.counts) for e in made.entries]


def test_the_same_list_has_no_entry_and_says_so() -> None:
    made = _against([ONE, SMALL], [ONE, SMALL])
    assert made.entries == ()
    assert sentence(made) == "2016年7月，华阳镇在册贫困户2户4人，与6月底相比没有变化。"


def test_a_deed_tells_of_the_difference_and_what_is_left_over_is_adjustment() -> None:
    born = Deed(Variation.JOINED, date(2016, 7, 5), Count(0, 1), "出生：陈某新", "", "出生证 1 号")
    grown = _with(ONE, *ONE.persons, CHILD)
    assert _told(_against([ONE], [grown], Known({ONE.household_id: [born]}))) == [(Variation.JOINED, Count(0, 1))]
    (left_over,) = _against([ONE], [grown]).entries
    assert (left_over.kind, left_over.counts, left_over.what) == (
        Variation.ADJUSTED, Count(0, 1), "2 人 → 3 人：增加陈某新"
    )  # fmt: skip


def test_what_was_entered_late_tells_why_a_household_is_adjusted() -> None:
    late = Deed(
        Variation.JOINED,
        date(2016, 6, 5),
        Count(0, 1),
        "出生：陈某新",
        "迟报",
        "出生证 1 号",
        date(2016, 7, 8),
        "钟小明",
    )
    grown = _with(ONE, *ONE.persons, CHILD)
    (entry,) = _against([ONE], [grown], Known(late={ONE.household_id: [late]})).entries
    assert (entry.kind, entry.what, entry.cause, entry.paper, entry.actor) == (
        Variation.ADJUSTED, "出生：陈某新", "迟报", "出生证 1 号", "钟小明"
    )  # fmt: skip
    void = replace(late, kind=Variation.ADJUSTED, counts=Count(), what="更正：建档立卡作废", cause="重复")
    (entry,) = _against([ONE], [], Known(late={ONE.household_id: [void]})).entries
    assert (entry.counts, entry.what, entry.cause) == (Count(-1, -2), "上册有这一户，去掉", "更正：建档立卡作废：重复")


def test_a_split_and_a_merge_move_people_and_count_households() -> None:
    stays, part = _with(TWO, *TWO.persons[:1]), _with(household("华南-2016-0009", date(2016, 7, 9)), *TWO.persons[1:])
    deeds = {
        TWO.household_id: [Deed(Variation.SPLIT, date(2016, 7, 9), Count(0, -2), "分户")],
        part.household_id: [Deed(Variation.SPLIT, date(2016, 7, 9), Count(1, 2), "分出")],
    }
    made = _against([TWO], [stays, part], Known(deeds))
    assert {e.kind for e in made.entries} == {Variation.SPLIT}
    assert made.tallies[Variation.SPLIT].counts == Count(1, 0)
    assert "拆户增加1户" in sentence(made)


def test_a_household_that_changed_village_takes_its_counts_along() -> None:
    moved = replace(ONE, village="小拔村")
    made = _against([ONE], [moved])
    assert {(e.village, e.counts) for e in made.entries if e.kind is Variation.ADJUSTED} == {
        ("华南村", Count(-1, -2)), ("小拔村", Count(1, 2))
    }  # fmt: skip
    assert [(v.village, v.old, v.new) for v in made.villages if v.old != v.new] == [
        ("华南村", Count(1, 2), Count()), ("小拔村", Count(), Count(1, 2))
    ]  # fmt: skip


def test_a_village_merged_or_renamed_between_is_no_change() -> None:
    made = _against([ONE, SMALL], [ONE, replace(SMALL, village="华南村")], called={"小拔村": "华南村"})
    assert made.entries == ()
    assert made.villages[0].old == Count(2, 4)


def test_particulars_of_household_and_persons_old_and_new() -> None:
    ill = replace(ONE.persons[1], health=Health.CHRONIC)
    new = replace(ONE, main_cause=PovertyCause.ILLNESS, phone="", persons=(ONE.persons[0], ill))
    edit = Deed(Variation.PARTICULARS, date(2016, 7, 20), Count(), "更正资料", actor="钟小明")
    (entry,) = _against([ONE], [new], Known(edits={ONE.household_id: [edit]})).entries
    assert [str(c) for c in entry.cells] == [
        f"主要致贫原因 {PovertyCause.SKILL.label} → 因病", "联系电话 13800000001 → （空）",
        f"李某芳健康状况 {Health.HEALTHY.label} → {Health.CHRONIC.label}",
    ]  # fmt: skip
    assert (entry.kind, entry.counts, entry.cause, entry.actor) == (
        Variation.PARTICULARS, Count(), "更正资料", "钟小明"
    )  # fmt: skip


def test_a_corrected_number_is_the_same_person() -> None:
    right = replace(ONE.persons[1], id_number="44140119700602004X")
    (difference,) = differences([ONE], [_with(ONE, ONE.persons[0], right)], {})
    assert (difference.joined, difference.left) == ((), ())
    assert [(c.who, c.label) for c in difference.cells] == [("李某芳", "证件号码")]


def test_a_new_head_is_told_once() -> None:
    wife = replace(ONE.persons[1], relation=Relation.HEAD)
    man = replace(ONE.persons[0], relation=Relation.SPOUSE)
    new = replace(ONE, head_name=wife.name, head_id=wife.id_number, persons=(wife, man))
    deed = Deed(Variation.PARTICULARS, date(2016, 7, 2), Count(), "户主变更", "让位")
    (entry,) = _against([ONE], [new], Known({ONE.household_id: [deed]})).entries
    labels = [c.label for c in entry.cells if not c.who]
    assert labels == ["户主", "户主证件号码"]
    assert entry.cause == "让位"


def test_who_came_and_left_again_is_told_though_the_list_is_the_same() -> None:
    deeds = [
        Deed(Variation.JOINED, date(2016, 7, 5), Count(0, 1), "出生"),
        Deed(Variation.LEFT, date(2016, 7, 6), Count(0, -1), "死亡"),
    ]
    assert len(_against([ONE], [ONE], Known({ONE.household_id: deeds})).entries) == 2


def test_the_sentence_for_the_briefing() -> None:
    came = Deed(Variation.ADDED, date(2016, 7, 3), Count(1, 3), "新识别建档")
    left = Deed(Variation.ENDED, date(2016, 7, 4), Count(-1, -2), "清退")
    made = _against([ONE, SMALL], [SMALL, TWO], Known({TWO.household_id: [came], ONE.household_id: [left]}))
    assert sentence(made) == (
        "2016年7月，华阳镇在册贫困户由2户4人变为2户5人（户数不变、人数增加1人）；其中新增1户3人，终止（清退）1户2人。"
    )


def test_a_longer_time_is_named_from_month_to_month() -> None:
    made = compare(ledger(ONE, month=3), ledger(ONE, TWO, month=7), Known(), {})
    assert sentence(made).startswith("2016年3月底至2016年7月底，华阳镇在册贫困户由1户2人变为")


def test_every_part_of_a_row_is_told_or_left_aside_on_purpose() -> None:
    aside = {"household_id", "size", "persons", "shifts", "split_off", "identified_on"}
    named = {f.name for f in fields(LedgerHousehold)}
    assert HOUSEHOLD_LABELS.keys() <= named
    assert {f.name for f in fields(LedgerPerson)} >= PERSON_LABELS.keys()
    assert named >= aside


def test_entries_come_by_kind() -> None:
    grown = _with(ONE, *ONE.persons, CHILD)
    made = _against([ONE, SMALL], [grown, replace(SMALL, phone="1"), TWO])
    assert [e.kind for e in made.entries] == sorted((e.kind for e in made.entries), key=[*Variation].index)
    assert all(isinstance(e, Entry) for e in made.entries)
