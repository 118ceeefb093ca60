"""Captions read as figures: every word must be understood in one way, or the figure is only proposed."""

from __future__ import annotations

import pytest

from db.services.countyforms.match import carried, choices, label_of, propose
from db.services.countyforms.words import read_figure, read_sum
from db.services.figures.counted import Condition, Counted, counted_of
from db.sheets.template import FormKind, FormSheet, Slot
from tests.helpers.countyforms import REPORT, ROSTER


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (("1.贫困户基本情况", "户数"), "count:households?"),
        (("1.贫困户基本情况", "有劳动能力", "低保户"), "count:households?able=1&attribute=04"),
        (("1.贫困户基本情况", "有劳动能力", "低保人"), "count:persons?able=1&attribute=04"),
        (("无劳动能力", "五保户（人）"), "count:persons?able=0&attribute=06"),
        (("危房户",), "count:households?danger=1"),
        (("60周岁以上人数",), "count:persons?age=60.."),
        (("年龄", "16—59岁", "女"), "count:persons?age=16..59&sex=2"),
        (("未满18周岁",), "count:persons?age=..17"),
        (("致贫原因", "其他", "户数"), "count:households?main_cause=99"),
        (("因病户数",), "count:households?main_cause=01"),
        (("在校生状况", "小学", "人数"), "count:persons?schooling=03"),
        (("文化程度", "小学"), "count:persons?education=02"),
        (("有残疾人的户数",), "count:households?disabled=1"),
        (("劳动力人数",), "count:persons?worker=1"),
        (("饮水安全户数",), "count:households?water_safe=1"),
        (("本月新增", "低保户"), "count:households?attribute=04&since_month=1"),
        (("3人及以上户",), "count:households?size=3.."),
        (("人均可支配收入", "4000元以下", "户数"), "count:households?per_head=..4000"),
        (("未参加新农合",), "count:persons?medical_insured=0"),
    ],
)
def test_understood_word_by_word(path: tuple[str, ...], key: str) -> None:
    found = read_figure(path)
    assert found is not None
    assert (found.figure.key, found.sure) == (key, True)
    assert counted_of(key) == Counted(
        found.figure.unit, tuple(sorted(found.figure.where, key=lambda c: c.dimension)), ""
    )


@pytest.mark.parametrize(
    "path",
    [
        ("有劳动能力", "低收入户"),  # 低收入 is no word of the record
        ("小学",),  # 文化程度 or 在校生状况
        ("有劳动能力人数",),  # of the household or of the person
        ("2.帮扶措施落实", "保障", "合作医疗"),  # what was done is not what is
        ("新增户数",),  # in which time
        ("老年人",),  # from which age
        ("人口情况", "低保户"),  # the group says people, the caption households
        ("住房", "C级"),  # households or people
    ],
)
def test_what_may_mean_two_things_is_only_proposed(path: tuple[str, ...]) -> None:
    found = read_figure(path)
    assert found is not None
    assert not found.sure


@pytest.mark.parametrize(
    "path", [("帮扶单位",), ("预计脱贫", "户"), ("到村到户", "领导人次"), ("去世失踪等",), ("脱贫户",), ("自然村数",)]
)
def test_what_the_record_does_not_hold_is_left_alone(path: tuple[str, ...]) -> None:
    assert read_figure(path) is None
    assert read_sum(path) is None


def test_a_figure_is_said_as_one_sentence() -> None:
    figure = Counted("persons", (Condition("attribute", ("04", "06")), Condition("age", ("60..",))))
    assert figure.sentence == "在册户中贫困户属性为“低保户”或“五保户”的户里，年龄60周岁及以上的人数"
    assert counted_of(figure.key) == Counted(
        "persons", (Condition("age", ("60..",)), Condition("attribute", ("04", "06")))
    )
    assert counted_of("count:persons?moon=1") is None


def _sheet(kind: FormKind, paths: tuple[tuple[str, ...], ...]) -> FormSheet:
    return FormSheet(0, "1", kind, 0, 0, 1, 0, tuple(Slot(n, path) for n, path in enumerate(paths)))


def test_columns_of_a_roster_by_the_groups_above_them() -> None:
    found = {p.slot.path: p.key for p in propose(_sheet(FormKind.PERSON, ROSTER)) if p.sure}
    assert found["户主", "姓名"] == "home.head_name"
    assert found["户主", "身份证号码"] == "home.head_id"
    assert found["家庭成员情况", "基本情况", "姓名"] == "member.name"
    assert found["家庭成员情况", "基本情况", "身份证号码"] == "member.id_number"
    assert found["收入（元）", "工资性收入"] == "income.wages"
    assert ("帮扶责任人", "姓名") not in found


def test_every_proposal_and_choice_has_words_for_the_clerk() -> None:
    for kind in FormKind:
        assert all(label and label_of(key) for key, label, _ in choices(kind)), kind
    assert all(label_of(p.key) for p in propose(_sheet(FormKind.VILLAGE, REPORT)) if p.key)


def test_two_columns_that_claim_the_same_are_both_asked_about() -> None:
    found = propose(_sheet(FormKind.HOUSEHOLD, (("户主",), ("户主姓名",), ("家庭人口",))))
    assert [(p.key, p.sure) for p in found] == [
        ("home.head_name", False), ("home.head_name", False), ("home.size_stated", True),
    ]  # fmt: skip


def test_what_a_caption_says_now_goes_before_what_it_meant() -> None:
    old = (("村",), ("60岁以上人数",))
    new = _sheet(FormKind.VILLAGE, (("村",), ("65岁以上人数",)))
    found, gone = carried(propose(new), {("60岁以上人数",): "count:persons?age=60.."}, old)
    assert (found[1].key, found[1].sure, found[1].change) == ("count:persons?age=65..", False, "renamed")
    assert not gone


def test_old_answers_are_carried_to_a_changed_form() -> None:
    old = (("村",), ("低收入户",), ("脱贫情况", "已脱贫户"), ("危房户",), ("取消的列",))
    answers = {("低收入户",): "count:households?attribute=01", ("脱贫情况", "已脱贫户"): "fixed:0"}
    new = _sheet(FormKind.VILLAGE, (("村",), ("低收入户",), ("脱贫情况", "已达标脱贫户"), ("女",), ("危房户",)))
    found, gone = carried(propose(new), answers, old)
    assert [(p.key, p.sure, p.change) for p in found] == [
        ("place.village", True, ""), ("count:households?attribute=01", True, ""), ("fixed:0", False, "renamed"),
        ("count:persons?sex=2", True, "new"), ("count:households?danger=1", True, ""),
    ]  # fmt: skip
    assert found[2].before == "脱贫情况 › 已脱贫户"
    assert gone == (("取消的列",),)


def _figures(*paths: tuple[str, ...], kind: FormKind = FormKind.VILLAGE) -> dict[str, tuple[str, bool]]:
    slots = tuple(Slot(n, path) for n, path in enumerate(paths))
    found = propose(FormSheet(0, "表", kind, 0, 0, 1, 1, slots))
    return {p.slot.path[-1]: (p.key, p.sure) for p in found}


def test_the_heading_of_a_part_of_a_list_is_no_condition() -> None:
    found = _figures(
        ("一、人口情况", "贫困户数（户）"),
        ("二、劳动力", "务工人数（人）"),
        ("三、低保户", "户数（户）"),
        kind=FormKind.FIGURES,
    )
    assert found == {
        "贫困户数（户）": ("count:households?", True),
        "务工人数（人）": ("count:persons?works=1", False),
        "户数（户）": ("count:households?attribute=04", False),
    }


def test_bands_that_share_a_year_are_asked() -> None:
    group = "年龄"
    found = _figures((group, "16岁以下"), (group, "16-59岁"), (group, "60岁以上"), (group, "70岁以上"))
    assert {text: sure for text, (_, sure) in found.items()} == {
        "16岁以下": False, "16-59岁": False, "60岁以上": True, "70岁以上": True
    }  # fmt: skip


def test_a_share_is_proposed_and_asked() -> None:
    found = _figures(
        ("总户数",), ("残疾人", "人数"), ("残疾人", "比例（%）"), ("低保户占比",), ("劳动力", "人数"), ("劳动力", "占贫困人口比例"), ("完成比例",)
    )  # fmt: skip
    everybody = "count:persons?"
    assert found["比例（%）"] == (f"share:count:persons?disabled=1÷{everybody}", False)
    assert found["低保户占比"] == ("share:count:households?attribute=04÷count:households?", False)
    assert found["占贫困人口比例"] == (f"share:count:persons?worker=1÷{everybody}", False)
    assert found["完成比例"] == ("", False)
    assert label_of(found["低保户占比"][0]) == "在册户中贫困户属性为“低保户”的户数 ÷ 全部在册户数，填百分数"
    assert not label_of("share:count:households?nobody=1÷count:households?")


def test_a_group_that_names_a_topic_is_asked_about_and_contradicts_nothing() -> None:
    """劳动力情况 above 无劳动能力 is what the columns are about: 'workers without labour' would be nobody."""
    for unit in ("户", "人"):
        found = read_figure(("劳动力情况", "无劳动能力", unit))
        assert found is not None
        assert not found.sure
        assert len(found.figure.where) == 1
    kept = read_figure(("危房情况", "户数"))
    assert kept is not None
    assert (kept.sure, [c.dimension for c in kept.figure.where]) == (False, ["danger"])
