"""The county's other sheets, chosen villages, 万元, masked copies, and a ledger nobody has thought of yet."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Known
from db.rules.adjustment import Adjustment
from db.rules.codes import ChangeKind
from db.rules.counts import Count, Movement
from db.rules.ledger import Earned, Gone, LedgerHousehold, MonthLedger, Shift, total_of
from db.rules.ledgerchoice import Choice
from db.sheets import ledger as sheets
from db.sheets import ledger_check, ledger_reading
from db.sheets.layouts.declared import Column, Form, Layout
from db.sheets.ledger_frame import blocks
from db.sheets.ledger_rows import body, in_wan, totals
from db.sheets.ledger_tables import LEDGERS, Sheet, Table, sheets_of
from tests.helpers.ledger import MADE, Slip, household, july, ledger

SECRET = "441401196803120018"


def busy() -> MonthLedger:
    """Two households with incomes and reasons, a birth, and one that was removed."""
    birth = Shift(date(2016, 7, 9), 2, Movement(natural_in=1), False, False, ChangeKind.BORN, 5)
    first = household("华南-2016-0001", date(2016, 6, 30), size=3, remark=f"电话13800000001，证{SECRET}")
    first = replace(first, shifts=(birth,), earned=_earned("23456.78"), disposable_per_head=Decimal("7818.93"))
    second = household("小拔-2016-0001", date(2016, 7, 31), village="小拔村")
    second = replace(second, earned=_earned("19999.99"))
    poor = household("小拔-2016-0002", date(2016, 7, 31), village="小拔村", size=1)
    away = Gone("华南村", 4, date(2015, 12, 1), date(2016, 7, 30), household_id=9, number="华南-9", head_name="李某才")
    made = ledger(first, second, replace(poor, disposable_per_head=None), gone=(away,))
    codes = {
        "华南-2016-0001": ("63", "家庭主要劳动力长期生病"),
        "小拔-2016-0001": ("60", "其他"),
        "华南-9": ("73", "小汽车"),
    }
    turns = (
        replace(t, code=codes.get(t.number, ("", ""))[0], cause=codes.get(t.number, ("", ""))[1]) for t in made.turns
    )
    return replace(made, turns=tuple(turns))


def _earned(gross: str) -> Earned:
    return Earned(2015, Decimal(gross), Decimal("100.00"), Decimal(gross) - 100)


def write(folder: Path, month: MonthLedger, choice: Choice | None = None) -> Workbook:
    path = folder / "a.xlsx"
    sheets.write(sheets_of(month, choice), path, Slip(), made=MADE)
    return load_workbook(path)


def row(sheet: Worksheet, number: int) -> list[object]:
    return [cell.value for cell in sheet[number]]


def test_every_sheet_of_the_month_in_order_with_signatures(tmp_path: Path) -> None:
    book = write(tmp_path, busy())
    assert book.sheetnames == [layout.name for layout in LEDGERS]
    for sheet, layout in zip(book.worksheets, LEDGERS, strict=True):
        assert sheet["A1"].value == f"华阳镇{layout.name}"
        assert str(sheet.cell(sheet.max_row, 1).value).startswith("单位负责人：")
        assert sheet.page_setup.paperSize == (8 if len(layout.columns) > 20 else 9)


def test_added_and_ended_stand_under_three_rows_of_header(tmp_path: Path) -> None:
    book = write(tmp_path, busy(), Choice(yearly=True))
    added, ended = book["新增统计表"], book["终止统计表"]
    assert row(added, 3)[:6] == ["序号", "行政区域", "合计", None, "属于“六进”", None]
    assert (row(added, 4)[4:8], row(added, 5)[:6]) == (
        ["六进之一", None, "六进之二", None],
        [None, None, "户", "人", "户", "人"],
    )
    merged = {str(area) for area in added.merged_cells.ranges}
    assert {"A3:A5", "B3:B5", "C3:D4", "E3:P3", "E4:F4", "Q3:R4"} <= merged
    assert {"E3:R3", "S3:T4"} <= {str(area) for area in ended.merged_cells.ranges}
    assert row(added, 2)[6] == "2016年1—7月"
    third, other = [0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0], [0] * 12
    assert row(added, 6) == [1, "华南村", 1, 2, *third, 0, 0]
    assert row(added, 7) == [2, "小拔村", 2, 3, *other, 2, 3]
    assert row(added, 9) == ["合计", None, 3, 5, *third, 2, 3]
    assert row(ended, 6)[:10] == [1, "华南村", 1, 4, 0, 0, 0, 0, 1, 4]


def test_a_month_tells_only_its_own_events(tmp_path: Path) -> None:
    book = write(tmp_path, busy())
    assert row(book["新增统计表"], 6)[:4] == [1, "华南村", 0, 0]
    natural = book["自然增减表"]
    assert row(natural, 6)[:8] == [1, "华南村", 1, 1, 1, 1, 0, 0]
    turns = book["动态调整台账"]
    assert [row(turns, n)[1:10] for n in (4, 5)] == [
        ["2016-07-09", "华南村", "第一组", "华南-2016-0001", "陈某明", 0, 1, "自然增加", "63 家庭主要劳动力长期生病"],
        ["2016-07-30", "华南村", None, "华南-9", "李某才", 1, 4, "终止", "73 小汽车"],
    ]  # fmt: skip
    assert row(turns, 8)[:8] == ["合计", None, None, None, 4, None, 3, 8]


def test_incomes_add_up_and_who_has_none_counts_nothing(tmp_path: Path) -> None:
    incomes = write(tmp_path, busy())["收入明细"]
    assert row(incomes, 4)[1:] == [
        2015, "梅州市", "五华县", "华阳镇", "华南村", "华南-2016-0001", "陈某明", 3, "—", 23456.78, 100, 23356.78, 7818.93
    ]  # fmt: skip
    assert row(incomes, 6)[10:] == ["—", "—", "—", "—"]
    assert row(incomes, 7)[6:13] == [3, None, 6, None, 43456.77, 200, 43256.77]


def test_wan_is_cut_and_not_rounded_and_the_sheet_says_so(tmp_path: Path) -> None:
    assert [in_wan(Decimal(yuan)) for yuan in ("19999.99", "99.99", "-19999.99")] == [
        Decimal("1.99"), Decimal("0.00"), Decimal("-1.99")
    ]  # fmt: skip
    incomes = write(tmp_path, busy(), Choice(wan=True))["收入明细"]
    assert (row(incomes, 3)[10], row(incomes, 2)[10]) == ("总收入（万元）", "单位：户、人、万元")
    assert [row(incomes, n)[10] for n in (4, 5, 6, 7)] == [2.34, 1.99, "—", 4.34]
    assert "截到两位小数" in " ".join(str(row(incomes, n)[0]) for n in range(8, 12))


def test_chosen_villages_are_summed_for_themselves(tmp_path: Path) -> None:
    book = write(tmp_path, busy(), Choice(villages=("小拔村",)))
    roster, summary = book["贫困户花名册"], book["月报汇总表"]
    assert [row(roster, n)[2] for n in (5, 6)] == ["小拔村", "小拔村"]
    assert (row(roster, 7)[4], row(roster, 7)[8]) == (2, 3)
    assert [row(summary, n)[1] for n in (5, 6)] == ["小拔村", None]
    assert "2016年7月　小拔村" in row(roster, 2)
    assert "本表只含小拔村（1个村）" in " ".join(str(row(roster, n)[0]) for n in (8, 9, 10))


def test_a_masked_copy_shows_no_number_anywhere(tmp_path: Path) -> None:
    book = write(tmp_path, busy(), Choice(masked=True))
    roster = book["贫困户花名册"]
    assert (roster["A1"].value, roster["H4"].value) == ("华阳镇贫困户花名册（脱敏）", "证件号码（只留后四位）")
    assert (roster["H5"].value, roster["T5"].value) == ("*" * 14 + "0018", "*" * 7 + "0001")
    assert roster["W5"].value == f"电话{'*' * 7}0001，证{'*' * 14}0018"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        told = b"".join(archive.read(name) for name in archive.namelist())
    assert SECRET.encode() not in told
    assert b"13800000001" not in told
    assert roster["E5"].value == "华南-2016-0001"


@pytest.mark.parametrize(
    "written", ["138 0000 0001", "138-0000-0001", "0753-4412345", "441401 19680312 0018", "6228 4800 1234 5678 901"]
)
def test_a_masked_copy_hides_numbers_in_free_text_however_their_digits_are_grouped(
    tmp_path: Path, written: str
) -> None:
    home = household("华南-2016-0001", date(2016, 7, 1), remark=f"见{written}，2016-06-12登记，第12组")
    told = write(tmp_path, ledger(home), Choice(masked=True))["贫困户花名册"]["W5"].value
    assert told == f"见{'*' * (len(written) - 4)}{written[-4:]}，2016-06-12登记，第12组"


def test_the_foot_calls_columns_by_the_unit_their_header_has(tmp_path: Path) -> None:
    for wan, unit in ((False, "元"), (True, "万元")):
        summary = write(tmp_path, july(), Choice(wan=wan))["月报汇总表"]
        foot = " ".join(str(line[0].value) for line in summary.iter_rows(min_row=8))
        assert f"资金（{unit}）" in foot
        assert f"资金（{unit}）" in row(summary, 3)


def test_the_header_is_high_enough_for_captions_of_two_lines(tmp_path: Path) -> None:
    summary = write(tmp_path, july())["月报汇总表"]
    assert "附：本年累计其他增减" in row(summary, 3)
    assert summary.row_dimensions[3].height >= 27
    assert summary.row_dimensions[4].height == 30


def test_the_properties_name_nobody_and_the_same_ledger_is_the_same_file(tmp_path: Path) -> None:
    write(tmp_path, busy())
    once = (tmp_path / "a.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        said = b"".join(archive.read(name) for name in archive.namelist() if name.startswith("docProps"))
    for private in ("陈某明", "李某才", SECRET, "13800000001"):
        assert private.encode() not in said
    assert "户有卡".encode() in said
    write(tmp_path, busy())
    assert (tmp_path / "a.xlsx").read_bytes() == once


def test_a_month_with_adjustments_says_so_in_its_summary_and_lists_them(tmp_path: Path) -> None:
    late = Adjustment(1, "华南村", "第一组", "华南-2016-0001", "陈某明", Count(0, 1), "补录新生儿", "漏报", "出生证")
    month = july()
    moved = tuple(replace(v, movement=replace(v.movement, adjusted=Count(0, 1))) for v in month.villages)
    carried = replace(month, adjustments=(late,), villages=moved, total=total_of("华阳镇", moved))
    book = write(tmp_path, carried, Choice(sheets=("月报汇总表", "调整明细")))
    summary, listed = book["月报汇总表"], book["调整明细"]
    assert (row(summary, 3)[6], row(summary, 5)[6:8]) == ("调整", [0, 1])
    assert row(listed, 4)[4:10] == ["陈某明", 0, 1, "补录新生儿", "漏报", "出生证"]


@dataclass(frozen=True)
class Measure:
    """Something the record may hold one day."""

    village: str
    head_name: str
    content: str
    begun_on: date
    amount: Decimal | None


MEASURES = Layout(
    "帮扶措施台账",
    "measure",
    "measures",
    (
        Column(("序号",), 6, "order", Form.ORDER),
        Column(("镇",), 8, "ledger.town"),
        Column(("农户", "村"), 9, "measure.village"),
        Column(("农户", "户主"), 9, "measure.head_name"),
        Column(("措施", "内容"), 16, "measure.content", wide=True),
        Column(("措施", "时间"), 11, "measure.begun_on"),
        Column(("投入（元）",), 12, "measure.amount", Form.MONEY, total=True),
        Column(("收益",), 8),
    ),
    frozen=4,
    counted=3,
    unit="项",
)


def test_a_new_ledger_is_a_layout_over_rows_and_nothing_else(tmp_path: Path) -> None:
    rows = [
        Measure("华南村", "陈某明", "养鸡", date(2016, 7, 2), Decimal("3500.00")),
        Measure("小拔村", "=1+1", "", date(2016, 7, 3), None),
    ]
    sheet = Sheet(MEASURES, Table(rows), july(), "2016年7月")
    (shown,) = sheets.preview([sheet])
    assert (shown.rows, shown.keys, shown.total[6]) == (2, ("华南村", "小拔村"), "3,500.00")
    path = tmp_path / "a.xlsx"
    sheets.write([sheet], path, Slip(), made=MADE)
    page = load_workbook(path)["帮扶措施台账"]
    assert row(page, 5) == [1, "华阳镇", "华南村", "陈某明", "养鸡", "2016-07-02", 3500, "—"]
    assert row(page, 6) == [2, "华阳镇", "小拔村", "=1+1", "—", "2016-07-03", "—", "—"]
    assert page["D6"].data_type == "s"
    assert row(page, 7) == ["合计", None, None, 2, None, None, 3500, None]
    assert "本表尚未登记的栏目：收益" in str(page["A8"].value)
    with pytest.raises(Known, match="帮扶措施台账第5行与档案不同"):
        ledger_check.verify(path, [replace(sheet, table=Table(rows[::-1]))], name="a", ticket=Slip())


def test_a_total_counted_another_way_is_held_against_the_rows(tmp_path: Path) -> None:
    rows = [Measure("华南村", "陈某明", "养鸡", date(2016, 7, 2), Decimal("3500.00"))]
    other = Measure("", "", "", date(2016, 7, 2), Decimal("3500.01"))
    with pytest.raises(Known, match="合计与各行不符"):
        sheets.write([Sheet(MEASURES, Table(rows, other), july(), "2016年7月")], tmp_path / "a.xlsx", Slip(), made=MADE)


def test_many_rows_are_read_back_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger_reading, "PART", 40)
    monkeypatch.setattr(ledger_reading, "_BLOCK", 3000)
    many = ledger(*(_plain(n) for n in range(300)))
    choice = Choice(sheets=("贫困户花名册", "月报汇总表"))
    path = tmp_path / "a.xlsx"
    sheets.write(sheets_of(many, choice), path, Slip(), made=MADE)
    changed = replace(many, households=(*many.households[:250], replace(many.households[250], head_name="某某")))
    changed = replace(changed, households=(*changed.households, *many.households[251:]))
    with pytest.raises(Known, match="贫困户花名册第255行与档案不同"):
        ledger_check.verify(path, sheets_of(changed, choice), name="a", ticket=Slip())
    fewer = replace(many, households=many.households[:-1])
    with pytest.raises(Known, match="合计与各行不符"):
        ledger_check.verify(path, sheets_of(fewer, choice), name="a", ticket=Slip())


def _plain(n: int) -> LedgerHousehold:
    return household(f"华南-2016-{n:04d}", date(2016, 7, 1))


def test_captions_are_laid_out_as_rectangles() -> None:
    found = list(blocks([("序号",), ("合计", "合计", "户"), ("合计", "合计", "人"), ("组", "一", "户")]))
    assert found == [
        (0, 0, 2, 0, "序号"), (0, 1, 1, 2, "合计"), (2, 1, 2, 1, "户"), (2, 2, 2, 2, "人"), (0, 3, 0, 3, "组"), (1, 3, 1, 3, "一"),
        (2, 3, 2, 3, "户"),
    ]  # fmt: skip


def test_the_foot_of_each_sheet_is_what_its_rows_come_to() -> None:
    for sheet in sheets_of(busy(), Choice(yearly=True)):
        rows, total = list(body(sheet)), totals(sheet)
        for place, column in enumerate(sheet.layout.columns):
            if column.total:
                held = [Decimal(value) for r in rows if isinstance(value := r[place], int | Decimal)]
                assert sum(held) == total[place], (sheet.layout.name, column.titles)
