"""What the notice prints, what must never stand on it, and what is remembered of copies, photos and late postings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import Known, Refused
from db.rules.case import Finding
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import corrections
from db.services.evidence import attachments
from db.services.notices import notices, objections
from db.services.notices.notices import Hung
from db.services.notices.objections import Investigation, Objection
from db.services.office import settings
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER, vouch
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)
PLACES = ("村委会", "第一组", "第二组", "第三组")
JPEG = b"\xff\xd8\xff\xe0 a photo of a wall"


def passed(desk: Desk, *serials: int, held_on: date = town.HELD) -> list[int]:
    homes = [desk.do(applications.file, town.household(n)).household_id for n in serials]
    of = desk.see(cases.case_of, homes)
    found = [of[i] for i in homes]
    desk.do(verification.record, [Visit(i, town.visit()) for i in found])
    desk.do(appraisals.record, town.meeting(held_on), [Vote(i, 38, 2, 1) for i in found])
    return found


def village(desk: Desk) -> int:
    return int(desk.see(town_service.villages)[0].id)


def made(desk: Desk, case_ids: Sequence[int]) -> int:
    return int(desk.do(notices.create, village(desk), case_ids))


def picture(folder: Path) -> Path:
    path = folder / "墙.jpg"
    path.write_bytes(JPEG)
    return path


def pass_days(desk: Desk, count: int) -> None:
    for _ in range(count):
        desk.clock.pass_time(timedelta(days=1))
        with desk.record.write():
            pass


def test_the_paper_says_the_period_of_the_planned_day_and_whom_to_call(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1, 2))
    facts = desk.see(notices.paper, notice, date(2016, 5, 27))
    assert (facts.first_day, facts.last_day, facts.days) == (date(2016, 5, 28), date(2016, 6, 3), 7)
    assert facts.places == ("华南村村委会", *PLACES[1:])
    assert [o.phone for o in (*facts.offices, *facts.supervision)] == ["0753-4400001", "0753-4400002", "0753-4400003"]
    sheet = desk.see(notices.sheet, notice, date(2016, 5, 27))
    assert not sheet.gaps
    text = sheet.paper.text()
    assert "2016年5月24日华南村村民代表大会民主评议通过" in text
    assert "华南村民委员会 0753-4400001；华阳镇扶贫办 古大海 0753-4400002" in text
    head = desk.record.head().short
    assert sheet.paper.footer_left.startswith(f"校验码 {head}")


def test_a_place_posted_already_moves_the_printed_period_only_forward(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1))
    desk.do(notices.post, notice, {"村委会": (TODAY, "")})
    assert desk.see(notices.paper, notice, date(2016, 5, 24)).first_day == date(2016, 5, 26)
    desk.do(notices.post, notice, dict.fromkeys(PLACES[1:], (TODAY, "")))
    facts = desk.see(notices.paper, notice, date(2016, 7, 1))
    assert (facts.first_day, facts.posted_on) == (date(2016, 5, 26), TODAY)
    desk.do(notices.extend, notice, date(2016, 6, 5), "台风，村里停电")
    facts = desk.see(notices.paper, notice, TODAY)
    assert (facts.last_day, facts.days) == (date(2016, 6, 5), 11)


def test_households_of_two_assemblies_name_both(desk: Desk) -> None:
    one = passed(desk, 1, held_on=date(2016, 5, 22))
    notice = made(desk, [*one, *passed(desk, 2)])
    text = desk.see(notices.sheet, notice, TODAY).paper.text()
    assert "2016年5月22日华南村村民代表大会、2016年5月24日华南村村民代表大会民主评议通过" in text


def test_a_private_number_is_found_before_anything_is_made_or_posted(desk: Desk) -> None:
    case_ids = passed(desk, 1)
    options = desk.see(town_service.options)
    notice = made(desk, case_ids)
    phone = town.household(1).phone
    second = vouch(desk.record)
    loose = town_service.Options(contact=f"古大海 {phone}", office_phone="0753-4400002", county_phone="1")
    desk.do(settings.change, loose, second=second)
    with pytest.raises(Refused, match="农户电话") as caught:
        desk.see(notices.sheet, notice, TODAY)
    assert phone not in str(caught.value)
    with pytest.raises(Refused, match="不能打印和张贴"):
        desk.do(notices.post, notice, dict.fromkeys(PLACES, (TODAY, "")))
    with pytest.raises(Refused, match="不能打印和张贴"):
        desk.see(notices.draft, village(desk), case_ids, TODAY)
    desk.do(settings.change, options, second=second)
    assert desk.do(notices.post, notice, dict.fromkeys(PLACES, (TODAY, ""))).last == date(2016, 6, 1)


def test_an_id_with_blanks_in_a_printed_text_is_found(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1))
    number = town.household(1).head_id
    broken = f"见 {number[:6]} {number[6:14]} {number[14:]}"
    desk.do(settings.change, town_service.Options(basis=broken), second=vouch(desk.record))
    with pytest.raises(Refused, match="身份证号"):
        desk.see(notices.sheet, notice, TODAY)


def test_the_printed_period_is_remembered(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1))
    assert desk.see(notices.view, notice).printed is None
    desk.do(notices.note_printed, notice, date(2016, 5, 26), 4)
    printed = desk.see(notices.view, notice).printed
    assert printed is not None
    assert (printed.first, printed.last) == (date(2016, 5, 27), date(2016, 6, 2))


def test_waiting_counts_households_and_persons_of_villages(desk: Desk) -> None:
    case_ids = passed(desk, 1, 2)
    assert [(w.village, w.households, w.persons) for w in desk.see(notices.waiting)] == [("华南村", 2, 4)]
    made(desk, case_ids[:1])
    assert [(w.households, w.persons) for w in desk.see(notices.waiting)] == [(1, 2)]


def test_photos_come_with_the_posting_or_later_and_change_no_day(desk: Desk, tmp_path: Path) -> None:
    notice = made(desk, passed(desk, 1))
    photo = picture(tmp_path)
    desk.do(notices.hang, notice, {"村委会": Hung(TODAY, photo), **dict.fromkeys(PLACES[1:], Hung(TODAY))})
    view = desk.see(notices.view, notice)
    assert view.unpictured == PLACES[1:]
    assert desk.see(attachments.content, view.walls[0].photo) == JPEG
    pass_days(desk, 5)
    later = desk.do(notices.add_photos, notice, {"第一组": photo})
    assert later.unpictured == PLACES[2:]
    assert (later.first, later.last, later.late) == (view.first, view.last, ())


def test_a_file_that_is_no_photo_leaves_no_posting(desk: Desk, tmp_path: Path) -> None:
    notice = made(desk, passed(desk, 1))
    wrong = tmp_path / "墙.jpg"
    wrong.write_bytes(b"MZ not a photo")
    with pytest.raises(Refused, match="不是照片"):
        desk.do(notices.hang, notice, {"村委会": Hung(TODAY), "第一组": Hung(TODAY, wrong)})
    assert not desk.see(notices.view, notice).postings
    with pytest.raises(Refused, match="不是照片"):
        attachments.check(wrong)
    with pytest.raises(Known, match="读不出"):
        attachments.check(tmp_path / "没有.jpg")
    with pytest.raises(Refused, match="还没有登记张贴"):
        desk.do(notices.add_photos, notice, {"村委会": picture(tmp_path)})


def test_a_late_posting_counts_from_today_until_another_reviewer_agrees(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1))
    pass_days(desk, 6)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    view = desk.do(notices.post, notice, dict.fromkeys(PLACES, (TODAY, "")))
    assert view.first == date(2016, 6, 1)
    assert [w.late is not None for w in view.walls] == [True] * 4
    with pytest.raises(Refused, match="您本人登记"):
        desk.do(notices.rule_late, view.late, approve=True, reason="照片可证")
    desk.record.switch(CLERK.name, CLERK.password)
    with pytest.raises(Refused, match="换审核人"):
        desk.do(notices.rule_late, view.late, approve=True, reason="照片可证")


def test_a_lengthening_needs_a_reason_and_a_sane_day(desk: Desk) -> None:
    notice = made(desk, passed(desk, 1))
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (TODAY, "")))
    with pytest.raises(Refused, match="理由"):
        desk.do(notices.extend, notice, date(2016, 6, 5), " ")
    with pytest.raises(Refused, match="核对年月"):
        desk.do(notices.extend, notice, date(2061, 6, 5), "台风")
    with pytest.raises(Refused, match="不能缩短"):
        desk.do(notices.extend, notice, date(2016, 5, 31), "赶进度")


def test_the_list_that_takes_the_place_of_a_wrong_one_says_so(desk: Desk) -> None:
    case_ids = passed(desk, 1)
    wrong = made(desk, case_ids)
    desk.do(notices.post, wrong, dict.fromkeys(PLACES, (TODAY, "")))
    desk.do(corrections.take_down_wrong, wrong, "户主姓名写错", second=vouch(desk.record))
    assert desk.see(notices.sheet, wrong, TODAY).paper.watermark == "已作废"
    with pytest.raises(Refused, match="已撤下"):
        desk.do(notices.extend, wrong, date(2016, 6, 9), "台风")
    anew = made(desk, case_ids)
    assert desk.see(notices.paper, anew, TODAY).replaces == TODAY
    assert "2016年5月25日张贴的名单作废" in desk.see(notices.sheet, anew, TODAY).paper.text()


def test_objections_are_counted_with_their_notice(desk: Desk) -> None:
    case_ids = passed(desk, 1, 2)
    notice = made(desk, case_ids)
    desk.do(notices.post, notice, dict.fromkeys(PLACES, (TODAY, "")))
    raised = desk.do(objections.register, Objection(case_ids[0], TODAY, "", "来访", "有小汽车"))
    view = desk.see(notices.view, notice)
    assert (view.objections, view.settled) == (1, 0)
    early = Investigation(
        raised, date(2016, 5, 24), ("黄某强", "刘某平"), Finding.UNFOUNDED, "无车", date(2016, 6, 30), "当面答复"
    )
    with pytest.raises(Refused, match="早于登记异议") as caught:
        desk.do(objections.investigate, early)
    assert {p.field for p in caught.value.problems} == {"investigated_on", "answered_on"}
    done = Investigation(raised, TODAY, ("黄某强", "刘某平"), Finding.UNFOUNDED, "查无此车", TODAY, "当面答复")
    desk.do(objections.investigate, done)
    view = desk.see(notices.view, notice)
    assert (view.objections, view.settled) == (0, 1)
    assert desk.see(objections.register_view)[0].notice_id == notice
