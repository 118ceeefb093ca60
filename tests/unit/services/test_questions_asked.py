"""A question as data: kept and read back, named, told in words, and not taken for another when this program does not know it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from db.services.figures.counted import Condition as Part
from db.services.figures.counted import Counted
from db.services.questions.asked import (
    Condition,
    Counts,
    Question,
    Scope,
    as_json,
    dumped,
    from_figure,
    from_json,
    name_for,
    problem,
)
from db.services.questions.aspects import ASPECTS, Way, is_value
from db.services.questions.columns import COLUMNS, offered
from db.services.questions.templates import TEMPLATES

ASKED = Question(
    Counts.PERSONS, (Condition("age", ("60..",)), Condition("home.remark", ("广州", ""))), month=date(2016, 6, 1),
    columns=("member.name", "made.age"), order="made.age", descending=True,
)  # fmt: skip


@pytest.mark.parametrize("question", [ASKED, Question(), Question(scope=Scope.ALL), *TEMPLATES.values()])
def test_a_question_comes_back_as_it_was_kept(question: Question) -> None:
    assert from_json(json.loads(dumped(as_json(question)))) == question


@pytest.mark.parametrize(
    "change",
    [
        {"counts": "villages"},
        {"scope": "county"},
        {"where": [{"aspect": "helper", "values": ["1"]}]},
        {"where": [{"aspect": "attribute", "values": ["77"]}]},
        {"where": [{"aspect": "attribute", "values": []}]},
        {"where": [{"aspect": "age", "values": ["old"]}]},
        {"where": [{"aspect": "home.applied_on", "values": ["2016-02-30.."]}]},
        {"where": "everything"},
        {"columns": ["member.shoe_size"]},
        {"month": "June"},
    ],
)
def test_what_another_version_kept_is_not_taken_for_something_else(change: dict[str, Any]) -> None:
    assert from_json({**as_json(ASKED), **change}) is None


def test_a_countys_figure_is_asked_with_its_own_conditions() -> None:
    figure = Counted("households", (Part("attribute", ("04",)), Part("age", ("60..",))))
    asked = from_figure(figure.key, date(2016, 6, 1))
    assert asked is not None
    assert (asked.counts, asked.month) == (Counts.HOUSEHOLDS, date(2016, 6, 1))
    assert set(asked.where) == {Condition("attribute", ("04",)), Condition("age", ("60..",))}
    assert from_figure(Counted("sum", (), "wages").key) is None
    assert from_figure("home.phone") is None


def test_lines_say_the_condition_as_clerks_do() -> None:
    said = {
        Condition("attribute", ("04", "06")): "贫困户属性 是 低保户、五保户",
        Condition("age", ("60..",)): "年龄 60周岁及以上",
        Condition("age", ("..5", "")): "年龄 5周岁及以下、没有填",
        Condition("danger", ("1",)): "住危房（C、D 级，未定级的看是否危房）",
        Condition("danger", ("1", "")): "危房：住危房（C、D 级，未定级的看是否危房）、没有填",
        Condition("since_month", ("1",)): "本月新建档：本月建档",
        Condition("home.remark", ("广州",)): "备注 含 广州",
        Condition("home.phone", ("",)): "联系电话 没有填",
        Condition("village", ("华南村",)): "村 是 华南村",
        Condition("made.registered_on", ("2016-05-01..2016-05-31",)): "建档日期 2016-05-01至2016-05-31",
        Condition("made.registered_on", ("2016-05-01..",)): "建档日期 2016-05-01起",
    }
    assert {one.line for one in said} == set(said.values())
    assert all(one.line == text for one, text in said.items())
    assert name_for(Question(where=(Condition("attribute", ("04",)),))) == "贫困户属性低保户户数"


def test_no_two_things_that_can_be_asked_or_shown_are_called_the_same() -> None:
    labels = [(one.label, one.of) for one in ASPECTS.values()]
    assert sorted(set(labels)) == sorted(labels)
    for persons in (False, True):
        shown = [one.label for one in offered(persons=persons)]
        twice = {label for label in shown if shown.count(label) > 1}
        assert not twice
    assert all(one.label and one.group for one in COLUMNS.values())


def test_every_choice_has_its_own_values_and_takes_them() -> None:
    for one in ASPECTS.values():
        if one.way in (Way.CHOICE, Way.YES):
            assert one.options
            assert all(is_value(one, value) and one.said((value,)) for value, _ in one.options), one.key
    assert not is_value(ASPECTS["age"], "..")


def test_a_month_refuses_the_whole_record_and_what_is_of_today() -> None:
    month = date(2016, 6, 1)
    assert "只能数今天的" in problem(Question(scope=Scope.ALL, month=month))
    assert "办理情形" in problem(Question(where=(Condition("status", ("running",)),), month=month))
    assert "欠的材料" in problem(Question(columns=("case.lacking",), month=month))
    assert problem(ASKED) == ""
