"""What the record knows of the time between two month ledgers: the acts behind their differences, with cause, paper and who entered them.

A frozen ledger knows nothing that was entered after it was closed; what was entered since about its time is late. Read with a handful of
queries whatever the number of households.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select

from db.rules.case import Kind
from db.rules.changes import OF_HOUSEHOLDS
from db.rules.changes.change import ENTERING, LEAVING
from db.rules.codes import ChangeKind
from db.rules.comparing import Deed, Known, Variation
from db.rules.counts import Count
from db.rules.ledger import LedgerHousehold, MonthLedger, last_day
from db.rules.procedure import REMOVAL, Step
from db.rules.removal import RemovalReason
from db.rules.turn import Turn, TurnKind
from db.schema.account import Account
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdVersion
from db.schema.town import VillageEvent
from db.services.bulk import among
from db.services.changes import changelog
from db.services.changes.changelog import ChangeLine
from db.services.ledger import turns
from db.store.clock import CST
from db.store.unit import Unit

_ENDING = (Variation.CANCELLED, Variation.MERGED)
_KINDS = (Kind.CARDED, Kind.DECIDED, Kind.PROPOSED, Kind.CORRECTED)


def known(unit: Unit, old: MonthLedger, new: MonthLedger) -> Known:
    """The deeds between the last days of two months, and those entered late, of every household that is on either list."""
    span = _Span(last_day(old.year, old.month), last_day(new.year, new.month), old.closed_at, new.closed_at)
    found = _Found(span, _stays(old, new), _reasons(new.turns))
    for line in changelog.since(unit, span.first, span.last, span.since):
        found.take(line)
    found.reasons |= _reasons(_untold(unit, found))
    cases = _cases(unit, found.came | found.gone)
    for household_id in found.came:
        found.added(household_id, cases.get(household_id, []))
    for household_id in found.gone:
        found.ended(household_id, cases.get(household_id, []))
    return Known(found.deeds, found.late, _edits(unit, span, found.versions))


@dataclass(frozen=True, slots=True)
class _Span:
    """From the day after the older list to the last day of the newer one; ``since`` and ``by`` are when they were frozen."""

    eve: date
    last: date
    since: datetime | None
    by: datetime | None

    @property
    def first(self) -> date:
        return self.eve + timedelta(days=1)

    def within(self, on: date, entered: datetime | None) -> bool:
        """Whether something happened between the lists and the newer one can know it."""
        return self.eve < on <= self.last and self.heard(entered)

    def is_late(self, on: date, entered: datetime | None) -> bool:
        """Whether it belongs to the older list's time and came after that list was frozen."""
        return (
            on <= self.eve
            and self.since is not None
            and entered is not None
            and entered > self.since
            and self.heard(entered)
        )

    def heard(self, entered: datetime | None) -> bool:
        return self.by is None or entered is None or entered <= self.by


@dataclass(frozen=True, slots=True)
class _Stay:
    """A household in the two lists."""

    old: LedgerHousehold | None
    new: LedgerHousehold | None

    @property
    def returned(self) -> bool:
        """Whether it left the register after the older list and came again."""
        return self.old is not None and self.new is not None and self.new.registered_on > self.old.registered_on


def _stays(old: MonthLedger, new: MonthLedger) -> dict[int, _Stay]:
    before = {home.household_id: home for home in old.households}
    found = {home.household_id: _Stay(before.pop(home.household_id, None), home) for home in new.households}
    return found | {household_id: _Stay(home, None) for household_id, home in before.items()}


@dataclass(slots=True)
class _Act:
    """One event of a household's case."""

    ladder: str
    kind: Kind
    on: date
    entered: datetime
    actor: str
    facts: Mapping[str, Any]


@dataclass(slots=True)
class _Found:
    """Gathers the deeds of every household on either list."""

    span: _Span
    stays: Mapping[int, _Stay]
    reasons: dict[tuple[int, date], str]
    deeds: dict[int, list[Deed]] = field(default_factory=dict)
    late: dict[int, list[Deed]] = field(default_factory=dict)
    versions: set[tuple[int, int]] = field(default_factory=set)

    @property
    def came(self) -> set[int]:
        """Who is new on the list, not as a part split off."""
        return {
            i
            for i, s in self.stays.items()
            if s.new is not None and not s.new.split_off and (s.old is None or s.returned)
        }

    @property
    def gone(self) -> set[int]:
        """Who left the list, not by 销户 or 并户."""
        left = {i for i, s in self.stays.items() if s.old is not None and (s.new is None or s.returned)}
        return {i for i in left if not any(d.kind in _ENDING and d.counts.households < 0 for d in self._of(i))}

    def take(self, line: ChangeLine) -> None:
        """A dated change, told of the household it was made of and of the one split off."""
        self.versions.add((line.household_id, line.version))
        self._keep(line.household_id, _deed(line), line)
        if line.kind is ChangeKind.SPLIT and line.other_id:
            people = line.before - line.after
            part = Deed(
                Variation.SPLIT, line.acted_on, Count(1, people), f"由{line.head}户分出（{people} 人）", line.reason, _proof(line),
                line.entered_at.date(), line.actor,
            )  # fmt: skip
            self._keep(line.other_id, part, line)

    def added(self, household_id: int, acts: list[_Act]) -> None:
        """The card that put a household on the list, with the people it had then."""
        home = self.stays[household_id].new
        assert home is not None
        since = sum(d.counts.persons for d in self._of(household_id) if d.on >= home.registered_on)
        card = next((a for a in reversed(acts) if a.kind is Kind.CARDED and a.on == home.registered_on), None)
        document = next(
            (a.facts.get("document", "") for a in reversed(acts) if a.kind is Kind.DECIDED and a.ladder != REMOVAL), ""
        )
        deed = Deed(
            Variation.ADDED,
            home.registered_on,
            Count(1, len(home.persons) - since),
            "新识别，建档立卡",
            self.reasons.get((household_id, home.registered_on), ""),
            document,
            card.entered.date() if card else None,
            card.actor if card else "",
        )
        self._put(household_id, deed, card.entered if card else None)
        self._corrections(household_id, acts)

    def ended(self, household_id: int, acts: list[_Act]) -> None:
        """The county's word that took a household off the list, with the people it had then; or the correction that did."""
        home = self.stays[household_id].old
        assert home is not None
        decided = next((a for a in reversed(acts) if a.kind is Kind.DECIDED and a.ladder == REMOVAL), None)
        proposed = next((a for a in reversed(acts) if a.kind is Kind.PROPOSED), None)
        if decided is not None and proposed is not None:
            until = sum(d.counts.persons for d in self._of(household_id) if d.on <= decided.on)
            why = RemovalReason.of(proposed.facts["code"])
            cause = f"{why.value} {why.label}" + (f"：{proposed.facts['reason']}" if proposed.facts["reason"] else "")
            left = Count() - Count(1, len(home.persons) + until)
            deed = Deed(
                Variation.ENDED, decided.on, left, "经县审定清退", cause, decided.facts.get("document", ""), decided.entered.date(),
                decided.actor,
            )  # fmt: skip
            self._put(household_id, deed, decided.entered)
        self._corrections(household_id, acts)

    def _corrections(self, household_id: int, acts: Iterable[_Act]) -> None:
        """更正 entered since the older list was frozen: they have no counts of their own, but are why a list says otherwise."""
        for act in acts:
            if (
                act.kind is Kind.CORRECTED
                and self.span.since is not None
                and self.span.since < act.entered
                and self.span.heard(act.entered)
            ):
                step = act.facts.get("step")
                what = f"更正：{Step.of(step).label}作废" if step else "更正"
                deed = Deed(
                    Variation.ADJUSTED,
                    act.on,
                    Count(),
                    what,
                    act.facts.get("reason", ""),
                    "",
                    act.entered.date(),
                    act.actor,
                )
                self.late.setdefault(household_id, []).append(deed)

    def _of(self, household_id: int) -> list[Deed]:
        return [*self.deeds.get(household_id, ()), *self.late.get(household_id, ())]

    def _keep(self, household_id: int, deed: Deed, line: ChangeLine) -> None:
        """A change counts from the card on, and up to the removal; see `db.services.changes.movements`."""
        stay = self.stays.get(household_id)
        if stay is None:
            return
        home = stay.new or stay.old
        assert home is not None
        of_household = line.kind in OF_HOUSEHOLDS
        if (
            line.acted_on > home.registered_on
            or line.kind is ChangeKind.DISSOLVED
            or (of_household and line.acted_on == home.registered_on)
        ):
            self._put(household_id, deed, line.entered_at)

    def _put(self, household_id: int, deed: Deed, entered: datetime | None) -> None:
        if self.span.within(deed.on, entered):
            self.deeds.setdefault(household_id, []).append(deed)
        elif self.span.is_late(deed.on, entered):
            self.late.setdefault(household_id, []).append(deed)


def _reasons(told: Iterable[Turn]) -> dict[tuple[int, date], str]:
    """Why a household came on the register, by household and day."""
    return {(t.household_id, t.on): t.reason for t in told if t.kind is TurnKind.ADDED}


def _untold(unit: Unit, found: _Found) -> tuple[Turn, ...]:
    """The coming of households that the newer month's own events leave out: entered late, or of an earlier year."""
    news = (found.stays[i].new for i in found.came)
    homes = [home for home in news if home and (home.household_id, home.registered_on) not in found.reasons]
    return turns.told(unit, homes, (), min(home.registered_on for home in homes)) if homes else ()


def _deed(line: ChangeLine) -> Deed:
    """What one change did to the household it was made of."""
    turn, counts = _turned(line)
    return Deed(turn, line.acted_on, counts, line.text, line.reason, _proof(line), line.entered_at.date(), line.actor)


def _turned(line: ChangeLine) -> tuple[Variation, Count]:
    kind, people = line.kind, Count(0, line.after - line.before)
    if kind is ChangeKind.DISSOLVED:
        merged = line.counts.cancelled == Count()
        return (Variation.MERGED if merged else Variation.CANCELLED), Count(-1, -line.before)
    if kind is ChangeKind.SPLIT:
        return Variation.SPLIT, people
    if kind is ChangeKind.MERGED:
        return Variation.MERGED, people
    if kind in ENTERING:
        return Variation.JOINED, people
    if kind in LEAVING:  # the last to leave is counted with the 销户 that follows
        return Variation.LEFT, people if line.after else Count()
    return Variation.PARTICULARS, Count()


def _proof(line: ChangeLine) -> str:
    return f"{line.proof}（{line.proof_on}）" if line.proof and line.proof_on else line.proof


def _cases(unit: Unit, household_ids: Iterable[int]) -> dict[int, list[_Act]]:
    """The cards, decisions and corrections of these households that count, in order."""
    query = (
        select(
            CaseRow.household_id, EventRow.id, CaseRow.ladder, EventRow.kind, EventRow.acted_on, EventRow.entered_at, Account.name,
            EventRow.facts, EventRow.undoes,
        )
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(Account, Account.id == EventRow.actor_id)
        .where(among(CaseRow.household_id.expression, household_ids), EventRow.kind.in_(_KINDS))
        .order_by(EventRow.id)
    )  # fmt: skip
    rows = unit.session.execute(query).all()
    void = {i for row in rows if row.kind is Kind.CORRECTED for i in json.loads(row.undoes)}
    found: dict[int, list[_Act]] = {}
    for household_id, event_id, ladder, kind, on, entered, actor, facts, _ in rows:
        if event_id not in void:
            act = _Act(ladder, kind, on, entered, actor, json.loads(facts))
            found.setdefault(household_id, []).append(act)
    return found


def _edits(unit: Unit, span: _Span, told: set[tuple[int, int]]) -> dict[int, list[Deed]]:
    """Versions entered between the lists that no dated change tells of: particulars put right, villages and groups renamed."""
    v, since = HouseholdVersion, span.since or datetime.combine(span.first, time(), CST)
    query = (
        select(v.household_id, v.version, v.at, v.effective_on, Account.name)
        .join(Account, Account.id == v.actor_id)
        .where(v.version > 1, v.at > since)
        .order_by(v.id)
    )
    places = dict(_places(unit, since))
    found: dict[int, list[Deed]] = {}
    for household_id, version, at, effective_on, actor in unit.session.execute(query):
        on = effective_on or at.date()
        if (
            (household_id, version) in told
            or not span.heard(at)
            or (effective_on is not None and effective_on > span.last)
        ):
            continue
        what, basis = places.get(at, ("更正资料" if effective_on is None else "入户核对资料", ""))
        found.setdefault(household_id, []).append(
            Deed(Variation.PARTICULARS, on, Count(), what, "", basis, at.date(), actor)
        )
    return found


def _places(unit: Unit, since: datetime) -> Iterator[tuple[datetime, tuple[str, str]]]:
    e = VillageEvent
    rows = unit.session.execute(select(e.at, e.act, e.old_name, e.new_name, e.basis).where(e.at > since))
    for at, act, old, new, basis in rows:
        yield at, (f"{act.label}：{old} → {new}", basis)
