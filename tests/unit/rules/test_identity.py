"""Identity numbers: every kind of mess a roster brings, and both sides of every line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.codes import IdKind, Sex
from db.rules.identity import (
    age_on,
    card_problem,
    check_digit,
    disability_problem,
    judge,
    judge_kind,
    luhn,
    mask,
    normalise,
    normalise_phone,
    phone_problem,
)

TODAY = date(2016, 5, 25)
WOMAN = "11010519491231002X"  # the two numbers printed in GB 11643 itself
MAN = "440524188001010014"


def made(birth: str, sequence: str = "001") -> str:
    body = f"441401{birth}{sequence}"
    return body + check_digit(body)


def test_the_standards_own_numbers_hold() -> None:
    assert judge(WOMAN, TODAY).sex is Sex.FEMALE
    assert judge(WOMAN, TODAY).birth == date(1949, 12, 31)
    assert judge(MAN, date(1990, 1, 1)).sex is Sex.MALE


@pytest.mark.parametrize(
    "raw",
    [
        "11010519491231002x",
        "'11010519491231002X",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231\u3000002x ",
        "\ufeff110105\u200b19491231\u00a0002X",
    ],
)
def test_harmless_mess_is_absorbed(raw: str) -> None:
    verdict = judge(raw, TODAY)
    assert (verdict.number, verdict.problem) == (WOMAN, "")


@given(st.text(st.sampled_from("0123456789XxＸ０９ '\u3000\u00a0\u200b-A一"), max_size=24))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not any(c.isspace() for c in once)


@given(st.dates(date(1900, 1, 1), date(2016, 5, 25)), st.integers(0, 999))
def test_any_good_number_survives_blanks_and_widening(birth: date, sequence: int) -> None:
    number = made(birth.strftime("%Y%m%d"), f"{sequence:03}")
    messy = "".join(f" {chr(ord(c) + 0xFEE0)}" if i % 3 else c.lower() for i, c in enumerate(number))
    verdict = judge(messy, TODAY)
    assert verdict.number == number
    assert verdict.birth == birth
    assert verdict.sex is (Sex.MALE if sequence % 2 else Sex.FEMALE)


@given(st.dates(date(1920, 1, 1), date(2016, 5, 25)), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(birth: date, place: int, shift: int) -> None:
    number = made(birth.strftime("%Y%m%d"))
    figures = "0123456789X"
    there = figures.index(number[place])
    other = figures[(there + shift) % (11 if place == 17 else 10)]
    verdict = judge(number[:place] + other + number[place + 1 :], TODAY)
    assert verdict.problem
    assert verdict.number == ""


def test_fifteen_digits_are_converted_and_marked() -> None:
    verdict = judge("441401770118791", TODAY)
    assert (verdict.number, verdict.from_15) == ("441401197701187916", True)
    assert judge(441401770118791.0, TODAY).number == "441401197701187916", "15 digits are exact as a number"
    assert not judge(WOMAN, TODAY).from_15


@pytest.mark.parametrize(
    "raw", ["4.41401E+17", "4.41401196106160E+17", 4.41401196106160e17, 441401196106160000, "441401196106160000.0"]
)
def test_what_excel_made_a_number_is_refused(raw: str | float) -> None:
    assert "被 Excel 存成数字，末几位已丢失" in judge(raw, TODAY).problem


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("", "没有填写"),
        ("44140119770118791", "17 位，应为 18 位"),
        ("4414011977011879161", "19 位，应为 18 位"),
        ("44140119770118791A", "17 位数字加一位"),
        ("441401197701187915", "校验位不对（按前 17 位应为 6）"),
        (made("19770230"), "不存在"),
        (made("20160526"), "晚于"),
        (made("18950525"), "超过 120 年"),
    ],
)
def test_bad_numbers_say_what_is_wrong(number: str, words: str) -> None:
    assert words in judge(number, TODAY).problem


def test_edges_of_birth_are_accepted() -> None:
    assert judge(made("20160525"), TODAY).problem == ""
    assert judge(made("18950526"), TODAY).problem == "", "121 tomorrow is still 120"


@pytest.mark.parametrize(
    ("region", "note"), [("441401", ()), ("450101", ("外省身份证（广西）",)), ("810000", ("香港居民证件号",))]
)
def test_a_region_is_a_note_and_never_a_problem(region: str, note: tuple[str, ...]) -> None:
    body = f"{region}19800101001"
    verdict = judge(body + check_digit(body), TODAY)
    assert (verdict.problem, verdict.notes) == ("", note)


def test_an_unknown_region_is_a_note_too() -> None:
    body = "99000019800101001"
    verdict = judge(body + check_digit(body), TODAY)
    assert verdict.problem == ""
    assert "不在国家代码表内" in verdict.notes[0]


def test_age_changes_on_the_birthday() -> None:
    assert age_on(date(2000, 5, 25), TODAY) == 16
    assert age_on(date(2000, 5, 26), TODAY) == 15
    assert age_on(date(2004, 2, 29), date(2015, 2, 28)) == 10
    assert age_on(date(2004, 2, 29), date(2015, 3, 1)) == 11


def test_a_masked_number_gives_neither_region_nor_birth() -> None:
    assert mask(WOMAN) == "*" * 14 + "002X"
    assert mask("") == ""


@pytest.mark.parametrize("number", [f"{WOMAN}11", f"{WOMAN}74", f"{WOMAN.lower()} 34", f"{WOMAN}34B1"])
def test_a_certificate_is_the_own_number_with_category_and_grade(number: str) -> None:
    assert disability_problem(number, WOMAN) == ""


@pytest.mark.parametrize("number", [f"{WOMAN}04", f"{WOMAN}84", f"{WOMAN}10", f"{WOMAN}15", f"{WOMAN}1", WOMAN])
def test_a_certificate_of_another_shape_is_wrong(number: str) -> None:
    assert "应为 20 位" in disability_problem(number, WOMAN)


def test_a_certificate_of_somebody_else_is_wrong() -> None:
    assert "前 18 位" in disability_problem(f"{MAN}34", WOMAN)
    assert disability_problem(f"{MAN}34", "") == "", "an unreadable own number is reported by its own rule"


@pytest.mark.parametrize(
    "number", ["13800001111", "138-0000-1111", "+86 138 0000 1111", "0753-4433221", "020 83112233", "（0753）4433221"]
)
def test_phones_that_can_be_called(number: str) -> None:
    assert phone_problem(number) == ""


@pytest.mark.parametrize(
    ("number", "words"), [("1869796165", "10 位"), ("12800001111", "128 开头"), ("4433221", "区号"), ("无", "区号")]
)
def test_phones_that_cannot(number: str, words: str) -> None:
    assert words in phone_problem(number)


def test_phone_is_kept_in_one_form() -> None:
    assert normalise_phone("+86 138-0000-1111") == "13800001111"


@pytest.mark.parametrize(("digits", "good"), [(15, False), (16, True), (19, True), (20, False)])
def test_a_card_has_sixteen_to_nineteen_digits(digits: int, good: bool) -> None:
    assert (card_problem("6" * digits) == "") is good


def test_a_card_has_digits_only() -> None:
    assert "数字以外" in card_problem("6216X80486438912205")


def test_a_day_makes_the_difference_for_the_future() -> None:
    tomorrow = TODAY + timedelta(days=1)
    number = made(tomorrow.strftime("%Y%m%d"))
    assert judge(number, TODAY).problem
    assert judge(number, tomorrow).problem == ""


def test_a_number_cut_to_zeros_is_not_given_a_check_digit() -> None:
    problem = judge("441401197001010000", TODAY).problem
    assert "截去" in problem
    assert "应为" not in problem


@pytest.mark.parametrize("number", ["13800000001/13900000002", "1380000000113900000002", "13800000001、13900000002"])
def test_two_phones_in_one_cell_are_named(number: str) -> None:
    assert "两个号码（13800000001、13900000002）" in phone_problem(number)


@pytest.mark.parametrize(("problem", "number"), [(phone_problem, "1.38E+10"), (card_problem, "6.21E+15")])
def test_numbers_in_scientific_form_are_named(problem: Callable[[str], str], number: str) -> None:
    assert "科学计数" in problem(number)


def whole(body: str) -> str:
    return body + check_digit(body)


PERMIT, CARD = whole("83000019860412221"), whole("44140119860412221")


@pytest.mark.parametrize(
    ("kind", "number", "words"),
    [
        (None, CARD, ""),
        (IdKind.RESIDENT, CARD, ""),
        (IdKind.RESIDENT, PERMIT, ""),
        (IdKind.HONGKONG_MACAU_TAIWAN, PERMIT, ""),
        (IdKind.HONGKONG_MACAU_TAIWAN, whole("81000019860412221"), ""),
        (IdKind.HONGKONG_MACAU_TAIWAN, CARD, "81、82 或 83"),
        (IdKind.HONGKONG_MACAU_TAIWAN, "H12345678", "应为 17 位数字"),
        (IdKind.DISABILITY, f"{CARD}44", ""),
        (IdKind.DISABILITY, f"{CARD}84", "20 位"),
        (IdKind.OFFICER, "军字第1234567号", ""),
        (IdKind.OFFICER, "南字12345678", ""),
        (IdKind.OFFICER, "军字第12号", "6–10 位数字"),
        (IdKind.OFFICER, "", "没有填写军官证号"),
        (IdKind.NONE, "", ""),
        (IdKind.NONE, "123", "3 位"),
    ],
)
def test_each_kind_of_document_has_its_own_shape(kind: IdKind | None, number: str, words: str) -> None:
    verdict = judge_kind(kind, number, TODAY)
    assert words in verdict.problem if words else verdict.problem == ""


def test_a_permit_says_birth_and_sex_and_is_no_other_province() -> None:
    verdict = judge_kind(IdKind.HONGKONG_MACAU_TAIWAN, PERMIT, TODAY)
    assert (verdict.birth, verdict.sex, verdict.notes) == (date(1986, 4, 12), Sex.MALE, ())
    assert judge_kind(IdKind.RESIDENT, PERMIT, TODAY).notes == ("台湾居民证件号",)


def test_a_certificate_of_disability_stands_for_the_number_it_begins_with() -> None:
    assert judge_kind(IdKind.DISABILITY, f"{CARD}44", TODAY).number == CARD
    assert judge_kind(IdKind.OFFICER, "军字第1234567号", TODAY).birth is None


@pytest.mark.parametrize(("number", "good"), [("6212632455325283478", True), ("6212632455325283479", False)])
def test_the_check_digit_of_an_account(number: str, good: bool) -> None:
    assert luhn(number) is good


def test_a_faulty_permit_is_called_by_its_own_name() -> None:
    told = judge_kind(IdKind.HONGKONG_MACAU_TAIWAN, "81000019940823002X", date(2016, 6, 1)).problem
    assert told == "居住证号 81000019940823002X 的校验位不对（按前 17 位应为 1），请对照居住证逐位核对"
