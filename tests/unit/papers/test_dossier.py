"""Cover, contents and list of missing papers of a household's file; proof sheet, signboard and village book."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.papers import proof, signboard, villagebook
from db.papers.cover import contents, cover, shortfall
from db.papers.dossier import DossierFacts, Enclosure, Entry, Missing, pictured
from db.papers.model import Folio, Format, Margins, Paper, Paragraph, Picture, Pictures, RowKind, Table
from db.papers.notice import Office
from db.papers.proof import Moment, ProofFacts, ProofPhoto, ProofPlace
from db.papers.signboard import SignboardFacts, SignboardRow
from db.papers.villagebook import BookFacts, BookRow

PAPER = Paper("申请登记表", (Paragraph("正文"),), "申请")
MISSING = Missing("公示照片：第二组", "公示", "到张贴地点拍照，在“公示”补传")


def facts(**changes: object) -> DossierFacts:
    made = DossierFacts(
        county="五华县",
        town="华阳镇",
        village="华南村",
        group="第一组",
        head_name="廖某明",
        number="华南-2016-0037",
        size=4,
        attribute="低保户",
        year=2016,
        entries=(
            Entry("申请登记表", date(2016, 5, 10), (PAPER,)),
            Entry("签到表", date(2016, 5, 24), (), "", (Enclosure("a" * 64, "签到.pdf"),)),
        ),
        missing=(MISSING,),
        made_on=date(2016, 6, 20),
        filler="钟小明",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def table(paper: Paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))


def test_the_cover_says_whose_file_it_is_and_how_long() -> None:
    paper = cover(facts(), 25)
    text = paper.text()
    for word in ("贫困户档案", "五华县华阳镇", "华南村第一组", "廖某明", "华南-2016-0037", "2016年", "共25页"):
        assert word in text
    assert paper.numbering is Folio.BARE
    assert "（未建卡）" in cover(facts(number=""), 1).text()


def test_the_contents_have_the_pages_and_what_lies_beside() -> None:
    rows = table(contents(facts(), [4, 0])).rows
    assert rows[0].cells == ("1", "申请登记表", "2016-05-10", "4", "")
    assert rows[1].cells == ("2", "签到表", "2016-05-24", "—", "附件（PDF，另存另印）：签到.pdf")
    assert not any(any(row.cells) for row in rows[2:])
    with pytest.raises(ValueError, match="shorter"):
        contents(facts(), [4])


def test_what_is_missing_says_what_to_do() -> None:
    paper = shortfall(facts())
    assert table(paper).rows[0].cells == ("1", "公示", MISSING.title, MISSING.remedy, "")
    assert "缺1件" in paper.text()
    whole = shortfall(facts(missing=()))
    assert "没有缺件" in whole.text()
    assert not any(isinstance(block, Table) for block in whole.blocks)


def test_photos_stand_in_pairs_and_scans_alone() -> None:
    shots = [Picture("房屋", sha="a"), Picture("室内", sha="b")]
    for whole, across in ((False, 2), (True, 1)):
        block = pictured("照片", shots, whole=whole).blocks[0]
        assert isinstance(block, Pictures)
        assert (block.across, block.pictures) == (across, tuple(shots))


def hung(**changes: object) -> ProofFacts:
    places = (
        ProofPlace("村委会", date(2016, 6, 6), date(2016, 6, 14), (ProofPhoto("s1", Moment.START, date(2016, 6, 6)),)),
        ProofPlace("第一组", date(2016, 6, 6), date(2016, 6, 14)),
        ProofPlace("第二组"),
    )
    made = ProofFacts(
        "华南村2016年第1次公示", "华南村", "华南村民委员会", 12, 31, date(2016, 6, 7), date(2016, 6, 13), "没有收到异议", places,
        date(2016, 6, 14),
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def test_the_proof_has_every_place_with_its_days_and_photos() -> None:
    paper = proof.build(hung())
    rows = [row.cells for row in table(paper).rows]
    assert rows[0] == ("1", "村委会", "2016-06-06", "2016-06-14", "1张", "")
    assert rows[1][4] == "缺"
    assert rows[2][2:4] == ("", "")
    assert "12户31人" in paper.text()
    assert "7天" in paper.text()
    block = next(block for block in paper.blocks if isinstance(block, Pictures))
    assert [(one.sha, one.caption) for one in block.pictures] == [("s1", "村委会　张贴时　2016-06-06")]
    assert hung().unproved == ("第一组",)


def test_the_blank_proof_leaves_places_to_write() -> None:
    paper = proof.build(ProofFacts())
    assert len(table(paper).rows) == proof.LEAST_PLACES
    assert "None" not in paper.text()
    assert not any(isinstance(block, Pictures) for block in paper.blocks)


def board() -> SignboardFacts:
    rows = (
        SignboardRow("第一组", "廖某明", 4, "低保户", "古大海", "种养帮扶"),
        SignboardRow("第二组", "张某", 1, "五保户"),
    )
    return SignboardFacts(
        "华阳镇", "华南村", "华南村民委员会", rows, (Office("镇扶贫办", "", "0753-4400002"),), date(2016, 7, 1)
    )


@pytest.mark.parametrize("sheet", Format)
def test_the_signboard_is_large_and_holds_no_number_of_anybody(sheet: Format) -> None:
    paper = signboard.build(board(), sheet)
    assert (paper.landscape, paper.margins, paper.format) == (True, Margins.POSTER, sheet)
    titles = [column.title for column in table(paper).columns]
    assert titles == ["序号", "村民小组", "户主", "人口", "属性", "帮扶责任人", "帮扶措施"]
    assert "共2户5人" in paper.text()
    assert table(paper).rows[1].cells[-2:] == ("", "")
    assert table(paper).size >= 16
    many = replace(board(), rows=board().rows * 20)
    assert table(signboard.build(many, sheet)).size < table(paper).size


def test_the_blank_signboard_has_lines_to_write_on() -> None:
    assert len(table(signboard.build(SignboardFacts())).rows) == signboard.LEAST_ROWS


def book() -> BookFacts:
    rows = (
        BookRow(
            "第一组", "廖某明", "华南-2016-0001", 4, 2, "低保户", "因病", Decimal("2870.50"), "C级", date(2016, 7, 1)
        ),
        BookRow("第一组", "张某", "华南-2016-0002", 1, None, "五保户"),
        BookRow("第二组", "李某", "华南-2016-0003", 3, 1, "低保户"),
    )
    return BookFacts("五华县", "华阳镇", "华南村", "华南村民委员会", 2016, date(2016, 7, 9), rows)


def test_the_book_adds_up_by_attribute() -> None:
    summary = next(block for block in villagebook.build(book()).blocks if isinstance(block, Table))
    assert [row.cells for row in summary.rows] == [
        ("低保户", "2", "7", "3", "66.7%"),
        ("五保户", "1", "1", "—", "33.3%"),
        ("合计", "3", "8", "—", "100.0%"),
    ]


def test_the_book_lists_by_group_with_the_cards() -> None:
    listing = [block for block in villagebook.build(book()).blocks if isinstance(block, Table)][1]
    groups = [row.cells[0] for row in listing.rows if row.kind is RowKind.GROUP]
    assert groups == ["第一组　2户5人", "第二组　1户3人"]
    data = [row.cells for row in listing.rows if row.kind is RowKind.DATA]
    assert data[0] == (
        "1", "廖某明", "华南-2016-0001", "4", "2", "低保户", "因病", "2,870.50", "C级", "2016-07-01",
    )  # fmt: skip
    assert data[1][6:] == ("—",) * 4
    assert listing.rows[-1].cells == ("合计　3户8人",)


def test_an_attribute_nobody_filled_is_counted_too() -> None:
    rows = (replace(book().rows[0], attribute=""),)
    summary = next(b for b in villagebook.build(replace(book(), rows=rows)).blocks if isinstance(b, Table))
    assert summary.rows[0].cells[0] == "属性未填"
