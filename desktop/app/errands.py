"""What the button 帮助 offers beside the work, before the log-in as after it: the help, another record, the program itself.

Each errand is one line of ``ERRANDS`` and one slot; what it opens is imported when it is first asked for.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.app.helping import HelpDesk
from desktop.app.paths import clerks_folder
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.menus import MenuButton


class Errand(NamedTuple):
    """``key`` names the slot ``_on_<key>`` of `Errands`; an empty ``text`` is a line between two groups."""

    key: str
    text: str
    keys: str = ""
    practice: bool | None = None
    """True: only while the practice record is open; False: only while it is not."""


ERRANDS = (
    Errand("help", "说明这一栏、这一页", "F1"),
    Errand("keys", "快捷键一览", "Ctrl+/"),
    Errand("", ""),
    Errand("practise", "练习台账", practice=False),
    Errand("afresh", "重新开始练习…", practice=True),
    Errand("stop", "退出练习", practice=True),
    Errand("other", "打开别的档案…"),
    Errand("", ""),
    Errand("about", "关于户有卡…"),
    Errand("support", "打包日志…"),
    Errand("update", "更新程序…", practice=False),
)


class Errands(QObject):
    """``window`` is the parent of what opens. Signal ``turn_asked(path)``: leave the record that is open for the one at ``path``;
    ``practise_asked(fresh)`` for the practice record, made anew when ``fresh``; ``stop_asked()`` back from it to the town's."""

    turn_asked = Signal(Path)
    about_asked = Signal(str)
    practise_asked = Signal(bool)
    stop_asked = Signal()

    def __init__(self, window: QWidget, help_desk: HelpDesk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._help = help_desk
        self._folder = clerks_folder()

    def hang(self, button: MenuButton, practice: bool = False) -> None:
        """Offer the errands at a button; ``practice`` says whether the practice record is open."""
        for errand in ERRANDS:
            if errand.practice not in (None, practice):
                continue
            if errand.text:
                button.add(errand.key, errand.text, errand.keys)
            else:
                button.add_line()
        button.chosen.connect(self._on_chosen)

    def begin_at(self, folder: Path) -> None:
        """Where the dialog for another record begins."""
        self._folder = folder

    def _on_chosen(self, key: str) -> None:
        getattr(self, f"_on_{key}")()

    def _on_help(self) -> None:
        self._help.ask()

    def _on_keys(self) -> None:
        self._help.show_keys()

    def _on_practise(self) -> None:
        self.practise_asked.emit(False)

    def ask_afresh(self) -> None:
        """Throw the practice record away for a new one, when the clerk means it."""
        text = "现在的练习台账连同在里面试过的都不要了，重做一份新的。本镇的档案不受影响。"
        choices = (Answer("重新开始", "afresh", "primary"), Answer("先不", "", "plain"))
        if ask(self._window, "重新开始练习", text, choices) == "afresh":
            self.practise_asked.emit(True)

    def _on_afresh(self) -> None:
        self.ask_afresh()

    def _on_stop(self) -> None:
        self.stop_asked.emit()

    def _on_about(self) -> None:
        self.about_asked.emit("about")

    def _on_support(self) -> None:
        self.about_asked.emit("support")

    def _on_update(self) -> None:
        self.about_asked.emit("update")

    def _on_other(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self._window, "打开档案", str(self._folder), "户有卡档案 (*.huk)")
        if chosen:
            self.turn_asked.emit(Path(chosen))
