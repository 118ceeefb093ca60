"""The photos and scans that prove an explanation: chosen or dropped, looked at, taken off again; kept in the record when the word is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Known, Refused
from db.services.evidence import attachments
from desktop.app.paths import clerks_folder
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.side import empty_layout

_LONGEST = 22


@dataclass(frozen=True, slots=True)
class Attached:
    """One file: in the record under ``sha``, or still where it lies."""

    name: str
    sha: str = ""
    path: Path | None = None


class AttachedList(QWidget):
    """Signals: ``changed()`` the clerk added or took off; ``looked(attached)`` one is to be shown."""

    changed = Signal()
    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files: list[Attached] = []
        self.add_button = button("添加附件…", "plain", self)
        self.problem = label("", "fault", self, wrap=True)
        self._told = label("或把照片、PDF 拖到这里", "quiet", self)
        self._lines = column(gap=2)
        head, whole = row(), column(self, 4)
        head.addWidget(self.add_button)
        head.addWidget(self._told, 1)
        whole.addLayout(head)
        whole.addLayout(self._lines)
        whole.addWidget(self.problem)
        self.problem.hide()
        self.add_button.clicked.connect(self._on_choose)

    def files(self) -> tuple[Attached, ...]:
        """What is attached now."""
        return tuple(self._files)

    def kept(self) -> list[str]:
        """Those in the record."""
        return [one.sha for one in self._files if one.sha]

    def fresh(self) -> list[Path]:
        """Those still where they lie."""
        return [one.path for one in self._files if one.path is not None]

    def show_files(self, files: Iterable[Attached]) -> None:
        """Show these instead."""
        self._files = [*files]
        self._say("")
        self._show()

    def show_kept(self, shas: Sequence[str], names: Mapping[str, str]) -> None:
        """Show what an earlier word was proved with."""
        self.show_files(Attached(names.get(sha, "附件"), sha) for sha in shas)

    def add(self, paths: Iterable[Path]) -> None:
        """Take in files that are photos or PDF; of the others it is said why not."""
        problems: list[str] = []
        known = {one.path for one in self._files}
        before = len(self._files)
        for path in paths:
            try:
                attachments.check(path)
            except Refused as refused:
                problems += [problem.text for problem in refused.problems]
            except Known as known_trouble:
                problems.append(f"{known_trouble.text}{known_trouble.remedy}")
            else:
                if path not in known:
                    self._files.append(Attached(path.name, "", path))
        self._say("\n".join(problems))
        self._show()
        if len(self._files) > before:
            self.changed.emit()

    def _say(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def _show(self) -> None:
        empty_layout(self._lines)
        for place, one in enumerate(self._files):
            line = row(gap=6)
            shown = one.name if len(one.name) <= _LONGEST else f"{one.name[: _LONGEST - 6]}…{one.name[-5:]}"
            look, drop = button(shown, "link", self), button("去掉", "link", self)
            look.setToolTip(one.name)
            for made, slot in ((look, self._on_look), (drop, self._on_drop)):
                made.setProperty("place", place)
                made.clicked.connect(slot)
                line.addWidget(made)
            line.addStretch(1)
            self._lines.addLayout(line)

    def _on_look(self) -> None:
        self.looked.emit(self._files[int(self.sender().property("place"))])

    def _on_drop(self) -> None:
        del self._files[int(self.sender().property("place"))]
        self._show()
        self.changed.emit()

    def _on_choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileNames(
            self, "添加附件", str(clerks_folder(pictures=True)), f"照片和扫描件 ({attachments.PATTERN});;所有文件 (*)"
        )
        if chosen:
            self.add([Path(one) for one in chosen])
