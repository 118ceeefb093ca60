"""What reads many households asks the record the same number of times for three of them as for twelve."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from db.rules.case import Kind
from db.rules.changes.change import Change
from db.rules.codes import ChangeKind, Direction, EvidenceKind, RekeySubject
from db.services.cases import cases, documents, reasons
from db.services.cases.documents import Draft
from db.services.changes import changelog, changes, movements
from db.services.changes import papers as change_papers
from db.services.deciding import cards, queues, rechecks, reviewed
from db.services.evidence import evidence, shortfall, shortlists
from db.services.evidence.evidence import Hanging
from db.services.health import health
from db.services.office import desk
from db.services.papers import county as county_papers
from db.services.papers import meetings as meeting_papers
from db.services.papers import reports as report_papers
from db.services.papers import village as village_papers
from db.services.papers import village_book
from db.services.register import households
from db.services.rekeying import rekeys
from db.store.clock import FixedClock
from db.store.unit import Unit
from tests.helpers import steps, town
from tests.helpers.record import CLERK, SECOND_CLERK, START, MakeRecord
from tests.speed.ledger import Slip
from tests.store.services.conftest import Desk
from tests.store.services.test_rechecks import KEPT
from tests.store.services.test_rekeys import SHEET

TODAY = steps.CHECKED
KEPT_TODAY = replace(KEPT, acted_on=TODAY)
VILLAGE = 1
READS: dict[str, Callable[[Unit, list[int]], object]] = {
    "材料": lambda unit, homes: (shortfall.meter(unit), evidence.of_batches(unit, range(1, 9))),
    "欠件清单": lambda unit, homes: shortlists.facts(unit, VILLAGE),
    "体检": lambda unit, homes: health.check(unit, Slip()),
    "疑点": reasons.open_in_cases,
    "回头看": lambda unit, homes: (rechecks.rounds(unit), rechecks.targets(unit, 1), rechecks.paper(unit, 1)),
    "复录": lambda unit, homes: (rekeys.pool(unit, RekeySubject.INCOME), rekeys.rounds(unit), rekeys.items(unit, 1)),
    "复录结果": lambda unit, homes: rekeys.result(unit, 1),
    "文号": lambda unit, homes: (documents.listed(unit), documents.paper(unit, Direction.OUT, 2016)),
    "变动": lambda unit, homes: (changelog.listed(unit, START.date(), TODAY), movements.movements(unit, TODAY)),
    "变动登记表": lambda unit, homes: change_papers.register(unit, START.date(), TODAY),
    "工作台": lambda unit, homes: desk.overview(unit),
    "待办": lambda unit, homes: (queues.waiting(unit, Kind.OPINED), queues.to_review(unit)),
    "汇总名册": lambda unit, homes: village_papers.roll(unit, VILLAGE),
    "镇审核": lambda unit, homes: (reviewed.villages(unit), village_papers.review_sheet(unit, 3, "华南村")),
    "村册": lambda unit, homes: (village_book.book(unit, VILLAGE), village_book.signboard(unit, VILLAGE)),
    "评议": lambda unit, homes: [meeting_papers.held(unit, 1, name) for name in ("会议记录", "评议结果表")],
    "上报": lambda unit, homes: (report_papers.report(unit, 3), county_papers.documents(unit)),
}


def _grown(made: Desk, count: int, folder: Path) -> list[int]:
    """So many households on the register, each with a photo, a change, an outcome of a round and a sheet keyed again."""
    found = steps.decided(made, made.clock, *range(1, count + 1))
    made.do(cards.issue, found, TODAY)
    of = made.see(lambda unit: {i: home for home, i in cases.case_of(unit, range(1, count + 1)).items()})
    homes = [of[i] for i in found]
    photo = folder / "照片.jpg"
    photo.write_bytes(b"\xff\xd8\xff\xe0" * 20)
    made.do(evidence.hang, [Hanging(photo, EvidenceKind.ID_CARD, home) for home in homes])
    for number, home in enumerate(homes, 1):
        moved = Change(ChangeKind.GROUP, TODAY, group="第二组")
        made.do(changes.apply, home, made.see(households.get, home).version, moved)
        made.do(documents.register, Draft(Direction.OUT, f"华扶办〔2016〕{number}号", "通知", "各村委会", TODAY))
    made.do(rechecks.begin, None, TODAY)
    made.do(rechecks.record, 1, homes, KEPT_TODAY)
    made.do(rekeys.draw, RekeySubject.INCOME, None, count)
    made.record.switch(SECOND_CLERK.name, SECOND_CLERK.password)
    for item in made.see(rekeys.items, 1):
        made.do(rekeys.answer, item.id, SHEET)
    made.record.switch(CLERK.name, CLERK.password)
    return homes


@contextmanager
def _counted(unit: Unit) -> Iterator[list[str]]:
    said: list[str] = []

    def note(*told: Any) -> None:
        said.append(str(told[2]))

    event.listen(unit.connection, "before_cursor_execute", note)
    yield said
    event.remove(unit.connection, "before_cursor_execute", note)


def _counts(made: Desk, homes: list[int]) -> dict[str, int]:
    counts = {}
    for name, read in READS.items():
        with made.record.read() as unit, _counted(unit) as said:
            read(unit, homes)
            counts[name] = len(said)
    return counts


@pytest.fixture
def make(make_record: MakeRecord, tmp_path: Path) -> Callable[[int], dict[str, int]]:
    """The counts in a record of so many households."""

    def made(count: int) -> dict[str, int]:
        folder = tmp_path / str(count)
        folder.mkdir()
        clock = FixedClock(START)
        office = Desk(make_record(folder, clock=clock, setup=town.set_up), clock)
        return _counts(office, _grown(office, count, folder))

    return made


def test_the_number_of_queries_does_not_grow_with_the_households(make: Callable[[int], dict[str, int]]) -> None:
    assert make(12) == make(3)
