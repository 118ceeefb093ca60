"""What a file must hold: only what the steps reached ask for, and what the household's own circumstances add."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.rules.codes import Attribute, BatchKind, EvidenceKind, Health, IdKind, PovertyCause, Schooling
from db.rules.evidence import (
    DEMANDED,
    OF_BATCH,
    OF_HOUSEHOLD,
    Owner,
    Paper,
    Trait,
    missing,
    of_household,
    of_paper,
    spared_from,
    traits,
)
from db.rules.procedure import Step
from tests.helpers import town

K = EvidenceKind
PLAIN = town.household(1)
FILED = {Step.APPLICATION}


def kinds(found: object) -> set[EvidenceKind]:
    return {one.kind for one in found}  # type: ignore[attr-defined]


def test_nothing_is_asked_before_the_first_step() -> None:
    assert missing(PLAIN, set(), set()) == ()


def test_only_reached_steps_ask_for_theirs() -> None:
    filed = kinds(missing(PLAIN, FILED, set()))
    assert filed == {K.APPLICATION, K.HOUSEHOLD_BOOK, K.ID_CARD}
    visited = kinds(missing(PLAIN, {Step.APPLICATION, Step.VERIFICATION}, filed))
    assert visited == {K.VISIT_SHEET, K.HOUSE_OUTSIDE, K.HOUSE_INSIDE, K.VISIT_PHOTO, K.INCOME_SHEET}


@pytest.mark.parametrize(
    ("change", "member", "kind"),
    [
        ({}, {"disability_number": "44140119680312003X42"}, K.DISABILITY_CARD),
        ({}, {"health": Health.DISABLED}, K.DISABILITY_CARD),
        ({}, {"health_also": Health.DISABLED}, K.DISABILITY_CARD),
        ({"attribute": Attribute.LOW_INCOME}, {}, K.BENEFIT_CARD),
        ({"attribute": Attribute.FIVE_GUARANTEES}, {}, K.BENEFIT_CARD),
        ({"benefit_number": "4414012016001"}, {}, K.BENEFIT_CARD),
        ({"main_cause": PovertyCause.ILLNESS}, {}, K.MEDICAL),
        ({"other_cause_2": PovertyCause.ILLNESS}, {}, K.MEDICAL),
        ({}, {"health": Health.SERIOUS}, K.MEDICAL),
        ({"main_cause": PovertyCause.SCHOOLING}, {}, K.SCHOOL),
        ({}, {"id_number": ""}, K.POLICE_PROOF),
        ({}, {"id_kind": IdKind.NONE}, K.POLICE_PROOF),
    ],
)
def test_circumstances_ask_for_more(change: dict[str, object], member: dict[str, object], kind: EvidenceKind) -> None:
    head = replace(PLAIN.members[0], **member)  # type: ignore[arg-type]
    home = replace(PLAIN, members=(head, *PLAIN.members[1:]), **change)  # type: ignore[arg-type]
    assert kinds(missing(home, FILED, set())) - kinds(missing(PLAIN, FILED, set())) == {kind}
    assert kind not in kinds(missing(home, FILED, {kind}))


def test_the_people_concerned_are_named() -> None:
    wife = replace(PLAIN.members[1], health=Health.SERIOUS, schooling=Schooling.COLLEGE)
    home = replace(PLAIN, members=(PLAIN.members[0], wife), main_cause=PovertyCause.SCHOOLING)
    found = {one.kind: one.text for one in missing(home, FILED, set())}
    assert found[K.MEDICAL] == f"病历（诊断证明）（{wife.name}）"
    assert found[K.SCHOOL] == f"学籍证明（{wife.name}）"


def test_chronic_illness_alone_needs_no_papers() -> None:
    ill = replace(PLAIN.members[0], health=Health.CHRONIC)
    assert K.MEDICAL not in kinds(missing(replace(PLAIN, members=(ill,)), FILED, set()))


def test_objections_and_changes_ask_at_any_step() -> None:
    of = traits(PLAIN, objected=True, changes=2)
    found = {one.kind: one.text for one in of_household(set(), of, set()).missing}
    assert found == {K.OBJECTION: "异议材料", K.CHANGE: "变动证明（2 项变动）"}


def test_a_town_may_leave_kinds_out() -> None:
    whole, spared = of_household(FILED, {}, set()), of_household(FILED, {}, set(), {K.ID_CARD})
    assert (whole.due, spared.due) == (3, 2)
    assert K.ID_CARD not in kinds(spared.missing)


def test_each_wall_needs_its_photo_and_its_last_one_only_when_taken_down() -> None:
    hanging = Paper(7, BatchKind.NOTICE, "公示", posted=("村委会", "第一组"))
    assert [one.text for one in of_paper(hanging, {(K.NOTICE_START, "村委会")}).missing] == ["公示张贴照片（第一组）"]
    down = replace(hanging, taken_down=True, opined=True)
    held = {(K.NOTICE_START, "村委会"), (K.NOTICE_START, "第一组"), (K.NOTICE_END, "第一组")}
    assert [one.text for one in of_paper(down, held).missing] == ["公示期满照片（村委会）", "汇总名册（盖章）"]
    assert of_paper(down, held).due == 5


def test_a_notice_nobody_has_hung_asks_for_nothing() -> None:
    assert of_paper(Paper(7, BatchKind.NOTICE, "公示"), set()).due == 0


def test_the_review_needs_a_sheet_of_each_village_and_a_report_when_it_passed_any() -> None:
    passed = Paper(3, BatchKind.REVIEW, "审核", villages=("华南村", "小拔村"))
    assert [one.text for one in of_paper(passed, {(K.REVIEW, "小拔村")}).missing] == [
        "镇审核表（盖章）（华南村）",
        "上报报告",
    ]
    returned = replace(passed, passed=False)
    assert kinds(of_paper(returned, set()).missing) == {K.REVIEW}


def test_a_household_lacks_what_its_papers_lack() -> None:
    meeting = Paper(2, BatchKind.APPRAISAL, "评议")
    found = missing(PLAIN, FILED, {K.APPLICATION}, [(meeting, {(K.SIGN_IN, "")})])
    assert kinds(found) == {K.HOUSEHOLD_BOOK, K.ID_CARD, K.MINUTES, K.MEETING_PHOTO}
    assert {one.batch_id for one in found} == {0, 2}


def test_words_of_the_town_name_kinds() -> None:
    assert spared_from("评议会场照片、合影，公示期满照片") == (
        frozenset({K.MEETING_PHOTO, K.VISIT_PHOTO, K.NOTICE_END}),
        (),
    )
    assert spared_from("照片、户主画像、") == (frozenset(), ("照片", "户主画像"))
    assert spared_from("") == (frozenset(), ())


def test_every_demand_says_what_to_do_and_why() -> None:
    demands = [*OF_HOUSEHOLD, *(d for found in OF_BATCH.values() for d in found)]
    assert all(d.remedy and d.basis for d in demands)
    assert len({d.kind for d in demands}) == len(demands) == len(DEMANDED)
    assert {d.owner for d in OF_HOUSEHOLD} == {Owner.HOUSEHOLD, Owner.VILLAGE}
    assert {d.trait for d in OF_HOUSEHOLD} == {None, *Trait}
