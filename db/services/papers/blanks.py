"""Blank forms with the names of town and village already on them, to be filled in by hand in the village."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from db.papers import (
    acceptance,
    application,
    convening,
    income_sheet,
    objections,
    people,
    proof,
    registration,
    signboard,
    verification,
)
from db.papers.acceptance import AcceptanceFacts
from db.papers.application import ApplicationFacts
from db.papers.convening import ConveningFacts
from db.papers.income_sheet import IncomeFacts
from db.papers.model import Paper
from db.papers.objections import ObjectionsFacts
from db.papers.people import PeopleFacts
from db.papers.proof import ProofFacts
from db.papers.registration import RegistrationFacts
from db.papers.signboard import SignboardFacts
from db.papers.verification import VerificationFacts
from db.services.notices.paper import committee_of
from db.services.town import town
from db.store.unit import Unit

_Maker = Callable[[str, str], Paper]


def blank(unit: Unit, title: str, village_id: int | None = None) -> Paper:
    """The blank form of this title for a village, or for any village of the town."""
    village = next((v.name for v in town.villages(unit) if v.id == village_id), "")
    return _FORMS[title](town.town(unit).name, village)


def _receipts(town: str, village: str) -> Paper:
    return acceptance.receipts((), town, committee_of(village) if village else "")


def _application(town: str, village: str) -> Paper:
    return application.build(ApplicationFacts(town=town, village=village))


def _register(town: str, village: str) -> Paper:
    return acceptance.build(AcceptanceFacts(town, village))


def _visit(town: str, village: str) -> Paper:
    return verification.build(VerificationFacts(town=town, village=village))


def _income(town: str, village: str) -> Paper:
    return income_sheet.build(IncomeFacts(town, village))


def _people(town: str, village: str) -> Paper:
    return people.build(PeopleFacts(town, village))


def _registration(_town: str, _village: str) -> Paper:
    return registration.build(RegistrationFacts())


def _call(_town: str, village: str) -> Paper:
    return convening.build(ConveningFacts(village=village, committee=committee_of(village) if village else ""))


def _proof(_town: str, village: str) -> Paper:
    return proof.build(ProofFacts(village=village, committee=committee_of(village) if village else ""))


def _board(town: str, village: str) -> Paper:
    return signboard.build(SignboardFacts(town, village, committee_of(village) if village else ""))


def _objections(town: str, village: str) -> Paper:
    return objections.build(ObjectionsFacts(f"{town}{village}", None, ()))


_FORMS: Mapping[str, _Maker] = {
    "贫困户申请书": _application,
    "申请受理登记簿": _register,
    "受理回执": _receipts,
    "入户核实表": _visit,
    "收入核算表": _income,
    "家庭成员表": _people,
    "评议会议通知": _call,
    "公示证明单": _proof,
    "异议登记表": _objections,
    "贫困户登记表（信息采集表）": _registration,
    "贫困户公示牌": _board,
}
TITLES = tuple(_FORMS)
"""The blank forms in the order of the procedure."""
