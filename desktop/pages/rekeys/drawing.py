"""A round is drawn: what is keyed again, of which village, how many; what there is to draw from is said beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.rekey import COUNT, SUBJECT, VILLAGE
from db.rules.codes import RekeySubject
from db.rules.rekey import share
from db.services.rekeying import rekeys
from db.services.rekeying.rekeys import WHOLE
from db.services.town import town
from desktop.app.office import Office
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import button, column, label, row

CHANGED = frozenset({"rekeys"})
PERCENT = 5
_LEAST = 344
"""With its sentences wrapped, as they are in a narrow window."""


class DrawPane(QWidget):
    """Signals: ``drawn(round_id)``; ``left()`` the clerk goes back to the list."""

    drawn = Signal(int)
    left = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._villages: dict[str, int | None] = {}
        looks = {"subject": "segments", "village": "options"}
        self.form = Form((Section("", ((SUBJECT,), (VILLAGE, COUNT))),), self, looks, scroll=False)  # type: ignore[arg-type]
        self.found = label("", "quiet", self, wrap=True)
        self.draw = button("抽取", "primary", self)
        self.back = button("返回", "plain", self)
        self.setMinimumHeight(_LEAST)
        whole, foot = column(self, 12), row()
        whole.addWidget(label("抽取一批复录样本", "heading", self))
        why = "由没有录过原件的人看着纸质表再录一遍，看不到原录，录完只看不一致的地方。样本由程序随机抽，抽取号记入日志，可以复核。"
        whole.addWidget(label(why, "quiet", self, wrap=True))
        whole.addWidget(self.form)
        whole.addWidget(self.found)
        foot.addWidget(self.draw)
        foot.addWidget(self.back)
        foot.addStretch(1)
        whole.addLayout(foot)
        whole.addStretch(1)
        self.form.changed.connect(self._follow)
        self.form.save_asked.connect(self.save)
        self.form.ended.connect(self.draw.setFocus)
        self.form.cancel_asked.connect(self.left)
        self.draw.clicked.connect(self.save)
        self.back.clicked.connect(self.left)

    def start(self) -> None:
        """Offer the whole town with five in a hundred."""
        self._villages = {WHOLE: None} | {v.name: v.id for v in self._office.see(town.villages)}
        self.form.set_options("village", list(self._villages))
        self.form.set_values({"subject": RekeySubject.INCOME, "village": WHOLE})
        self._follow()
        self.form.set_values({"subject": RekeySubject.INCOME, "village": WHOLE, "count": share(self._pool(), PERCENT)})
        self._follow()
        self.form.go_to("count")

    def save(self) -> None:
        """Draw."""
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        said = self.form.values()
        self._office.write(
            "抽取复录样本", rekeys.draw, said["subject"], self._villages[said["village"]], int(said["count"]),
            done=self._on_drawn, failed=self._on_failed, changes=CHANGED, by=self,
        )  # fmt: skip

    def _pool(self) -> int:
        subject = self.form.editor("subject").value()
        village = self._villages.get(self.form.editor("village").raw())
        if not isinstance(subject, RekeySubject):
            return 0
        return len(self._office.see(rekeys.pool, subject, village))

    def _follow(self) -> None:
        count = self._pool()
        self.found.setText(f"可以抽的共 {count:,} 户；按 {PERCENT}% 抽是 {share(count, PERCENT):,} 户。")
        self.draw.setEnabled(count > 0)
        wanted = self.form.editor("count").value()
        self.draw.setText(f"抽取 {min(int(str(wanted)), count):,} 户" if wanted else "抽取")

    def _on_drawn(self, round_id: int) -> None:
        self.form.set_clean()
        self.drawn.emit(round_id)

    def _on_failed(self, error: Exception) -> None:
        self.form.show_problems(problems_of(error))
