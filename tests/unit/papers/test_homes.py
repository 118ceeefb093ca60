"""Papers made of the record's own values: income sheet, family sheet, registration form, visit sheet."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.papers import income_sheet, people, registration, verification
from db.papers.income_sheet import IncomeFacts
from db.papers.model import KeyValueGrid, Paper, Row, RowKind, Table
from db.papers.people import PeopleFacts
from db.papers.registration import RegistrationFacts
from db.rules.codes import HousingGrade, YesNo
from tests.unit.papers import homes

PAPERS: tuple[tuple[str, Paper], ...] = (
    ("收入核算表", income_sheet.build(homes.income())),
    ("收入核算表", income_sheet.build(IncomeFacts())),
    ("家庭成员表", people.build(homes.people())),
    ("家庭成员表", people.build(PeopleFacts())),
    ("贫困户登记表（信息采集表）", registration.build(homes.registration())),
    ("贫困户登记表（信息采集表）", registration.build(RegistrationFacts())),
)


@pytest.mark.parametrize(("name", "paper"), PAPERS, ids=[paper.file_stem for _, paper in PAPERS])
def test_the_name_stands_in_the_title_and_in_the_file(name: str, paper: Paper) -> None:
    assert name in paper.title
    assert name in paper.file_stem


@pytest.mark.parametrize("paper", [paper for _, paper in PAPERS], ids=lambda paper: paper.file_stem)
def test_cells_fill_their_grids(paper: Paper) -> None:
    for block in paper.blocks:
        if isinstance(block, KeyValueGrid):
            assert {sum(cell.span for cell in row.cells) for row in block.rows} == {len(block.weights)}
        if isinstance(block, Table):
            widths = {len(row.cells) + row.span - 1 for row in block.rows if row.kind is not RowKind.GROUP}
            assert widths == {len(block.columns)}


@pytest.mark.parametrize("paper", [PAPERS[1][1], PAPERS[3][1], PAPERS[5][1]], ids=lambda paper: paper.file_stem)
def test_blank_forms_answer_nothing(paper: Paper) -> None:
    assert "☑" not in paper.text()
    assert "廖某明" not in paper.text()


def lines(facts: IncomeFacts) -> dict[str, Row]:
    (table,) = (block for block in income_sheet.build(facts).blocks if isinstance(block, Table))
    return {row.cells[0].strip("　"): row for row in table.rows}


def test_income_decides_by_disposable_and_keeps_net_beside_it() -> None:
    rows = lines(homes.income())
    assert rows["一、总收入"].cells[2] == "14,648.00"
    assert rows["二、总支出"].cells[2] == "1,800.00"
    assert rows["四、人均可支配收入"].cells[2] == "3,212.00"
    assert rows["参考：纯收入"].cells[1:3] == ("AAC079", "13,648.00")
    assert rows["参考：人均纯收入"].cells[1:3] == ("AAC082", "3,412.00")
    assert rows["参考：未偿还借（贷）款"].cells[2] == "12,000.00"


def test_income_parts_never_split_are_a_dash() -> None:
    sheet = replace(homes.sheet(), pension=None)
    assert lines(replace(homes.income(), sheet=sheet))["养老保险金"].cells[2] == "—"


def test_income_is_held_against_the_line_times_its_index() -> None:
    dear = replace(homes.LINE, price_index=Decimal("0.800"))
    low, high = income_sheet.build(homes.income()).text(), income_sheet.build(replace(homes.income(), line=dear)).text()
    assert "☑低于标准　□不低于标准" in low
    assert "4,000.00元 × 价格指数1.000 ＝ 4,000.00元" in low
    assert "□低于标准　☑不低于标准" in high
    assert "＝ 3,200.00元" in high


def test_people_have_their_age_on_the_day_of_the_sheet() -> None:
    early, late = (people.build(replace(homes.people(), filled_on=day)) for day in (date(2016, 2, 1), date(2016, 2, 2)))
    ages = [next(b for b in paper.blocks if isinstance(b, Table)).rows[0].cells[7] for paper in (early, late)]
    assert ages == ["59", "60"]


def test_people_show_labels_of_every_strip() -> None:
    text = people.build(homes.people()).text()
    for piece in ("共青团员", "太公证〔2016〕17号", "长期慢性病、残疾", "太平镇永兴电子加工厂", "乡（镇）内务工", "6"):
        assert piece in text


def test_registration_has_the_six_sections() -> None:
    paper = registration.build(homes.registration())
    sides = [block.side for block in paper.blocks if isinstance(block, KeyValueGrid | Table)]
    assert [side[0] for side in sides] == list("一二三四五六")
    for piece in ("☑省定标准", "☑一般贫困户", "13,648.00", "☑水泥路", "☑柴草", "1985年", "温某军", "2016-07-20"):
        assert piece in paper.text()


@pytest.mark.parametrize(("grade", "answer"), [(HousingGrade.B, "□是　☑否"), (HousingGrade.C, "☑是　□否")])
def test_registration_calls_c_and_d_dangerous(grade: HousingGrade, answer: str) -> None:
    facts = replace(homes.registration(), household=replace(homes.household(), housing_grade=grade, dangerous=None))
    grids = [b for b in registration.build(facts).blocks if isinstance(b, KeyValueGrid)]
    cells = [cell.text for grid in grids for row in grid.rows for cell in row.cells]
    assert cells[cells.index("是否危房") + 1] == answer


def test_visit_sheet_asks_only_what_is_not_known() -> None:
    h = homes.household()
    assert h.living is not None
    known = dict(verification.housing_pairs(h)) | dict(verification.asset_pairs(h))
    assert known["卫生厕所"] == "□是　☑否"
    assert known["住房面积"] == "68.5㎡"
    assert known["存款（自报）"] == "2000元"
    open_again = dict(verification.asset_pairs(replace(h, living=replace(h.living, car=None))))
    assert open_again["小汽车"] == "□是　□否"
    assert known["小汽车"] == f"□{YesNo.YES.label}　☑{YesNo.NO.label}"
