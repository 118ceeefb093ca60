"""The paper as it will print, with the buttons to turn, save and print it.

What is seen is drawn by the code that prints. What stands in the way (a font that is missing, no printer, a full disk) is said
in one line under the buttons; nothing pops up.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.errors import Known
from db.papers.model import Paper
from desktop.app.paths import clerks_folder
from desktop.printing.document import Document
from desktop.printing.fonts import substitutions
from desktop.printing.glyphs import said
from desktop.printing.pdf import pdf_name, save_document
from desktop.printing.printer import print_document
from desktop.printing.sheet import PaperSheet

GAP = 8


class PaperPreview(QWidget):
    """A page of a paper with 上一页, 下一页, 存为 PDF and 打印; PgUp, PgDn, Home and End turn pages.

    ``saved`` carries the path of the PDF written, ``printed`` the number of copies sent to the printer.
    """

    saved = Signal(str)
    printed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._at = 0
        self._warned = False
        self._copies = 1
        self.folder = clerks_folder()
        self.sheet = PaperSheet()
        self.previous = self._button("上一页", self._turn_back)
        self.place = QLabel("")
        self.next = self._button("下一页", self._turn_on)
        self.zoom = self._button("放大", self._toggle_size)
        self.save = self._button("存为 PDF", self.ask_and_save)
        self.print = self._button("打印 1 份", self.ask_and_print)
        self.note = QLabel("")
        self._assemble()
        self._bind_keys()
        self._refresh()

    @property
    def paper(self) -> Paper | None:
        """The paper shown; of several the first."""
        return self._document.layouts[0].paper if self._document is not None else None

    @property
    def page_count(self) -> int:
        return len(self._document.pages) if self._document is not None else 0

    def show_paper(self, paper: Paper | None) -> None:
        """Show a paper from its first page, with a word on fonts; None empties the preview."""
        self.show_document(Document.of_paper(paper) if paper is not None else None)

    def show_document(self, document: Document | None) -> None:
        """As ``show_paper`` for what is already laid out."""
        self._document, self._at, self._warned = document, 0, False
        note = font_note(document) if document is not None else ""
        self._say(note, fault=bool(document is not None and document.lacks))
        self._turn_to(0)

    def add_word(self, text: str) -> None:
        """Say one thing more in the line below the buttons."""
        self._say(f"{self.note.text()}{text}", fault=self.note.property("role") == "fault")

    def set_copies(self, copies: int) -> None:
        """How many copies the print button offers: a notice needs one for each place."""
        self._copies = max(1, copies)
        self._refresh()

    def go_to(self, number: int) -> None:
        """Turn to page ``number`` from 0, as far as there are pages."""
        if self._document is not None:
            self._turn_to(min(max(number, 0), self.page_count - 1))

    def ask_and_save(self) -> None:
        """Ask for a name and save as PDF there."""
        if self._document is None or self._holds_back(self._document, self.save):
            return
        offered = str(self.folder / pdf_name(self._document.file_stem))
        chosen, _ = QFileDialog.getSaveFileName(self, "存为 PDF", offered, "PDF 文件 (*.pdf)")
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, path: Path) -> None:
        """Save as PDF; ends in the line below the buttons and, when written, in ``saved``."""
        if self._document is None:
            return
        target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
        try:
            save_document(self._document, target)
        except Known as known:
            self._say(f"{known.text}{known.remedy}", fault=True)
            return
        self.folder = target.parent
        self._say_done(f"已存为“{target.name}”。")
        self.saved.emit(str(target))

    def ask_and_print(self) -> None:
        """Print through the system's dialog; without a printer the line below offers the PDF."""
        if self._document is None or self._holds_back(self._document, self.print):
            return
        try:
            sent = print_document(self._document, self._copies, self)
        except Known as known:
            self._say(f"{known.text}{known.remedy}", fault=True)
            self.save.setFocus()
            return
        if sent:
            self._say_done(f"已送打印机 {sent} 份。")
            self.printed.emit(sent)

    def _assemble(self) -> None:
        self.sheet.setObjectName("paperSheet")
        self.place.setObjectName("paperPlace")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.place.setMinimumWidth(56)
        self.print.setProperty("kind", "primary")
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setWidget(self.sheet)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for widget in (self.previous, self.place, self.next, self.zoom):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        for widget in (self.save, self.print):
            buttons.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._area, 1)
        column.addLayout(buttons)
        column.addWidget(self.note)

    def _bind_keys(self) -> None:
        turns = (
            (QKeySequence.StandardKey.MoveToPreviousPage, self._turn_back),
            (QKeySequence.StandardKey.MoveToNextPage, self._turn_on),
            (QKeySequence.StandardKey.MoveToStartOfLine, self._first),
            (QKeySequence.StandardKey.MoveToEndOfLine, self._last),
        )
        for keys, slot in turns:
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _button(self, text: str, slot: object) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("kind", "plain")
        made.setAutoDefault(False)
        made.clicked.connect(slot)
        return made

    def _turn_back(self) -> None:
        self.go_to(self._at - 1)

    def _turn_on(self) -> None:
        self.go_to(self._at + 1)

    def _first(self) -> None:
        self.go_to(0)

    def _last(self) -> None:
        self.go_to(self.page_count - 1)

    def _toggle_size(self) -> None:
        real = self.zoom.text() == "放大"
        self.sheet.set_real_size(real)
        self.zoom.setText("整页" if real else "放大")

    def _turn_to(self, number: int) -> None:
        self._at = number
        layout, n = self._document.pages[number] if self._document is not None else (None, 0)
        self.sheet.show_page(layout, n)
        self._refresh()

    def _refresh(self) -> None:
        at, total = self._at, self.page_count
        self.place.setText(f"{at + 1} / {total}" if total else "")
        for turning in (self.previous, self.place, self.next):  # one page needs no turning, and a small screen the room
            turning.setVisible(total > 1)
        self.previous.setEnabled(at > 0)
        self.next.setEnabled(at + 1 < total)
        self.print.setText(f"打印 {self._copies} 份")
        for button in (self.zoom, self.save, self.print):
            button.setEnabled(total > 0)

    def _say(self, text: str, fault: bool = False) -> None:
        self.note.setText(text)
        self.note.setProperty("role", "fault" if fault else "quiet")
        self.note.style().unpolish(self.note)
        self.note.style().polish(self.note)
        self.note.setVisible(bool(text))

    def _holds_back(self, document: Document, button: QPushButton) -> bool:
        """The first time something would stay blank on the paper it is only said; pressed again, it is done."""
        if self._warned or not document.lacks:
            return False
        self._warned = True
        self._say(f"{said(document.lacks)}不改也要办，请再按一次“{button.text()}”。", fault=True)
        return True

    def _say_done(self, text: str) -> None:
        """What was done, and again what is lacking on it: somebody has to write it in."""
        lack = said(self._document.lacks) if self._document is not None else ""
        self._say(f"{text}{lack}", fault=bool(lack))


def font_note(document: Document) -> str:
    """What the clerk should know of the fonts: characters that do not print first, then what stands in for what."""
    return said(document.lacks) + "".join(substitutions())
