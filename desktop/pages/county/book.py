"""村册 and 贫困户公示牌 of the village whose cards are listed."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QWidget

from db.papers import signboard, villagebook
from db.papers.model import Format, Paper
from db.papers.signboard import SignboardFacts
from db.papers.villagebook import BookFacts
from db.services.papers import village_book
from desktop.app.office import Office
from desktop.printing.window import show_paper
from desktop.widgets.menus import MenuButton

_SHEETS = {"board_a3": Format.A3, "board_a4": Format.A4}


class VillagePapers(QObject):
    """A button for the village chosen in ``village``; greyed while all villages are."""

    def __init__(self, office: Office, village: QComboBox, parent: QWidget) -> None:
        super().__init__(parent)
        self._office, self._village, self._window = office, village, parent
        self.menu = MenuButton("村册和公示牌", parent)
        self.menu.add("book", "村册")
        self.menu.add("board_a3", "贫困户公示牌（A3）")
        self.menu.add("board_a4", "贫困户公示牌（A4）")
        self.menu.add_line()
        self.menu.add("blank", "空白公示牌（A3）")
        self.menu.chosen.connect(self._on_chosen)

    def renew(self, households: int) -> None:
        """Another village is chosen, with so many households on its register."""
        if self._village.currentData() is None:
            why_not = "先在左边选一个村"
        else:
            why_not = "" if households else "这个村还没有在册的贫困户"
        for what in ("book", *_SHEETS):
            self.menu.allow(what, why_not)

    def _on_chosen(self, what: str) -> None:
        village_id = self._village.currentData()
        if what == "blank":
            show_paper(self._window, signboard.build(SignboardFacts()))
        elif village_id is None:
            return
        elif what == "book":
            self._office.read("排村册", village_book.book, village_id, done=self._show_book)
        else:
            self._office.read(
                "排公示牌", village_book.signboard_sheet, village_id, _SHEETS[what], done=self._show
            )  # fmt: skip

    def _show_book(self, facts: BookFacts) -> None:
        self._show(villagebook.build(facts))

    def _show(self, paper: Paper) -> None:
        show_paper(self._window, paper)
