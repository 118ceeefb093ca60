"""The tray: photos dropped or chosen lie here until they are kept, each with its proposal, several corrected at once.

Nothing is in the record before 归档 is pressed; what was not sorted stays in the tray, over the night as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.errors import Known, Refused
from db.rules.evidence import PLACED, SHARED
from db.services.evidence import evidence
from db.services.evidence.shortfall import Meter
from db.services.town import drafts
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.forms.keeper import Keeper
from desktop.pages.evidence.looking import MOST, Looked, gathered, look
from desktop.pages.evidence.piece import Piece, kept, paths_of, restore
from desktop.pages.evidence.settling import Settling
from desktop.printing.photos import image
from desktop.widgets.empty import Empty
from desktop.widgets.gallery import Gallery
from desktop.widgets.looks import Card, Rule, button, column, label, row
from desktop.widgets.photoview import LARGEST, PhotoView

DRAFT = "evidence:tray"
CHANGES = frozenset({"evidence", "batches"})


class Tray(QWidget):
    """``page`` is who acts, for the crier.

    Signals: ``changed()`` another number can be kept; ``said(text, tone)``; ``choose_asked()`` files are to be chosen; ``filed()`` something
    was kept.
    """

    changed = Signal()
    said = Signal(str, str)
    choose_asked = Signal()
    filed = Signal()

    def __init__(self, office: Office, page: QWidget) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._meter = Meter((), {}, {})
        self.pieces: list[Piece] = []
        self._aim: dict[str, Any] = {}
        self._begun = self._filing = False
        self.keeper = Keeper(office, self._kept, self)
        self.aim = label("", "strong", self, wrap=True)
        self.leave_aim = button("不补这件了", "link", self)
        self.gallery = Gallery(3, self)
        self.empty = Empty("", parent=self)
        self.settling = Settling(self)
        self.left = label("", "quiet", self)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self.aim_at("", {})
        self._show()

    def begin(self) -> None:
        """Bring back what was left in the tray when the program was closed; does something once."""
        if self._begun:
            return
        self._begun = True
        self.keeper.begin(DRAFT)
        found = next((k for k in drafts.load(self._office.record, DRAFT) if k.key == DRAFT), None)
        if found is not None:
            self._look(paths_of(found.content), partial(self._take_back, found.content))

    def set_meter(self, meter: Meter) -> None:
        """What the record lacks now."""
        self._meter = meter
        self.settling.set_meter(meter)
        self._show()

    def aim_at(self, text: str, chosen: Mapping[str, Any]) -> None:
        """Files that come in next are for this one thing; "" for none in particular. What is chosen already is set to it."""
        self._aim = dict(chosen)
        self.aim.setText(f"正在补：{text}。把照片拖到这里，或点“选择文件”。" if text else "")
        for part in (self.aim, self.leave_aim):
            part.setVisible(bool(text))
        if chosen and self._chosen():
            self._settle(chosen)
        self._say_empty(text)

    def add(self, paths: Iterable[Path]) -> None:
        """Take in files and folders: look at them beside the window and propose where they belong.

        One that could not be taken in is looked at again: the telephone may be plugged in now.
        """
        found, left_out = gathered(paths)
        known = {piece.looked.path for piece in self.pieces if not piece.fault}
        fresh = [path for path in found if path not in known]
        if left_out:
            self.said.emit(f"一次最多放入 {MOST} 个文件，后面 {left_out} 个没有放入，请归档以后再拖一次。", "ochre")
        elif len(fresh) < len(found):
            self.said.emit(f"{len(found) - len(fresh)} 个文件已经在下面，没有重复放入。", "ochre")
        elif not found:
            self.said.emit("里面没有照片或扫描件（jpg、png、pdf）。", "ochre")
        if fresh:
            self._look(fresh, self._take)

    def ready(self) -> list[Piece]:
        """What can be kept now."""
        return [piece for piece in self.pieces if piece.ready]

    def file(self) -> None:
        """Keep everything that is settled; what cannot be kept stays with the reason."""
        pieces = self.ready()
        if pieces and not self._filing:
            self._filing = True
            op = partial(_file, self._office, [(str(p.looked.path), p.hanging()) for p in pieces])
            self._office.long(
                f"归档 {len(pieces)} 张",
                op,
                self._on_filed,
                self._on_stopped,
                changes=CHANGES,
                by=self._page,
                writes=True,
            )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.add(paths)

    def _lay_out(self) -> None:
        whole, head = column(self), row()
        sheet = Card(parent=self, margin=0)
        head.setContentsMargins(12, 8, 12, 0)
        head.addWidget(self.aim, 1)
        head.addWidget(self.leave_aim)
        self.middle = QStackedWidget(self)
        self.middle.addWidget(self.empty)
        held = QWidget()
        inner = column(held)
        inner.setContentsMargins(8, 6, 0, 0)
        inner.addWidget(self.gallery)
        self.middle.addWidget(held)
        sheet.body.addLayout(head)
        sheet.body.addWidget(self.middle, 1)
        sheet.body.addWidget(Rule(self))
        sheet.body.addWidget(self.settling)
        whole.addWidget(sheet, 1)
        whole.addWidget(self.left)

    def _connect(self) -> None:
        self.gallery.chosen.connect(self._on_chosen)
        self.gallery.opened.connect(self._on_opened)
        self.gallery.removed.connect(self._on_removed)
        self.settling.settled.connect(self._settle)
        self.settling.opened.connect(self._on_open)
        self.settling.removed.connect(self._on_remove)
        self.empty.acted.connect(self.choose_asked)
        self.leave_aim.clicked.connect(self._on_leave_aim)

    def _say_empty(self, aim: str) -> None:
        if aim:
            self.empty.say(f"把“{aim}”拖到这里", "照片（jpg、png）或 PDF 扫描件，一个文件不超过 20 MB。", "选择文件")
        else:
            todo = "几十张一起也可以，整个文件夹也可以。程序按文件名、文件夹名和拍摄时间先分好，您核对后再归档。"
            self.empty.say("把手机照片或扫描件拖到这里", todo, "选择文件")

    def _look(self, paths: Sequence[Path], done: Any) -> None:  # noqa: ANN401 - a bound method or a partial of one
        self._office.long("看照片", partial(look, self._office, list(paths)), done)

    def _take(self, found: list[Looked]) -> None:
        fresh = [Piece.of(one) for one in found]
        paths = {one.path for one in found}
        restore(fresh, kept(piece for piece in self.pieces if piece.looked.path in paths))
        self.pieces = [piece for piece in self.pieces if piece.looked.path not in paths]
        for piece in fresh:
            if self._aim and not piece.looked.problem:
                piece.settle(**self._aim)
                piece.why = ("您正在补的这一件",)
        self._lay_in(
            fresh, f"放入 {len(fresh)} 个文件{{}}；还没有存入档案，核对后点“归档”。", "，{} 个不能收入（原因写在图下）"
        )

    def _take_back(self, content: str, found: list[Looked]) -> None:
        fresh = [Piece.of(one) for one in found]
        restore(fresh, content)
        self._lay_in(
            fresh, f"上次没有归档的 {len(fresh)} 个文件还在这里{{}}。", "，其中 {} 个现在打不开（原因写在图下）"
        )

    def _lay_in(self, fresh: Sequence[Piece], said: str, but: str) -> None:
        """Show these among the others; ``said`` has a gap for ``but``, which is said with the number of the bad ones when there are any."""
        self._mark_twins(fresh)
        self.pieces += fresh
        self._changed()
        bad = sum(1 for piece in fresh if piece.looked.problem)
        self.said.emit(said.format(but.format(bad) if bad else ""), "ochre" if bad else "pine")

    def _mark_twins(self, fresh: Sequence[Piece]) -> None:
        """The same bytes twice in the tray are said at the second."""
        seen = {piece.looked.sha: piece for piece in self.pieces if piece.looked.sha}
        for piece in fresh:
            first = seen.setdefault(piece.looked.sha, piece) if piece.looked.sha else piece
            if first is not piece:
                piece.doubt = f"与“{first.looked.path.name}”是同一张照片"

    def _chosen(self) -> list[Piece]:
        keys = set(self.gallery.chosen_keys())
        return [piece for piece in self.pieces if str(piece.looked.path) in keys]

    def _settle(self, chosen: Mapping[str, Any]) -> None:
        for piece in self._chosen():
            if not piece.looked.problem:
                piece.settle(**chosen)
                self._complete(piece)
        self._changed()

    def _complete(self, piece: Piece) -> None:
        """The paper where its village has only one that lacks the kind, and the place where that has only one."""
        if piece.kind is None or piece.kind not in SHARED:
            return
        if not piece.batch_id:
            fitting = [
                paper.id
                for paper in self._meter.papers.values()
                if paper.village_id in (0, piece.village_id) and any(m.kind is piece.kind for m in paper.tally.missing)
            ]
            piece.batch_id = fitting[0] if len(fitting) == 1 else 0
        paper = self._meter.papers.get(piece.batch_id)
        if paper is not None and piece.kind in PLACED and not piece.place:
            open_places = {m.place for m in paper.tally.missing if m.kind is piece.kind}
            piece.place = open_places.pop() if len(open_places) == 1 else ""

    def _changed(self) -> None:
        self.keeper.touch() if self.pieces else self.keeper.drop()
        self._show()

    def _show(self) -> None:
        self.gallery.set_tiles([piece.tile(self._meter) for piece in self.pieces])
        self.middle.setCurrentIndex(1 if self.pieces else 0)
        self.settling.setVisible(bool(self.pieces))
        waiting = len(self.pieces) - len(self.ready())
        told = f"这里还有 {waiting} 个没有分好，归档时留在这里，不会丢。" if waiting else ""
        self.left.setText(told)
        self.left.setVisible(bool(told))
        self.settling.show_pieces(self._chosen())
        self.changed.emit()

    def _kept(self) -> str:
        return kept(self.pieces)

    def _on_chosen(self, keys: object) -> None:
        self.settling.show_pieces(self._chosen())

    def _on_removed(self, keys: list[object]) -> None:
        """Taken out of the tray only; the file stays where it lies."""
        self.pieces = [piece for piece in self.pieces if str(piece.looked.path) not in keys]
        self._changed()

    def _on_remove(self) -> None:
        self._on_removed(self.gallery.chosen_keys())

    def _on_opened(self, key: object) -> None:
        piece = next(piece for piece in self.pieces if str(piece.looked.path) == key)
        try:
            content = b"" if piece.looked.problem else piece.looked.path.read_bytes()
        except OSError:
            content = b""
        instead = piece.fault or "这一份是 PDF，请用别的程序打开看。"
        view = PhotoView(image(content, LARGEST), self, title=piece.looked.path.name, instead=instead)
        view.exec()
        view.deleteLater()

    def _on_open(self) -> None:
        for key in self.gallery.chosen_keys()[:1]:
            self._on_opened(key)

    def _on_leave_aim(self) -> None:
        self.aim_at("", {})

    def _on_stopped(self, error: Exception) -> None:
        self._filing = False
        self._office.work.tell(error)

    def _on_filed(self, result: tuple[list[str], dict[str, str]]) -> None:
        self._filing = False
        done, faults = set(result[0]), result[1]
        for piece in self.pieces:
            piece.fault = faults.get(str(piece.looked.path), piece.fault)
        self.pieces = [piece for piece in self.pieces if str(piece.looked.path) not in done]
        self._changed()
        self.filed.emit()
        told = f"，{len(faults)} 张没有收入，原因写在图下" if faults else ""
        rest = f"，还有 {len(self.pieces)} 张留在这里" if self.pieces and not faults else ""
        self.said.emit(f"已归档 {len(done)} 张{told}{rest}。", "ochre" if faults else "pine")


def _file(
    office: Office, things: Sequence[tuple[str, evidence.Hanging]], ticket: Ticket
) -> tuple[list[str], dict[str, str]]:
    """Keep the files one by one, so that a bad one or a stop halfway takes nothing away from the others."""
    done: list[str] = []
    faults: dict[str, str] = {}
    for n, (key, thing) in enumerate(things):
        if ticket.stopping():
            break
        ticket.report(n, len(things), thing.path.name)
        try:
            office.act(evidence.hang, [thing])
            done.append(key)
        except Refused as refused:
            faults[key] = "；".join(problem.text for problem in refused.problems)
        except Known as known:
            faults[key] = f"{known.text}{known.remedy}"
    return done, faults
