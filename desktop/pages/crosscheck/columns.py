"""What the columns of a list mean, asked where its captions do not say so surely; answered once, the same layout is not asked about again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from db.services.crosscheck.reading import Opened
from db.sheets.crosslist import MEANINGS, ListSheet, names_somebody
from desktop.forms.matching import MatchingTable, Meaning, Offered
from desktop.widgets.chips import Chips
from desktop.widgets.looks import Card, button, column, label, row

_WHO = "要有身份证号（或残疾人证号），或姓名和村（住址也行）"


class ColumnsPane(QWidget):
    """Signals: ``decided(opened, sheets, answered)`` all sheets to be read, and those the clerk answered; ``given_up()``."""

    decided = Signal(object, object, object)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "crosscheck.md#认列")
        self._opened: Opened | None = None
        self._asked: tuple[ListSheet, ...] = ()
        self.tables: dict[str, MatchingTable] = {}
        self.skips: dict[str, QCheckBox] = {}
        self.heading = label("", "heading", self)
        self.why = label(
            f"没有核对清楚的不会猜着比对。{_WHO}；其他的列照原样留着给您看。答一次就记下，以后同样的表不再问。",
            "quiet", self, wrap=True,
        )  # fmt: skip
        self.problem = label("", "fault", self, wrap=True)
        self.back = button("不读这份名单", "plain", self)
        self.go = button("照这样读取", "primary", self)
        self._ground = QWidget(self)
        self._whole, foot = column(self), row()
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        for part in (self.heading, self.why):
            self._whole.addWidget(part)
        self._whole.addWidget(self._ground, 1)
        self._whole.addLayout(foot)
        self.back.clicked.connect(self.given_up)
        self.go.clicked.connect(self._on_go)

    def ask(self, opened: Opened, everything: bool = False) -> None:
        """Ask about the sheets that are not known, or look at all of them again."""
        self._opened = opened
        self._asked = opened.sheets if everything else opened.asked
        noun = f"{len(self._asked)} 张表" if len(self._asked) > 1 else f"“{self._asked[0].sheet}”"
        self.heading.setText(f"“{opened.book.name}”的{noun}，请核对各列是什么")
        self._lay_out()
        self._on_changed()

    def take_focus(self) -> None:
        """Put the keyboard on the first column that waits for a word."""
        first = [table.box(index) for table in self.tables.values() for index in table.unsure()[:1]]
        (first[0] if first else self.go).setFocus()

    def problems(self) -> list[str]:
        """What keeps the sheets from being read."""
        found = []
        for sheet in self._asked:
            if self.skips[sheet.sheet].isChecked():
                continue
            table = self.tables[sheet.sheet]
            said = table.problems()
            if not said and not names_somebody([key for key in table.answers().values() if key]):
                said = [f"还认不出是谁：{_WHO}"]
            found += [f"“{sheet.sheet}”{text}" if len(self._asked) > 1 else text for text in said]
        if not found and not self._sheets():
            found.append("一张表都没有选，没有可以比对的")
        return found

    def _sheets(self) -> list[ListSheet]:
        """Every sheet to be read, the asked ones as answered."""
        assert self._opened is not None
        read = []
        for sheet in self._opened.sheets:
            table = self.tables.get(sheet.sheet)
            if table is None:
                read.append(sheet)
            elif not self.skips[sheet.sheet].isChecked():
                read.append(sheet.answered(table.answers()))
        return read

    def _lay_out(self) -> None:
        ground = Card(parent=self)
        self._stack = QStackedWidget(ground)
        self.tables, self.skips = {}, {}
        names = [sheet.sheet for sheet in self._asked]
        self._chips = Chips(names, ground)
        self._chips.setVisible(len(names) > 1)
        for sheet in self._asked:
            self._stack.addWidget(self._part(sheet))
        ground.body.addWidget(self._chips)
        ground.body.addWidget(self._stack, 1)
        self._chips.chosen.connect(self._on_sheet)
        self._whole.replaceWidget(self._ground, ground)
        self._ground.hide()
        self._ground.deleteLater()
        self._ground = ground

    def _part(self, sheet: ListSheet) -> QWidget:
        part = QWidget()
        inner = column(part, 6)
        offered = [
            Offered(c.index, c.letter, c.path, c.samples, sheet.meanings.get(c.index, "") or c.proposed, sheet.known or c.sure)
            for c in sheet.columns
        ]  # fmt: skip
        table = self.tables[sheet.sheet] = MatchingTable(
            offered, [Meaning(key, text) for key, text in MEANINGS.items()]
        )
        skip = self.skips[sheet.sheet] = QCheckBox("这张表不是名单，不读", part)
        skip.setVisible(len(self._opened.sheets if self._opened else ()) > 1)
        inner.addWidget(skip)
        inner.addWidget(table, 1)
        table.changed.connect(self._on_changed)
        skip.clicked.connect(self._on_changed)
        return part

    def _on_sheet(self, name: str) -> None:
        self._stack.setCurrentIndex([sheet.sheet for sheet in self._asked].index(name))

    def _on_changed(self) -> None:
        problems = self.problems()
        self.problem.setText("；".join(problems))
        self.go.setEnabled(not problems)

    def _on_go(self) -> None:
        if self._opened is not None and not self.problems():
            read = self._sheets()
            answered = [sheet for sheet in read if sheet.sheet in self.tables]
            self.decided.emit(self._opened, read, answered)
