"""What the papers of 人员变动 say: the register of a household, a village or the town, and the slips of 户主变更 and 分户."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db.errors import Problem, Refused
from db.papers.changes import ChangeRow, ChangesFacts, SlipFacts, SlipMember
from db.rules.codes import ChangeKind
from db.rules.counts import Movement
from db.rules.values import Household, Member
from db.services.cases import cases
from db.services.changes import changelog
from db.services.changes.changelog import ChangeLine
from db.services.notices.paper import committee_of
from db.services.register import households, versions
from db.services.town import town
from db.store.unit import Unit


def of_household(unit: Unit, household_id: int) -> ChangesFacts:
    """The register of one household's changes, the oldest first."""
    home = households.get(unit, household_id)
    lines = tuple(reversed(changelog.history(unit, household_id)))
    return _facts(unit, f"{home.village}{home.head_name}户", lines)


def register(unit: Unit, first: date, last: date, village_id: int | None = None) -> ChangesFacts:
    """The register of a village's or the town's changes in a period. Refused when the period ends before it begins."""
    if last < first:
        raise Refused([Problem(f"止日 {last} 早于起日 {first}，请核对", "last")])
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    scope = f"{town.town(unit).name}{village.name if village else ''}"
    return _facts(unit, scope, changelog.listed(unit, first, last, village_id), first, last, of_town=village is None)


def slip(unit: Unit, change_id: int) -> SlipFacts:
    """The slip of one change of head or split. Refused for any other change."""
    line = changelog.one(unit, change_id)
    if not line.new_head and line.kind is not ChangeKind.SPLIT:
        raise Refused("只有换户主和分户才有确认表")
    before = versions.of_many(unit, [(line.household_id, line.version - 1)])[line.household_id]
    after = versions.of_many(unit, [(line.household_id, line.version)])[line.household_id]
    parts = [_part(unit, line.household_id, before, after)]
    if line.kind is ChangeKind.SPLIT:
        part = versions.of_many(unit, [(line.other_id, 1)])[line.other_id]
        parts.append(_part(unit, line.other_id, before, part))
    return SlipFacts(
        title="分户确认表" if line.kind is ChangeKind.SPLIT else "户主变更确认表",
        town=town.town(unit).name,
        village=before.village,
        group=before.group,
        acted_on=line.acted_on,
        old_head=line.head,
        reason=line.reason or f"{line.kind.label}：{line.who}",
        proof=line.proof,
        parts=tuple(parts),
        committee=committee_of(before.village),
    )


def _part(
    unit: Unit, household_id: int, before: Household, after: Household
) -> tuple[str, str, tuple[SlipMember, ...]]:
    case_id = cases.case_of(unit, [household_id])[household_id]
    number = cases.states(unit, [case_id])[case_id].number
    were = {(m.name, m.id_number): _relation(m) for m in before.members}
    members = tuple(SlipMember(m.name, were.get((m.name, m.id_number), ""), _relation(m)) for m in after.members)
    return after.head_name, number, members


def _relation(member: Member) -> str:
    return member.relation.label if member.relation else ""


def _facts(
    unit: Unit, scope: str, lines: Sequence[ChangeLine], first: date | None = None, last: date | None = None,
    *, of_town: bool = False,
) -> ChangesFacts:  # fmt: skip
    all_in_all = sum((line.counts for line in lines), Movement())
    return ChangesFacts(
        scope,
        tuple(_row(line, of_town=of_town) for line in lines),
        first,
        last,
        gained=all_in_all.natural_in,
        lost=all_in_all.natural_out + all_in_all.cancelled.persons,
        households=all_in_all.closing.households,
        filler=unit.actor.name,
        as_of=unit.today,
    )


def _row(line: ChangeLine, *, of_town: bool) -> ChangeRow:
    told = line.text.split("：", 1)[-1] if line.kind in (ChangeKind.GROUP, ChangeKind.HEAD, ChangeKind.SPLIT) else ""
    heads = f"户主 {line.head} → {line.new_head}" if line.new_head and line.kind is not ChangeKind.HEAD else ""
    detail = "；".join(part for part in (told, heads, line.reason) if part)
    return ChangeRow(
        line.acted_on, line.group, line.head, line.kind.label, line.who, line.relation, line.before, line.after, line.proof,
        line.proof_on, detail, line.actor, line.village if of_town else "",
    )  # fmt: skip
