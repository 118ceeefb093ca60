"""Hits are looked at beside the record, explained with proofs one or many at a time, narrowed, written out and printed."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from db.rules.codes import CrossKind, CrossOutcome
from db.services.evidence import attachments
from desktop.app.office import Office
from desktop.pages.crosscheck.lists import Narrow
from desktop.pages.crosscheck.page import CrosscheckPage
from desktop.printing.window import PaperWindow
from tests.helpers.crosslists import HEADER, HOMES, book, cars, drop, explain, hits, photo, read, settled, taken
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import PAGE, stand


def test_a_hit_stands_beside_our_record_and_is_explained_with_a_proof(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0], HOMES[1]))
    detail, box = page.looking.detail, page.looking.detail.answering
    assert detail.heading.text() == f"有车　{HOMES[0].head_name}"
    assert "七不进 73" in detail.bears.text()
    assert "摩托车" in detail.advice.text()
    assert "号牌号码 粤M00000" in detail.listed.text()
    page.save()
    assert box.problem.text() == "请先选核实结果"
    explain(page, office, CrossOutcome.ALLOWED, "")
    assert "写明核实的情况" in box.problem.text()
    drop(page.looking, photo(tmp_path / "行驶证.jpg"))
    explain(page, office, CrossOutcome.ALLOWED, "二轮摩托车，自用")
    said = next(hit.answer for hit in hits(office) if hit.answer)
    assert (said.outcome, said.explanation) == (CrossOutcome.ALLOWED, "二轮摩托车，自用")
    assert office.see(attachments.content, said.attachments[0]) == (tmp_path / "行驶证.jpg").read_bytes()
    assert page.looking.hits.counted.text() == "1 处，1 户 1 人"
    assert detail.hit is not None
    assert detail.hit.head_name == HOMES[1].head_name
    assert box.text.raw() == ""


def test_a_file_that_is_no_proof_is_said_in_place(
    page: CrosscheckPage, office: Office, tmp_path: Path, dialogs: Dialogs
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0]))
    attached = page.looking.detail.answering.attached
    good = photo(tmp_path / "a.png")
    dialogs.answer_static(QFileDialog, "getOpenFileNames", ([str(tmp_path / "名单.xlsx"), str(good)], ""))
    attached.add_button.click()
    assert "打印成 PDF" in attached.problem.text()
    assert attached.fresh() == [good]
    attached.add([good])
    assert attached.fresh() == [good]
    dialogs.answer(QDialog, lambda dialog: dialog.accept())
    links = [made for made in attached.findChildren(QWidget) if made.property("place") == 0]
    links[0].click()  # type: ignore[attr-defined]
    assert dialogs.opened[-1] == "a.png"
    links[1].click()  # type: ignore[attr-defined]
    assert attached.files() == ()


def test_many_are_explained_at_once_and_a_later_list_takes_the_word_over(
    page: CrosscheckPage, office: Office, tmp_path: Path
) -> None:
    taken(page, office, cars(tmp_path / "5月.xlsx", HOMES[0], HOMES[1]))
    looking = page.looking
    looking.hits.list.table.selectAll()
    assert looking.detail.answering.save_button.text() == "保存说明（2 处）"
    explain(page, office, CrossOutcome.OTHER, "同号录错，不是本人")
    assert [hit.open for hit in hits(office)] == [False, False]
    read(page, office, cars(tmp_path / "6月.xlsx", *HOMES))
    assert "其中 2 处以前说明过" in page.taking.counts.text()
    page.taking.go.click()
    settled(office)
    assert "同号录错" in looking.detail.before.text()
    looking.hits.list.table.selectAll()
    assert looking.detail.reuse.text() == "沿用上次说明（2 处）"
    looking.detail.reuse.click()
    settled(office)
    assert sum(hit.open for hit in hits(office)) == 1


def test_what_is_typed_stays_with_its_hit_and_overnight(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0], HOMES[1]))
    looking = page.looking
    looking.detail.answering.text.core.setPlainText("在查")  # type: ignore[attr-defined]
    page.next_record()
    assert looking.detail.answering.text.raw() == ""
    looking.hits.take_row(0)
    assert looking.detail.answering.text.raw() == "在查"
    assert page.may_leave()
    settled(office)
    again = stand(CrosscheckPage(office), office, qtbot)
    assert again.looking.detail.answering.text.raw() == "在查"
    explain(again, office, CrossOutcome.WAITING, "在查")
    third = stand(CrosscheckPage(office), office, qtbot)
    assert not third.looking.detail.answering.holds()


def test_filters_narrow_by_kind_village_outcome_and_household(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", *HOMES))
    taken(
        page,
        office,
        book(tmp_path / "五华县房管局房产20160501.xlsx", HEADER[:2], (HOMES[0].head_name, HOMES[0].head_id)),
    )
    looking = page.looking
    assert looking.hits.counted.text() == "1 处，1 户 1 人"
    looking.lists.choose(Narrow())
    assert looking.hits.counted.text() == "4 处，3 户 3 人"
    looking.hits.village.setCurrentText("小拔村")
    looking.hits.village.activated.emit(0)
    assert [hit.village for hit in looking.hits.shown()] == ["小拔村"]
    explain(page, office, CrossOutcome.REMOVAL, "小汽车属实")
    assert looking.hits.shown() == []
    looking.hits.list.choose("已说明")
    looking.hits.outcome.setCurrentText(CrossOutcome.REMOVAL.label)
    looking.hits.outcome.activated.emit(0)
    assert len(looking.hits.shown()) == 1
    first = hits(office)[0].household_id
    looking.lists.choose(Narrow(CrossKind.HOUSE))
    page.open_thing(first)
    assert page.minimumSizeHint().width() <= PAGE[0]
    assert {hit.household_id for hit in looking.hits.shown()} == {first}
    assert len(looking.hits.shown()) == 2
    with qtbot.waitSignal(page.go_asked) as asked:
        looking.detail.open_button.click()
    assert asked.args == ["households", first]
    looking.hits.leave_home.click()
    assert len(looking.hits.shown()) == 3


def test_hits_are_written_out_and_printed(
    page: CrosscheckPage, office: Office, tmp_path: Path, dialogs: Dialogs, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", *HOMES))
    explain(page, office, CrossOutcome.ALLOWED, "摩托车")
    page.looking.hits.list.choose("全部")
    assert page.export.text() == "导出（3 处）"
    target = tmp_path / "结果"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    page.export.act("village").trigger()
    settled(office)
    written = openpyxl.load_workbook(target.with_suffix(".xlsx"))
    assert written.sheetnames == ["华南村", "小拔村"]
    values = {cell.value for row in written["华南村"].rows for cell in row}
    assert "摩托车" in values
    assert HOMES[0].head_id not in values
    page.looking.hits.list.table.selectAll()
    assert page.paper.text() == "比对情况说明（3 户）"
    page.preview()
    settled(office)
    (window,) = page.findChildren(PaperWindow)
    assert window.windowTitle() == "比对情况说明"
    window.close()


def test_an_export_that_cannot_be_written_is_said(
    page: CrosscheckPage, office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    taken(page, office, cars(tmp_path / "名单.xlsx", HOMES[0]))
    with qtbot.waitSignal(office.work.trouble):
        page.looking.export_to(tmp_path / "没有的文件夹" / "a.xlsx")
        settled(office)
