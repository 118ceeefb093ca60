"""Two objections during the notice: one upheld, which ends in a correction and a new notice for that household alone, and one rejected.

Both are looked into by two people other than the first surveyors, and both objectors are told.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.case import Finding
from db.rules.objecting import Claim
from db.services.notices import notices, objections
from desktop.forms.objecting import CHANNELS, WAYS
from desktop.pages.households.changes.guide import ChangeGuide
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.notices.page import NoticesPage
from desktop.tour import invented
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError
from desktop.tour.three import Chosen


@dataclass(frozen=True, slots=True)
class Raised:
    """What is said against a household and what came of it."""

    objector: str
    channel: str
    claim: Claim
    content: str
    finding: Finding
    result: str
    answer: str


WRONG_GROUP = Raised(
    "温某有", CHANNELS[0], Claim.OTHER, "榜上的村民小组写错了，这一户现在住在另一个村民小组。", Finding.CORRECT,
    "核对户口簿并到户查看：这一户已迁居到邻近的村民小组，榜上的村民小组应当更正；收入和人口与核实表一致。",
    "已当面告知核查结果，更正后重新公示七天；本人无其他意见。",
)  # fmt: skip
HAS_CAR = Raised(
    "", CHANNELS[2], Claim.CAR, "听说这一户的儿子买了小汽车，不应当评上。", Finding.UNFOUNDED,
    "到车辆管理所查询户主和全体成员名下没有机动车登记；停在门前的车是来探亲的亲戚的，邻居两人证实。",
    "匿名异议，核查结果已在村务公开栏张贴。",
)  # fmt: skip


def raise_one(stage: Stage, one: Chosen, raised: Raised) -> None:
    """登记异议 against a household of the notice that hangs."""
    page = _at_notice(stage, one)
    stage.click(page.detail.buttons["object"])
    form = page.objecting.form
    wanted = f"{one.head}（{one.household.group}，{one.household.size} 人"
    stage.choose(form.editor("household").core, wanted)
    stage.type(form.editor("received_on"), stage.today.isoformat())
    if raised.objector:
        stage.type(form.editor("objector"), raised.objector)
    for key, text in (("channel", raised.channel), ("claim", raised.claim.label), ("content", raised.content)):
        stage.fill(form.editor(key), text)
    stage.picture(f"公示-登记异议-{'实名' if raised.objector else '匿名'}")
    stage.click(page.objecting.confirm)
    if page.panel() is not None:
        raise StageError(f"the objection was refused: {page.objecting.faults.text()}")


def investigate(stage: Stage, one: Chosen, raised: Raised) -> None:
    """核查异议 by two others, with the result and the answer."""
    page = _at_notice(stage, one)
    found = next(o for o in stage.office.see(objections.register_view) if o.is_open and o.content == raised.content)
    page.detail.objection_opened.emit(found.id)
    stage.settle()
    form = page.investigating.form
    way = WAYS[0] if raised.objector else WAYS[3]
    told = {
        "investigated_on": stage.today.isoformat(), "finding": raised.finding.label,
        "investigators": "、".join(invented.SURVEYORS), "result": raised.result,
        "answered_on": stage.today.isoformat(), "way": way, "answer": raised.answer,
    }  # fmt: skip
    for key, text in told.items():
        stage.fill(form.editor(key), text)
    stage.picture(f"公示-核查异议-{raised.finding.label.partition('，')[0]}")
    stage.click(page.investigating.confirm)
    if page.panel() is not None:
        raise StageError(f"the investigation was refused: {page.investigating.faults.text()}")
    stage.say(f"异议：{one.village}{one.household.group} {one.head}户，{raised.finding.label}")


def print_answers(stage: Stage, papers: Papers, whose: str) -> None:
    """异议登记表 and the answer to every objector."""
    page = stage.page("notices", NoticesPage)
    stage.click(page.register_button)
    register = page.register
    stage.picture("异议登记簿")
    stage.click(register.print)
    papers.take("异议登记表", whose)
    for place, item in enumerate(register.list.items()):
        register.list.table.go_to(place)
        stage.settle()
        stage.click(register.answer)
        view = item.thing
        papers.take(
            "异议答复书",
            view.household.rpartition(" ")[2].removesuffix("户")
            if isinstance(view, objections.ObjectionView)
            else whose,
        )
    stage.click(register.cancel)


def move_group(stage: Stage, one: Chosen, group: str) -> None:
    """调整村民小组: what the objection was about, as a dated change with its effect shown."""
    page = stage.page("households", HouseholdsPage, one.id)
    stage.act(page.view.changes, "change:group")
    guide = page.findChild(ChangeGuide)
    if guide is None:
        raise StageError("the change of group did not open")
    form = guide.telling.what
    for key, text in (
        ("group", group),
        ("acted_on", stage.today.isoformat()),
        ("proof", "户口簿"),
        ("reason", "异议核查属实"),
    ):
        stage.fill(form.editor(key), text)
    stage.click(guide.next)
    stage.picture("人员变动-调整村民小组的影响", guide)
    stage.click(guide.next)
    stage.click(guide.next)


def notice_of(stage: Stage, village: str) -> int:
    """The newest notice of a village that is not void."""
    return next(n.id for n in stage.office.see(notices.views) if n.village == village and not n.down)


def _at_notice(stage: Stage, one: Chosen) -> NoticesPage:
    """The page of notices at the one that lists the household."""
    return stage.page("notices", NoticesPage, notice_of(stage, one.village))
