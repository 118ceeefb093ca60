"""登记异议 and 核查异议: what was raised against which household, and what the investigation by two others came to."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QWidget

from db.fields import notice as field
from db.rules.case import Finding
from db.services import objections
from db.services.notices import NoticeView
from db.services.objections import Investigation, Objection, ObjectionView
from desktop.app.office import Office
from desktop.pages.notices.panel import FormPanel, NoticePanel
from desktop.widgets.editors import PickEditor
from desktop.widgets.form import Form, Section

CHANNELS = ("来访", "来电", "来信", "村民代表转述", "网络", "其他")
_BETWEEN = re.compile(r"[、，,；;\s]+")

REGISTRATION = (
    Section(
        "",
        (
            (field.HOUSEHOLD,),
            (field.RECEIVED_ON, field.CHANNEL, field.OBJECTOR),
            (field.CONTENT,),
        ),
    ),
)
INVESTIGATION = (
    Section(
        "",
        (
            (field.INVESTIGATED_ON, field.FINDING),
            (field.INVESTIGATORS,),
            (field.RESULT,),
            (field.ANSWERED_ON, field.ANSWER),
        ),
    ),
)
_REGISTERED = "登记后只有这一户暂停，榜上其余各户照常；核查办结后才能出具初审意见。"


class ObjectPanel(NoticePanel):
    """登记异议 against a household of one notice."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        looks = {"household": "options", "channel": "options", "content": "lines"}
        super().__init__(office, "登记异议", Form(REGISTRATION, looks=looks, scroll=False), parent)  # type: ignore[arg-type]
        self._cases: dict[str, int] = {}
        self._notice_id = 0
        self.note.setText(_REGISTERED)

    def start(self, notice: NoticeView, today: date) -> None:
        """A blank form for the households of ``notice``."""
        self._notice_id = notice.id
        self._cases = _called(notice)
        self.heading.setText(f"登记异议 · {notice.label}")
        _options(self.form, "household", tuple(self._cases))
        _options(self.form, "channel", CHANNELS)
        self.begin({"received_on": today})

    def carry_out(self) -> None:
        if not self.ready():
            return
        said = self.form.values()
        raised = Objection(
            self._cases[said["household"]],
            said["received_on"],
            said["objector"] or "",
            said["channel"],
            said["content"],
        )
        news = f"已登记对{said['household']}的异议，本户暂停，其余各户照常"
        self.write("登记异议", objections.register, raised, news=news, notice_id=self._notice_id)


class InvestigatePanel(FormPanel):
    """核查异议: one objection at a time."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        looks = {"result": "lines", "answer": "lines"}
        super().__init__(office, "登记核查结果", Form(INVESTIGATION, looks=looks, scroll=False), parent)  # type: ignore[arg-type]
        self._objection: ObjectionView | None = None

    def start(self, objection: ObjectionView, today: date) -> None:
        """A blank form for one open objection."""
        self._objection = objection
        self.heading.setText(f"核查异议 · {objection.household}")
        who = objection.objector or "匿名"
        self.note.setText(f"{objection.received_on} {who}{objection.channel}反映：{objection.content}")
        self.begin({"investigated_on": today})

    def carry_out(self) -> None:
        if self._objection is None or not self.ready():
            return
        said, objection = self.form.values(), self._objection
        people = tuple(name for name in _BETWEEN.split(said["investigators"]) if name)
        finding: Finding = said["finding"]
        done = Investigation(
            objection.id, said["investigated_on"], people, finding, said["result"], said["answered_on"], said["answer"] or "",
        )  # fmt: skip
        news = f"{objection.household}的异议已核查：{finding.label}"
        self.write("登记异议核查", objections.investigate, done, news=news, notice_id=objection.notice_id or 0)


def _called(notice: NoticeView) -> dict[str, int]:
    """The households of a notice as they are picked: group, name and head-count; sex where that is not enough."""
    found: dict[str, int] = {}
    for case_id, r in zip(notice.case_ids, notice.rows, strict=True):
        plain = f"{r.head_name}（{r.group}，{r.size} 人）"
        found[plain if plain not in found else f"{r.head_name}（{r.group}，{r.size} 人，{r.head_sex}）"] = case_id
    return found


def _options(form: Form, key: str, options: tuple[str, ...]) -> None:
    editor = form.editor(key)
    if isinstance(editor, PickEditor):
        editor.set_options(options)
