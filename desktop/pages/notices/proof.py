"""公示证明单 from the page of notices: of the chosen notice with its photos, or blank to be taken along when the list is hung."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from db.papers import proof
from db.papers.proof import ProofFacts
from db.services.evidence import attachments
from db.services.notices import proof as noticeproof
from db.services.notices.notices import NoticeView
from desktop.app.office import Office
from desktop.printing.document import Document
from desktop.printing.photos import Album
from desktop.printing.window import show_document, show_paper
from desktop.widgets.menus import MenuButton
from desktop.widgets.page import Page


class ProofMenu(QObject):
    """Puts its button at the head of ``page``; tell it which notice is chosen."""

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._notice: NoticeView | None = None
        self.menu = MenuButton("公示证明单", page)
        self.menu.add("proof", "所选公示的证明单")
        self.menu.add("blank", "空白证明单")
        page.actions_row.addWidget(self.menu)
        self.menu.chosen.connect(self._on_chosen)
        self.show_notice(None)

    def show_notice(self, notice: NoticeView | None) -> None:
        """Another notice is chosen, or none."""
        self._notice = notice
        hung = notice is not None and bool(notice.postings)
        self.menu.allow("proof", "" if hung else "先在左边选一份已经登记张贴的公示")

    def _on_chosen(self, what: str) -> None:
        if what == "blank":
            show_paper(self._page, proof.build(ProofFacts()))
        elif self._notice is not None:
            self._office.work.read("排公示证明单", partial(self._bind, self._notice.id), self._show)

    def _bind(self, notice_id: int) -> Document:
        """Photos are decoded here, beside the window."""
        paper = proof.build(self._office.see(noticeproof.proof, notice_id))
        return Document.of_paper(paper.pictured(Album(self._fetch)))

    def _fetch(self, sha: str) -> bytes:
        return self._office.see(attachments.content, sha)

    def _show(self, document: Document) -> None:
        show_document(self._page, document)
