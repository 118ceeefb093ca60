"""The whole procedure through the real windows for a small town: every count, every paper, every reason for staying out."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog
from python_calamine import CalamineWorkbook

from db.services.papers import blanks as blank_papers
from db.store.clock import CST, FixedClock
from db.store.record import Record
from desktop.tour.cast import CLERK
from desktop.tour.papers import BLANKS, FOLDER, INDEX, TITLES
from desktop.tour.play import play
from tests.helpers import smalltown
from tests.helpers.record import CHEAP

REASONS = {
    smalltown.AMBIGUOUS: ("入户核实", "有 2 户村、组、户主、人口都相同"),
    smalltown.UPHELD: ("入户核实", f"未通过：七不进经认定成立：{smalltown.CAR}"),
    smalltown.UNSIGNED: ("入户核实", "缺调查人员签名 1 人"),
    smalltown.FAILED: ("民主评议", "未通过：民主评议未通过：同意 16 票，未超过实到 39 人的一半"),
    smalltown.MISCOUNTED: ("民主评议", "与实到 43 人不符"),
    smalltown.FAULTY[0]: ("名册录入", "性别女，与户主关系却是之子"),
    smalltown.FAULTY[1]: ("名册录入", "“生病”不在代码表内"),
}
PICTURES = (
    "首次使用", "恢复密钥", "登录", "工作台", "名册预览", "申请表", "入户核实", "七不进", "指认", "民主评议", "更正", "手工录入", "公示", "异议", "初审",
    "汇总名册", "镇审核", "县公告", "县核查", "县审定", "户卡", "台账", "农户档案", "户档", "收入核算", "家庭成员", "生产生活", "核查异议", "照片与材料",
    "文号登记", "退回", "出生", "分户", "查看某日", "回头看", "复录核对", "数据体检", "查名册", "为什么", "试算", "表头对应", "有变动", "有冲突", "就地改",
    "撤销录入", "csv文件", "设了密码", "损坏", "脱敏", "数字是哪些户", "要个数", "外部比对", "报表填报", "表样改了", "月结前检查", "逐字相同", "下月的调整",
    "名单变化", "解锁", "发给村里填", "收回填报表",
)  # fmt: skip

WORKBOOKS = (
    "错误清单", "对外脱敏，万元", "农户名单-", "名单变化-", "贫困户情况统计表", "待补清单", "外部比对结果", "低保户-", "60 周岁以上的人-", "发给村里填/",
)  # fmt: skip

OF_HOUSEHOLDS = (
    "贫困户申请书", "入户核实表", "村初审意见", "贫困户登记表（信息采集表）", "家庭成员表", "收入核算表", "户卡", "一户一档",
)  # fmt: skip
REALLY_ASK = QDialog.exec
"""Taken before the guard against unexpected dialogs: the tour answers those it opens itself."""


@pytest.mark.timeout(400)
@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)
def test_the_tour_takes_a_town_from_the_first_start_to_the_cards(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(QDialog, "exec", REALLY_ASK)
    monkeypatch.setenv("HUYOUKA_HOME", str(tmp_path / "home"))
    play(smalltown.cut(tmp_path), out, tmp_path, CHEAP)
    assert json.loads((out / "summary.json").read_text(encoding="utf-8")) == _summary()
    assert str(out) in capsys.readouterr().out.splitlines()[-2]
    _see_who_stayed_out(out)
    _see_pictures(out)
    _see_papers(out)
    _see_every_title(out)
    _see_ledger(out)
    _see_workbooks(out)
    _see_record(out, tmp_path)


def _summary() -> dict[str, Any]:
    whole = _counts((22, 54), 2, 20, (16, 40))
    whole["by_village"] = {
        "南夏村": _counts((12, 24), 0, 10, (7, 12)),
        "岭头村": _counts((10, 30), 2, 10, (9, 28)),
    }
    return whole


def _counts(imported: tuple[int, int], faulty: int, visited: int, carded: tuple[int, int]) -> dict[str, Any]:
    return {
        "imported": {"households": imported[0], "persons": imported[1]},
        "faulty": faulty,
        "visited": visited,
        **dict.fromkeys(("passed", "noticed", "opinion", "reviewed", "decided"), carded[0]),
        "carded": {"households": carded[0], "persons": carded[1]},
    }


def _see_who_stayed_out(out: Path) -> None:
    """Each with the step and the reason, nobody else, and no whole identity number on the list."""
    text = (out / "stayed_out.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert sorted(one["head_name"] for one in found) == sorted([*REASONS, smalltown.AMBIGUOUS])
    for one in found:
        step, why = REASONS[one["head_name"]]
        assert one["step"] == step
        assert why in one["reason"]
    assert len((out / "stayed_out.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + len(found)
    assert not re.search(r"\d{15}", text)


def _see_pictures(out: Path) -> None:
    """Numbered without a gap, of every page, all of the same size, none blank."""
    names = sorted(path.name for path in out.glob("*.png"))
    assert [name[:4] for name in names] == [f"{n:03d}-" for n in range(1, len(names) + 1)]
    assert [word for word in PICTURES if not any(word in name for name in names)] == []
    pictures = [QImage(str(out / name)) for name in names]
    assert {(picture.width(), picture.height()) for picture in pictures} == {(1366, 768)}
    assert len({(out / name).read_bytes() for name in names}) == len(names)


def _see_papers(out: Path) -> None:
    made = {path.name for path in out.glob("*.pdf")}
    by_village = {f"{paper}-{v}.pdf" for paper in ("公示", "汇总名册", "户卡") for v in smalltown.HEADS}
    assert by_village | {"县公告-太平镇.pdf", "未进入名单-太平镇.pdf", "恢复密钥.pdf"} <= made
    assert all((out / name).read_bytes().startswith(b"%PDF-") for name in made)


def _see_every_title(out: Path) -> None:
    """Each paper of identification is there under its title, with pages, those of a household for all three of them."""
    folder = out / FOLDER
    listed = {one["title"]: one["papers"] for one in json.loads((folder / INDEX).read_text(encoding="utf-8"))}
    assert set(TITLES) <= set(listed)
    for title, papers in listed.items():
        for paper in papers:
            assert paper["file"].startswith(title)
            assert paper["pages"] > 0
            assert (folder / paper["file"]).read_bytes().startswith(b"%PDF-")
    for title in OF_HOUSEHOLDS:
        assert len(listed[title]) >= 3, title
    (village,) = [one for one in listed["一户一档"] if one["whose"].startswith("岭头村")]
    assert village["whose"] == "岭头村（9户）"
    assert village["pages"] > 9 * 10
    assert {path.name.partition("（空白）")[0] for path in (folder / BLANKS).glob("*.pdf")} == set(blank_papers.TITLES)


def _see_ledger(out: Path) -> None:
    """Of the month of the cards, with a line for each card and each person."""
    book = CalamineWorkbook.from_path(str(out / "2016年07月台账-太平镇.xlsx"))
    counted = [
        sum(str(row[0]).removesuffix(".0").isdigit() for row in book.get_sheet_by_name(name).to_python())
        for name in ("贫困户花名册", "贫困人口花名册")
    ]
    assert counted == [16, 40]


def _see_workbooks(out: Path) -> None:
    """One of every kind that goes out, each to be opened; a closed month written again is the same file, and counts the child entered late
    in the next one only."""
    made = {path.relative_to(out).as_posix(): path for path in out.rglob("*.xlsx")}
    assert [word for word in WORKBOOKS if not any(word in name for name in made)] == []
    assert all(CalamineWorkbook.from_path(str(path)).sheet_names for path in made.values())
    (frozen,) = out.glob("2016年07月台账（封存）.xlsx")
    (again,) = out.glob("2016年07月台账（更正以后再导出）.xlsx")
    assert frozen.read_bytes() == again.read_bytes()
    (later,) = out.glob("2016年08月台账（重新月结）.xlsx")
    assert [_persons(frozen), _persons(later)] == [41, 42]


def _persons(path: Path) -> int:
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("贫困人口花名册").to_python()
    return sum(str(row[0]).removesuffix(".0").isdigit() for row in rows)


def _see_record(out: Path, folder: Path) -> None:
    """It opens with the clerk's password and its trail is whole."""
    day = smalltown.CLOCK_ENDS
    clock = FixedClock(datetime(day.year, day.month, day.day, 18, tzinfo=CST))
    path, anchors = out / "档案" / "town.huk", folder / "anchors.json"
    with Record.open(path, CLERK.name, CLERK.password, clock=clock, cost=CHEAP, anchors=anchors) as record:
        assert record.verify_chain() == []
