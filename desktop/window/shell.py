"""The window's inside: bar, jobs at the left, the page that is open, the strip for messages and the line at the foot.

Pages are built when first visited. What they say (messages, selection, counts, where to go) comes as signals; no page knows the shell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QWidget

from db.errors import Known, Refused
from desktop.app.hub import Hub
from desktop.app.work import Ticket, Work
from desktop.widgets.banner import Banner, BannerTone
from desktop.widgets.looks import column, row
from desktop.widgets.page import Page
from desktop.widgets.progress import ProgressStrip
from desktop.widgets.stack import Stack
from desktop.window import actions
from desktop.window.frame import Foot, TopBar
from desktop.window.job import Job
from desktop.window.room import Room
from desktop.window.sidebar import Shelf, Sidebar

Factory = Callable[[], Page]


class Shell(QWidget):
    """``factories`` build the page of each job.

    Signals: ``visited(key)`` a page was opened; ``lock_asked()`` Ctrl+L; ``help_asked()`` F1; ``keys_asked()`` Ctrl+/. The search box, the foot and the banner are public parts.
    """

    visited = Signal(str)
    lock_asked = Signal()
    help_asked = Signal()
    keys_asked = Signal()

    def __init__(
        self, jobs: Sequence[Job], factories: Mapping[str, Factory], work: Work, hub: Hub, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("shell")
        self._factories = dict(factories)
        self._pages: dict[str, Page] = {}
        self._overlay: QWidget | None = None
        self._ticket: Ticket | None = None
        self.top = TopBar(self)
        self.sidebar = Sidebar(jobs, self)
        self.banner = Banner(self)
        self.strip = ProgressStrip(self)
        self.stack = Stack()
        self.foot = Foot(self)
        self.actions_by_name: dict[str, QAction] = actions.build(self)
        self._lay_out()
        self._connect(work, hub)

    def go(self, key: str, thing: object = None) -> Page | None:
        """Open a job, and in it a thing by id; None when the open page does not let go or there is no such job."""
        here = self.current_page()
        if key not in self._factories:
            return None
        if here is not None and self.sidebar.current() != key and not here.may_leave():
            return None
        page = self._pages.get(key) or self._build(key)
        if here is not None and page is not here:
            here.leave_focus()
            self.banner.drop_news()
        self.sidebar.set_current(key)
        self.foot.set_selection("")
        self.stack.setCurrentWidget(page)
        if not self.sidebar.hasFocus():
            page.take_focus()
        if thing is not None:
            page.open_thing(thing)
        self.visited.emit(key)
        return page

    def current_page(self) -> Page | None:
        """The page that is open."""
        page = self.stack.currentWidget()
        return page if isinstance(page, Page) else None

    def built(self) -> Mapping[str, Page]:
        """The pages visited so far."""
        return dict(self._pages)

    def say(self, text: str, tone: BannerTone = "pine") -> None:
        """Say a sentence in the strip under the bar."""
        self.banner.say(text, tone)

    def tell(self, error: Exception) -> None:
        """Say a refusal or known trouble that no form can show at its fields."""
        if isinstance(error, Refused):
            found = [f"{p.where}：{p.text}" if p.where else p.text for p in error.problems]
            more = f"……共 {len(found)} 条" if len(found) > 3 else ""
            self.banner.say("；".join(found[:3]) + more, "red")
        elif isinstance(error, Known):
            self.banner.say(f"{error.text}{error.remedy}", "red")

    def set_overlay(self, page: QWidget | None) -> None:
        """Cover everything with the lock or log-in page, or take the cover away; a cover taken away is deleted."""
        if self._overlay is not None:
            self._overlay.hide()
            self._overlay.deleteLater()
        self._overlay = page
        for part in (self.top, self.sidebar, self.stack, self.banner, self.foot):
            part.setEnabled(page is None)
        for action in self.actions_by_name.values():
            action.setEnabled(page is None)
        if page is not None:
            self.top.search.fold()
            page.setParent(self)
            page.setGeometry(self.rect())
            page.show()
            page.raise_()
            page.setFocus()

    def covered(self) -> bool:
        """Whether the lock or log-in page lies over the work."""
        return self._overlay is not None

    def may_close(self) -> bool:
        """Whether every page lets go of what it holds; asks at the first that does not."""
        return all(page.may_leave() for page in self._pages.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._overlay is not None:
            self._overlay.setGeometry(self.rect())

    def _build(self, key: str) -> Page:
        page = self._factories[key]()
        page.said.connect(self.say)
        page.selection_said.connect(self.foot.set_selection)
        page.counts_said.connect(self.sidebar.set_counts)
        page.go_asked.connect(self._on_go_asked)
        self._pages[key] = page
        self.stack.addWidget(page)
        return page

    def _lay_out(self) -> None:
        middle, whole, centre = row(gap=0), column(self, 0), column(gap=0)
        messages = column(gap=6)
        messages.setContentsMargins(18, 8, 18, 0)
        messages.addWidget(self.banner)
        messages.addWidget(self.strip)
        centre.addLayout(messages)
        centre.addWidget(Room(self.stack, self), 1)
        middle.addWidget(Shelf(self.sidebar, self))
        middle.addLayout(centre, 1)
        whole.addWidget(self.top)
        whole.addLayout(middle, 1)
        whole.addWidget(self.foot)

    def _connect(self, work: Work, hub: Hub) -> None:
        self.sidebar.chosen.connect(self._on_chosen)
        self.strip.cancel_asked.connect(self._on_cancel)
        work.trouble.connect(self.tell)
        work.progressed.connect(self._on_progressed)
        hub.changed.connect(self._on_changed)
        slots = {
            "search": self.top.search.take_focus, "save": self._on_save, "preview": self._on_preview,
            "next": self._on_next, "refresh": self._on_refresh, "lock": self.lock_asked,
            "help": self.help_asked, "keys": self.keys_asked,
        }  # fmt: skip
        for name, slot in slots.items():
            self.actions_by_name[name].triggered.connect(slot)

    @Slot(object, object)
    def _on_changed(self, kinds: frozenset[str], by: object) -> None:
        for page in self._pages.values():
            page.take_change(kinds, by)

    @Slot(object)
    def _on_progressed(self, ticket: Ticket | None) -> None:
        self._ticket = ticket
        if ticket is None:
            self.strip.hide()
        else:
            now = ticket.progress
            self.strip.show_job(ticket.title, now.done, now.total, now.text, ticket.stoppable)

    def _on_cancel(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()

    def _on_chosen(self, key: str) -> None:
        self.go(key)

    def _on_go_asked(self, key: str, thing: object) -> None:
        self.go(key, thing)

    def _on_save(self) -> None:
        if (page := self.current_page()) is not None:
            page.save()

    def _on_preview(self) -> None:
        if (page := self.current_page()) is not None:
            page.preview()

    def _on_next(self) -> None:
        if (page := self.current_page()) is not None:
            page.next_record()

    def _on_refresh(self) -> None:
        if (page := self.current_page()) is not None:
            page.renew()
