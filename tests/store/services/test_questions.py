"""Numbers asked of a record: held against other ways of counting, kept, asked again at a month's end, and written out."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from db.errors import Cancelled, Known, Refused
from db.rules.codes import Attribute, Health, HousingGrade, Relation, Sex, YesNo
from db.rules.counts import Count
from db.schema.trail import Trail
from db.services.cases import applications, cases
from db.services.evidence import shortfall
from db.services.figures.counted import Condition as Part
from db.services.figures.counted import Counted, totals
from db.services.figures.dimensions import DIMENSIONS
from db.services.figures.register import register
from db.services.ledger import ledger
from db.services.questions import questions
from db.services.questions.answer import Answer, answer
from db.services.questions.asked import Condition, Counts, Question, Scope, from_figure
from db.services.questions.aspects import ASPECTS
from db.services.questions.pool import Pool, pool, with_proofs
from db.services.questions.templates import TEMPLATES
from db.services.town import search
from db.services.town.search import Filter
from tests.helpers import town
from tests.helpers.ledger import Slip
from tests.store.services.conftest import Desk

ON = date(2016, 5, 24)


@pytest.fixture
def made(desk: Desk) -> Desk:
    """Eight households of two villages; seven on the register, the last still climbing."""
    homes = [town.household(n, village="小拔村" if n > 4 else "华南村") for n in range(1, 9)]
    homes[0] = replace(
        homes[0], attribute=Attribute.LOW_INCOME, housing_grade=HousingGrade.D, phone="", remark="=1+1 常年在广州"
    )
    homes[1] = replace(homes[1], attribute=Attribute.FIVE_GUARANTEES, income=None)
    sick = (homes[2].members[0], replace(homes[2].members[1], health=Health.SERIOUS))
    homes[2] = replace(homes[2], members=sick, able=YesNo.NO)
    old = town.id_number(date(1940, 1, 2), 77, Sex.MALE)
    father = replace(homes[3].members[0], name="陈某伯", relation=Relation.FATHER, id_number=old)
    homes[3] = replace(homes[3], members=(*homes[3].members, father), size_stated=3)
    ids = [desk.do(applications.file, home).household_id for home in homes]
    of = desk.see(cases.case_of, ids)
    for number, home in enumerate(ids[:7], 1):
        desk.do(town.registered, of[home], f"华南-2016-{number:04d}", ON)
    return desk


@pytest.fixture
def today(made: Desk) -> Pool:
    found = made.see(pool, Scope.REGISTER, None)
    assert isinstance(found, Pool)
    return found


def _where(*parts: tuple[str, tuple[str, ...]]) -> tuple[Condition, ...]:
    return tuple(Condition(key, values) for key, values in parts)


def _ids(found: Answer) -> set[int]:
    return {found.household_id(place) for place in found.places}


def _both(found: Answer) -> tuple[int, int]:
    return found.households, found.persons


def test_everybody_on_the_register_is_as_many_as_the_ledger_says(made: Desk, today: Pool) -> None:
    closing = made.see(ledger.month, 2016, 5).total.closing
    assert _both(answer(today, Question())) == (closing.households, closing.persons) == (7, 15)
    assert _ids(answer(today, Question())) == set(made.see(search.register))


def test_the_whole_record_holds_those_who_climb_too(made: Desk) -> None:
    everybody = made.see(pool, Scope.ALL, None)
    assert _both(answer(everybody, Question(scope=Scope.ALL))) == (8, 17)
    found = answer(everybody, Question(where=_where(("carded", ("0",)))))
    assert _both(found) == (1, 2)
    line = everybody.subjects[found.places[0]].one.line
    assert (line.number, line.disposable_per_head) == ("", Decimal("3000.00"))
    for key in ("identified", "since_month", "since_year", "made.registered_on"):
        assert everybody.read(key)[found.places[0]] in (None, ()), key
    assert made.see(search.ids, Filter())[:1] == [everybody.subjects[0].household_id]


def test_every_dimension_counts_what_the_countys_forms_count(made: Desk, today: Pool) -> None:
    of_month = made.see(register, 2016, 5)
    tried = 0
    for one in DIMENSIONS.values():
        for value in one.values() or ("1..2", "16..59", "2016..", "..4000"):
            for unit in ("households", "persons"):
                figure = Counted(unit, (Part(one.key, (value,)),))
                asked = from_figure(figure.key)
                assert asked is not None
                found = answer(today, asked)
                counted = sum(int(sums[0]) for sums in totals([figure], of_month.households, today.sight.day).values())
                assert (found.households if unit == "households" else found.persons) == counted, figure.key
                tried += counted
    assert tried > 100


def test_conditions_on_people_must_meet_in_one_person(today: Pool) -> None:
    sick_spouse = _where(("health", ("03",)), ("relation", ("02",)))
    sick_head = _where(("health", ("03",)), ("relation", ("01",)))
    assert _both(answer(today, Question(where=sick_spouse))) == (1, 2)
    assert answer(today, Question(where=sick_spouse)).met == 1
    assert _both(answer(today, Question(where=sick_head))) == (0, 0)
    people = answer(today, Question(Counts.PERSONS, (*sick_spouse, Condition("able", ("0",)))))
    assert _both(people) == (1, 1)


ASKED = (
    ("home.phone", ("",), 1),
    ("home.phone", ("*",), 6),
    ("home.remark", ("广州", "深圳"), 1),
    ("village", ("小拔村",), 3),
    ("group", ("华南村第一组",), 4),
    ("sheet", ("0",), 1),
    ("per_head", ("",), 1),
    ("per_head", ("3000..3000",), 5),
    ("made.registered_on", ("2016-05-24..2016-05-24",), 7),
    ("made.registered_on", ("2016-05-25..",), 0),
    ("size", ("3..", "..1"), 1),
    ("attribute", ("04", "06"), 2),
    ("danger", ("1",), 1),
    ("age", ("75..",), 1),
    ("member.name", ("伯",), 1),
)


def test_each_way_of_asking(today: Pool) -> None:
    for key, values, households in ASKED:
        assert answer(today, Question(where=_where((key, values)))).households == households, key


def test_blank_and_filled_part_the_register_for_every_aspect_of_a_household(today: Pool) -> None:
    for one in ASPECTS.values():
        if one.of == "home":
            blank = answer(today, Question(where=_where((one.key, ("",))))).households
            filled = answer(today, Question(where=_where((one.key, ("*",))))).households
            assert blank + filled == 7, one.key


def test_what_files_lack_is_what_the_meter_says(made: Desk, today: Pool) -> None:
    found = made.see(with_proofs, today)
    lacking = {i for i, missing in made.see(shortfall.missing_of, set(made.see(search.register))).items() if missing}
    assert _ids(answer(found, TEMPLATES["材料不齐的户"])) == lacking != set()
    some = answer(found, Question(where=_where(("lacking", ("户口簿",)))))
    assert all("户口簿" in str(some.pool.sight.lacks[i]) for i in _ids(some))


def test_the_usual_questions_can_all_be_asked_and_told(made: Desk) -> None:
    for name, question in TEMPLATES.items():
        found = answer(made.see(pool, question.scope, None, proofs=question.proofs), question)
        assert found.sentence.endswith("。"), name
        assert [len(found.row(place)) for place in found.places] == [len(question.shown)] * len(found.places)


def test_a_months_end_knows_neither_later_people_nor_later_cards(made: Desk) -> None:
    last = answer(made.see(pool, Scope.REGISTER, date(2016, 5, 1)), Question(month=date(2016, 5, 1)))
    assert _both(last) == (7, 15)
    assert last.sentence == "2016年5月末在册户：7 户 15 人。"
    before = answer(made.see(pool, Scope.REGISTER, date(2016, 4, 1)), Question(month=date(2016, 4, 1)))
    assert _both(before) == (0, 0)
    with pytest.raises(Refused, match="还没有到"):
        made.see(pool, Scope.REGISTER, date(2016, 12, 1))


def test_the_sentence_says_what_is_counted_and_of_which_day(today: Pool) -> None:
    where = _where(("attribute", ("04", "06")), ("home.phone", ("",)), ("age", ("16..59",)))
    homes, people = answer(today, Question(where=where)), answer(today, Question(Counts.PERSONS, where))
    assert homes.sentence == (
        "2016年5月25日在册户中，贫困户属性为“低保户”或“五保户”、没有填联系电话，家里有年龄16至59周岁的人的户：1 户 2 人，其中符合条件的 2 人。"
    )
    assert people.sentence == (
        "2016年5月25日在册户中，贫困户属性为“低保户”或“五保户”、没有填联系电话的户里，年龄16至59周岁的人：2 人，在 1 户里。"
    )


def test_the_list_is_ordered_by_a_column_with_blanks_last(today: Pool) -> None:
    columns = ("home.head_name", "made.per_head")
    up = answer(today, Question(columns=columns, order="made.per_head"))
    down = answer(today, Question(columns=columns, order="made.per_head", descending=True))
    assert up.row(up.places[-1])[1] is down.row(down.places[-1])[1] is None
    names = answer(today, Question(columns=columns, order="home.head_name"))
    said = [str(names.row(place)[0]) for place in names.places]
    assert said == sorted(said)


def test_a_question_is_kept_changed_and_put_away_with_a_line_in_the_trail_each(made: Desk) -> None:
    asked = Question(where=_where(("home.phone", ("",))), columns=("home.head_name",), month=date(2016, 5, 1))
    number = made.do(questions.keep, "  没电话 的户 ", asked, Count(1, 2))
    (kept,) = made.see(questions.kept)
    assert (kept.id, kept.name, kept.question, kept.counted) == (number, "没电话 的户", asked, Count(1, 2))
    assert kept.counted_on == made.clock.now().date()
    with pytest.raises(Refused, match="已经记住一个"):
        made.do(questions.keep, "没电话 的户", Question())
    made.do(questions.change, number, "没电话", Question())
    assert [(one.name, one.question) for one in made.see(questions.kept)] == [("没电话", Question())]
    made.do(questions.put_away, number)
    assert made.see(questions.kept) == ()
    with pytest.raises(Refused, match="已经收起"):
        made.do(questions.put_away, number)
    with pytest.raises(Refused, match="已经收起"):
        made.do(questions.change, number, "又来", Question())
    assert _trail(made)[-3:] == ["记住要个数", "改要个数", "收起要个数"]
    made.do(questions.keep, "没电话", Question())


@pytest.mark.parametrize("name", ["", "   ", "长" * 41])
def test_a_name_is_demanded(made: Desk, name: str) -> None:
    with pytest.raises(Refused, match="名字"):
        made.do(questions.keep, name, Question())


def test_what_is_known_for_today_only_is_not_kept_for_a_month(made: Desk) -> None:
    with pytest.raises(Refused, match="只知道今天的"):
        made.do(questions.keep, "材料", Question(where=_where(("proofs", ("1",))), month=date(2016, 5, 1)))


def _trail(desk: Desk) -> list[str]:
    with desk.record.read() as unit:
        return [line.action for line in unit.session.scalars(select(Trail).order_by(Trail.seq))]


@pytest.fixture
def listed(today: Pool) -> Answer:
    columns = (
        "home.village",
        "home.head_name",
        "home.head_id",
        "home.phone",
        "home.remark",
        "income.wages",
        "home.size_stated",
    )
    return answer(today, Question(where=_where(("village", ("华南村",))), columns=columns))


def test_the_list_goes_out_with_numbers_as_text_its_question_and_its_sums(
    made: Desk, listed: Answer, tmp_path: Path
) -> None:
    path = tmp_path / "华南.xlsx"
    done = questions.export(made.record, listed, "华南村/的户", path, Slip())
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "华阳镇华南村 的户"
    assert "工资性收入（元）" in rows[2]
    first = dict(zip(rows[2], rows[3], strict=True))
    assert first["户主身份证号"] == town.household(1).head_id
    assert first["备注"] == "=1+1 常年在广州"
    assert sheet.cell(4, 6).data_type == "s"
    assert [row[0] for row in rows[3:7]] == [1, 2, 3, 4]
    assert rows[7][0] == "合计"
    assert rows[7][-1] == 9
    assert any("在华南村的户，共 4 户 9 人" in str(row[0]) for row in rows[8:])
    assert book.properties.creator == "户有卡"
    assert "陈某" not in str(book.properties)
    assert (done.counted, len(done.sha256)) == (Count(4, 9), 64)
    with made.record.read() as unit:
        (line,) = [one for one in unit.session.scalars(select(Trail)) if one.action == "导出名单"]
    facts = json.loads(line.payload)
    assert (facts["households"], facts["persons"], facts["sha256"]) == (4, 9, done.sha256)


def test_a_masked_copy_shows_the_last_four_digits(made: Desk, listed: Answer, tmp_path: Path) -> None:
    path = tmp_path / "对外.xlsx"
    questions.export(made.record, listed, "华南村的户", path, Slip(), masked=True)
    text = str(list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)))
    assert town.household(1).head_id not in text
    assert f"{'*' * 14}{town.household(1).head_id[-4:]}" in text
    assert "脱敏" in text
    assert (
        made.see(questions.file_name, listed, "华南村:的户", masked=True) == "华南村的户-华阳镇-20160525〔脱敏〕.xlsx"
    )


def test_an_empty_list_a_cancelled_one_and_a_folder_that_is_not_there_write_nothing(
    made: Desk, today: Pool, listed: Answer, tmp_path: Path
) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(b"old")
    with pytest.raises(Refused, match="名单是空的"):
        questions.export(made.record, answer(today, Question(where=_where(("age", ("200..",))))), "无", path, Slip())
    with pytest.raises(Cancelled):
        questions.export(made.record, listed, "名单", path, Slip(stop_at=1))
    with pytest.raises(Known):
        questions.export(made.record, listed, "名单", tmp_path / "没有" / "名单.xlsx", Slip())
    assert path.read_bytes() == b"old"
    assert "导出名单" not in _trail(made)
