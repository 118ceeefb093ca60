"""Photos and scans in the record: hung up, taken down with a reason, refused with a sentence, and what the files still lack."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import event, text

from db.errors import Known, Refused
from db.papers import missing as missing_paper
from db.rules.case import Outcome
from db.rules.codes import BatchKind, EvidenceKind
from db.rules.evidence import OF_BATCH, Missing, Tally
from db.rules.sorting import Clue
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import reviews
from db.services.deciding.reviews import Opinion
from db.services.evidence import clues, evidence, scans, shortfall, shortlists
from db.services.evidence.evidence import Hanging
from db.services.notices import notices
from db.services.notices.notices import Hung
from db.services.office import settings
from db.services.town.town import Options
from tests.helpers import photos, town
from tests.helpers.record import REVIEWER, vouch
from tests.store.services.conftest import Desk

K = EvidenceKind
PLACES = ("村委会", "第一组", "第二组", "第三组")
VILLAGE = 1


@pytest.fixture
def photo(tmp_path: Path) -> Callable[..., Path]:
    """A photo of its own bytes."""

    def made(name: str = "照片.jpg", content: bytes = b"") -> Path:
        path = tmp_path / name
        path.write_bytes(content or b"\xff\xd8\xff\xe0" + name.encode() * 20)
        return path

    return made


def filed(desk: Desk, *serials: int) -> list[int]:
    return [desk.do(applications.file, town.household(n)).household_id for n in serials]


def voted(desk: Desk, homes: list[int]) -> list[int]:
    of = desk.see(cases.case_of, homes)
    found = [of[i] for i in homes]
    desk.do(verification.record, [Visit(i, town.visit()) for i in found])
    desk.do(appraisals.record, town.meeting(), [Vote(i, 38, 2, 1) for i in found])
    return found


def texts(desk: Desk, household_id: int) -> list[str]:
    return [one.text for one in desk.see(shortfall.missing_of, [household_id])[household_id]]


def test_a_photo_is_hung_on_its_household_and_no_longer_missing(desk: Desk, photo: Callable[..., Path]) -> None:
    (home,) = filed(desk, 1)
    assert texts(desk, home) == ["申请书（签名）", "户口簿", "身份证"]
    (hung,) = desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home, taken_on=date(2016, 5, 10), note=" 正面 ")])
    assert texts(desk, home) == ["申请书（签名）", "户口簿"]
    (found,) = desk.see(evidence.of_household, home)
    assert (found.id, found.kind, found.name, found.note, found.actor) == (
        hung,
        K.ID_CARD,
        "照片.jpg",
        "正面",
        "钟小明",
    )
    assert desk.see(scans.of_households, [home])[home][0].sha == found.sha


def test_a_wrong_photo_is_taken_down_with_a_reason_and_stays_to_be_seen(desk: Desk, photo: Callable[..., Path]) -> None:
    (home,) = filed(desk, 1)
    (hung,) = desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home)])
    with pytest.raises(Refused, match="请写明为什么作废"):
        desk.do(evidence.void, hung, "  ")
    desk.do(evidence.void, hung, "挂错了户")
    assert "身份证" in texts(desk, home)
    assert desk.see(evidence.of_household, home)[0].void == "挂错了户"
    assert desk.see(scans.of_households, [home]) == {}
    with pytest.raises(Refused, match="已经作废"):
        desk.do(evidence.void, hung, "再来一次")
    with pytest.raises(Refused, match="没有这份材料"):
        desk.do(evidence.void, 99, "没有")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.jpg", b"", "空文件（0字节）"),
        ("伪装.jpg", photos.EXE, "其实是一个程序"),
        ("苹果.jpg", photos.HEIC, "HEIC"),
        ("文档.jpg", b"PK\x03\x04abc", "请打印成 PDF"),
        ("乱写.png", b"hello", "内容不是照片"),
    ],
)
def test_bad_files_are_refused_in_one_sentence_and_nothing_is_kept(
    desk: Desk, tmp_path: Path, photo: Callable[..., Path], name: str, content: bytes, said: str
) -> None:
    (home,) = filed(desk, 1)
    bad = tmp_path / name
    bad.write_bytes(content)
    with pytest.raises(Refused, match=said) as refused:
        desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home), Hanging(bad, K.HOUSEHOLD_BOOK, home)])
    assert name in refused.value.problems[0].text
    assert desk.see(evidence.of_household, home) == ()


def test_a_huge_file_is_refused_before_it_is_read(desk: Desk, tmp_path: Path) -> None:
    (home,) = filed(desk, 1)
    huge = tmp_path / "录像.jpg"
    with huge.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(500 * 1024 * 1024)
    with pytest.raises(Refused, match="有500 MB，超过20 MB"):
        desk.do(evidence.hang, [Hanging(huge, K.ID_CARD, home)])


def test_a_file_that_is_gone_or_changed_since_it_was_looked_at_is_said(desk: Desk, photo: Callable[..., Path]) -> None:
    (home,) = filed(desk, 1)
    with pytest.raises(Refused, match="在选入以后被改过"):
        desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home, sha="0" * 64)])
    with pytest.raises(Known, match="读不出"):
        desk.do(evidence.hang, [Hanging(Path("没有这张.jpg"), K.ID_CARD, home)])


def test_everything_a_hanging_lacks_is_said_at_once(desk: Desk, photo: Callable[..., Path]) -> None:
    homes = filed(desk, 1)
    voted(desk, homes)
    things = [
        Hanging(photo("a.jpg"), K.ID_CARD),
        Hanging(photo("b.jpg"), K.SIGN_IN),
        Hanging(photo("c.jpg"), K.NOTICE_START, batch_id=1),
        Hanging(photo("d.jpg"), K.ID_CARD, homes[0], taken_on=date(2016, 5, 26)),
    ]
    with pytest.raises(Refused) as refused:
        desk.do(evidence.hang, things)
    assert [p.text for p in refused.value.problems] == [
        "“a.jpg”是身份证，请选是哪一户的",
        "“b.jpg”是评议签到表，请选归于哪一次民主评议",
        "“c.jpg”是公示张贴照片，不能归于别的文件，请另选",
        "“d.jpg”的拍摄日期 2016-05-26 晚于今天 2016-05-25，请核对",
    ]


def test_what_many_share_is_asked_for_once_and_missing_in_each_file(desk: Desk, photo: Callable[..., Path]) -> None:
    homes = filed(desk, 1, 2)
    voted(desk, homes)
    whole = desk.see(shortfall.meter)
    assert [one.text for one in whole.papers[1].tally.missing] == ["评议签到表", "评议会议记录（签名）", "评议会场照片"]
    village = whole.villages[0]
    assert (village.households, village.persons, village.lacking_households) == (2, 4, 2)
    assert (village.lacking, village.due) == (2 * 8 + 3, 2 * 8 + 3)
    assert texts(desk, homes[1])[-3:] == ["评议签到表", "评议会议记录（签名）", "评议会场照片"]
    desk.do(evidence.hang, [Hanging(photo(), K.SIGN_IN, batch_id=1)])
    assert "评议签到表" not in texts(desk, homes[0]) + texts(desk, homes[1])
    assert desk.see(shortfall.meter).villages[0].lacking == 2 * 8 + 2


def test_photos_of_postings_are_not_asked_for_twice(desk: Desk, photo: Callable[..., Path]) -> None:
    homes = filed(desk, 1)
    notice = desk.do(notices.create, VILLAGE, voted(desk, homes))
    assert desk.see(shortfall.meter).papers[notice].tally.due == 0
    hung = {place: Hung(desk.clock.now().date(), photo(f"{place}.jpg")) for place in PLACES[:3]}
    desk.do(notices.hang, notice, hung | {"第三组": Hung(desk.clock.now().date())})
    asked = desk.see(shortfall.meter).papers[notice].tally
    assert [one.text for one in asked.missing] == ["公示张贴照片（第三组）"]
    assert desk.see(notices.view, notice).unpictured == ("第三组",)
    desk.do(evidence.hang, [Hanging(photo("补.jpg"), K.NOTICE_START, batch_id=notice, place="第三组")])
    assert desk.see(shortfall.meter).papers[notice].tally.missing == ()
    assert desk.see(notices.view, notice).unpictured == ()


def test_an_opinion_asks_for_its_seal_and_the_roll(desk: Desk) -> None:
    homes = filed(desk, 1)
    found = voted(desk, homes)
    notice = desk.do(notices.create, VILLAGE, found)
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (desk.clock.now().date(), "")))
    for _ in range(8):
        desk.clock.pass_time(timedelta(days=1))
        desk.do(cases.names, [])
    assert "村初审意见（盖章）" not in texts(desk, homes[0])
    desk.do(reviews.opine, found, Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    now = texts(desk, homes[0])
    assert "村初审意见（盖章）" in now
    assert "汇总名册（盖章）" in now
    assert "镇审核表（盖章）（华南村）" not in now
    assert len(desk.see(shortfall.lacking, found)[found[0]]) == len(now)


def test_a_withdrawn_application_asks_for_nothing(desk: Desk) -> None:
    from db.services.deciding import corrections

    (home,) = filed(desk, 1)
    case_id = desk.see(cases.case_of, [home])[home]
    desk.do(corrections.withdraw, case_id, date(2016, 5, 25), "不申请了", second=vouch(desk.record))
    assert texts(desk, home) == []


def test_the_town_chooses_what_it_asks_for(desk: Desk) -> None:
    (home,) = filed(desk, 1)
    wanted = Options(evidence_spared="户口簿")
    desk.do(settings.change, wanted, second=vouch(desk.record, REVIEWER))
    assert texts(desk, home) == ["申请书（签名）", "身份证"]
    with pytest.raises(Refused, match="没有叫“全家福”的材料"):
        desk.do(settings.change, Options(evidence_spared="全家福"), second=vouch(desk.record, REVIEWER))


def test_the_same_photo_used_twice_is_said(desk: Desk, photo: Callable[..., Path]) -> None:
    homes = filed(desk, 1, 2)
    voted(desk, homes)
    path = photo()
    desk.do(evidence.hang, [Hanging(path, K.HOUSE_INSIDE, homes[0]), Hanging(path, K.MEETING_PHOTO, batch_id=1)])
    sha = desk.see(evidence.of_household, homes[0])[0].sha
    head = town.household(1).head_name
    assert desk.see(evidence.used, [sha, "0" * 64]) == {
        sha: (f"华南村第一组 {head}户 的室内照片", "华南村2016年第1次民主评议 的评议会场照片")
    }


def test_lists_read_thumbnails_only(desk: Desk, photo: Callable[..., Path]) -> None:
    (home,) = filed(desk, 1)
    desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home, thumbnail=b"small")])
    sha = desk.see(evidence.of_household, home)[0].sha
    assert desk.see(evidence.thumbnails, [sha]) == {sha: b"small"}
    desk.do(evidence.keep_thumbnails, {sha: b"another"})
    assert desk.see(evidence.thumbnails, [sha]) == {sha: b"small"}


def test_the_trail_keeps_who_and_how_many_and_the_rows_are_sealed(desk: Desk, photo: Callable[..., Path]) -> None:
    (home,) = filed(desk, 1)
    desk.do(evidence.hang, [Hanging(photo(), K.ID_CARD, home)])
    with desk.record.read() as unit:
        line = unit.session.execute(text("SELECT entity_id, payload FROM trail WHERE action = '归档照片与材料'")).one()
    assert line.entity_id == home
    assert json.loads(line.payload)["files"] in (1, "1")
    assert desk.record.verify_chain() == []


def test_the_list_for_the_village_has_names_and_no_number(desk: Desk, tmp_path: Path) -> None:
    homes = filed(desk, 1, 2)
    voted(desk, homes)
    facts = desk.see(shortlists.facts, VILLAGE)
    said = missing_paper.build(facts).text()
    for n in (1, 2):
        home = town.household(n)
        assert home.head_name in said
        assert all(number not in said for number in (home.head_id, home.phone, home.bank_card, home.head_id[-4:]))
    assert "2 户欠 16 件，村里的文件欠 3 件" in said
    target = tmp_path / "欠件.xlsx"
    assert desk.see(shortlists.write, [1, 2], target) == 19
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["华南村"]
    rows = list(book["华南村"].iter_rows(min_row=4, values_only=True))
    assert len(rows) == 19
    assert rows[0][:5] == (1, "—", "华南村2016年第1次民主评议", "民主评议", "评议签到表")
    assert rows[3][1:5] == ("第一组", town.household(1).head_name, "申请", "申请书（签名）")


def test_a_village_that_lacks_nothing_needs_no_list(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="材料齐全"):
        desk.see(shortlists.write, [1, 2], tmp_path / "x.xlsx")
    assert "材料齐全，没有欠件" in missing_paper.build(desk.see(shortlists.facts, VILLAGE)).text()


def test_photos_are_sorted_by_what_the_record_knows(desk: Desk) -> None:
    homes = filed(desk, 1, 2)
    voted(desk, homes)
    head, member = town.household(2).head_name, town.household(1).members[1].name
    found = desk.see(clues.sort, [Clue(f"{head}户口簿"), Clue(f"{member}身份证"), Clue("签到", ("华南村",))])
    assert [(p.home_id, p.kind, p.batch_id) for p in found] == [
        (homes[1], K.HOUSEHOLD_BOOK, 0),
        (homes[0], K.ID_CARD, 0),
        (0, K.SIGN_IN, 1),
    ]


def test_the_meter_asks_as_many_questions_for_many_as_for_one(desk: Desk) -> None:
    def questions() -> int:
        asked: list[str] = []
        with desk.record.read() as unit:
            engine = unit.connection.engine

            def note(_: object, __: object, statement: str, *rest: object) -> None:
                asked.append(statement)

            event.listen(engine, "before_cursor_execute", note)
            shortfall.meter(unit)
            event.remove(engine, "before_cursor_execute", note)
        return len(asked)

    voted(desk, filed(desk, 1))
    few = questions()
    voted(desk, filed(desk, *range(2, 40)))
    assert questions() == few


def test_a_town_may_let_nothing_pass_that_lacks_evidence(desk: Desk, photo: Callable[..., Path]) -> None:
    homes = filed(desk, 1)
    found = voted(desk, homes)
    notice = desk.do(notices.create, VILLAGE, found)
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (desk.clock.now().date(), "")))
    for _ in range(8):
        desk.clock.pass_time(timedelta(days=1))
        desk.do(cases.names, [])
    desk.do(reviews.opine, found, Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    desk.do(settings.change, Options(evidence_stops=True, evidence_spared="收入核算表"), second=vouch(desk.record))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    passing = {"reviewed_on": date(2016, 6, 2), "outcome": Outcome.PASSED}
    with pytest.raises(Refused, match="还欠 16 件材料（申请书（签名）、户口簿、身份证等），补齐后再审核"):
        desk.do(reviews.review, found, **passing)
    lacking = desk.see(shortfall.lacking, found)[found[0]]
    things = [
        Hanging(photo(f"{n}.jpg"), one.kind, 0 if one.batch_id else homes[0], one.batch_id, one.place)
        for n, one in enumerate(lacking)
    ]
    desk.do(evidence.hang, things)
    assert desk.do(reviews.review, found, **passing)


def test_a_photo_missing_on_another_villages_wall_is_no_lack_of_a_households_own_file() -> None:
    (demand,) = (d for demands in OF_BATCH.values() for d in demands if d.kind is K.ANNOUNCEMENT)
    walls = tuple(Missing(demand, "", 5, place) for place in ("华阳镇", "华南村", "坪南村"))
    paper = shortfall.PaperMeter(5, BatchKind.ANNOUNCEMENT, "县公告", 0, Tally(3, walls))
    home = shortfall.HouseholdMeter(1, 1, "华南村", "第一组", "李某明", 2, Tally(0, ()), (5,))
    meter = shortfall.Meter((), {1: home}, {5: paper}, frozenset({"华南村", "坪南村"}))
    assert [one.place for one in meter.missing_of(1)] == ["华阳镇", "华南村"]
