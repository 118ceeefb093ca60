"""The scan of a public paper: every way a number can be hidden in the text, and what must not be taken for one."""

from __future__ import annotations

import time

import pytest

from db.rules.privacy import scan

ID = "441401197701187916"
OTHER = "44140119770118791X"
CARD = "6216180486438912205"
PHONE = "13529598285"
OFFICE = "0753-4433221"
NOTICE = "公示时间：2016年6月7日至2016年6月13日\n1 第一组 张某运 3 低保户\n2 第七组 魏某华 2 一般贫困户\n"


def kinds(text: str, allowed: tuple[str, ...] = ()) -> list[str]:
    return [hit.kind for hit in scan(NOTICE + text, [ID, OTHER], [PHONE], [CARD], allowed)]


def test_a_clean_notice_has_no_findings() -> None:
    assert kinds(f"异议电话：{OFFICE}", (OFFICE,)) == []


@pytest.mark.parametrize(
    "text",
    [
        ID,
        f"编号{ID}号",
        "441401 19770118 7916",
        "441401\n197701187916",
        "４４１４０１１９７７０１１８７９１６",
        f"00{ID}99",
        f"残疾证{ID}34",
        "441401-19770118-7916",
    ],
)
def test_an_id_of_the_record_is_found_however_written(text: str) -> None:
    assert "身份证号" in kinds(text)


def test_a_lower_case_x_and_the_old_form_are_found() -> None:
    assert kinds("44140119770118791x") == ["身份证号"]
    assert kinds("441401770118791") == ["旧身份证号"]


def test_phones_and_cards_of_the_record() -> None:
    assert kinds("135 2959 8285") == ["农户电话"]
    assert kinds("6216 1804 8643 8912 205") == ["一卡通账号"]


def test_numbers_not_in_the_record_are_known_by_their_look() -> None:
    assert kinds("441401199001011234") == ["像身份证号"]
    assert kinds("441401900101123") == ["像旧身份证号"]
    assert kinds("13911112222") == ["像手机号"]
    assert kinds("139 1111 2222") == ["像手机号"]


def test_the_offices_phones_are_allowed_even_when_a_household_gave_them() -> None:
    assert kinds("电话 13911112222", ("139-1111-2222",)) == []
    assert scan(f"电话 {PHONE}", [], [PHONE], [], [PHONE]) == ()


def test_columns_of_small_numbers_are_no_phone() -> None:
    assert kinds("13 2 1 4 5 6 7 8 9 10") == []
    assert kinds("湛麻发〔2016〕5号 20160607 552户1496人") == []


def test_a_finding_is_masked_and_tells_its_place() -> None:
    text = f"户主张某运 {ID[:6]} {ID[6:]}"
    (hit,) = scan(text, [ID], [], [])
    assert ID not in hit.shown
    assert text[hit.at :].startswith(ID[:6])


def test_a_whole_town_is_scanned_at_once() -> None:
    ids = [f"4414011970{i:07}1" for i in range(16_000)]
    text = "\n".join(f"{i} 第一组 张某运 3 低保户" for i in range(6_289))
    began = time.perf_counter()
    assert scan(text + "\n" + ids[9_000], ids, [PHONE], [CARD])[0].kind == "身份证号"
    assert time.perf_counter() - began < 2
