"""照片与材料: at the left what is missing, village by village; at the right the tray in which photos are sorted before they are kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from db.papers import missing as missing_paper
from db.papers.missing import MissingFacts
from db.rules.evidence import SHARED, Missing
from db.rules.procedure import Step
from db.services.evidence import attachments, shortfall, shortlists
from db.services.evidence.shortfall import HouseholdMeter, Meter, PaperMeter
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.evidence.meterpane import MeterPane
from desktop.pages.evidence.tray import Tray
from desktop.printing.window import show_paper
from desktop.widgets.looks import row
from desktop.widgets.page import Page

_SUBTITLE = "照片和扫描件先放在右边分好，点“归档”才存入档案；左边是各村各户还欠的材料。"
_PAGES = {
    Step.VERIFICATION: "verification",
    Step.APPRAISAL: "appraisals",
    Step.NOTICE: "notices",
    Step.OPINION: "reviews",
    Step.REVIEW: "reviews",
}
LEFT = 344


class EvidencePage(Page):
    """``open_thing``: a household's id or a `Filter` with a village shows what it lacks."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town", "evidence"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("照片与材料", _SUBTITLE, parent)
        self._office = office
        self._wanted: object = None
        self._meter = Meter((), {}, {})
        self.paper = self.add_button("欠件清单（打印）")
        self.workbook = self.add_button("欠件清单（Excel）")
        self.choose = self.add_button("选择文件")
        self.filing = self.add_button("归档", "primary")
        self.pane = MeterPane(self)
        self.tray = Tray(office, self)
        self.pane.setFixedWidth(LEFT)
        split = row(gap=14)
        split.addWidget(self.pane)
        split.addWidget(self.tray, 1)
        self.body.addLayout(split, 1)
        self._connect()
        self._on_changed()
        self._on_village(0)

    def refresh(self) -> None:
        self._office.read("清点材料", shortfall.meter, done=self._show)

    def open_thing(self, thing: object) -> None:
        self._wanted = thing
        if self._meter.homes and not self.stale:
            self._go_to_wanted()

    def save(self) -> None:
        self.tray.file()

    def preview(self) -> None:
        if self.paper.isEnabled():
            self._on_paper()

    def next_record(self) -> None:
        self.pane.homes.table.go_next()

    def may_leave(self) -> bool:
        """What lies in the tray is kept as a draft, so one may always go."""
        if self.tray.keeper.due():
            self.tray.keeper.flush()
        return True

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.filing.clicked.connect(self.tray.file)
        self.paper.clicked.connect(self._on_paper)
        self.workbook.clicked.connect(self._on_workbook)
        self.tray.changed.connect(self._on_changed)
        self.tray.filed.connect(self.refresh)
        self.tray.said.connect(self.said)
        self.tray.choose_asked.connect(self._on_choose)
        self.pane.mend_asked.connect(self._on_mend)
        self.pane.step_asked.connect(self._on_step)
        self.pane.file_asked.connect(self._on_file)
        self.pane.village_changed.connect(self._on_village)

    def _show(self, meter: Meter) -> None:
        self._meter = meter
        self.pane.show_meter(meter)
        self.tray.set_meter(meter)
        self.tray.begin()
        self._go_to_wanted()
        self._on_village(self.pane.village_id())

    def _go_to_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if isinstance(wanted, Filter):
            self.pane.choose_village(wanted.village_id or 0)
        elif isinstance(wanted, int):
            self.pane.choose_household(wanted)

    def _on_changed(self) -> None:
        """After every change in the tray; what was just kept is counted anew."""
        count = len(self.tray.ready())
        self.filing.setText(f"归档（{count} 张）" if count else "归档")
        self.filing.setEnabled(bool(count))

    def _on_village(self, village_id: int) -> None:
        lacking = [v for v in self._meter.villages if v.lacking and village_id in (0, v.id)]
        self.paper.setEnabled(village_id > 0 and bool(lacking))
        self.paper.setToolTip("" if village_id > 0 else "先在左边选一个村")
        self.workbook.setEnabled(bool(lacking))
        self.workbook.setText(f"欠件清单（Excel，{len(lacking)} 个村）" if len(lacking) > 1 else "欠件清单（Excel）")

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            "选择照片和扫描件",
            str(clerks_folder(pictures=True)),
            f"照片和扫描件 ({attachments.PATTERN});;所有文件 (*)",
        )
        if chosen:
            self.tray.add([Path(one) for one in chosen])

    def _on_mend(self, thing: object, one: Missing) -> None:
        if isinstance(thing, HouseholdMeter):
            aim: dict[str, Any] = {"village_id": thing.village_id, "home_id": thing.id, "kind": one.kind}
            self.tray.aim_at(f"{thing.named} 的{one.text}", aim)
        elif isinstance(thing, PaperMeter):
            aim = {"village_id": thing.village_id, "kind": one.kind, "batch_id": thing.id, "place": one.place}
            self.tray.aim_at(f"{thing.label} 的{one.text}", aim)

    def _on_step(self, thing: object, one: Missing) -> None:
        household = thing.id if isinstance(thing, HouseholdMeter) else None
        if one.step is Step.APPLICATION:
            self.go_asked.emit("households", household)
        elif one.step is Step.VERIFICATION:
            self.go_asked.emit("verification", household)
        elif one.step is Step.NOTICE and SHARED.get(one.kind) and isinstance(thing, PaperMeter):
            self.go_asked.emit("notices", thing.id)
        else:
            self.go_asked.emit(_PAGES.get(one.step, "county"), None)

    def _on_file(self, household_id: int) -> None:
        self.go_asked.emit("households", household_id)

    def _on_paper(self) -> None:
        self._office.read("欠件清单", shortlists.facts, self.pane.village_id(), done=self._show_paper)

    def _show_paper(self, facts: MissingFacts) -> None:
        show_paper(self, missing_paper.build(facts))

    def _on_workbook(self) -> None:
        village = self.pane.village_id()
        ids = [v.id for v in self._meter.villages if v.lacking and village in (0, v.id)]
        name = next((v.name for v in self._meter.villages if v.id == village), "全镇")
        start = f"欠件清单-{name}-{self._office.record.clock.now():%Y%m%d}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出欠件清单", offered(clerks_folder(), start), "工作簿 (*.xlsx)")
        if path:
            target = workbook_path(path)
            op = partial(_write, self._office, ids, target)
            self._office.long("导出欠件清单", op, partial(self._on_written, target))

    def _on_written(self, path: Path, count: int) -> None:
        self.said.emit(f"已写出 {path.name}：欠 {count:,} 件。只有姓名，没有身份证号和电话，可以发给村里。", "pine")


def _write(office: Office, village_ids: list[int], path: Path, ticket: Ticket) -> int:
    ticket.report(0, 0, path.name)
    return office.see(shortlists.write, village_ids, path)
