"""The clerk's jobs in the order of the work, and the page that does each. Pages are imported when they are first visited."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from desktop.app.office import Office
from desktop.app.settings import Settings
from desktop.widgets.page import Page
from desktop.window.job import Job

JOBS = (
    Job("desk", "工作台", "desk", 0),
    Job("households", "农户档案", "households", 0),
    Job("intake", "申请与名册", "applications", 1),
    Job("verification", "入户核实", "verification", 1),
    Job("appraisals", "民主评议", "appraisals", 1),
    Job("notices", "公示", "notices", 1),
    Job("reviews", "初审与镇审核", "reviews", 1),
    Job("county", "县审定与户卡", "cards", 1),
    Job("rechecks", "回头看", "rechecks", 1),
    Job("evidence", "照片与材料", "evidence", 2),
    Job("crosscheck", "外部比对", "crosscheck", 2),
    Job("ledgers", "月度台账", "ledgers", 2),
    Job("questions", "要个数", "questions", 2),
    Job("countyforms", "报表填报", "forms", 2),
    Job("documents", "文号登记", "documents", 2),
    Job("rekeys", "复录核对", "rekeys", 2),
    Job("health", "数据体检", "health", 2),
    Job("care", "设置与备份", "settings", 3),
)


def factories(office: Office, settings: Settings) -> dict[str, Callable[[], Page]]:
    """What builds the page of each job."""
    made: dict[str, Callable[[Office], Page]] = {
        "desk": _desk,
        "households": _households,
        "intake": _intake,
        "verification": _verification,
        "appraisals": _appraisals,
        "notices": _notices,
        "reviews": _reviews,
        "county": _county,
        "rechecks": _rechecks,
        "evidence": _evidence,
        "crosscheck": _crosscheck,
        "questions": _questions,
        "countyforms": _countyforms,
        "documents": _documents,
        "rekeys": _rekeys,
        "health": _health,
    }
    found: dict[str, Callable[[], Page]] = {key: partial(make, office) for key, make in made.items()}
    found["care"] = partial(_care, office, settings)
    found["ledgers"] = partial(_ledgers, office, settings)
    return found


def _desk(office: Office) -> Page:
    from desktop.pages.desk.page import DeskPage

    return DeskPage(office)


def _households(office: Office) -> Page:
    from desktop.pages.households.page import HouseholdsPage

    return HouseholdsPage(office)


def _intake(office: Office) -> Page:
    from desktop.pages.intake.page import IntakePage

    return IntakePage(office)


def _verification(office: Office) -> Page:
    from desktop.pages.verification.page import VerificationPage

    return VerificationPage(office)


def _appraisals(office: Office) -> Page:
    from desktop.pages.appraisals.page import AppraisalsPage

    return AppraisalsPage(office)


def _notices(office: Office) -> Page:
    from desktop.pages.notices.page import NoticesPage

    return NoticesPage(office)


def _reviews(office: Office) -> Page:
    from desktop.pages.reviews.page import ReviewsPage

    return ReviewsPage(office)


def _county(office: Office) -> Page:
    from desktop.pages.county.page import CountyPage

    return CountyPage(office)


def _rechecks(office: Office) -> Page:
    from desktop.pages.rechecks.page import RechecksPage

    return RechecksPage(office)


def _evidence(office: Office) -> Page:
    from desktop.pages.evidence.page import EvidencePage

    return EvidencePage(office)


def _crosscheck(office: Office) -> Page:
    from desktop.pages.crosscheck.page import CrosscheckPage

    return CrosscheckPage(office)


def _ledgers(office: Office, settings: Settings) -> Page:
    from desktop.pages.ledgers.page import LedgersPage

    return LedgersPage(office, settings)


def _questions(office: Office) -> Page:
    from desktop.pages.questions.page import QuestionsPage

    return QuestionsPage(office)


def _countyforms(office: Office) -> Page:
    from desktop.pages.countyforms.page import CountyFormsPage

    return CountyFormsPage(office)


def _documents(office: Office) -> Page:
    from desktop.pages.documents.page import DocumentsPage

    return DocumentsPage(office)


def _health(office: Office) -> Page:
    from desktop.pages.health.page import HealthPage

    return HealthPage(office)


def _rekeys(office: Office) -> Page:
    from desktop.pages.rekeys.page import RekeysPage

    return RekeysPage(office)


def _care(office: Office, settings: Settings) -> Page:
    from desktop.pages.care.page import CarePage

    return CarePage(office, settings)
