"""The papers of an assembly: those that go out before it from what is typed, those of a held one beside its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.papers.model import Paper
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.papers.meetings import CALL, MINUTES, RESULTS, SIGN_IN
from desktop.app.office import Office
from desktop.pages.appraisals.entry import MORE
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.printing.window import PaperWindow
from tests.helpers import town
from tests.helpers.qt import shown


def waiting(office: Office, *serials: int) -> list[int]:
    ids = [office.act(applications.file, town.household(n)).household_id for n in serials]
    of = office.see(cases.case_of, ids)
    office.act(verification.record, [Visit(of[i], town.visit()) for i in ids])
    return [of[i] for i in ids]


def opened(office: Office, qtbot: QtBot) -> AppraisalsPage:
    page = shown(qtbot, AppraisalsPage(office), 1190, 690)
    office.work.drain()
    return page


def printed(office: Office, page: AppraisalsPage, title: str) -> Paper:
    page.entry.papers.act(title).trigger()
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    paper = window.preview.paper
    assert paper is not None
    window.close()
    QApplication.sendPostedEvents()
    return paper


def test_before_the_assembly_its_papers_name_the_households(office: Office, qtbot: QtBot) -> None:
    waiting(office, 1, 2)
    page = opened(office, qtbot)
    QTest.mouseClick(page.type, Qt.MouseButton.LeftButton)
    page.entry.form.set_texts({"held_on": "20160524", "place": "华南村村委会", "due": "45"})
    page.entry.minutes.set_texts({"called_on": "20160512", "time": "上午9时"})
    call = printed(office, page, CALL)
    assert "2016年5月24日上午9时" in call.text()
    assert "2016年5月12日" in call.text()
    assert town.household(2).head_name in call.text()
    assert printed(office, page, MINUTES).file_stem == "会议记录-华南村（空白）"
    assert "应到：45人" in printed(office, page, SIGN_IN).text()
    page.entry.set_clean()


def test_what_is_typed_for_the_minutes_is_kept_and_printed(office: Office, qtbot: QtBot) -> None:
    (one,) = waiting(office, 1)
    page = opened(office, qtbot)
    QTest.mouseClick(page.type, Qt.MouseButton.LeftButton)
    texts = {
        "kind": "村民代表大会",
        "held_on": "20160524",
        "place": "华南村村委会",
        "chair": "罗某军",
        "recorder": "吴某桂",
    }
    page.entry.form.set_texts(texts | {"due": "45", "present": "41"})
    page.entry.grid.set_rows([{"case_id": one, "yes": 38, "no": 2, "abstained": 1}])
    QTest.mouseClick(page.entry.part.chip(MORE), Qt.MouseButton.LeftButton)
    assert page.entry.minutes.isVisible()
    page.entry.minutes.set_texts(
        {"watcher": "温某", "teller": "魏某", "withdrew": "李某", "speeches": "代表古某提出疑问。"}
    )
    page.save()
    office.work.drain()
    paper = page.preview_paper.paper
    assert paper is not None
    for piece in ("温某", "魏某", "李某", "代表古某提出疑问。"):
        assert piece in paper.text()


def test_a_fault_in_the_minutes_is_shown_where_it_is(office: Office, qtbot: QtBot) -> None:
    waiting(office, 1)
    page = opened(office, qtbot)
    QTest.mouseClick(page.type, Qt.MouseButton.LeftButton)
    page.entry.minutes.set_texts({"called_on": "不是日期"})
    page.save()
    assert page.entry.minutes.isVisible()
    assert page.entry.minutes.faulty() == ["called_on"]
    page.entry.set_clean()


def test_the_papers_of_a_held_assembly_are_one_click_apart(office: Office, qtbot: QtBot) -> None:
    (one,) = waiting(office, 1)
    office.act(appraisals.record, town.meeting(), [Vote(one, 38, 2, 1)])
    page = opened(office, qtbot)
    stems = {}
    for title in (RESULTS, SIGN_IN, CALL, MINUTES):
        QTest.mouseClick(page.which.chip(title), Qt.MouseButton.LeftButton)
        assert page.preview_paper.paper is not None
        stems[title] = page.preview_paper.paper.file_stem
    assert stems == {title: f"{title}-华南村" for title in (RESULTS, SIGN_IN, CALL, MINUTES)}
