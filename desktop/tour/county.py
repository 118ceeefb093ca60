"""What the county does as it comes back to the town: announcement, second check, decision; then the cards.

The county's papers are not among the workbooks, so their numbers are invented; everybody it was given passes.
"""

from __future__ import annotations

from datetime import date

from db.rules.codes import BatchKind, Direction
from db.services.notices import notices
from desktop.pages.county.page import CountyPage
from desktop.pages.county.ruling import RulingTab
from desktop.printing.pdf import file_name
from desktop.tour import numbers
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError, refusal
from desktop.tour.workbooks import Script


def announce(stage: Stage, script: Script, papers: Papers) -> date:
    """Enter the announcement, print it, record that it hangs since today; returns the last day of its period."""
    number = _number(script, "扶办公告", 1)
    numbers.register(stage, Direction.IN, number, f"关于{script.town}相对贫困户名单的公告", f"{script.county}扶贫办")
    page = _open(stage)
    stage.turn(page.tabs, page.announce)
    tab = page.announce
    stage.click(tab.empty.button)
    stage.click(tab.pane.offer.link)
    stage.picture("县公告-录入")
    stage.click(tab.pane.buttons["announce"])
    tab.side.preview.save_to(stage.out / f"县公告-{script.town}.pdf")
    papers.keep(tab.side.preview, "县公告", script.town)
    stage.type(tab.hanging.places.editor(script.town), stage.today.isoformat())
    stage.click(stage.find(tab.hanging.places, "其余各处同第一处"))
    stage.picture("县公告-登记张贴")
    stage.click(tab.hanging.post)
    return _last_day(stage)


def recheck(stage: Stage, script: Script) -> None:
    """县核查 of everybody announced."""
    page = _open(stage)
    stage.click(page.announce.hanging.down)
    _rule(stage, page, page.recheck, _number(script, "扶办函", 2))


def decide(stage: Stage, script: Script) -> None:
    """县审定 of everybody checked."""
    page = _open(stage)
    _rule(stage, page, page.decide, _number(script, "府函", 3))


def make_cards(stage: Stage, script: Script) -> None:
    """建档立卡: numbers for everybody decided, the cards of each village in one PDF and the first of it in its own."""
    page = _open(stage)
    stage.turn(page.tabs, page.issue)
    stage.picture("建档立卡")
    stage.click(page.issue.buttons["issue"])
    stage.say(f"建档立卡：{stage.told()}")
    stage.turn(page.tabs, page.cards)
    for number, village in enumerate(script.villages):
        stage.choose(page.cards.village, village.name)
        paper = page.cards.preview.paper
        if paper is None:
            continue
        if not number:
            stage.picture("户卡")
        page.cards.preview.save_to(stage.out / file_name(paper))
        page.cards.save_one(stage.out / f"户卡-{village.name}.pdf")
        stage.settle()


def _open(stage: Stage) -> CountyPage:
    return stage.page("county", CountyPage)


def _rule(stage: Stage, page: CountyPage, tab: RulingTab, number: str) -> None:
    stage.turn(page.tabs, tab)
    stage.type(tab.form.editor("number"), number)
    stage.picture(page.tabs.title(tab).partition("（")[0])
    stage.click(tab.buttons["rule"])
    if tab.chosen():
        raise StageError(f"the county's paper was refused: {refusal(tab.form)}")
    stage.say(stage.told())


def _number(script: Script, series: str, number: int) -> str:
    """An invented document number of the county: 麻扶办函〔2016〕2号."""
    return f"{script.county[0]}{series}〔{script.filled_on.year}〕{number}号"


def _last_day(stage: Stage) -> date:
    last = stage.office.see(notices.views, BatchKind.ANNOUNCEMENT)[0].last
    if last is None:
        raise StageError(f"the announcement does not hang everywhere: {stage.told()}")
    return last
