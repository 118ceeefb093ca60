"""The villages' opinions after their notices, their rolls, and the town's review by somebody who entered none of it."""

from __future__ import annotations

from desktop.pages.reviews.page import ReviewsPage
from desktop.tour.cast import TEAM_LEADER
from desktop.tour.stage import Stage, StageError, refusal
from desktop.tour.workbooks import Script

SAMPLED = 5
DOUBTED = "已向村委会核实，情况属实"
SENT_BACK = "票数更正过，请重新入户核实、重新评议和公示后再报。"


def opine_all(stage: Stage, script: Script) -> None:
    """出具初审意见 for every village whose notice is over; the chair of its assembly signs."""
    for number, village in enumerate(script.villages):
        page = stage.page("reviews", ReviewsPage)
        pane = page.opinion
        stage.turn(page.tabs, pane)
        if pane.box.findData(village.name) < 0:
            continue
        stage.choose(pane.box, f"{village.name}（")
        for key, text in (("signer", village.chair), ("team_leader", TEAM_LEADER)):
            stage.type(pane.form.editor(key), text)
        stage.answer(pane.form.editor("agree"), 1)
        if not number:
            stage.picture("村初审-出具意见")
        stage.click(pane.buttons["opine"])
        stage.say(f"村初审：{stage.told() or village.name}")


def print_rolls(stage: Stage, script: Script) -> None:
    """The roll of every village as PDF."""
    page = stage.page("reviews", ReviewsPage)
    stage.turn(page.tabs, page.roll)
    for number, village in enumerate(script.villages):
        stage.choose(page.roll.village, village.name)
        if page.roll.preview.paper is None:
            continue
        page.roll.preview.save_to(stage.out / f"汇总名册-{village.name}.pdf")
        if not number:
            stage.picture("汇总名册")


def review_all(stage: Stage, *, picture: str = "") -> None:
    """镇审核 of everybody who waits, all or none."""
    page = stage.page("reviews", ReviewsPage)
    stage.turn(page.tabs, page.review)
    page.review.ticks.tick_all()
    if page.review.offer.isVisible():
        stage.click(page.review.offer.link)
    stage.type(page.review.form.editor("sampled"), str(min(SAMPLED, len(page.review.chosen()))))
    if picture:
        stage.picture(picture)
    stage.click(page.review.buttons["pass"])
    if page.review.doubts.isVisible():
        stage.type(page.review.doubts.box.line, DOUBTED)
        stage.picture("镇审核-疑点写明理由")
        stage.click(page.review.doubts.box.give)
    if page.review.chosen():
        raise StageError(f"the review was refused: {refusal(page.review.form)}")
    stage.say(f"镇审核：{stage.told()}")
    stage.turn(page.tabs, page.sheets)


def send_back(stage: Stage, case_id: int) -> None:
    """退回 of one household with the reason."""
    page = stage.page("reviews", ReviewsPage)
    stage.turn(page.tabs, page.review)
    stage.tick(page.review.ticks, case_id)
    stage.type(page.review.form.editor("reason"), SENT_BACK)
    stage.picture("镇审核-退回一户")
    stage.click(page.review.buttons["return"])
    if page.review.chosen() == [case_id]:
        raise StageError(f"nobody was sent back: {refusal(page.review.form)}")
    stage.say(f"镇审核：{stage.told()}")
