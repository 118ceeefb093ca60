"""报表填报: the county's blank forms are read, each column confirmed, filled from the register, and what the record lacks is listed; next
month's form has other columns, and only these are asked about.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db.rules.case import Status
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.countyforms.page import CountyFormsPage
from desktop.tour import otherhands, rereading
from desktop.tour.oddfiles import FOLDER
from desktop.tour.otherhands import Paths
from desktop.tour.stage import Stage, StageError

_HOMES, _KINDS = "在册贫困户情况", "其中按属性"
FIGURES: Paths = (
    ("行政村",),
    (_HOMES, "合计", "户数"), (_HOMES, "合计", "人数"),
    (_HOMES, _KINDS, "低保户", "户"), (_HOMES, _KINDS, "低保户", "人"),
    (_HOMES, _KINDS, "五保户", "户"), (_HOMES, _KINDS, "五保户", "人"),
    ("劳动能力", "有劳动能力", "户"), ("劳动能力", "无劳动能力", "户"),
    ("住房", "危房户"), ("帮扶干部入户", "人次"),
)  # fmt: skip
"""Four levels; the last column is nothing the record knows."""
CHANGED: Paths = (
    *FIGURES[:7], ("致贫原因", "因病", "户"), ("致贫原因", "因残", "户"), ("住房", "危房户（C级、D级）"), ("帮扶干部入户", "人次"),
)  # fmt: skip
"""A later month's: 劳动能力 is gone, 致贫原因 is new, 危房户 is called otherwise."""
PEOPLE: Paths = (
    ("序号",), ("住址", "行政村"), ("住址", "村民小组"), ("户主", "基本情况", "姓名"), ("户主", "基本情况", "身份证号"), ("户主", "联系电话"),
    ("户主", "家庭住址"), ("家庭人口",), ("人均可支配收入（元）",), ("致贫原因说明",),
)  # fmt: skip


def play(stage: Stage, home: Path) -> None:
    """Two forms of this month: figures a village, and a row a household."""
    folder = home / FOLDER
    page = stage.page("countyforms", CountyFormsPage)
    stage.picture("报表填报")
    _figures(stage, page, folder, (FIGURES, "第一次"), stage.today)
    _people(stage, page, folder)


def again(stage: Stage, home: Path, month: date) -> None:
    """A later month's form with other columns: what is new and what is called otherwise is asked, the rest is remembered."""
    page = stage.page("countyforms", CountyFormsPage)
    stage.picture("报表填报-填过的表")
    _figures(stage, page, home / FOLDER, (CHANGED, "表样改了"), month)


def _read(stage: Stage, page: CountyFormsPage, form: Path) -> None:
    page.read_form(form)
    stage.settle()
    if not page.panes:
        raise StageError(f"“{form.name}” was not read: {stage.told()}")


def _fill(stage: Stage, page: CountyFormsPage, name: str) -> Path:
    page.try_out()
    stage.settle()
    path = stage.out / name
    page.fill_to(path)
    stage.settle()
    if not path.exists():
        raise StageError(f"“{name}” was not filled: {stage.told()}")
    return path


def _figures(stage: Stage, page: CountyFormsPage, folder: Path, of: tuple[Paths, str], month: date) -> None:
    """Figures a village: proposals confirmed, filled, and their sums held against the register."""
    captions, called = of
    title = "贫困户情况统计表"
    form = otherhands.blank_form(folder / f"{month.month}月{title}.xlsx", title, "单位：户、人", captions, sums=True)
    _read(stage, page, form)
    stage.choose(page.side.month, f"{month.year} 年 {month.month} 月")
    pane = page.panes[0]
    if called != "第一次" and "改的" not in page.said_of_form.text():
        raise StageError(f"the changed form was not known again: {page.said_of_form.text()}")
    stage.picture(f"报表填报-{called}")
    if pane.confirm.isVisible():
        stage.click(pane.confirm)
    page.try_out()
    stage.settle()
    stage.turn(pane.tabs, pane.basis_card)
    stage.picture(f"报表填报-{called}的口径")
    stage.turn(pane.tabs, pane.preview)
    path = _fill(stage, page, page.file_name())
    stage.picture(f"报表填报-{called}已填好")
    (rows,) = rereading.sheets(path).values()
    villages = [row for row in rows[6:] if isinstance(row[1], float) and "合" not in str(row[0])]
    told = [int(sum(row[place] for row in villages)) for place in (1, 2)]
    rereading.hold("户数、人数", path, told, list(_register(stage)))
    stage.click(page.back)


def _people(stage: Stage, page: CountyFormsPage, folder: Path) -> None:
    """A row a household: what the record lacks is listed with the households concerned, and written out as a list."""
    form = otherhands.blank_form(folder / f"{stage.today.month}月贫困户名单.xlsx", "贫困户名单", "单位：人、元", PEOPLE)
    _read(stage, page, form)
    pane = page.panes[0]
    if pane.confirm.isVisible():
        stage.click(pane.confirm)
    page.try_out()
    stage.settle()
    if not page.side.lacks.items():
        raise StageError("nothing is lacking although few households ever told why")
    stage.picture("报表填报-档案里缺的")
    path = _fill(stage, page, page.file_name())
    (rows,) = rereading.sheets(path).values()
    rereading.hold("households", path, len(rereading.counted(rows)), _register(stage)[0])
    lacking = stage.out / f"待补清单-{path.name}"
    page.export_to(lacking)
    stage.settle()
    told = sum(len(rereading.counted(rows)) for rows in rereading.sheets(lacking).values())
    rereading.hold("what is lacking", lacking, told, len(page.side.lacks.items()))
    stage.click(page.back)


def _register(stage: Stage) -> tuple[int, int]:
    return stage.office.see(search.count, Filter(status=Status.REGISTERED))
