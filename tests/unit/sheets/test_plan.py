"""What is unsure about a roster becomes a question with a proposal; answers decide, hold for the layout, and nothing else is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.sheets.asked import Question
from db.sheets.book import Book
from db.sheets.plan import RosterPlan, propose
from db.sheets.roster import roster_of
from db.sheets.workbook import open_workbook
from tests.helpers.roster_layouts import two_sheets
from tests.helpers.rosters import VILLAGES, planted
from tests.helpers.workbooks import head, id_number, person, write_roster

TOWN = {"太平村": ("第一组",), "中坊村": ("第一组",)}
OTHER = id_number("19650505", 33)
Change = Callable[[openpyxl.Workbook], None]
SECOND = {
    "户主姓名": "林某武",
    "证件号码": OTHER,
    "一卡通账号": "6210000000000001",
    "联系电话": "13800000002",
    "主要致贫原因": "缺资金",
}


def book_of(tmp_path: Path, change: Change = lambda _: None, **own: Any) -> Book:
    """Two sound households, their workbook changed."""
    heads = [head(**own), head(**(SECOND | own))]
    persons = [person(), person(户主姓名="林某武", 户主身份证号=OTHER, 姓名="林某武", 身份证号码=OTHER)]
    return open_workbook(write_roster(tmp_path / "名册.xlsx", heads, persons, after=change))


def captions(changes: Mapping[str, str], sheet: int = 0) -> Change:
    """Write other captions; by the captions they replace."""

    def change(book: openpyxl.Workbook) -> None:
        for cell in book.worksheets[sheet][2]:
            cell.value = changes.get(str(cell.value), cell.value)

    return change


def plan_of(book: Book, **options: Any) -> RosterPlan:
    return propose(book, villages=TOWN, **options)


def only(plan: RosterPlan) -> Question:
    (question,) = plan.questions
    return question


def open_columns(question: Question) -> dict[str, str]:
    return {seen.letter: seen.key for seen in question.columns if not seen.sure}


def test_the_usual_roster_is_not_asked_about(tmp_path: Path) -> None:
    plan = plan_of(book_of(tmp_path))
    assert plan.questions == ()
    assert plan.roles == {"贫困户": "household", "贫困人口": "person"}
    assert plan.day == date(2016, 5, 25)
    assert plan.to_remember() == {}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("户主姓名", "户主名字", "head_name"),
        ("主要致贫原因", "致贫情形", "main_cause"),
        ("主要致贫原因", "甲", "main_cause"),
        ("证件号码", "证号", "head_id"),
        ("村民小组", "片", "group"),
        ("村（居）", "所属", "village"),
        ("申请日期", "哪天写的申请", "applied_on"),
        ("工资性收入", "打工工资性收入", "wages"),
    ],
)
def test_an_unknown_caption_is_asked_with_a_proposal_and_never_read_without(
    tmp_path: Path, old: str, new: str, key: str
) -> None:
    book = book_of(tmp_path, captions({old: new}))
    plan = plan_of(book)
    question = only(plan)
    assert question.about == "columns"
    (column,) = [seen for seen in question.columns if not seen.sure]
    assert (column.words, column.key) == (new, key)
    with pytest.raises(Known, match="不是完整的名册：找不到"):
        roster_of(book, plan, villages=TOWN)
    answered = plan.answered({question.key: {str(column.index): key}})
    assert answered.questions == ()
    roster = roster_of(book, answered, villages=TOWN)
    assert roster.findings == ()
    assert len(roster.rows) == 2


def test_a_proposal_for_what_is_not_needed_is_asked_but_does_not_stop(tmp_path: Path) -> None:
    book = book_of(tmp_path, captions({"联系电话": "电话联系方式"}))
    question = only(plan_of(book))
    assert open_columns(question) == {"R": "phone"}
    roster = roster_of(book, villages=TOWN)
    assert [row.household.phone for row in roster.rows] == ["", ""]
    assert [(f.severity, f.letter) for f in roster.findings] == [("I", "R")]


def test_of_two_columns_of_one_caption_the_fitting_one_is_proposed(tmp_path: Path) -> None:
    def double(book: openpyxl.Workbook) -> None:
        book["贫困户"]["V2"] = "联系电话"
        book["贫困户"]["V3"] = "某干部"

    book = book_of(tmp_path, double)
    plan = plan_of(book)
    question = only(plan)
    assert open_columns(question) == {"R": "phone", "V": ""}
    assert plan.refusal() is not None
    done = plan.answered({question.key: {"17": "phone", "21": ""}})
    assert [row.household.phone for row in roster_of(book, done, villages=TOWN).rows] == ["13800000001", "13800000002"]


def test_a_known_caption_over_something_else_is_asked(tmp_path: Path) -> None:
    heads = [
        head(户主姓名=name, 证件号码=id_number(order=11 + 2 * n), 申请日期="缺技术")
        for n, name in enumerate("赵钱孙李周吴")
    ]
    book = open_workbook(write_roster(tmp_path / "名册.xlsx", heads, [person()]))
    assert open_columns(only(plan_of(book))) == {"T": "applied_on"}


def test_answers_are_remembered_for_the_same_captions_only(tmp_path: Path) -> None:
    book = book_of(tmp_path, captions({"户主姓名": "户主名字"}))
    plan = plan_of(book)
    question = only(plan)
    done = plan.answered({question.key: {"3": "head_name"}})
    ((fingerprint, (name, answers)),) = done.to_remember().items()
    assert (name, answers) == ("名册.xlsx·贫困户", {"columns": {"3": "head_name"}})
    kept = {fingerprint: answers}
    assert plan_of(book, recall=kept.get).questions == ()
    assert len(roster_of(book, plan_of(book, recall=kept.get), villages=TOWN).rows) == 2
    other = book_of(tmp_path, captions({"户主姓名": "户主名字", "备注": "说明"}))
    assert plan_of(other, recall=kept.get).questions != ()


def test_hidden_things_are_asked_and_left_out_when_told_so(tmp_path: Path) -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["贫困户"].row_dimensions[4].hidden = True
        book["贫困户"].column_dimensions["R"].hidden = True
        book.create_sheet("旧表").append(["说明"])
        copy = book.copy_worksheet(book["贫困户"])
        copy.title, copy.sheet_state = "上年", "hidden"

    book = book_of(tmp_path, hide)
    plan = plan_of(book)
    assert [(q.about, q.proposed) for q in plan.questions] == [("sheet", "skip"), ("hidden", "take"), ("rows", "take")]
    assert plan.refusal() is None
    answers = {question.key: "skip" for question in plan.questions}
    roster = roster_of(book, plan.answered(answers), villages=TOWN)
    assert [row.household.phone for row in roster.rows] == [""]
    told = [(f.severity, f.sheet, f.row) for f in roster.findings if f.rule == "" and "没有读取" in f.text]
    assert ("I", "贫困户", 4) in told
    assert ("I", "上年", 0) in told
    assert ("I", "贫困户", 2) in told


def test_a_hidden_sheet_is_read_when_told_so(tmp_path: Path) -> None:
    book = book_of(tmp_path, lambda made: setattr(made["贫困人口"], "sheet_state", "hidden"))
    plan = plan_of(book)
    assert {question.about for question in plan.questions} == {"sheet", "role"}
    done = plan.answered({"sheet:贫困人口": "take"})
    assert done.questions == ()
    assert len(roster_of(book, done, villages=TOWN).rows) == 2


def test_a_day_that_is_not_stated_is_asked_or_given(tmp_path: Path) -> None:
    book = open_workbook(write_roster(tmp_path / "名册.xlsx", [head()], [person()], foot=()))
    plan = plan_of(book)
    assert only(plan).about == "day"
    assert plan.open(date(2016, 5, 1)) == ()
    assert roster_of(book, plan, villages=TOWN, today=date(2016, 5, 1)).as_of == date(2016, 5, 1)
    done = plan.answered({"day:": "2016-05-20"})
    assert roster_of(book, done, villages=TOWN).as_of == date(2016, 5, 20)
    assert done.to_remember() == {}


def test_a_line_of_units_is_asked_about_and_converts_or_not(tmp_path: Path) -> None:
    def unit(book: openpyxl.Workbook) -> None:
        book["贫困户"]["A1"] = "名册　单位：人、万元"
        for letter in "LMNOPQ":
            for row in (3, 4):
                cell = book["贫困户"][f"{letter}{row}"]
                cell.value = float(cell.value) / 10000

    book = book_of(tmp_path, unit)
    plan = plan_of(book)
    question = only(plan)
    assert (question.about, question.proposed) == ("unit", "ten")
    roster = roster_of(book, plan.answered({question.key: "ten"}), villages=TOWN)
    assert roster.rows[0].household.income is not None
    assert roster.rows[0].household.income.wages == Decimal("2000.00")
    assert {f.severity for f in roster.findings} == {"W"}
    plain = roster_of(book, plan.answered({question.key: "yuan"}), villages=TOWN)
    assert plain.rows[0].household.income is not None
    assert plain.rows[0].household.income.wages == Decimal("0.20")


def test_the_village_is_asked_where_nothing_names_it(tmp_path: Path) -> None:
    def drop(book: openpyxl.Workbook) -> None:
        book["贫困户"].delete_cols(2)

    book = book_of(tmp_path, drop)
    plan = plan_of(book)
    question = only(plan)
    assert question.about == "village"
    assert [answer for answer, _ in question.options] == [*TOWN]
    with pytest.raises(Known, match="找不到“村（居）”列"):
        roster_of(book, plan, villages=TOWN)
    roster = roster_of(book, plan.answered({question.key: "中坊村"}), villages=TOWN)
    assert {row.household.village for row in roster.rows} == {"中坊村"}


def test_what_a_sheet_is_can_be_said_by_the_clerk(tmp_path: Path) -> None:
    def spoil(made: openpyxl.Workbook) -> None:
        captions({"与户主关系": "身份"}, sheet=1)(made)
        made["贫困人口"]["I4"] = "配偶"

    book = book_of(tmp_path, spoil)
    plan = plan_of(book)
    role = plan.questions[0]
    assert (role.about, role.proposed) == ("role", "person")
    with pytest.raises(Known, match="没有贫困人口表"):
        roster_of(book, plan, villages=TOWN)
    plan = plan.answered({role.key: "person"})
    question = only(plan)
    assert open_columns(question) == {"I": "relation"}
    plan = plan.answered({question.key: {"8": "relation"}})
    assert len(roster_of(book, plan, villages=TOWN).rows) == 2


def test_what_no_answer_can_mend_is_said_at_once(tmp_path: Path) -> None:
    lacking = [key for key in head() if key not in ("申请日期", "备注", "序号")]
    path = write_roster(tmp_path / "缺列.xlsx", [{key: head()[key] for key in lacking}], [person()])
    why_not = plan_of(open_workbook(path)).hopeless()
    assert why_not is not None
    assert "找不到“申请日期”列" in why_not.text
    assert plan_of(book_of(tmp_path)).hopeless() is None


def test_a_list_of_codes_is_no_table_of_persons(tmp_path: Path) -> None:
    def codes(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("代码", 0)
        for line in (
            ("与户主关系", "性别", "民族", "致贫原因", "贫困户属性"),
            ("户主", "男", "汉族", "因病", "低保户"),
        ):
            sheet.append(line)

    book = book_of(tmp_path, codes)
    plan = plan_of(book)
    assert plan.questions == ()
    assert plan.roles == {"贫困户": "household", "贫困人口": "person"}


def test_the_column_of_reasons_makes_no_other_layout(tmp_path: Path) -> None:
    book = book_of(tmp_path, captions({"户主姓名": "户主名字"}))
    plan = plan_of(book)
    done = plan.answered({only(plan).key: {"3": "head_name"}})

    def returned(made: openpyxl.Workbook) -> None:
        captions({"户主姓名": "户主名字"})(made)
        made["贫困户"]["V2"], made["贫困户"]["V3"] = "错误原因", "身份证号不对"

    kept = {fingerprint: answers for fingerprint, (_, answers) in done.to_remember().items()}
    assert plan_of(book_of(tmp_path, returned), recall=kept.get).questions == ()


def test_a_blank_form_is_no_success(tmp_path: Path) -> None:
    book = open_workbook(
        write_roster(tmp_path / "空白.xlsx", [dict.fromkeys(head(), "")], [dict.fromkeys(person(), "")])
    )
    with pytest.raises(Known, match="一户也没有"):
        roster_of(book, villages=TOWN)


def test_sheets_of_one_layout_are_asked_about_once(tmp_path: Path) -> None:
    two_sheets(tmp_path / "名册.xlsx", planted())
    made = openpyxl.load_workbook(tmp_path / "名册.xlsx")
    for sheet in made.worksheets[::2]:
        sheet["G1"], sheet["G2"] = "能干活", "的人"
    made.save(tmp_path / "名册.xlsx")
    plan = propose(open_workbook(tmp_path / "名册.xlsx"), villages=VILLAGES)
    question = only(plan)
    assert "“上坪村户表”“河唇村户表”等 3 张" in question.text
    assert open_columns(question) == {"G": "able_stated"}, "the only column left for the only key that lacks"
    done = plan.answered({question.key: {"6": "able_stated"}})
    assert len(roster_of(open_workbook(tmp_path / "名册.xlsx"), done, villages=VILLAGES).rows) == 40


def test_sheets_that_hold_the_same_people_are_not_both_read(tmp_path: Path) -> None:
    def copy(book: openpyxl.Workbook) -> None:
        again = book.copy_worksheet(book["贫困户"])
        again.title = "太平村"
        again.delete_rows(4)

    book = book_of(tmp_path, copy)
    plan = plan_of(book)
    assert [(q.about, q.of, q.proposed) for q in plan.questions] == [
        ("sheet", "太平村", "skip"),
        ("sheet", "贫困户", "take"),
    ]
    with pytest.raises(Known, match="里是同样的人"):
        roster_of(book, plan, villages=TOWN)
    roster = roster_of(book, plan.answered({q.key: q.proposed for q in plan.questions}), villages=TOWN)
    assert len(roster.rows) == 2
    assert [(f.sheet, f.severity) for f in roster.findings] == [("太平村", "I")]
