"""The window of the help: contents at the left or what a search found, the text at the right, back and forward, print.

It never blocks the window it belongs to, so that a clerk reads and types side by side.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QSplitter, QTextBrowser, QTreeWidget, QTreeWidgetItem, QWidget

from db.errors import Known
from db.fields.base import Field
from desktop.help import fieldtexts
from desktop.help.dressing import Dress, dress, heading_at
from desktop.help.searching import find
from desktop.help.texts import Place, chapters, exists, place_of, without_pictures
from desktop.printing import printer as printing
from desktop.widgets.banner import Banner
from desktop.widgets.colours import scheme
from desktop.widgets.looks import button, column, row

SIZE = (860, 600)
FIRST = "first"
_LEFT = 250
_PX = 0.75
"""Points of a pixel at the usual resolution; the window's own text is 14 pixels."""
_SIZES = (14 * _PX, 20 * _PX, 16 * _PX, 14 * _PX)
_NO_PRINTER = "可以点“经办人手册…”存成 PDF，拿到有打印机的电脑上印。"
_PLACE = Qt.ItemDataRole.UserRole


class HelpWindow(QDialog):
    """``show_place`` and ``show_field`` open a paragraph. Signals: ``keys_asked()`` F1 once more asks for the map of keys;
    ``handbook_asked()`` the printed manual is wanted."""

    keys_asked = Signal()
    handbook_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.setModal(False)
        self._past: list[tuple[Place, Field | None]] = []
        self._at = -1
        self._text = ""
        self.search = QLineEdit(self)
        self.tree = QTreeWidget(self)
        self.found = QTreeWidget(self)
        self.text = QTextBrowser(self)
        self.banner = Banner(self)
        self.back = button("后退", "plain", self)
        self.forward = button("前进", "plain", self)
        self.keys = button("快捷键", "plain", self)
        self.handbook = button("经办人手册…", "plain", self)
        self.handbook.setToolTip("全部章节连图印成一本，存成 PDF")
        self.print = button("打印这一章", "plain", self)
        self._prepare()
        self._lay_out()
        self._connect()
        self._fill()
        self.stand_beside(parent)

    def place(self) -> Place:
        """What is shown; a field of no chapter counts as its caption."""
        place, field = self._past[self._at]
        return Place("", field.label) if field is not None else place

    def show_place(self, place: Place) -> None:
        """Open a paragraph; one that is not there opens the first chapter."""
        self._go(place if exists(place) else Place(FIRST), None)

    def show_field(self, field: Field) -> None:
        """Open the paragraph of a field."""
        where = fieldtexts.place_of(field)
        if where is not None:
            self._go(Place(*where), None)
        else:
            self._go(Place("", field.label), field)

    def stand_beside(self, part: QWidget) -> None:
        """Stand at the edge of the screen that is further from ``part``, so that what is being filled in stays in sight."""
        screen = part.screen().availableGeometry()
        width, height = min(SIZE[0], screen.width()), min(SIZE[1], screen.height())
        middle = part.mapToGlobal(part.rect().center()).x()
        left = screen.left() if middle > screen.center().x() else screen.right() + 1 - width
        self.setGeometry(left, screen.top() + (screen.height() - height) // 2, width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1:
            self.keys_asked.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Where a paragraph stands is known when the window has its size."""
        super().showEvent(event)
        self._reveal(self._past[self._at][0].heading if self._past else "")

    def _go(self, place: Place, field: Field | None) -> None:
        if not self._past or self._past[self._at] != (place, field):
            self._past[self._at + 1 :] = [(place, field)]
            self._at = len(self._past) - 1
        self._show()

    def _show(self) -> None:
        place, field = self._past[self._at]
        chapter = chapters().get(place.chapter)
        text = f"# 这一栏\n\n{fieldtexts.paragraph(field)}" if field is not None else chapter.text if chapter else ""
        if text != self._text:
            self._text = text
            dress(self.text.document(), without_pictures(text), self._dress())
        self._reveal(place.heading)
        self._mark(place)
        self.back.setEnabled(self._at > 0)
        self.forward.setEnabled(self._at < len(self._past) - 1)

    def _reveal(self, heading: str) -> None:
        """Bring a heading to the top of the text."""
        bar, document = self.text.verticalScrollBar(), self.text.document()
        block = heading_at(document, heading) if heading else None
        top = document.documentLayout().blockBoundingRect(block).top() if block is not None else 0
        bar.setValue(int(top))

    def _mark(self, place: Place) -> None:
        """Show in the contents where one is."""
        self.tree.blockSignals(True)
        item = self._item(place)
        if item is None:
            self.tree.clearSelection()
        else:
            self.tree.setCurrentItem(item)
        self.tree.blockSignals(False)

    def _item(self, place: Place) -> QTreeWidgetItem | None:
        for group in range(self.tree.topLevelItemCount()):
            above = self.tree.topLevelItem(group)
            for n in range(above.childCount() if above else 0):
                chapter = above.child(n) if above else None
                if chapter is not None and chapter.data(0, _PLACE).chapter == place.chapter:
                    parts = [chapter.child(m) for m in range(chapter.childCount())]
                    return next((part for part in parts if part.data(0, _PLACE) == place), chapter)
        return None

    def _dress(self) -> Dress:
        colours = scheme()
        return Dress(self.font(), _SIZES, colours.ink, colours.pine, colours.line, 10)

    def _prepare(self) -> None:
        self.search.setPlaceholderText("几个字，或拼音首字母")
        self.search.setClearButtonEnabled(True)
        for tree in (self.tree, self.found):
            tree.setHeaderHidden(True)
            tree.setColumnCount(1)
            tree.setRootIsDecorated(tree is self.tree)
            tree.setUniformRowHeights(tree is self.tree)
        self.found.hide()
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(18)
        self.back.setToolTip("Alt+←")
        self.forward.setToolTip("Alt+→")

    def _lay_out(self) -> None:
        whole, head, left, split = column(self, 8, 12), row(), QWidget(self), QSplitter(self)
        for part in (self.back, self.forward):
            head.addWidget(part)
        head.addStretch(1)
        for part in (self.keys, self.handbook, self.print):
            head.addWidget(part)
        inner = column(left, 8)
        inner.addWidget(self.search)
        inner.addWidget(self.tree, 1)
        inner.addWidget(self.found, 1)
        split.addWidget(left)
        split.addWidget(self.text)
        split.setSizes([_LEFT, SIZE[0] - _LEFT])
        split.setStretchFactor(1, 1)
        split.setChildrenCollapsible(False)
        whole.addLayout(head)
        whole.addWidget(self.banner)
        whole.addWidget(split, 1)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._on_first)
        self.tree.currentItemChanged.connect(self._on_item)
        self.found.currentItemChanged.connect(self._on_item)
        self.text.anchorClicked.connect(self._on_link)
        self.back.clicked.connect(self._on_back)
        self.forward.clicked.connect(self._on_forward)
        self.keys.clicked.connect(self.keys_asked)
        self.handbook.clicked.connect(self.handbook_asked)
        self.print.clicked.connect(self._on_print)
        for keys, slot in (
            (QKeySequence.StandardKey.Back, self._on_back),
            (QKeySequence.StandardKey.Forward, self._on_forward),
            (QKeySequence.StandardKey.Find, self._on_find),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _fill(self) -> None:
        above: dict[str, QTreeWidgetItem] = {}
        for chapter in chapters().values():
            if chapter.group not in above:
                above[chapter.group] = QTreeWidgetItem(self.tree, [chapter.group])
                above[chapter.group].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(above[chapter.group], [chapter.title])
            item.setData(0, _PLACE, Place(chapter.key))
            for heading in chapter.headings:
                QTreeWidgetItem(item, [heading]).setData(0, _PLACE, Place(chapter.key, heading))
        for item in above.values():
            item.setExpanded(True)

    def _on_search(self, asked: str) -> None:
        self.tree.setVisible(not asked.strip())
        self.found.setVisible(bool(asked.strip()))
        self.found.blockSignals(True)
        self.found.clear()
        for hit in find(asked):
            title = f"{hit.chapter} · {hit.heading}" if hit.heading else hit.chapter
            item = QTreeWidgetItem(self.found, [f"{title}\n　{hit.words}" if hit.words else title])
            item.setData(0, _PLACE, hit.place)
            item.setToolTip(0, title)
        if asked.strip() and not self.found.topLevelItemCount():
            QTreeWidgetItem(self.found, ["没有找到，换个说法试试"]).setFlags(Qt.ItemFlag.NoItemFlags)
        self.found.blockSignals(False)

    def _on_first(self) -> None:
        """Enter opens what was found first."""
        if (item := self.found.topLevelItem(0)) is not None:
            self.found.setCurrentItem(item)

    def _on_item(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, _PLACE) if item is not None else None
        if isinstance(place, Place):
            self._go(place, None)

    def _on_link(self, link: QUrl) -> None:
        whole = QUrl.ComponentFormattingOption.FullyDecoded
        self.show_place(place_of(f"{link.path(whole)}#{link.fragment(whole)}"))

    def _on_back(self) -> None:
        if self._at > 0:
            self._at -= 1
            self._show()

    def _on_forward(self) -> None:
        if self._at < len(self._past) - 1:
            self._at += 1
            self._show()

    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    def _on_print(self) -> None:
        try:
            made = printing.new_printer()
            if printing.agreed(made, 0, self):
                self.text.document().print_(made)
        except Known as known:
            self.banner.say(f"{known.text}{_NO_PRINTER}", "red")
