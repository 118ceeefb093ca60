"""一户一档 from the household page: one household's whole file in the preview, or those of many in one PDF or one print job.

The preview is bound beside the window, the many one household after the other with progress and cancel; a file that cannot be printed
(a scan as PDF) is saved in a folder beside the PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from db.errors import Known
from db.papers.dossier import DossierFacts
from db.services.evidence import attachments
from db.services.papers import dossier as service
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered
from desktop.app.ticket import Ticket
from desktop.pages.households.file import FileView
from desktop.printing.document import Document
from desktop.printing.dossier import Binder, Saved, save_dossiers, save_enclosures
from desktop.printing.glyphs import said
from desktop.printing.many import print_documents
from desktop.printing.printer import agreed, new_printer
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.menus import MenuButton
from desktop.widgets.page import Page
from desktop.widgets.table import RecordTable

KEYS = "Ctrl+Shift+P"
_AT_ONCE = 20
"""Households read from the record in one go."""
_MANY = 200
"""From here on it takes minutes and boxes of paper, so it is asked first."""
_PAGES = 20
"""Pages of a usual file, for the question."""


class Dossiers(QObject):
    """Adds 一户一档 to the menu of a household's papers, and the button for the households selected in the list, else all listed."""

    def __init__(self, office: Office, page: Page, view: FileView, table: RecordTable, stack: QStackedWidget) -> None:
        super().__init__(page)
        self._office, self._page, self._view, self._table, self._stack = office, page, view, table, stack
        self.folder = clerks_folder()
        self.menu = MenuButton("打印一户一档", page)
        self.menu.add("print", "送打印机…")
        self.menu.add("pdf", "存成一个 PDF…")
        page.actions_row.addWidget(self.menu)
        view.papers.add_line()
        view.papers.add("dossier", "一户一档", KEYS)
        self.key = QShortcut(QKeySequence(KEYS), page)
        self.key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.key.activated.connect(self._on_key)
        view.asked.connect(self._on_asked)
        self.menu.chosen.connect(self._on_chosen)
        table.selection_said.connect(self.count)
        stack.currentChanged.connect(self.count)

    def count(self) -> None:
        """Say on the button how many households it means; it belongs to the list."""
        households = len(self.wanted())
        self.menu.setText(f"打印一户一档（{households:,} 户）")
        self.menu.setVisible(self._stack.currentIndex() == 0 and households > 0)

    def wanted(self) -> list[int]:
        """The households selected, when more than one is, else all that are listed."""
        chosen = self._table.selected_ids()
        return chosen if len(chosen) > 1 else list(self._table.ids())

    def show(self, household_id: int) -> Ticket:
        """Bind one household's file and show it."""
        return self._office.long("排一户一档", partial(self._bind, household_id), self._on_bound)

    def save(self, ids: Sequence[int], path: Path) -> Ticket:
        """The files of many households in one PDF."""

        def saved(ticket: Ticket) -> Saved:
            return save_dossiers(self._found(ids), len(ids), path.stem, path, self._fetch, ticket)

        return self._office.long("存一户一档", saved, self._on_saved)

    def _bind(self, household_id: int, ticket: Ticket) -> tuple[DossierFacts, Document]:
        facts = self._office.see(service.household_dossier, household_id)
        ticket.check()
        return facts, Binder(self._fetch).bind(facts)

    def _found(self, ids: Sequence[int]) -> Iterator[DossierFacts]:
        for start in range(0, len(ids), _AT_ONCE):
            yield from self._office.see(service.dossiers, ids[start : start + _AT_ONCE])

    def _fetch(self, sha: str) -> bytes:
        return self._office.see(attachments.content, sha)

    def _on_key(self) -> None:
        file = self._view.file if self._stack.currentWidget() is self._view else None
        household_id = file.household.id if file is not None else self._table.current_id()
        if household_id is not None and household_id > 0:
            self.show(household_id)

    def _on_asked(self, what: str) -> None:
        if what == "dossier":
            self._on_key()

    def _on_bound(self, made: tuple[DossierFacts, Document]) -> None:
        facts, document = made
        DossierWindow(self._office, facts, document, self._page).show()

    def _on_chosen(self, what: str) -> None:
        ids = self.wanted()
        if not ids or not self._surely(len(ids)):
            return
        if what == "print":
            self._print(ids)
            return
        start = offered(self.folder, f"一户一档-{len(ids)}户.pdf")
        chosen, _ = QFileDialog.getSaveFileName(self._page, "一户一档存成一个 PDF", start, "PDF 文件 (*.pdf)")
        if chosen:
            self.save(ids, Path(chosen))

    def _print(self, ids: Sequence[int]) -> None:
        try:
            printer = new_printer()
        except Known as known:
            self._office.work.tell(known)
            return
        if not agreed(printer, 0, self._page):
            return

        binder = Binder(self._fetch)

        def printed(ticket: Ticket) -> int:
            return print_documents(binder.bind_all(self._found(ids)), len(ids), printer, ticket)

        self._office.long("打印一户一档", printed, partial(self._on_printed, len(ids), binder))

    def _surely(self, households: int) -> bool:
        if households < _MANY:
            return True
        text = f"共 {households:,} 户，约 {households * _PAGES:,} 页，要几分钟到几十分钟；中途可以取消。也可以先按村筛选，分村打印。"
        answers = (Answer("先不打印", "stay"), Answer(f"打印 {households:,} 户", "go", "primary"))
        return ask(self._page, "打印一户一档", text, answers) == "go"

    def _on_saved(self, saved: Saved) -> None:
        self.folder = saved.path.parent
        text = f"{saved.households:,} 户的一户一档已存为“{saved.path.name}”。{saved.told()}"
        self._page.said.emit(text, "ochre" if saved.lacks or saved.lost else "pine")

    def _on_printed(self, households: int, binder: Binder, pages: int) -> None:
        lack = said(tuple(binder.lacks.values()))
        text = f"{households:,} 户的一户一档共 {pages:,} 页已送打印机。{lack}"
        self._page.said.emit(text, "ochre" if lack else "pine")


class DossierWindow(PaperWindow):
    """One household's file; saving it also saves the scans that are PDF."""

    def __init__(self, office: Office, facts: DossierFacts, document: Document, parent: Page) -> None:
        super().__init__(document, parent)
        self._office, self._facts = office, facts
        self.preview.saved.connect(self._on_saved)

    def _on_saved(self, path: str) -> None:
        if self._facts.enclosures:
            save = partial(save_enclosures, self._facts, Path(path), self._fetch)
            self._office.work.read("存附件", save, self._on_enclosed)

    def _on_enclosed(self, saved: Saved) -> None:
        self.preview.add_word(saved.told())

    def _fetch(self, sha: str) -> bytes:
        return self._office.see(attachments.content, sha)
