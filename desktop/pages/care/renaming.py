"""更名与合并: a village or a group gets a new name or goes up in another, from a day and on a paper; what was done stands below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.village import ACT, BASIS, GROUP, INTO, INTO_GROUP, NEW_NAME, ON, VILLAGE
from db.rules.codes import VillageAct
from db.services.office import villages
from db.services.office.villages import Dated, PlaceEvent
from db.services.town.town import VillageInfo
from desktop.app.office import Office
from desktop.widgets.batch import both
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column

CHANGES = frozenset({"town", "households", "cases", "batches"})
HISTORY = (
    Column("on", "日期", 100),
    Column("act", "办了什么", 90),
    Column("village", "村（现名）", 110),
    Column("names", "原名 → 新名", 260),
    Column("basis", "依据", 220),
    Column("actor", "录入人", 90),
    Column("entered", "录入日期", 100),
)
_GROUPS = (VillageAct.GROUP_RENAMED, VillageAct.GROUP_MERGED)
_RENAMED = (VillageAct.RENAMED, VillageAct.GROUP_RENAMED)


class RenamingPane(QWidget):
    """Signal ``done(text)``: something was written."""

    done = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "care.md#村和小组")
        self._office = office
        self._known: dict[str, VillageInfo] = {}
        self._news = ""
        self.history = ListTable(HISTORY, name="place-events", parent=self)
        layout = (Section("更名或合并", ((ACT, ON), (VILLAGE, GROUP, NEW_NAME, INTO, INTO_GROUP), (BASIS,))),)
        looks = {
            "act": "segments",
            "village": "options",
            "group": "options",
            "into": "options",
            "into_group": "options",
        }
        self.form = Form(layout, self, looks, scroll=False)  # type: ignore[arg-type]
        self.effect = label("", "quiet", self, wrap=True)
        self.enter = button("办理", "primary", self)
        self._lay_out()
        self.form.changed.connect(self._follow)
        self.form.save_asked.connect(self.save)
        self.enter.clicked.connect(self.save)
        self.form.set_values({"act": VillageAct.RENAMED})
        self._follow()

    def show_villages(self, found: tuple[VillageInfo, ...], village: str = "") -> None:
        """Offer the villages that stand, and show what was done before; ``village`` is chosen when it is one of them."""
        self._known = {one.name: one for one in found}
        for key in ("village", "into"):
            self.form.set_options(key, list(self._known))
        if village in self._known:
            self.form.editor("village").set_raw(village)
        self.history.set_items([_item(event) for event in self._office.see(villages.history)])
        self._follow()

    def save(self) -> None:
        """Ctrl+S: say what will happen, then do it."""
        if not self._checked():
            return
        act, said = self._act(), self.form.values()
        answers = (Answer("再核对", "back"), Answer(f"办理{act.label}", "go", "danger"))
        if (
            ask(self, f"{act.label}：{self._title()}", f"{self.effect.text()}办理后不能撤回，只能再办一次。", answers)
            != "go"
        ):
            return
        self._news = f"已办理{act.label}：{self._title()}，并已留痕"
        verb, first, second = self._deed(act)
        self.enter.setEnabled(False)
        self._office.write(
            act.label, verb, first, second, Dated(said["on"], said["basis"]), done=self._on_done, failed=self._on_failed,
            changes=CHANGES, by=self,
        )  # fmt: skip

    def _checked(self) -> bool:
        self.form.check(demanded=True)
        shown = [key for key in self.form.faulty() if not self.form.cell(key).isHidden()]
        if shown:
            self.form.go_to(shown[0])
            return False
        for key in self.form.faulty():
            self.form.editor(key).set_problem("")
        self.form.faults.tell(0)
        if self._village() is None:
            self.form.show_problems([Problem("请选本镇的村", "village")])
            return False
        return True

    def _deed(self, act: VillageAct) -> tuple[Callable[..., int], int, object]:
        """The verb with whom it concerns and the new name or the other one."""
        village = self._village()
        assert village is not None
        said = self.form.values()
        if act is VillageAct.RENAMED:
            return villages.rename_village, village.id, said["new_name"]
        if act is VillageAct.MERGED:
            return villages.merge_village, village.id, self._known[said["into"]].id
        group = village.group(said["group"])
        assert group is not None
        if act is VillageAct.GROUP_RENAMED:
            return villages.rename_group, group.id, said["new_name"]
        into = village.group(said["into_group"])
        assert into is not None
        return villages.merge_group, group.id, into.id

    def _lay_out(self) -> None:
        whole, foot = column(self, 10), row()
        sheet = Card(parent=self, margin=0)
        sheet.body.addWidget(self.history)
        foot.addWidget(self.effect, 1)
        foot.addWidget(self.enter)
        whole.addWidget(sheet, 1)
        whole.addWidget(self.form)
        whole.addLayout(foot)

    def _act(self) -> VillageAct:
        found = self.form.editor("act").value()
        return found if isinstance(found, VillageAct) else VillageAct.RENAMED

    def _village(self) -> VillageInfo | None:
        return self._known.get(self.form.editor("village").raw())

    def _follow(self) -> None:
        """Ask only what this act needs, offer the groups of the village, and say what it will do."""
        act, village = self._act(), self._village()
        of_group, renamed = act in _GROUPS, act in _RENAMED
        wanted = {"group": of_group, "new_name": renamed, "into": not of_group and not renamed}
        wanted["into_group"] = of_group and not renamed
        self.form.show_only(wanted)
        names = [group.name for group in village.groups] if village else []
        for key in ("group", "into_group"):
            self.form.set_options(key, names)
        self.enter.setText(f"办理{act.label}")
        self.enter.setEnabled(True)
        self.effect.setText(self._effect(village))

    def _effect(self, village: VillageInfo | None) -> str:
        if village is None:
            return "更名、合并从填的那天起用新名；那天以前的文书补打时仍印旧名。公示还没有办结的村先办结，才能合并。"
        group = village.group(self.form.editor("group").raw()) if self._act() in _GROUPS else None
        count = both(*self._office.see(villages.concerned, village.id, group.id if group else None))
        place = f"{village.name}{group.name}" if group else village.name
        return f"{place}现有 {count}，从那天起改用新的村组名；那天以前的文书补打时仍印旧名。"

    def _title(self) -> str:
        act, said = self._act(), self.form.texts()
        old = said["group"] if act in _GROUPS else said["village"]
        new = {
            VillageAct.RENAMED: "new_name", VillageAct.GROUP_RENAMED: "new_name", VillageAct.MERGED: "into",
            VillageAct.GROUP_MERGED: "into_group",
        }[act]  # fmt: skip
        return f"{old} → {said[new].strip()}"

    def _on_done(self, _: int) -> None:
        self.form.set_values({"act": self._act()})
        self.enter.setEnabled(True)
        self.done.emit(self._news)

    def _on_failed(self, error: Exception) -> None:
        self.enter.setEnabled(True)
        self.form.show_problems(problems_of(error))


def _item(event: PlaceEvent) -> Item:
    names = f"{event.old} → {event.new}"
    cells = (
        event.acted_on.isoformat(), event.act.label, event.village, Cell(names, tip=names),
        Cell(event.basis, tip=event.basis), event.actor, event.entered_on.isoformat(),
    )  # fmt: skip
    return Item(cells, thing=event)
