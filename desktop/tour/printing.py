"""Every paper of the procedure saved from the page that prints it: of the three households, of their village, of the town."""

from __future__ import annotations

import time
from collections.abc import Sequence

from db.papers.model import Paper
from db.rules.case import Status
from db.services.papers import blanks as blank_papers
from db.services.papers import index as paper_list
from db.services.papers import meetings as meeting_papers
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.appraisals.page import AppraisalsPage
from desktop.pages.county.page import CountyPage
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.intake.page import IntakePage
from desktop.pages.intake.papers import BLANK, REGISTER
from desktop.pages.notices.page import NoticesPage
from desktop.pages.reviews.page import ReviewsPage
from desktop.pages.reviews.sheets import BACK, REPORT, SHEET
from desktop.printing.pdf import pdf_name
from desktop.tour.papers import BLANKS, Papers
from desktop.tour.stage import Stage, StageError
from desktop.tour.three import Chosen

ABOUT = 40
"""How many households the village has whose files are printed in one go."""
_SHORT = {"评议会议记录": "会议记录"}
"""Papers of a household that stand on the list by another name."""


def applications(stage: Stage, papers: Papers, three: Sequence[Chosen]) -> None:
    """The application as it was handed in, before anybody wrote an opinion on it."""
    for one in three:
        page = stage.page("households", HouseholdsPage, one.id)
        papers.by_menu(page.view.papers, "贫困户申请书", "贫困户申请书", one.head)


def opinions(stage: Stage, papers: Papers, three: Sequence[Chosen]) -> None:
    """The application again with the village's opinion on it."""
    for one in three:
        page = stage.page("households", HouseholdsPage, one.id)
        papers.by_menu(page.view.papers, "贫困户申请书", "村初审意见", one.head)


def intake(stage: Stage, papers: Papers, village: str) -> None:
    """申请受理登记簿 of a village, and every blank form for its next visits."""
    page = stage.page("intake", IntakePage)
    stage.choose(page.waiting.village, village)
    stage.click(page.waiting.chips["全部"])
    papers.by_menu(page.papers, REGISTER, "申请受理登记簿", village)
    for title in blank_papers.TITLES:
        papers.by_menu(page.papers, f"{BLANK}{title}", f"{title}（空白）", village, BLANKS)


def before_assembly(stage: Stage, papers: Papers, village: str) -> None:
    """The call and the sheet to sign, with those who wait for the assembly."""
    page = stage.page("appraisals", AppraisalsPage)
    stage.click(page.type)
    stage.choose(page.entry.village, f"{village}（")
    for title in (meeting_papers.CALL, meeting_papers.SIGN_IN):
        papers.by_menu(page.entry.papers, title, title, f"{village}（会前）")
    stage.click(page.entry.leave)


def held(stage: Stage, papers: Papers, village: str) -> None:
    """The four papers of the assembly whose minutes were typed in full."""
    page = stage.page("appraisals", AppraisalsPage)
    for title in meeting_papers.AFTER:
        stage.click(page.which.chip(title))
        papers.keep(page.preview_paper, title, village)
    stage.picture("民主评议-结果表")


def roll(stage: Stage, papers: Papers, village: str) -> None:
    """汇总名册 of a village."""
    page = stage.page("reviews", ReviewsPage)
    stage.turn(page.tabs, page.roll)
    stage.choose(page.roll.village, village)
    papers.keep(page.roll.preview, "汇总名册", village)


def proof(stage: Stage, papers: Papers, village: str, notice_id: int) -> None:
    """公示证明单 with its photos."""
    page = stage.page("notices", NoticesPage, notice_id)
    papers.by_menu(page.proof.menu, "proof", "公示证明单", village)


def reviewed(stage: Stage, papers: Papers, village: str) -> None:
    """镇审核表 and 上报报告 of the newest review of a village, and its 退回单 where somebody was sent back."""
    page = stage.page("reviews", ReviewsPage)
    stage.turn(page.tabs, page.sheets)
    sheets = page.sheets
    for title, village_of in ((SHEET, village), (REPORT, ""), (BACK, "")):
        for place, item in enumerate(sheets.list.items()):
            one = item.thing
            back = bool(getattr(getattr(one, "returned", None), "households", 0))
            passed = bool(getattr(getattr(one, "passed", None), "households", 0))
            wanted = back if title == BACK else passed
            if not wanted or (village_of and getattr(one, "village", "") != village_of):
                continue
            sheets.list.table.go_to(place)
            stage.settle()
            stage.click(sheets.which.chip(title))
            papers.keep(sheets.preview, title, str(getattr(one, "village", "")))
            stage.picture(title)
            break


def county(stage: Stage, papers: Papers, village: str, town: str) -> None:
    """县审定 as it came back, the village's book, its board and the cards of the village."""
    page = stage.page("county", CountyPage)
    for act in page.papers.menu().actions():
        kind = act.text().partition("　")[0]
        papers.by_menu(page.papers, str(act.property("what")), kind, f"{town}（收文）")
    stage.turn(page.tabs, page.cards)
    stage.choose(page.cards.village, village)
    papers.by_menu(page.cards.papers.menu, "book", "村册", village)
    papers.by_menu(page.cards.papers.menu, "board_a3", "贫困户公示牌", village)


def of_households(stage: Stage, papers: Papers, three: Sequence[Chosen]) -> None:
    """Every paper that speaks of a household, and its whole file."""
    done = {(one.title, one.whose) for one in papers.kept}
    for one in three:
        page = stage.page("households", HouseholdsPage, one.id)
        for title in paper_list.TITLES:
            named = _SHORT.get(title, title)
            if page.view.papers.act(title).isEnabled() and (named, one.head) not in done:
                papers.by_menu(page.view.papers, title, named, one.head)
        stage.act(page.view.papers, "dossier")
        stage.settle()
        papers.take("一户一档", one.head)


def village_files(stage: Stage, papers: Papers) -> None:
    """一户一档 of every household of the village that has about forty of them, in one PDF; says the time it took."""
    page = stage.page("households", HouseholdsPage)
    page.show_list()
    sizes = {
        box_id: stage.office.see(search.count, Filter(village_id=box_id, status=Status.REGISTERED))[0]
        for n in range(page.filters.village.count())
        if (box_id := page.filters.village.itemData(n))
    }
    chosen = min(sizes, key=lambda i: abs(sizes[i] - ABOUT))
    name = page.filters.village.itemText(page.filters.village.findData(chosen))
    page.open_thing(Filter(village_id=chosen, status=Status.REGISTERED))
    stage.settle()
    stage.picture("农户档案-一村的一户一档")
    ids = page.dossiers.wanted()
    path = papers.folder / pdf_name(f"一户一档-{name}（{len(ids)}户）")
    began = time.monotonic()
    page.dossiers.save(ids, path)
    stage.settle()
    took = time.monotonic() - began
    if not path.exists():
        raise StageError(f"the files of {name} were not saved: {stage.told()}")
    pages = pages_of(path.read_bytes())
    papers.note("一户一档", f"{name}（{len(ids)}户）", path, pages)
    stage.say(f"一户一档：{name} {len(ids)} 户一次存成一个 PDF，{pages:,} 页，{took:.1f} 秒")


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF of the program has: each is an object of its own that is not compressed."""
    return pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page\r") + pdf.count(b"/Type /Page ")


def notice(stage: Stage, papers: Papers, notice_id: int, title: str, village: str) -> Paper | None:
    """One notice as it hangs."""
    page = stage.page("notices", NoticesPage, notice_id)
    papers.keep(page.side.preview, title, village)
    return page.side.preview.paper
