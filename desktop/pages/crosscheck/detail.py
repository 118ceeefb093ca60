"""The right side: one hit with our record beside the row that names him, what it bears on, what was said before, and the box to explain it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from db.rules.crosscheck import ALARMS, advice
from db.services.crosscheck.crosscheck import Answer, HitView
from db.services.crosscheck.out import Pair
from desktop.pages.crosscheck.answering import Answering
from desktop.widgets.looks import Card, Rule, button, column, label, mark, row, scrolled
from desktop.widgets.side import empty_layout

WIDTH = 412
_CAPTION, _SIDE = 60, 146


class Detail(QWidget):
    """Signals: ``opened(household_id)`` 打开农户; ``reused()`` 沿用上次说明 for the hits chosen."""

    opened = Signal(int)
    reused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hit: HitView | None = None
        self.heading = label("", "heading", self, wrap=True)
        self.where = label("", "quiet", self, wrap=True)
        self.open_button = button("打开农户", "link", self)
        self.said = label("", "", self, wrap=True)
        self.bears = label("", "strong", self, wrap=True)
        self.advice = label("", "quiet", self, wrap=True)
        self.before = label("", "", self, wrap=True)
        self.reuse = button("沿用上次说明", "plain", self)
        self.by = label("", "pine", self, wrap=True)
        self.answering = Answering(self)
        self._pairs = QGridLayout()
        self.listed = label("", "", self, wrap=True)
        self.listed.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._before_card = Card(parent=self, margin=8)
        self._lay_out()
        self.open_button.clicked.connect(self._on_open)
        self.reuse.clicked.connect(self.reused)

    def show_hit(self, hit: HitView | None, pairs: Sequence[Pair], names: Mapping[str, str]) -> None:
        """Show another hit, or nothing; ``names`` are those of the attachments of its answers."""
        fresh = hit is None or self.hit is None or hit.id != self.hit.id or hit.answer != self.hit.answer
        self.hit = hit
        self._inside.setVisible(hit is not None)
        if hit is None:
            return
        self.heading.setText(f"{ALARMS[hit.kind]}　{hit.name}")
        source = f"{hit.kind.label}名单：{hit.office}，{hit.dated}，{hit.place or '名单里没有这个人'}"
        self.where.setText(f"{hit.village}{hit.group} 户主{hit.head_name}\n{source}")
        self.said.setText(hit.text)
        self.bears.setText(f"涉及：{hit.article}")
        self.advice.setText(f"怎么核实：{advice(hit.kind)}。")
        self.by.setText(_by(hit.answer))
        self.by.setVisible(hit.answer is not None)
        self._show_pairs(pairs)
        alone = "；".join(f"{pair.caption} {pair.ours}" for pair in pairs if not pair.theirs)
        facts = "；".join(f"{caption} {text}" for caption, text in hit.facts)
        self.listed.setText(
            "\n".join(part for part in (f"名单：{facts}" if facts else "", f"档案：{alone}" if alone else "") if part)
        )
        self.before.setText(f"上次说明：{_told(hit.earlier, names)}" if hit.earlier else "")
        if fresh:
            self.answering.begin(hit.id, hit.answer, names)

    def set_chosen(self, hits: Sequence[HitView]) -> None:
        """How many hits the word is for, and how many of them were explained before."""
        self.answering.set_count(len(hits))
        known = sum(hit.earlier is not None for hit in hits)
        self.reuse.setText(f"沿用上次说明（{known:,} 处）" if known > 1 else "沿用上次说明")
        self._before_card.setVisible(known > 0)
        if known and (self.hit is None or self.hit.earlier is None):
            self.before.setText(f"选中的有 {known:,} 处以前说明过。")

    def _show_pairs(self, pairs: Sequence[Pair]) -> None:
        empty_layout(self._pairs)
        for place, text in enumerate(("", "档案", "名单")):
            self._pairs.addWidget(label(text, "caption", self), 0, place)
        both = [pair for pair in pairs if pair.theirs]
        for line, pair in enumerate(both, 1):
            self._pairs.addWidget(label(pair.caption, "caption", self, wrap=True), line, 0)
            for place, text in ((1, pair.ours), (2, pair.theirs)):
                shown = label(text or "—", "" if text else "quiet", self, wrap=True)
                shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                if pair.differs and place == 2:
                    mark(shown, "role", "fault")
                self._pairs.addWidget(shown, line, place, Qt.AlignmentFlag.AlignTop)

    def _on_open(self) -> None:
        if self.hit is not None:
            self.opened.emit(self.hit.household_id)

    def _lay_out(self) -> None:
        self._inside = QWidget(self)
        self._pairs.setColumnMinimumWidth(0, _CAPTION)
        for place in (1, 2):
            self._pairs.setColumnMinimumWidth(place, _SIDE)
            self._pairs.setColumnStretch(place, 1)
        self._pairs.setHorizontalSpacing(6)
        self._pairs.setVerticalSpacing(4)
        above = QWidget(self)
        inner, head = column(above, 6), row()
        head.addWidget(self.heading, 1)
        head.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignTop)
        inner.addLayout(head)
        for part in (self.where, self.said, self.bears, self.advice, Rule(self)):
            inner.addWidget(part)
        inner.addLayout(self._pairs)
        inner.addWidget(self.listed)
        inner.addStretch(1)
        self._before_card.body.addWidget(self.before)
        again = row()
        again.addStretch(1)
        again.addWidget(self.reuse)
        self._before_card.body.addLayout(again)
        whole = column(self._inside, 8)
        whole.addWidget(scrolled(above), 1)
        below: tuple[QWidget, ...] = (Rule(self), self._before_card, self.by, self.answering)
        for one in below:
            whole.addWidget(one)
        sheet = Card(parent=self, margin=12)
        sheet.body.addWidget(self._inside, 1)
        column(self).addWidget(sheet, 1)
        self.setFixedWidth(WIDTH)


def _told(said: Answer, names: Mapping[str, str]) -> str:
    attached = "、".join(names.get(sha, "附件") for sha in said.attachments)
    proofs = f"；附件：{attached}" if attached else ""
    return f"{said.outcome.label}。{said.explanation}{proofs}（{said.by} {said.at:%Y-%m-%d}）"


def _by(said: Answer | None) -> str:
    return f"{said.by} {said.at:%Y-%m-%d %H:%M} 说明；改后再保存，以最后一次为准。" if said else ""
