"""村和小组: the town's villages with their groups and phones; what was forgotten is added, what changed is renamed or merged here."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from db.errors import Problem, Refused
from db.fields.town import GROUPS, VILLAGE, VILLAGE_PHONE
from db.rules.groups import groups_from
from db.services.office import villages
from db.services.town import town
from db.services.town.town import VillageInfo, VillageSetup
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.pages.care.panel import Panel
from desktop.pages.care.renaming import RenamingPane
from desktop.pages.care.ways import TOWN
from desktop.widgets.form import Form, Section
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("name", "村", 140),
    Column("count", "小组数", 80, align="right"),
    Column("groups", "村民小组", 560, sortable=False),
    Column("phone", "村委会电话", 150),
)
_WORDS = "填已有的村名，就给它增加小组或改电话；填新的村名，就增加一个村。村和小组用过后不能删除。"


class VillagesPanel(Panel):
    """All villages above, one to add or extend below."""

    title = "村和小组"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self._known: dict[str, VillageInfo] = {}
        self.table = ListTable(COLUMNS, name="villages")
        self.form = Form((Section("增加村、小组或改电话", ((VILLAGE, VILLAGE_PHONE), (GROUPS,))),), self, scroll=False)
        self.add = button("保存", "primary", self)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table)
        foot = row()
        foot.addWidget(label(_WORDS, "quiet", self, wrap=True), 1)
        foot.addWidget(self.add)
        adding = QWidget(self)
        below = column(adding, 12)
        below.addWidget(sheet, 1)
        below.addWidget(self.form)
        below.addLayout(foot)
        self.renaming = RenamingPane(office, self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(adding)
        self.stack.addWidget(self.renaming)
        self.whole.addLayout(self._chips())
        self.whole.addWidget(self.stack, 1)
        self.table.opened.connect(self._on_opened)
        self.add.clicked.connect(self.save)
        self.form.save_asked.connect(self.save)
        self.renaming.done.connect(self._on_renamed)

    def refresh(self) -> None:
        found = self.office.see(town.villages)
        self._known = {village.name: village for village in found}
        self.table.set_items([_item(village) for village in found])
        self.renaming.show_villages(found, str(self.table.current_thing() or ""))

    def save(self) -> None:
        """Ctrl+S: add the village, or what is new of one that is there; on the other side rename or merge."""
        if self.stack.currentWidget() is self.renaming:
            self.renaming.save()
            return
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        values = self.form.values()
        groups = groups_from(values["groups"] or "")
        phone = values["phone"] or ""
        village = self._known.get(values["village"])
        if village is None:
            self._write("增加村", villages.add_village, VillageSetup(values["village"], groups, phone))
        elif groups:
            self._write("增加村民小组", villages.add_groups, village.id, groups)
        elif phone and phone != village.phone:
            self._write("更改村委会电话", villages.set_phone, village.id, phone)
        else:
            self.form.show_problems([Problem(f"请写出要给{village.name}增加的小组，或新的电话。", "groups")])

    def _chips(self) -> QHBoxLayout:
        line = row()
        self.add_chip, self.rename_chip = button("增加、改电话", "chip", self), button("更名、合并", "chip", self)
        for chip in (self.add_chip, self.rename_chip):
            chip.setCheckable(True)
            chip.clicked.connect(self._on_chip)
            line.addWidget(chip)
        line.addStretch(1)
        self.add_chip.setChecked(True)
        return line

    def _on_chip(self) -> None:
        renaming = self.sender() is self.rename_chip
        self.add_chip.setChecked(not renaming)
        self.rename_chip.setChecked(renaming)
        if renaming:
            self.renaming.show_villages(tuple(self._known.values()), str(self.table.current_thing() or ""))
        self.stack.setCurrentIndex(int(renaming))

    def _on_renamed(self, text: str) -> None:
        self.refresh()
        self.said.emit(text, "pine")

    def _write(self, title: str, verb: object, *args: object) -> None:
        assert callable(verb)
        self.office.write(
            title, verb, *args, done=self._on_saved, failed=self._on_refused, changes=TOWN, by=self
        )  # fmt: skip

    def _on_saved(self, _: None) -> None:
        self.form.set_values({})
        self.refresh()
        self.said.emit("已保存，并已留痕。", "pine")

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
        else:
            self.failed(error)

    def _on_opened(self, thing: object) -> None:
        self.form.set_values({"village": thing})
        self.form.go_to("groups")


def _item(village: VillageInfo) -> Item:
    names = "、".join(group.name for group in village.groups)
    return Item(
        (village.name, str(len(village.groups)), Cell(names, tip=names), village.phone or "—"), thing=village.name
    )
