"""The bar below the tray: what the chosen photos have in common, and setting it for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from db.rules.codes import EvidenceKind
from db.rules.evidence import PLACED, SHARED
from db.services.evidence.shortfall import Meter
from desktop.pages.evidence.piece import Piece
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import Box

_TOWN = "镇"


class Settling(QWidget):
    """Signals: ``settled(dict)`` the values chosen for all chosen photos; ``opened()`` look at the first; ``removed()`` take them out."""

    settled = Signal(object)
    opened = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "evidence.md#核对后归档")
        self._meter = Meter((), {}, {})
        self._pieces: tuple[Piece, ...] = ()
        self.heading = label("", "strong", self)
        self.reason = label("", "quiet", self, wrap=True)
        self.village, self.kind = self._box("村", 104), self._box("材料", 168)
        self.owner, self.place = self._box("户或文件", 206), self._box("地点", 104)
        self.open = button("打开看", "plain", self)
        self.remove = button("移出", "plain", self)
        for kind in EvidenceKind:
            self.kind.addItem(kind.label, kind)
        self._lay_out()
        self.open.clicked.connect(self.opened)
        self.remove.clicked.connect(self.removed)

    def set_meter(self, meter: Meter) -> None:
        """The villages, households and papers to choose among."""
        self._meter = meter
        self.village.clear()
        for village in meter.villages:
            self.village.addItem(village.name, village.id)
        self.village.addItem(_TOWN, 0)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        """The chosen photos; what differs among them stays blank."""
        self._pieces = tuple(pieces)
        usable = [p for p in pieces if not p.looked.problem]
        for part in (self.village, self.kind, self.owner, self.place):
            part.setEnabled(bool(usable))
        self.open.setEnabled(len(pieces) == 1 and bool(usable))
        self.remove.setEnabled(bool(pieces))
        self.remove.setText(f"移出（{len(pieces)}）" if len(pieces) > 1 else "移出")
        self.heading.setText(_heading(pieces))
        self.reason.setText(_reason(pieces))
        self._choose(self.village, {self._village_of(p) for p in usable})
        self._choose(self.kind, {p.kind for p in usable})
        self._fill_owner(usable)
        self._fill_place(usable)

    def _fill_owner(self, usable: Sequence[Piece]) -> None:
        """Households of the village, or its papers when the kind hangs on one."""
        self.owner.clear()
        self.owner.setPlaceholderText("先选村和材料" if usable else "")
        kinds, villages = {p.kind for p in usable}, {self._village_of(p) for p in usable}
        shared = {SHARED.get(kind) if kind else None for kind in kinds}
        paper = next(iter(shared)) if len(shared) == 1 else None
        if paper is not None:
            self._offer_papers(usable, villages)
        elif len(villages) == 1 and len(shared) == 1:
            for home in self._meter.homes_of(next(iter(villages)) or 0):
                self.owner.addItem(f"{home.group} {home.head_name}", home.id)
            self._choose(self.owner, {p.home_id for p in usable})

    def _offer_papers(self, usable: Sequence[Piece], villages: set[int | None]) -> None:
        kinds = {SHARED[p.kind] for p in usable if p.kind is not None and p.kind in SHARED}
        for paper in self._meter.papers.values():
            if paper.kind in kinds and (paper.village_id == 0 or paper.village_id in villages or villages == {None}):
                lacks = any(one.kind in {p.kind for p in usable} for one in paper.tally.missing)
                self.owner.addItem(f"{paper.short}{'（欠）' if lacks else ''}", paper.id)
        self._choose(self.owner, {p.batch_id for p in usable})

    def _fill_place(self, usable: Sequence[Piece]) -> None:
        self.place.clear()
        papers = {p.batch_id for p in usable if p.kind in PLACED}
        self.place.setVisible(bool(papers))
        if len(papers) == 1 and (batch_id := next(iter(papers))) in self._meter.papers:
            for place in self._meter.papers[batch_id].places:
                self.place.addItem(place, place)
            self._choose(self.place, {p.place for p in usable})

    def _village_of(self, piece: Piece) -> int | None:
        """The village of a piece; None while it has none."""
        if piece.home_id in self._meter.homes:
            return self._meter.homes[piece.home_id].village_id
        if piece.batch_id in self._meter.papers:
            return self._meter.papers[piece.batch_id].village_id
        return piece.village_id or None

    def _choose(self, box: QComboBox, values: set[int | None] | set[int] | set[str] | set[EvidenceKind | None]) -> None:
        """Show what all have in common, nothing where they differ."""
        found = next(iter(values)) if len(values) == 1 else None
        box.setCurrentIndex(-1 if found is None or found == "" else _place_of(box, found))
        box.setPlaceholderText("各不相同" if len(values) > 1 else f"选{box.accessibleName()}")

    def _box(self, name: str, wide: int) -> QComboBox:
        made = Box(self)
        made.setAccessibleName(name)
        made.setFixedWidth(wide)
        made.activated.connect(self._on_settled)
        return made

    def _lay_out(self) -> None:
        whole, words, line = column(self, 6), row(), row()
        whole.setContentsMargins(12, 8, 12, 10)
        words.addWidget(self.heading)
        words.addWidget(self.reason, 1)
        for part in (self.village, self.kind, self.owner, self.place):
            line.addWidget(part)
        line.addStretch(1)
        line.addWidget(self.open)
        line.addWidget(self.remove)
        whole.addLayout(words)
        whole.addLayout(line)

    def _on_settled(self) -> None:
        box = self.sender()
        value = box.currentData() if isinstance(box, QComboBox) else None
        if box is self.village:
            self.settled.emit({"village_id": value})
        elif box is self.kind:
            self.settled.emit({"kind": value})
        elif box is self.place:
            self.settled.emit({"place": value})
        elif any(p.kind in SHARED for p in self._pieces):
            self.settled.emit({"batch_id": value})
        else:
            self.settled.emit({"home_id": value})


def _place_of(box: QComboBox, value: object) -> int:
    return next((n for n in range(box.count()) if box.itemData(n) == value), -1)


def _heading(pieces: Sequence[Piece]) -> str:
    if not pieces:
        return "选中照片，在这里改"
    return pieces[0].looked.path.name if len(pieces) == 1 else f"选中 {len(pieces)} 张，一起改："


def _reason(pieces: Sequence[Piece]) -> str:
    if len(pieces) != 1:
        return "" if pieces else "按住 Ctrl 或 Shift 可以选多张；Ctrl+A 全选。"
    one = pieces[0]
    if one.fault:
        return one.fault
    return "；".join(part for part in (*one.why, one.doubt, one.warning) if part) or "看不出是哪一户的，请选。"
