"""Assemblies come in by hand and from the workbook; what does not add up is said at its row and nothing of it is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.procedure import REMOVAL, Step
from db.rules.removal import Proposal, RemovalReason
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.verification import Visit
from db.services.deciding import removals
from db.services.town import drafts
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.widgets.dialogs import Ask
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import stand


def _waiting(office: Office, *serials: int) -> list[int]:
    ids = [office.act(applications.file, town.household(n)).household_id for n in serials]
    of = office.see(cases.case_of, ids)
    office.act(verification.record, [Visit(of[i], town.visit()) for i in ids])
    return [of[i] for i in ids]


def _shown(office: Office, qtbot: QtBot) -> AppraisalsPage:
    return stand(AppraisalsPage(office), office, qtbot)


def _meeting(page: AppraisalsPage, **changed: str) -> None:
    texts = {
        "kind": "村民代表大会",
        "held_on": "20160524",
        "place": "华南村村委会",
        "chair": "罗某军",
        "recorder": "吴某桂",
    }
    page.entry.form.set_texts(texts | {"due": "45", "present": "41"} | changed)
    page.entry.form.changed.emit()


def _results(page: AppraisalsPage) -> list[str]:
    model = page.entry.grid.model
    last = [f.key for f in model.fields].index("result")
    return [str(model.index(n, last).data()) for n in range(model.rowCount())]


def _state(office: Office, case_id: int) -> tuple[Step | None, Status]:
    found = office.see(cases.states, [case_id])[case_id]
    return found.at, found.status


def test_votes_are_typed_and_their_result_shows_at_once(office: Office, qtbot: QtBot) -> None:
    one, two = _waiting(office, 1, 2)
    page = _shown(office, qtbot)
    assert page.type.text() == "录入评议（2 户待评议）"
    qtbot.mouseClick(page.type, Qt.MouseButton.LeftButton)
    _meeting(page)
    page.entry.grid.set_rows(
        [{"case_id": one, "yes": 38, "no": 2, "abstained": 1}, {"case_id": two, "yes": 20, "no": 21}]
    )
    assert _results(page)[:2] == ["通过", "未通过"]
    page.entry.grid.model.put(1, 3, [["", ""]])
    assert page.entry.save.text() == "保存 1 户的评议结果"
    page.entry.grid.model.put(1, 3, [["20", "21"]])
    page.save()
    office.work.drain()
    assert _state(office, one) == (Step.NOTICE, Status.RUNNING)
    assert _state(office, two) == (Step.APPRAISAL, Status.REJECTED)
    (line,) = office.see(appraisals.listed)
    assert (line.passed, line.failed) == (1, 1)
    assert page.preview_paper.paper is not None


def test_votes_that_do_not_add_up_stay_in_the_form(office: Office, qtbot: QtBot) -> None:
    (one,) = _waiting(office, 1)
    page = _shown(office, qtbot)
    page.open_thing(Filter(step=Step.APPRAISAL))
    _meeting(page)
    page.entry.grid.set_rows([{"case_id": one, "yes": 40, "no": 2, "abstained": 0}])
    page.save()
    office.work.drain()
    assert _state(office, one) == (Step.APPRAISAL, Status.RUNNING)
    assert "共 42 票" in _results(page)[0]
    assert page.entry.grid.rows()[0]["yes"] == 40


def test_votes_typed_are_there_again_after_the_program_was_killed(office: Office, qtbot: QtBot) -> None:
    one, two = _waiting(office, 1, 2)
    page = _shown(office, qtbot)
    page.open_thing(Filter(step=Step.APPRAISAL))
    assert not page.keeper.due()
    _meeting(page, present="4x")
    page.entry.grid.model.put(0, 3, [["38", "2"]])
    assert page.keeper.due()
    page.keeper.flush()
    office.work.drain()
    again = _shown(office, qtbot)
    qtbot.mouseClick(again.type, Qt.MouseButton.LeftButton)
    assert again.entry.form.texts()["present"] == "4x"
    assert [(r["case_id"], r["yes"], r["no"]) for r in again.entry.grid.rows()] == [(one, 38, 2), (two, None, None)]
    assert again.entry.is_dirty()
    _meeting(again)
    again.entry.grid.model.put(0, 3, [["38", "2", "1"]])
    again.save()
    office.work.drain()
    assert _state(office, one) == (Step.NOTICE, Status.RUNNING)
    assert drafts.load(office.record, "meeting/") == []


def test_saved_twice_in_a_row_nothing_is_refused(office: Office, qtbot: QtBot) -> None:
    (one,) = _waiting(office, 1)
    page = _shown(office, qtbot)
    page.open_thing(Filter(step=Step.APPRAISAL))
    _meeting(page)
    page.entry.grid.model.put(0, 3, [["38", "2", "1"]])
    told: list[object] = []
    office.work.trouble.connect(told.append)
    page.save()
    page.save()
    office.work.drain()
    assert told == []
    assert len(office.see(appraisals.listed)) == 1
    assert _state(office, one) == (Step.NOTICE, Status.RUNNING)


def test_staying_with_what_was_typed_keeps_the_village(office: Office, qtbot: QtBot, dialogs: Dialogs) -> None:
    _waiting(office, 1)
    page = _shown(office, qtbot)
    page.open_thing(Filter(step=Step.APPRAISAL, village_id=1))
    _meeting(page)
    page.entry.grid.model.put(0, 3, [["38"]])
    dialogs.answer(Ask, lambda box: box.buttons["stay"].click())
    box = page.entry.village
    box.setCurrentIndex(1)
    box.activated.emit(1)
    assert box.currentData() == 1


def test_a_meeting_without_quorum_is_refused_and_said(office: Office, qtbot: QtBot) -> None:
    (one,) = _waiting(office, 1)
    page = _shown(office, qtbot)
    page.open_thing(Filter(step=Step.APPRAISAL))
    _meeting(page, present="20")
    page.entry.grid.set_rows([{"case_id": one, "yes": 20, "no": 0, "abstained": 0}])
    page.save()
    office.work.drain()
    assert "三分之二" in page.entry.quorum.text()
    assert _state(office, one) == (Step.APPRAISAL, Status.RUNNING)


def _workbook(path: Path, rows: list[tuple[str, str, int, int, int, int]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "华南村"
    sheet.append(["华南村村民代表大会民主评议结果"])
    sheet.append(["时间：2016年5月24日　地点：华南村村委会　主持人：罗某军　记录人：吴某桂　应到 45 人　实到 41 人"])
    sheet.append(["序号", "户主姓名", "组别", "人口", "同意", "不同意", "弃权", "结果"])
    for number, row in enumerate(rows, 1):
        sheet.append([number, *row, "通过"])
    book.save(path)
    return path


def test_the_workbook_is_previewed_asked_and_taken_in(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    one, two, three = _waiting(office, 1, 101, 3)
    page = _shown(office, qtbot)
    rows = [("李某明", "第一组", 2, 41, 0, 0), ("李某明", "1组", 2, 20, 21, 0), ("黄某明", "第一组", 2, 30, 2, 0)]
    page.read_file(_workbook(tmp_path / "votes.xlsx", [*rows, ("无某名", "第一组", 3, 41, 0, 0)]))
    office.work.drain()
    assert [i.group for i in page.plan.table.items()] == ["需指认", "需指认", "有错", "不采用"]
    assert not page.plan.take.isEnabled()
    box = page.plan.question(("华南村", 4))
    box.setCurrentIndex(box.findData(two))
    assert page.plan.take.text() == "录入 1 户的评议结果"
    qtbot.mouseClick(page.plan.take, Qt.MouseButton.LeftButton)
    office.work.drain()
    assert _state(office, two) == (Step.NOTICE, Status.RUNNING)
    assert {_state(office, i) for i in (one, three)} == {(Step.APPRAISAL, Status.RUNNING)}
    assert list((office.record.path.parent / "backups").glob("*.huk"))


def test_removals_are_voted_on_apart_and_the_minutes_say_so(office: Office, qtbot: QtBot) -> None:
    (waiting,) = _waiting(office, 5)
    (home,) = office.act(town.on_register, 1)
    found = Proposal(date(2016, 5, 25), ("周某坤", "杨某来"), RemovalReason.CAR, "有小汽车一辆")
    removal = office.act(removals.propose, home, found)
    page = _shown(office, qtbot)
    assert page.type.text() == "录入评议（1 户待评议）"
    page.open_thing(Filter(step=Step.APPRAISAL, ladder=REMOVAL))
    office.work.drain()
    assert [r["case_id"] for r in page.entry.grid.rows()] == [removal]
    assert page.entry.minutes.values()["subject"] == "不符合条件贫困户清退"
    assert not page.topic.isEnabled()
    _meeting(page, held_on="20160525")
    page.entry.grid.set_rows([{"case_id": removal, "yes": 38, "no": 2, "abstained": 1}])
    page.save()
    office.work.drain()
    assert _state(office, removal) == (Step.NOTICE, Status.RUNNING)
    assert _state(office, waiting) == (Step.APPRAISAL, Status.RUNNING)
    assert "不符合条件贫困户清退" in page.preview_paper.paper.text()  # type: ignore[union-attr]
    assert page.list.items()[0].cells[0] == "华南村 · 清退"


def test_no_box_is_cut_when_everything_is_missing(office: Office, qtbot: QtBot) -> None:
    _waiting(office, 1, 2, 3)
    page = _shown(office, qtbot)
    page.resize(1172, 520)
    page.open_thing(Filter(village_id=1))
    office.work.drain()
    page.save()
    office.work.drain()
    QTest.qWait(50)
    assert page.entry.grid.faults.isVisible()
    cells = [page.entry.form.cell(key) for key in page.entry.form.faulty()]
    assert len(cells) == 5
    assert [cell.height() - cell.heightForWidth(cell.width()) for cell in cells] == [0] * 5
