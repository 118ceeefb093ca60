"""文号登记: a letter that came in and one that went out are registered, and the county's page takes the number from there."""

from __future__ import annotations

from db.rules.codes import Direction
from desktop.pages.documents.page import DocumentsPage
from desktop.tour.papers import Papers
from desktop.tour.stage import Stage, StageError, refusal


def register(stage: Stage, direction: Direction, number: str, title: str, body: str) -> None:
    """Enter one line; the number of what goes out is the one proposed when ``number`` is blank."""
    page = stage.page("documents", DocumentsPage)
    side = page.side
    stage.fill(side.form.editor("direction"), direction.label)
    if number:
        stage.type(side.form.editor("number"), number)
    stage.type(side.form.editor("dated"), stage.today.isoformat())
    stage.type(side.form.editor("title"), title)
    stage.type(side.form.editor("body"), body)
    stage.picture(f"文号登记-{direction.label}")
    stage.click(side.enter)
    if side.is_dirty():
        raise StageError(f"the number was refused: {refusal(side.form)}")


def print_registers(stage: Stage, papers: Papers, town: str) -> None:
    """发文登记簿 and 收文登记簿 of the year."""
    page = stage.page("documents", DocumentsPage)
    stage.picture("文号登记-登记簿")
    for button, title in ((page.out, "发文登记簿"), (page.come_in, "收文登记簿")):
        stage.click(button)
        papers.take(title, town)
