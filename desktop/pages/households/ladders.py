"""The cases of a household on its page: which of them is shown, and how another one begins (清退, 重新申请)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.fields.base import Field
from db.fields.household import APPLICATION_KIND, APPLIED_ON
from db.fields.recheck import ACTED_ON, CHECKERS, CODE, REASON
from db.rules.case import GIVEN_UP, Status
from db.rules.names import people_in
from db.rules.removal import Proposal
from db.services.cases import applications
from db.services.deciding import files, removals
from db.services.deciding.files import CaseFile
from desktop.app.office import Office
from desktop.pages.households.file import FileView
from desktop.widgets.editors import Look
from desktop.widgets.form import Section
from desktop.widgets.formdialog import FormDialog
from desktop.widgets.looks import label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box

_REMOVE = "两人以上回头看核查后提出；经民主评议、公示 7 天、村意见、镇审核、县审定才清退，在此以前本户仍在册。"
_AGAIN = "以前的申请和纸件都保留；重新申请从入户核实办起。资料有变的，登记后在“修改资料”里改。"


class Ladders(QObject):
    """Adds the choice among a household's cases above its ladder, and 提出清退 and 重新申请 to its menu."""

    def __init__(self, office: Office, page: Page, view: FileView) -> None:
        super().__init__(page)
        self._office, self._page, self._view = office, page, view
        self.dialog: FormDialog | None = None
        self.bar = QWidget(view)
        self.box = Box(self.bar)
        self.box.setProperty("help", "households.md#一户的档案")
        self.box.setAccessibleName("办理事项")
        self.box.setMinimumWidth(160)
        line = row(self.bar, 10)
        line.addWidget(label("办理事项", "", self.bar))
        line.addWidget(self.box)
        line.addWidget(label("以前办过的都保留，可以换着看。", "quiet", self.bar), 1)
        layout = view.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(1, self.bar)
        view.more.add("remove", "提出清退…")
        view.more.add("again", "重新申请…")
        self.box.activated.connect(self._on_case)
        view.asked.connect(self._on_asked)

    def show_file(self, file: CaseFile) -> None:
        """Offer the cases of a household and what may begin now."""
        self.box.clear()
        for case in file.cases:
            self.box.addItem(case.text, case.case_id)
        self.box.setCurrentIndex(self.box.findData(file.case_id))
        self.bar.setVisible(len(file.cases) > 1)
        state = file.state
        registered = state.status is Status.REGISTERED
        self._view.more.allow("remove", "" if registered else "只有在册、没有在办事项的户才能清退")
        ended = state.status in GIVEN_UP or state.status is Status.REMOVED
        self._view.more.allow("again", "" if ended else "在册或正在办理，不必重新申请")

    def _on_case(self) -> None:
        file = self._view.file
        if file is not None and file.household.id is not None:
            self._view.show_file(self._office.see(files.open_file, file.household.id, self.box.currentData()))

    def _on_asked(self, what: str) -> None:
        file = self._view.file
        if file is None or file.household.id is None or what not in ("remove", "again"):
            return
        name = file.household.head_name
        if what == "remove":
            self._open(f"提出清退：{name}户", _REMOVE, (ACTED_ON, CHECKERS, CODE, REASON), {"reason": "lines"})
            self._begin({"acted_on": self._today()}, self._propose)
        else:
            self._open(f"重新申请：{name}户", _AGAIN, (APPLIED_ON, APPLICATION_KIND), {"application_kind": "segments"})
            kind = self._office.see(applications.kind_of_another, file.household.id)
            self._begin({"applied_on": self._today(), "application_kind": kind}, self._apply)

    def _open(self, title: str, told: str, fields: Sequence[Field], looks: dict[str, Look]) -> None:
        layout = (Section("", tuple((field,) for field in fields)),)
        self.dialog = FormDialog(title, told, layout, looks, parent=self._page)
        self.dialog.finished.connect(self._on_finished)

    def _begin(self, values: dict[str, object], agreed: object) -> None:
        assert self.dialog is not None
        self.dialog.form.set_values(values)
        self.dialog.agreed.connect(agreed)
        self.dialog.open()

    def _propose(self) -> None:
        file, dialog = self._view.file, self.dialog
        if file is None or dialog is None:
            return
        said = dialog.form.values()
        people = people_in(said["checkers"])
        proposal = Proposal(said["acted_on"], people, said["code"], said["reason"] or "")
        self._office.write(
            "提出清退", removals.propose, file.household.id, proposal, done=self._on_proposed,
            failed=dialog.show_error, by=self._page,
        )  # fmt: skip

    def _apply(self) -> None:
        file, dialog = self._view.file, self.dialog
        if file is None or dialog is None:
            return
        said = dialog.form.values()
        self._office.write(
            "重新申请", applications.apply_again, file.household, said["application_kind"], said["applied_on"],
            done=self._on_applied, failed=dialog.show_error, by=self._page,
        )  # fmt: skip

    def _on_proposed(self, _: int) -> None:
        self._done("已提出清退，接着召开民主评议，再公示 7 天；县审定以前本户仍在册")

    def _on_applied(self, _: object) -> None:
        self._done("已登记重新申请，接着入户核实；以前的申请保留可查")

    def _done(self, text: str) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._page.said.emit(text, "pine")
        self._page.refresh()

    def _on_finished(self, _: int) -> None:
        self.dialog = None

    def _today(self) -> date:
        return self._office.record.clock.now().date()
