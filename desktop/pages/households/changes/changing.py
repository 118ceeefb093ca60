"""人员变动 and 查看某日 beside the file of a household: the menu of changes, their history, and the papers that tell of them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from db.papers import card
from db.papers import changes as change_papers
from db.rules.codes import ChangeKind
from db.rules.values import Household, Member
from db.services.changes import changelog
from db.services.changes import papers as service
from db.services.changes.changelog import ChangeLine, KnownPerson
from db.services.changes.changes import Made
from db.services.deciding.files import CaseFile
from db.services.papers import household as household_papers
from db.services.register import households
from db.services.town import search, town
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.households.changes.boxes import MENU, act_of, of_kind
from desktop.pages.households.changes.guide import ChangeGuide
from desktop.pages.households.changes.past import PastDialog
from desktop.pages.households.changes.register import RegisterDialog
from desktop.pages.households.changes.telling import Around
from desktop.pages.households.file import FileView
from desktop.printing.window import show_paper
from desktop.widgets.page import Page
from desktop.widgets.side import Line, SideCard

_REGISTER, _SLIP, _PAST = "change_register", "change_slip", "as_of"


class Changing(QObject):
    """Fills the menu 人员变动 of a file, opens the guided steps and the file as of a past day, and shows what has changed so far."""

    def __init__(self, office: Office, page: Page, view: FileView) -> None:
        super().__init__(page)
        self._office, self._page, self._view = office, page, view
        self._file: CaseFile | None = None
        self._lines: tuple[ChangeLine, ...] = ()
        self.card = SideCard("人员变动")
        beside = view.past.parentWidget()
        side = beside.layout() if beside is not None else None
        assert isinstance(side, QVBoxLayout)
        side.insertWidget(side.indexOf(view.past), self.card)
        for kinds in MENU:
            for kind in kinds:
                view.changes.add(act_of(kind), kind.label)
            view.changes.add_line()
        view.changes.add(_REGISTER, "打印家庭人员变动登记表")
        view.changes.add(_SLIP, "打印户主变更、分户确认表")
        view.changes.add_line()
        view.changes.add(_PAST, "查看某日")
        view.asked.connect(self._on_asked)
        self.register_button = page.add_button("人员变动登记表")
        self.register_button.clicked.connect(self.register)
        stack = view.parentWidget()
        assert isinstance(stack, QStackedWidget)
        stack.currentChanged.connect(self._on_turned)

    def show_file(self, file: CaseFile) -> None:
        """Another household is shown: its changes so far, and which may be made."""
        self._file = file
        household_id = file.household.id or 0
        self._lines = self._office.see(changelog.history, household_id)
        self.card.show_lines([_line(line) for line in self._lines])
        self.card.setVisible(bool(self._lines))
        gone = "" if self._office.see(households.is_live, household_id) else "这一户已经销户"
        if gone:
            self._view.state.set("已销户", "grey")
        for kinds in MENU:
            for kind in kinds:
                self._view.changes.allow(act_of(kind), gone)
        self._view.changes.allow(_REGISTER, "" if self._lines else "还没有变动")
        self._view.changes.allow(_SLIP, "" if self._slipped() else "还没有换过户主、分过户")

    def guide(self, kind: ChangeKind) -> ChangeGuide:
        """Open the guided step for the household shown."""
        assert self._file is not None
        home = self._office.see(households.get, self._file.household.id or 0)
        made = ChangeGuide(self._office, kind, home, self._around(home), self._page, self._page)
        made.made.connect(self._on_made)
        made.paper_asked.connect(self._on_paper)
        made.open()
        return made

    def register(self) -> None:
        """Ask which village's changes of which time are printed."""
        RegisterDialog(self._office, self._office.see(town.villages), self._page).open()

    def past(self) -> PastDialog:
        """Open the household as of a past day."""
        assert self._file is not None
        made = PastDialog(self._office, self._file.household, self._days(), self._page)
        made.open()
        return made

    def _days(self) -> tuple[date, ...]:
        return tuple(dict.fromkeys(line.acted_on for line in self._lines))

    def _slipped(self) -> ChangeLine | None:
        """The newest change that has a slip to sign."""
        return next((c for c in self._lines if c.new_head or c.kind is ChangeKind.SPLIT), None)

    def _around(self, home: Household) -> Around:
        office = self._office
        village = next(v for v in office.see(town.villages) if v.name == home.village)
        ids = [i for i in office.see(search.ids, Filter(village_id=village.id)) if i != home.id]
        rows = office.see(search.lines, ids)
        others = [(i, f"{line.head_name}（{line.group}，{line.size} 人）") for i, line in rows.items()]
        return Around(
            office.record.clock.now().date(), [g.name for g in village.groups], others, self._members_of, self._known
        )

    def _members_of(self, household_id: int) -> tuple[Member, ...]:
        return self._office.see(households.get, household_id).members

    def _known(self, id_number: str) -> KnownPerson | None:
        return self._office.see(changelog.known_person, id_number)

    def _on_asked(self, what: str) -> None:
        kind = of_kind(what)
        if self._file is None:
            return
        if kind is not None:
            self.guide(kind)
        elif what == _PAST:
            self.past()
        elif what == _REGISTER:
            facts = self._office.see(service.of_household, self._file.household.id or 0)
            show_paper(self._page, change_papers.build(facts))
        elif what == _SLIP:
            newest = self._slipped()
            if newest is not None:
                self._on_paper("slip", newest.id)

    def _on_turned(self, place: int) -> None:
        """The register of all belongs to the list, that of one household to its menu."""
        self.register_button.setVisible(place == 0)

    def _on_made(self, made: Made) -> None:
        self._page.said.emit(self._office.see(changelog.one, made.change_id).text, "pine")
        self._page.refresh()

    def _on_paper(self, what: str, thing: int) -> None:
        if what == "card":
            show_paper(self._page, card.build(self._office.see(household_papers.card, thing, show_ids=True)))
        else:
            show_paper(self._page, change_papers.slip(self._office.see(service.slip, thing)))


def _line(line: ChangeLine) -> Line:
    second = f"，{line.second}确认" if line.second else ""
    proof = f" {line.proof}" if line.proof else ""
    return Line(line.text, "", f"{line.acted_on}{proof}（{line.entered_at:%Y-%m-%d} {line.actor}登记{second}）")
