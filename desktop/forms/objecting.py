"""登记异议 and 核查异议: what was raised against which household, and what the investigation by two others came to."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.fields import notice as field
from db.rules.case import Finding
from db.rules.names import people_in
from db.rules.objecting import Answered
from db.services.notices import objections
from db.services.notices.notices import NoticeView
from db.services.notices.objections import Investigation, Objection, ObjectionView
from desktop.app.office import Office
from desktop.forms.panel import FormPanel, NoticePanel
from desktop.widgets.editors import PickEditor
from desktop.widgets.form import Form, Section

CHANNELS = ("来访", "来电", "来信", "村民代表转述", "网络", "其他")
WAYS = ("当面答复", "电话答复", "书面答复", "张贴答复", "网上答复")

REGISTRATION = (
    Section(
        "",
        (
            (field.HOUSEHOLD,),
            (field.RECEIVED_ON, field.CHANNEL),
            (field.OBJECTOR, field.CONTACT),
            (field.CLAIM,),
            (field.CONTENT,),
        ),
    ),
)
INVESTIGATION = (
    Section(
        "",
        (
            (field.INVESTIGATED_ON, field.FINDING),
            (field.INVESTIGATORS, field.OWN_REASON),
            (field.RESULT,),
            (field.ANSWERED_ON, field.WAY),
            (field.ANSWER,),
        ),
    ),
)
ANSWERING = (Section("", ((field.ANSWERED_ON, field.WAY), (field.ANSWER,))),)
_REGISTERED = "登记后只有这一户暂停，榜上其余各户照常；核查办结后这一户才能办下一步。"


class ObjectPanel(NoticePanel):
    """登记异议 against a household of one notice."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        looks = {"household": "options", "channel": "options", "content": "lines"}
        super().__init__(office, "登记异议", Form(REGISTRATION, looks=looks, scroll=False), parent)  # type: ignore[arg-type]
        self.setProperty("help", "notices.md#登记异议")
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
            said["claim"],
            said["contact"] or "",
        )
        news = f"已登记对{said['household']}的异议，本户暂停，其余各户照常"
        self.write("登记异议", objections.register, raised, news=news, notice_id=self._notice_id)


class InvestigatePanel(FormPanel):
    """核查异议: one objection at a time."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        looks = {"result": "lines", "way": "options", "answer": "lines"}
        super().__init__(office, "登记核查结果", Form(INVESTIGATION, looks=looks, scroll=False), parent)  # type: ignore[arg-type]
        self.setProperty("help", "notices.md#核查和答复")
        self._objection: ObjectionView | None = None

    def start(self, objection: ObjectionView, today: date) -> None:
        """A blank form for one open objection."""
        self._objection = objection
        self.heading.setText(f"核查异议 · {objection.household}")
        self.note.setText(f"{_raised(objection)}{_first(objection)}")
        _options(self.form, "way", WAYS)
        self.begin({"investigated_on": today})

    def carry_out(self) -> None:
        if self._objection is None or not self.ready():
            return
        said, objection = self.form.values(), self._objection
        people = people_in(said["investigators"])
        finding: Finding = said["finding"]
        done = Investigation(
            objection.id, said["investigated_on"], people, finding, said["result"], said["answered_on"], said["answer"] or "",
            said["way"] or "", said["own_reason"] or "",
        )  # fmt: skip
        news = f"{objection.household}的异议已核查：{finding.label}"
        self.write("登记异议核查", objections.investigate, done, news=news, notice_id=objection.notice_id or 0)


class AnswerPanel(FormPanel):
    """登记答复: an objector is told what came of it, now or once more."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        looks = {"way": "options", "answer": "lines"}
        super().__init__(office, "登记答复", Form(ANSWERING, looks=looks, scroll=False), parent)  # type: ignore[arg-type]
        self.setProperty("help", "notices.md#核查和答复")
        self._objection: ObjectionView | None = None

    def start(self, objection: ObjectionView, today: date) -> None:
        """Begin with today, and for an anonymous objector with a sheet on the board."""
        self._objection = objection
        finding = Finding.of(objection.investigation.facts["finding"]).label if objection.investigation else ""
        self.heading.setText(f"答复异议 · {objection.household}")
        self.note.setText(f"{_raised(objection)}核查结论：{finding}。答复书可在“异议登记簿”打印。")
        _options(self.form, "way", WAYS)
        self.begin({"answered_on": today, "way": "" if objection.objector else "张贴答复"})

    def carry_out(self) -> None:
        if self._objection is None or not self.ready():
            return
        said, objection = self.form.values(), self._objection
        told = Answered(said["answered_on"], said["way"] or "", said["answer"] or "")
        news = f"已登记对{objection.objector or '匿名'}异议的答复"
        self.write("登记答复", objections.answer, objection.id, told, news=news, notice_id=objection.notice_id or 0)


def _raised(objection: ObjectionView) -> str:
    who = objection.objector or "匿名"
    claim = f"（{objection.claim.label}）" if objection.claim else ""
    return f"{objection.received_on} {who}{objection.channel}反映：{objection.content}{claim}。"


def _first(objection: ObjectionView) -> str:
    return f"原调查人：{'、'.join(objection.first)}，核查应另派两人。" if objection.first else ""


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
