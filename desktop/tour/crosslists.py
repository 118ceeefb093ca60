"""外部比对: the list of cars another department sent names two of our people; each hit is looked into and explained with a proof, printed
and written out before the county asks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.rules.case import Status
from db.rules.codes import CrossOutcome
from db.rules.identity import check_digit
from db.rules.values import Household
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.crosscheck.page import CrosscheckPage
from desktop.tour import otherhands, rereading, snapshots
from desktop.tour.oddfiles import FOLDER
from desktop.tour.otherhands import Row
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError
from desktop.tour.workbooks import Script

NAME = "车管所机动车登记名单.xlsx"
STRANGERS = ("滕某伟", "阮某刚", "岑某雄", "柯某勇", "甄某波", "尹某强")
"""Owners of cars who are none of the town's poor."""
SAYINGS: Sequence[tuple[CrossOutcome, str]] = (
    (CrossOutcome.ALLOWED, "名下是送货用的旧三轮摩托，县核查时已看过行驶证，不属于七不进所说的车辆。"),
    (CrossOutcome.OUTDATED, "车已于去年报废，有报废回收证明，车管所还没有注销登记。"),
)


def play(stage: Stage, papers: Papers, script: Script, home: Path) -> None:
    """Take the list in, explain its hits, write them out."""
    owners = _owners(stage)
    page = stage.page("crosscheck", CrosscheckPage)
    stage.picture("外部比对")
    page.read_list(otherhands.typed(home / FOLDER / NAME, "机动车", _rows(stage, script, owners), ("A1:G1",)))
    stage.settle()
    if page.columns.isVisible():
        stage.picture("外部比对-问表头对应")
        stage.click(page.columns.go)
    _take_in(stage, page)
    for one, (outcome, text) in zip(owners, SAYINGS, strict=True):
        _explain(stage, page, one, (outcome, text), home)
    _write_out(stage, papers, page, owners)


def _owners(stage: Stage) -> list[Household]:
    """Two households on the register whose heads have names of their own."""
    ids = stage.office.see(search.ids, Filter(status=Status.REGISTERED))
    found = list(stage.office.see(households.get_many, ids).values())
    names = [home.head_name for home in found]
    own = [home for home in found if names.count(home.head_name) == 1 and home.head_id]
    return own[-len(SAYINGS) :]


def _rows(stage: Stage, script: Script, owners: Sequence[Household]) -> list[Row]:
    day = stage.today
    title = f"{script.county}公安局车管所机动车登记名单（{day.year}年{day.month}月{day.day}日）"
    made: list[Row] = [(title,), ("序号", "车主姓名", "身份证号码", "号牌号码", "车辆类型", "初次登记日期", "住址")]
    body = [f"44140119{71 + n}0{1 + n}15{973 + 2 * n}" for n in range(len(STRANGERS))]
    people = [
        (name, number + check_digit(number), "小型轿车", "邻县某镇")
        for name, number in zip(STRANGERS, body, strict=True)
    ]
    for place, home in enumerate(owners):
        kind = "正三轮摩托车" if place == 0 else "小型普通客车"
        people.insert(2 + 3 * place, (home.head_name, home.head_id, kind, f"{script.town}{home.village}{home.group}"))
    for number, (name, card, kind, lives) in enumerate(people, 1):
        made.append((number, name, card, f"粤M9{number:02d}A{number}", kind, "2012-03-05", lives))
    return made


def _take_in(stage: Stage, page: CrosscheckPage) -> None:
    """What the list says of ours is seen before anything is kept."""
    taking = page.taking
    if taking.shown is None or len(taking.shown.hits) != len(SAYINGS):
        raise StageError(f"the list of cars was compared otherwise: {taking.counts.text()} {stage.told()}")
    if taking.office.is_blank():
        stage.type(taking.office, "县公安局车管所")
    stage.picture("外部比对-录入前先看")
    stage.click(taking.go)
    if page.stack.currentWidget() is not page.looking:
        raise StageError(f"the list was not taken in: {taking.problem.text()}")
    stage.picture("外部比对-待说明")


def _explain(stage: Stage, page: CrosscheckPage, home: Household, said: tuple[CrossOutcome, str], folder: Path) -> None:
    """核实结果, a sentence and a photo for one hit."""
    looking = page.looking
    hit = next(one for one in looking.hits.shown() if one.household_id == home.id)
    looking.hits.go_to(hit.id)
    stage.settle()
    box = looking.detail.answering
    outcome, text = said
    stage.fill(box.outcome, outcome.label)
    stage.type(box.text, text)
    photo = snapshots.take(
        folder / FOLDER, f"{home.head_name}_车辆证明", f"{home.head_name}\n车辆证明", stage.clock.now()
    )
    box.attached.add([photo])
    stage.picture(f"外部比对-说明{outcome.label[:2]}")
    stage.click(box.save_button)
    if any(one.id == hit.id and one.open for one in looking.hits.shown()):
        raise StageError(f"the hit was not explained: {box.problem.text()}")


def _write_out(stage: Stage, papers: Papers, page: CrosscheckPage, owners: Sequence[Household]) -> None:
    """The list with its explanations as a workbook without whole numbers, and the sheet of one household."""
    hits = page.looking.hits
    stage.click(hits.list.chip("全部"))
    stage.picture("外部比对-都已说明")
    path = stage.out / "外部比对结果-车辆.xlsx"
    page.looking.export_to(path, by_list=True)
    stage.settle()
    found = rereading.sheets(path)
    told = sum(len(rereading.counted(rows)) for rows in found.values())
    rereading.hold("hits", path, told, len(hits.shown()))
    rereading.hold("numbers in full", path, rereading.whole_numbers(found), 0)
    hit = next(one for one in hits.shown() if one.household_id == owners[0].id)
    hits.go_to(hit.id)
    stage.settle()
    stage.click(page.paper)
    papers.take("比对情况说明", hit.head_name)
