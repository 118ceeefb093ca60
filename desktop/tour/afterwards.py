"""After the cards: a child is born, a household splits, the register is looked at again, and a household as of a past day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from db.rules.case import Status
from db.rules.codes import ChangeKind, Recheck, Relation
from db.rules.identity import age_on, judge
from db.rules.values import Household, Member
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.households.changes.boxes import act_of
from desktop.pages.households.changes.guide import ChangeGuide
from desktop.pages.households.changes.past import PastDialog
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.rechecks.page import RechecksPage
from desktop.tour import invented
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError, refusal
from desktop.tour.standing_by import second_person
from desktop.tour.three import Chosen

GROWN = 18
CERTIFICATE = "P440000123"
WEEK = timedelta(days=7)
_OFF = (Relation.SON, Relation.DAUGHTER, Relation.FATHER, Relation.MOTHER)
"""Who may found a household of his own."""


def may_leave(home: Household, today: date) -> int | None:
    """The place of a grown member who could live on his own while others stay; None when nobody could."""
    for place, member in enumerate(home.members):
        birth = judge(member.id_number, today).birth if member.id_number else None
        if member.relation in _OFF and birth is not None and age_on(birth, today) >= GROWN:
            return place
    return None


def parting(stage: Stage, first: int) -> int:
    """The household that will split: ``first`` if somebody of it could found one, else the first on the register where somebody could."""
    registered = stage.office.see(search.ids, Filter(status=Status.REGISTERED))
    homes = stage.office.see(households.get_many, [first, *registered])
    found = next((i for i in (first, *registered) if may_leave(homes[i], stage.today) is not None), None)
    if found is None:
        raise StageError("nobody on the register could found a household")
    return found


@dataclass(frozen=True, slots=True)
class Birth:
    """A child's day and certificate, what is said to it, and what the pictures call it."""

    day: date
    certificate: str
    reason: str = "新生儿，户口尚未申报"
    called: str = "出生"


def born(stage: Stage, one: Chosen, birth: Birth) -> None:
    """出生: a child comes into the household."""
    page = stage.page("households", HouseholdsPage, one.id)
    guide = _guide(stage, page, ChangeKind.BORN)
    telling = guide.telling
    day, proof = birth.day.isoformat(), f"出生医学证明 {birth.certificate}"
    told = {"acted_on": day, "proof": proof, "proof_on": day, "reason": birth.reason}
    for key, text in told.items():
        stage.fill(telling.what.editor(key), text)
    entrant = telling.entrant
    if entrant is None:
        raise StageError("the birth asks for no child")
    relation = Relation.GRANDDAUGHTER if _has_grown_child(one.household, stage.today) else Relation.DAUGHTER
    for key, text in (
        ("name", f"{one.head[0]}某宝"),
        ("relation", relation.label),
        ("sex", "女"),
        ("police_proof", birth.certificate),
    ):
        stage.fill(entrant.editor(key), text)
    stage.picture(f"人员变动-{birth.called}", guide)
    _see_and_confirm(stage, page, guide, birth.called, birth.reason)


def split(stage: Stage, papers: Papers, household_id: int) -> None:
    """分户: a grown member founds a household; both cards and the slip to sign are printed."""
    page = stage.page("households", HouseholdsPage, household_id)
    file = page.view.file
    going = may_leave(file.household, stage.today) if file is not None else None
    if file is None or going is None:
        raise StageError("nobody could found a household")
    head = file.household.head_name
    guide = _guide(stage, page, ChangeKind.SPLIT)
    telling = guide.telling
    if telling.parting is None:
        raise StageError("the split asks for nobody")
    stage.tick(telling.parting, going)
    for key, text in (
        ("acted_on", stage.today.isoformat()),
        ("proof", "户口簿（分户）"),
        ("proof_on", stage.today.isoformat()),
    ):
        stage.fill(telling.what.editor(key), text)
    stage.picture("人员变动-分户", guide)
    _see_and_confirm(stage, page, guide, "分户", "家庭分开生活，本人申请分户")
    page = stage.page("households", HouseholdsPage, household_id)
    stage.picture("户档-分户以后")
    papers.by_menu(page.view.changes, "change_slip", "户主变更、分户确认表", head)
    papers.by_menu(page.view.changes, "change_register", "家庭人员变动登记表", head)
    papers.by_menu(page.view.papers, "户卡", "户卡", f"{head}（分户后）")


def past(stage: Stage, household_id: int, day: date) -> None:
    """查看某日: the household as it was before."""
    page = stage.page("households", HouseholdsPage, household_id)
    stage.act(page.view.changes, "as_of")
    dialog = page.findChild(PastDialog)
    if dialog is None:
        raise StageError("the past did not open")
    stage.type(dialog.day.editor, day.isoformat())
    stage.click(dialog.look)
    stage.picture("户档-查看某日", dialog)
    dialog.reject()
    stage.settle()


def look_back(stage: Stage, papers: Papers, three: Sequence[Chosen]) -> None:
    """回头看: a round over a village, one household of it kept."""
    page = stage.page("rechecks", RechecksPage)
    button = page.new if page.new.isVisible() else page.empty.button
    stage.click(button)
    _begin_round(stage, page, three[0].village)
    pane = page.pane
    wanted = three[1]
    stage.tick(pane.ticks, wanted.id)
    told = {
        "outcome": Recheck.KEPT.label, "acted_on": stage.today.isoformat(), "checkers": "、".join(invented.SURVEYORS),
        "reason": "入户核对，家庭情况与户卡一致，继续在册。",
    }  # fmt: skip
    for key, text in told.items():
        stage.fill(pane.form.editor(key), text)
    stage.picture("回头看-录入核查结果")
    stage.click(pane.buttons["record"])
    stage.picture("回头看-一轮")
    if pane.form.is_dirty():
        raise StageError(f"the finding was refused: {refusal(pane.form)}")
    stage.click(page.print)
    papers.take("回头看结果表", wanted.village)


def _begin_round(stage: Stage, page: RechecksPage, village: str) -> None:
    dialog = page.dialog
    if dialog is None:
        raise StageError("nobody asked where to look again")
    dialog.place.setCurrentText(village)
    stage.picture("回头看-开始一轮", dialog)
    stage.click(dialog.agree)
    if page.dialog is not None:
        raise StageError(f"the round was refused: {dialog.fault.text()}{refusal(dialog.form)}")


def _guide(stage: Stage, page: HouseholdsPage, kind: ChangeKind) -> ChangeGuide:
    stage.act(page.view.changes, act_of(kind))
    found = [guide for guide in page.findChildren(ChangeGuide) if guide.isVisible()]
    if len(found) != 1:
        raise StageError(f"{kind.label} did not open: {stage.told()}")
    return found[0]


def _see_and_confirm(stage: Stage, page: HouseholdsPage, guide: ChangeGuide, name: str, reason: str) -> None:
    """See the effect, giving the reason a doubt asks for, then confirm before a second person where one is needed."""
    stage.click(guide.next)
    if guide.stack.currentIndex() == 0:
        stage.fill(guide.telling.what.editor("reason"), reason)
        stage.click(guide.next)
    if guide.stack.currentIndex() != 1:
        forms = [form for form in (guide.telling.what, guide.telling.entrant, guide.telling.off) if form is not None]
        raise StageError(f"{name} was refused: {'；'.join(map(refusal, forms))}")
    stage.picture(f"人员变动-{name}的影响", guide)
    stage.press_and_answer(guide.next, partial(second_person, stage, reason), must=False)
    if guide.stack.currentIndex() != 2:
        raise StageError(f"{name} was not made: {stage.told()}")
    stage.picture(f"人员变动-{name}已办", guide)
    stage.click(guide.next)


def _has_grown_child(home: Household, today: date) -> bool:
    return any(m.relation in (Relation.SON, Relation.DAUGHTER) and _grown(m, today) for m in home.members)


def _grown(member: Member, today: date) -> bool:
    birth = judge(member.id_number, today).birth if member.id_number else None
    return birth is not None and age_on(birth, today) >= GROWN
