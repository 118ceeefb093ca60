"""材料 in a household's file: its photos and scans by kind, those of the papers it shares, and what is still missing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from db.errors import Known, Refused
from db.services.evidence import attachments, evidence, material
from db.services.evidence.evidence import Hung
from db.services.evidence.material import Material
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.printing.photos import image
from desktop.printing.thumbs import thumbnail
from desktop.widgets.colours import Tone
from desktop.widgets.gallery import Gallery, Tile
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.photoview import LARGEST, PhotoView

CHANGES = frozenset({"evidence", "batches"})
_NAMED = 6
TITLE = "材料"


class MaterialTab(QWidget):
    """``page`` is the one that acts. Signals: ``go_asked(job, thing)`` as a page's; ``said(text, tone)``."""

    go_asked = Signal(str, object)
    said = Signal(str, str)

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(page)
        self.setProperty("help", "households.md#材料")
        self._office, self._page = office, page
        self._tabs: QTabWidget | None = None
        self._household = 0
        self._stale = True
        self._shown: Material | None = None
        self.meter = label("", "strong", self)
        self.missing = label("", "quiet", self, wrap=True)
        self.mend = button("", "primary", self)
        self.gallery = Gallery(2, self)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("选中一件，写明为什么作废（如 挂错了户）")
        self.drop = button("作废这一件", "danger", self)
        self.fault = label("", "fault", self)
        self._lay_out()
        self._connect()

    def join(self, tabs: QTabWidget) -> None:
        """Become a tab at the end; read only when looked at."""
        self._tabs = tabs
        tabs.addTab(self, TITLE)
        tabs.currentChanged.connect(self._on_tab)

    def show_household(self, household_id: int) -> None:
        """Show another household, or the same anew."""
        self._stale = True
        if household_id != self._household:
            self.reason.clear()
            self._say("")
        self._household = household_id
        self._on_tab()

    def _lay_out(self) -> None:
        whole, head, foot = column(self, 8), row(), row()
        whole.setContentsMargins(0, 10, 0, 0)
        sheet = Card(parent=self)
        head.addWidget(self.meter)
        head.addWidget(self.missing, 1)
        head.addWidget(self.mend)
        foot.addWidget(self.reason, 1)
        foot.addWidget(self.drop)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.gallery, 1)
        sheet.body.addWidget(self.fault)
        self.fault.hide()
        sheet.body.addLayout(foot)
        whole.addWidget(sheet, 1)

    def _connect(self) -> None:
        self.mend.clicked.connect(self._on_mend)
        self.drop.clicked.connect(self._on_drop)
        self.gallery.chosen.connect(self._on_chosen)
        self.gallery.opened.connect(self._on_opened)
        self.reason.returnPressed.connect(self._on_drop)
        self._office.hub.changed.connect(self._on_changed)

    def _on_tab(self) -> None:
        if self._stale and self._household and self._tabs is not None and self._tabs.currentWidget() is self:
            self._stale = False
            self._office.read("读取材料", material.of, self._household, done=self._show)

    def _on_changed(self, kinds: frozenset[str], by: object) -> None:
        if kinds & CHANGES or "cases" in kinds:
            self._stale = True
            self._on_tab()

    def _show(self, found: Material) -> None:
        if found.household_id != self._household:
            return
        self._shown = found
        lacking = len(found.missing)
        self.meter.setText(f"应有 {found.due} 件，欠 {lacking} 件" if lacking else f"应有的 {found.due} 件都齐了")
        names = [one.text for one in found.missing]
        more = "等" if lacking > _NAMED else ""
        self.missing.setText(f"欠：{'、'.join(names[:_NAMED])}{more}" if lacking else "")
        self.mend.setText(f"去补（欠 {lacking} 件）" if lacking else "添加材料")
        for part in (self.reason, self.drop):
            part.setVisible(bool(found.own))
        self.gallery.set_tiles([_tile(n, one, found) for n, one in enumerate((*found.own, *found.shared))])
        self._on_chosen(None)
        if found.bare:
            self._office.long("生成缩略图", partial(_thumbnails, self._office, found.bare), self._on_small, writes=True)

    def _on_small(self, made: int) -> None:
        if made:
            self.show_household(self._household)

    def _chosen(self) -> Hung | None:
        keys = self.gallery.chosen_keys()
        if len(keys) != 1 or self._shown is None:
            return None
        return (*self._shown.own, *self._shown.shared)[int(str(keys[0]))]

    def _on_chosen(self, keys: object) -> None:
        one = self._chosen()
        self.drop.setEnabled(one is not None and bool(one.id) and not one.void)
        self._say("")

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        self.fault.setVisible(bool(fault))

    def _on_mend(self) -> None:
        self.go_asked.emit("evidence", self._household)

    def _on_drop(self) -> None:
        one = self._chosen()
        if one is None or not self.drop.isEnabled():
            self._say("先选中要作废的一件；张贴时交来的照片请在“公示”页更换。")
            return
        self.drop.setEnabled(False)
        self._office.write(
            "作废材料", evidence.void, one.id, self.reason.text(), done=self._on_dropped, failed=self._on_failed,
            changes=CHANGES, by=self._page,
        )  # fmt: skip

    def _on_dropped(self, _: None) -> None:
        self.reason.clear()
        self.said.emit("已作废，原件和原因留在档案里。", "pine")

    def _on_failed(self, error: Exception) -> None:
        self.drop.setEnabled(True)
        if isinstance(error, Refused):
            self._say("；".join(problem.text for problem in error.problems))
        else:
            self._office.work.tell(error)

    def _on_opened(self, key: object) -> None:
        if self._shown is None:
            return
        one = (*self._shown.own, *self._shown.shared)[int(str(key))]
        try:
            content = b"" if one.is_pdf else self._office.see(attachments.content, one.sha)
        except Known as known:
            self._office.work.tell(known)
            return
        view = PhotoView(image(content, LARGEST), self, title=f"{one.kind.label}　{one.name}")
        view.exec()
        view.deleteLater()


def _tile(n: int, one: Hung, found: Material) -> Tile:
    small = found.small.get(one.sha)
    picture = QImage.fromData(small) if small else None
    taken = f"拍于 {one.taken_on}" if one.taken_on else f"归档 {one.at:%Y-%m-%d}"
    blank = "PDF 扫描件" if one.is_pdf else ""
    if one.void:
        return Tile(n, one.kind.label, ((f"作废：{one.void}", "grey"),), picture, blank, "已作废", "grey", one.name)
    tag = "" if n < len(found.own) else "全村共用"
    said = (one.place or one.note or one.name, f"{taken}　{one.actor}")
    lines: list[tuple[str, Tone]] = [(text, "grey") for text in said]
    return Tile(n, one.kind.label, lines, picture, blank, tag, "pine", "\n".join(filter(None, (one.name, one.note))))


def _thumbnails(office: Office, shas: tuple[str, ...], ticket: Ticket) -> int:
    """Make the thumbnails that are wanting; returns how many there are now. A file that cannot be opened has none."""
    made = {}
    for n, sha in enumerate(shas):
        if ticket.stopping():
            break
        ticket.report(n, len(shas), "")
        small = thumbnail(office.see(attachments.content, sha))
        if small:
            made[sha] = small
    if made:
        office.act(evidence.keep_thumbnails, made)
    return len(made)
