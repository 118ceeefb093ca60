"""A workbook of visits: shown before it is taken in, the doubtful rows asked, the rest recorded as one act after a backup."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.procedure import Step
from db.rules.values import Household
from db.services.cases import applications, cases
from desktop.app.office import Office
from desktop.pages.verification.importing import ImportView
from desktop.pages.verification.page import VerificationPage
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import shown

HEADER = (
    "序号", "村民小组", "户主姓名", "家庭人口", "核实日期", "调查人一", "调查人二", "陪同村干部", "看房", "看粮", "看劳力", "看读书郎",
    *(f"六进{n}" for n in range(1, 7)), *(f"七不进{n}" for n in range(1, 8)), "农户签名", "村干部签名", "调查人签名", "核实结论", "说明",
)  # fmt: skip


def cells(home: Household, day: str = "2016-05-20", **changes: object) -> list[object]:
    values: dict[str, object] = dict.fromkeys(HEADER, "否") | {
        "序号": 1, "村民小组": home.group, "户主姓名": home.head_name, "家庭人口": home.size, "核实日期": day, "调查人一": "周某坤",
        "调查人二": "杨某来", "陪同村干部": "叶某伟", "看房": "一般", "看粮": "一般", "看劳力": "一般", "看读书郎": "无", "农户签名": "是",
        "村干部签名": "是", "调查人签名": "是", "核实结论": "", "说明": "",
    } | changes  # fmt: skip
    return [values[title] for title in HEADER]


def workbook(folder: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "华南村"
    sheet.append(["华南村入户核实结果汇总"])
    sheet.append(list(HEADER))
    for line in rows:
        sheet.append(line)
    path = folder / "入户核实结果.xlsx"
    book.save(path)
    return path


def filed(office: Office, *homes: Household) -> list[int]:
    ids = [office.act(applications.file, home).household_id for home in homes]
    of = office.see(cases.case_of, ids)
    return [of[i] for i in ids]


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> VerificationPage:
    return shown(qtbot, VerificationPage(office), 1190, 690)


def offered(view: ImportView) -> list[QPushButton]:
    return [b for b in view.panel.findChildren(QPushButton) if b.text() == "就是这一户" and b.isVisible()]


def column(view: ImportView, key: str) -> list[str]:
    place = ["sheet", "row", "group", "head", "size", "day", "verdict", "fate", "why"].index(key)
    found = [item.cells[place] for item in view.table.items()]
    return [cell if isinstance(cell, str) else cell.text for cell in found]


def test_a_village_is_previewed_with_its_verdicts_and_recorded_at_once(
    office: Office, page: VerificationPage, tmp_path: Path, dialogs: Dialogs, qtbot: QtBot
) -> None:
    poor, rich, unsigned, gone = town.household(1), town.household(2, income=5000), town.household(3), town.household(4)
    ids = filed(office, poor, rich, unsigned)
    path = workbook(tmp_path, cells(poor), cells(rich), cells(unsigned, 调查人签名="缺一人"), cells(gone))
    dialogs.answer_static(QFileDialog, "getOpenFileName", (str(path), ""))
    QTest.mouseClick(page.bar.load, Qt.MouseButton.LeftButton)
    office.work.drain()
    view = page.load
    assert column(view, "fate") == ["可录入", "可录入", "可录入", "不采用"]
    assert column(view, "verdict") == ["符合", "不符合", "待补充", ""]
    assert view.apply.text() == "录入 3 户"
    QTest.mouseClick(view.apply, Qt.MouseButton.LeftButton)
    office.work.drain()
    states = office.see(cases.states, ids)
    assert [(states[i].at, states[i].status) for i in ids] == [
        (Step.APPRAISAL, Status.RUNNING),
        (Step.VERIFICATION, Status.REJECTED),
        (Step.VERIFICATION, Status.INCOMPLETE),
    ]
    assert all(office.see(cases.events, ids)[i][-1].bulk for i in ids)
    assert [p for p in office.record.path.parent.rglob("*.huk") if p != office.record.path]
    assert (column(view, "head"), view.apply.isEnabled()) == ([gone.head_name], False)
    assert "1 行没有录入" in view.told.text()


def test_namesakes_are_asked_and_only_the_answered_row_goes_in(
    office: Office, page: VerificationPage, tmp_path: Path, qtbot: QtBot
) -> None:
    one = town.household(1)
    two = town.named(town.household(2), one.head_name)
    ids = filed(office, one, two)
    page.take_in_file(workbook(tmp_path, cells(one), cells(two, "2016-05-21")))
    office.work.drain()
    view = page.load
    assert (column(view, "fate"), view.apply.isEnabled()) == (["需指认", "需指认"], False)
    qtbot.waitUntil(lambda: len(offered(view)) == 2)
    texts = [c.text for c in view.plan().rows[0].candidates]  # type: ignore[union-attr]
    assert one.head_id[-4:] in texts[0]
    QTest.mouseClick(offered(view)[1], Qt.MouseButton.LeftButton)
    assert (column(view, "fate"), view.apply.text()) == (["已指认", "需指认"], "录入 1 户")
    view.take_in()
    office.work.drain()
    states = office.see(cases.states, ids)
    assert [states[i].at for i in ids] == [Step.VERIFICATION, Step.APPRAISAL]
    assert column(view, "fate") == ["需指认"]


def test_two_rows_for_one_household_are_refused_with_both_places(
    office: Office, page: VerificationPage, tmp_path: Path
) -> None:
    one = town.household(1)
    two = town.named(town.household(2), one.head_name)
    ids = filed(office, one, two)
    page.take_in_file(workbook(tmp_path, cells(one), cells(two, "2016-05-21")))
    office.work.drain()
    view = page.load
    for row in (3, 4):
        view.answer(("华南村", row), ids[0])
    view.take_in()
    office.work.drain()
    assert "第 3 行" in view.faults.text()
    assert "第 4 行" in view.faults.text()
    assert view.apply.isEnabled()
    assert {s.at for s in office.see(cases.states, ids).values()} == {Step.VERIFICATION}
    view.answer(("华南村", 4), None)
    assert column(view, "fate") == ["已指认", "不采用"]


def test_a_file_that_is_none_is_said_and_the_form_stays_reachable(
    office: Office, page: VerificationPage, tmp_path: Path, qtbot: QtBot
) -> None:
    filed(office, town.household(1))
    path = tmp_path / "乱.xlsx"
    path.write_bytes(b"not a workbook")
    with qtbot.waitSignal(office.work.trouble):
        page.take_in_file(path)
        office.work.drain()
    QTest.mouseClick(page.load.back, Qt.MouseButton.LeftButton)
    assert page.view.isVisible()
