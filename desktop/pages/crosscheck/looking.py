"""The hits that were taken in: lists at the left, hits in the middle, the one looked at with its explanation at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Known, Refused
from db.papers import crosscheck as paper
from db.papers.crosscheck import CrossFacts
from db.rules.codes import CrossKind
from db.services.crosscheck import answering as crosscheck_answering
from db.services.crosscheck import out as crosscheck_out
from db.services.crosscheck.crosscheck import HitView, ListView
from db.services.evidence import attachments
from db.services.town import drafts
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.forms.keeper import Keeper
from desktop.pages.crosscheck.attached import Attached
from desktop.pages.crosscheck.detail import Detail
from desktop.pages.crosscheck.hits import Hits
from desktop.pages.crosscheck.lists import Lists, Narrow
from desktop.printing.photos import image
from desktop.printing.window import show_paper
from desktop.widgets.looks import row
from desktop.widgets.page import Page
from desktop.widgets.photoview import LARGEST, PhotoView

CHANGES = frozenset({"crosscheck"})
DRAFT = "crosscheck:answers"
EXPORTS: Mapping[str, tuple[str, bool, bool]] = {
    "village": ("一村一张表，证号只留后四位", False, False),
    "list": ("一份名单一张表，证号只留后四位", True, False),
    "village_whole": ("一村一张表，证号完整（内部留存）", False, True),
    "list_whole": ("一份名单一张表，证号完整（内部留存）", True, True),
}
"""How the hits can be written: the words, whether a sheet is a list (else a village), whether numbers are whole."""
_MOST_PAPERS = 200
_PROOFS = (".jpg", ".jpeg", ".png", ".pdf")


class Looking(QWidget):
    """``page`` is who acts and speaks. Signals: ``changed()`` the record was written; ``counted()`` other hits are shown or chosen."""

    changed = Signal()
    counted = Signal()

    def __init__(self, office: Office, page: Page) -> None:
        super().__init__(page)
        self._office, self._page = office, page
        self._begun = False
        self._next: Narrow | None = None
        self.keeper = Keeper(office, self._typed, self)
        self.lists = Lists(self)
        self.hits = Hits(self)
        self.detail = Detail(self)
        whole = row(self, gap=12)
        whole.addWidget(self.lists)
        whole.addWidget(self.hits, 1)
        whole.addWidget(self.detail)
        self.setAcceptDrops(True)
        self.lists.chosen.connect(self.hits.narrow)
        self.hits.current_changed.connect(self._on_current)
        self.hits.chosen.connect(self._on_chosen)
        self.hits.opened.connect(self._on_open_hit)
        self.hits.list.table.selection_said.connect(page.selection_said)
        self.detail.opened.connect(self._on_open)
        self.detail.reused.connect(self._on_reuse)
        self.detail.answering.saved.connect(self.save)
        self.detail.answering.touched.connect(self.keeper.touch)
        self.detail.answering.looked.connect(self._on_look)

    def show_record(self, lists: Sequence[ListView], hits: Sequence[HitView]) -> None:
        """Show what the record has; choices and what is typed stay."""
        self._begin()
        self.hits.show_hits(hits)
        self.lists.show_lists(lists)
        if self._next is not None:
            self.lists.choose(self._next)
            self._next = None
        self._on_current(self.hits.current())
        self._on_chosen()

    def look_at(self, kind: CrossKind, list_id: int) -> None:
        """Narrow to a list as soon as it is shown."""
        self.hits.of_household(0)
        self._next = Narrow(kind, list_id)

    def look_at_home(self, household_id: int) -> None:
        """Show every hit of one household, whatever list it is of."""
        self.lists.choose(Narrow())
        self.hits.of_household(household_id)

    def counts(self) -> tuple[int, int]:
        """How many hits are shown, and of how many households those chosen are."""
        return len(self.hits.shown()), len(self._homes())

    def save(self) -> None:
        """Keep the word on the hits chosen; what is refused stays typed."""
        box, chosen = self.detail.answering, self.hits.selected()
        outcome = box.chosen()
        if not chosen:
            return
        if outcome is None:
            box.set_problem("请先选核实结果")
            return
        box.save_button.setEnabled(False)
        ids = [hit.id for hit in chosen]
        self._office.write(
            "说明比对结果", crosscheck_answering.explain, ids, outcome, box.text.raw(), box.attached.kept(), box.attached.fresh(),
            done=partial(self._on_saved, ids), failed=self._on_refused, changes=CHANGES, by=self._page,
        )  # fmt: skip

    def keep_now(self) -> None:
        """Keep what is typed as a draft at once."""
        if self.keeper.due():
            self._keep()

    def show_paper(self) -> None:
        """The 比对情况说明 of the households chosen, in a window."""
        homes = self._homes()
        if len(homes) > _MOST_PAPERS:
            self._page.said.emit(f"一次最多打印 {_MOST_PAPERS} 户的说明，请少选一些。", "ochre")
        elif homes:
            self._office.read("比对情况说明", crosscheck_out.papers, homes, done=self._on_papers)

    def choose_export(self, how: str) -> None:
        """Ask where to, then write the hits shown; ``how`` is a key of `EXPORTS`."""
        _, by_list, whole = EXPORTS[how]
        today = self._office.record.clock.now()
        name = f"外部比对结果{'（内部）' if whole else ''}-{today:%Y%m%d}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出比对结果", offered(clerks_folder(), name), "工作簿 (*.xlsx)")
        if path:
            target = workbook_path(path)
            self.export_to(target, by_list=by_list, whole=whole)

    def export_to(self, path: Path, *, by_list: bool = False, whole: bool = False) -> None:
        """Write the hits shown into a workbook, with progress."""
        op = partial(self._export, self.hits.shown(), path, by_list, whole)
        self._office.long(f"导出 {path.name}", op, partial(self._on_exported, path), by=self._page, writes=True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.detail.hit is not None and _proofs(event):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.detail.answering.attached.add(_proofs(event))

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        self.keeper.begin(DRAFT)
        found = next((kept for kept in drafts.load(self._office.record, DRAFT) if kept.key == DRAFT), None)
        if found is not None:
            self.detail.answering.take_draft(found.content)

    def _typed(self) -> str:
        return self.detail.answering.draft()

    def _keep(self) -> None:
        if self.detail.answering.holds():
            self.keeper.flush()
        else:
            self.keeper.drop()

    def _homes(self) -> list[int]:
        return [*dict.fromkeys(hit.household_id for hit in self.hits.selected())]

    def _export(self, hits: list[HitView], path: Path, by_list: bool, whole: bool, ticket: Ticket) -> int:
        ticket.report(0, len(hits), path.name)
        ticket.check()
        return self._office.act(crosscheck_out.export, hits, path, by_list=by_list, whole=whole)

    def _on_exported(self, path: Path, count: int) -> None:
        self._page.said.emit(f"已写出 {path.name}：{count:,} 处。位置：{path.parent}", "pine")

    def _on_papers(self, facts: tuple[CrossFacts, ...]) -> None:
        if facts:
            show_paper(self._page, paper.build(facts))

    def _on_current(self, thing: object) -> None:
        hit = thing if isinstance(thing, HitView) else None
        if hit is None:
            self.detail.show_hit(None, (), {})
        elif hit != self.detail.hit:
            said = [one for one in (hit.answer, hit.earlier) if one is not None]
            names = self._office.see(crosscheck_out.names, [sha for one in said for sha in one.attachments])
            self.detail.show_hit(hit, self._office.see(crosscheck_out.beside, hit), names)

    def _on_chosen(self) -> None:
        self.detail.set_chosen(self.hits.selected())
        self.counted.emit()

    def _on_saved(self, ids: Sequence[int], count: int) -> None:
        for one in ids:
            self.detail.answering.forget(one)
        self._keep()
        self._page.said.emit(f"已说明 {count:,} 处，和姓名、时间一起留存；以最后一次说明为准。", "pine")
        self.changed.emit()

    def _on_refused(self, error: Exception) -> None:
        self._on_chosen()
        if isinstance(error, Refused):
            self.detail.answering.set_problem("；".join(problem.text for problem in error.problems))
        else:
            self._office.work.tell(error)

    def _on_reuse(self) -> None:
        hits = [hit for hit in self.hits.selected() if hit.earlier is not None]
        self._office.write(
            "沿用上次说明", crosscheck_answering.explain_as_before, hits, done=partial(self._on_saved, [hit.id for hit in hits]),
            failed=self._on_refused, changes=CHANGES, by=self._page,
        )  # fmt: skip

    def _on_look(self, one: Attached) -> None:
        try:
            content = (
                self._office.see(attachments.content, one.sha) if one.path is None else attachments.check(one.path)
            )
        except (Known, Refused) as trouble:
            self._office.work.tell(trouble)
            return
        view = PhotoView(image(content, LARGEST), self, title=one.name)
        view.exec()
        view.deleteLater()

    def _on_open_hit(self, hit: HitView) -> None:
        self._on_open(hit.household_id)

    def _on_open(self, household_id: int) -> None:
        self._page.go_asked.emit("households", household_id)


def _proofs(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    """The photos and scans that are dragged in; none when anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if all(path.suffix.lower() in _PROOFS for path in paths) else []
