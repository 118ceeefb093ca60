"""Where photos belong: by name, folder, day and neighbours, each proposal with its reason, nothing guessed in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from db.rules.codes import EvidenceKind
from db.rules.sorting import Clue, Home, Known, Occasion, Proposal, propose, time_in_name

K = EvidenceKind
TODAY = date(2016, 6, 20)
NOON = datetime(2016, 5, 20, 12)
HOMES = (
    Home(1, 10, "第一组", "廖某明", ("林某福",)),
    Home(2, 10, "第二组", "陈某华"),
    Home(3, 10, "第三组", "陈某华"),
    Home(4, 20, "第一组", "廖某明明"),
    Home(5, 20, "第一组", "张某兰"),
)
KNOWN = Known(
    {10: "华南村", 20: "小拔村"},
    HOMES,
    (
        Occasion(date(2016, 5, 20), 10, K.VISIT_PHOTO, home_id=1),
        Occasion(date(2016, 5, 24), 10, K.MEETING_PHOTO, batch_id=71, told="华南村开评议会"),
        Occasion(date(2016, 5, 25), 10, K.NOTICE_START, batch_id=72, told="华南村张贴公示"),
        Occasion(date(2016, 5, 26), 10, K.VISIT_PHOTO, home_id=2),
        Occasion(date(2016, 5, 26), 10, K.VISIT_PHOTO, home_id=1),
    ),
    {(10, K.SIGN_IN): (71,), (10, K.MINUTES): (71,), (10, K.NOTICE_START): (73, 72)},
    {10: ("村委会", "第一组", "第二组")},
)


def one(name: str, *folders: str, at: datetime | None = None, known: Known = KNOWN) -> Proposal:
    return propose([Clue(name, folders, at)], known, TODAY)[0]


def test_a_name_says_household_and_kind_and_why() -> None:
    found = one("廖某明身份证")
    assert (found.village_id, found.home_id, found.kind) == (10, 1, K.ID_CARD)
    assert found.why == ("文件名含“身份证”", "文件名含户主“廖某明”")
    assert found.complete


def test_the_longest_name_wins() -> None:
    assert one("廖某明明 户口本").home_id == 4


def test_members_lead_to_their_household() -> None:
    found = one("林某福残疾证")
    assert (found.home_id, found.kind) == (1, K.DISABILITY_CARD)
    assert "文件名含成员“林某福”" in found.why


def test_folders_speak_where_the_name_is_silent() -> None:
    found = one("IMG_0012", "张某兰", "小拔")
    assert (found.village_id, found.home_id) == (20, 5)
    assert found.why == ("文件夹名含“小拔”", "文件夹名含户主“张某兰”")
    assert one("张某兰 室内", "身份证").kind is K.HOUSE_INSIDE


def test_two_of_one_name_are_the_clerks_to_tell_apart_unless_the_group_does() -> None:
    found = one("陈某华 外观")
    assert (found.home_id, found.village_id) == (0, 10)
    assert found.doubt == "叫“陈某华”的有 2 户，请选是哪一户"
    assert one("第三组陈某华 外观").home_id == 3


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("户口本", K.HOUSEHOLD_BOOK),
        ("公示期间", K.NOTICE_DURING),
        ("公示", K.NOTICE_START),
        ("公示期满", K.NOTICE_END),
        ("低保证", K.BENEFIT_CARD),
        ("出院小结", K.MEDICAL),
        ("评议会签到", K.MEETING_PHOTO),
        ("评议 签到", K.SIGN_IN),
        ("IMG_20160520", None),
        ("", None),
    ],
)
def test_kinds_are_known_by_the_offices_words(name: str, kind: EvidenceKind | None) -> None:
    assert one(name).kind is kind


def test_the_day_of_a_visit_points_to_the_household_only_when_it_was_the_only_one() -> None:
    found = one("IMG_1", at=NOON)
    assert (found.home_id, found.kind, found.taken_on) == (1, None, NOON.date())
    assert found.why == ("拍于 2016-05-20，那天只入了这一户",)
    assert one("IMG_1", at=datetime(2016, 5, 26, 9)).home_id == 0


def test_the_day_of_an_assembly_or_posting_points_to_it() -> None:
    met = one("IMG_2", at=datetime(2016, 5, 24, 15))
    assert (met.batch_id, met.kind, met.village_id) == (71, K.MEETING_PHOTO, 10)
    assert met.complete
    signed = one("签到表", at=datetime(2016, 5, 24, 16))
    assert (signed.batch_id, signed.kind) == (71, K.SIGN_IN)
    posted = one("公示 第二组", "华南村", at=datetime(2016, 5, 25, 9))
    assert (posted.batch_id, posted.place) == (72, "第二组")


def test_the_only_paper_of_a_village_is_taken_several_are_left_open() -> None:
    assert one("华南村 会议记录").batch_id == 71
    assert one("华南村 公示").batch_id == 0


def test_a_day_after_today_is_not_believed() -> None:
    found = one("廖某明 室内", at=datetime(2017, 1, 1))
    assert (found.taken_on, found.home_id) == (None, 1)
    assert found.doubt == "照片里的拍摄日期 2017-01-01 晚于今天，没有采用"


def test_neighbours_in_time_and_folder_go_together() -> None:
    clues = [
        Clue("张某兰 外观", ("0526",), datetime(2016, 5, 26, 9, 0)),
        Clue("IMG_2", ("0526",), datetime(2016, 5, 26, 9, 0, 40)),
        Clue("IMG_3", ("0526",), datetime(2016, 5, 26, 9, 2)),
        Clue("IMG_4", ("0526",), datetime(2016, 5, 26, 9, 30)),
        Clue("IMG_5", ("别处",), datetime(2016, 5, 26, 9, 2)),
    ]
    found = propose(clues, KNOWN, TODAY)
    assert [p.home_id for p in found] == [5, 5, 5, 0, 0]
    assert found[1].why == ("与前一张相隔 40 秒",)
    assert found[1].kind is None


def test_the_one_thing_lacking_is_proposed() -> None:
    known = replace(KNOWN, lacking={1: (K.HOUSE_INSIDE,), 5: (K.ID_CARD, K.HOUSE_INSIDE)})
    found = one("廖某明", known=known)
    assert (found.kind, found.why[-1]) == (K.HOUSE_INSIDE, "这一户只欠这一件")
    assert one("张某兰", known=known).kind is None


def test_nothing_known_proposes_nothing() -> None:
    found = one("DSC0001", at=datetime(2016, 6, 1))
    assert (found.village_id, found.home_id, found.kind, found.why, found.complete) == (0, 0, None, (), False)


def test_names_of_phones_and_chats_tell_the_time() -> None:
    assert time_in_name("IMG_20160520_093107") == datetime(2016, 5, 20, 9, 31, 7)
    assert time_in_name("微信图片_20160520093107") == datetime(2016, 5, 20, 9, 31, 7)
    assert time_in_name("IMG20160520093107123") == datetime(2016, 5, 20, 9, 31, 7)
    assert time_in_name("mmexport1463707867000") == datetime(2016, 5, 20, 9, 31, 7)
    assert time_in_name("IMG_20161345_093107") is None
    assert time_in_name("441401196803120032") is None
    assert time_in_name("廖某明身份证") is None


def test_many_photos_and_households_are_sorted_at_once() -> None:
    homes = [Home(n, 10, "第一组", f"某{chr(0x4E00 + n // 100)}{chr(0x5E00 + n % 100)}") for n in range(20_000)]
    known = Known({10: "华南村"}, homes)
    clues = [Clue(f"{homes[n * 7].head}户口簿", (), NOON + timedelta(hours=n)) for n in range(60)]
    found = propose(clues, known, date(2017, 1, 1))
    assert [p.home_id for p in found] == [homes[n * 7].id for n in range(60)]
