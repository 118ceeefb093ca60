"""The town's own record: names, villages and groups, options and yearly lines.

Options hold for what begins after they were set, so every notice keeps the counting rule it was posted with.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from db.errors import Problem, Refused, refuse_any
from db.rules import income, ledgerchoice, notice
from db.rules.codes import ThresholdKind, YesNo
from db.rules.evidence import spared_from
from db.rules.groups import group_key
from db.rules.notice import Counting
from db.rules.procedure import IDENTIFICATION, Ladder, ladders
from db.schema.town import Group, Option, ThresholdRow, Town, Village
from db.store.unit import Unit

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Options:
    """What differs from town to town. The first block is the procedure, the second the words on its papers."""

    notice_days: int = 7
    count_posting_day: bool = False
    workdays: bool = False
    roll_to_workday: bool = False
    announcement: bool = True
    announcement_days: int = 7
    recheck: bool = True
    show_cause: bool = False
    evidence_stops: bool = False
    evidence_spared: str = ""
    card_pattern: str = "{村}-{年}-{序}"
    ledger_pattern: str = ledgerchoice.PATTERN
    team: str = "驻村工作队"
    village_body: str = "村委会"
    town_body: str = "镇政府"
    office: str = "镇扶贫办"
    contact: str = ""
    office_phone: str = ""
    county_phone: str = ""
    basis: str = "省、市、县关于新时期精准扶贫精准脱贫三年攻坚的规定"

    @property
    def counting(self) -> Counting:
        """How a village notice posted from now on is counted."""
        return Counting(self.notice_days, self.count_posting_day, self.workdays, self.roll_to_workday)

    @classmethod
    def of_values(cls, values: Mapping[str, Any]) -> Options:
        """From the values of the fields in `db.fields.town`; a blank text is "" and a blank number or answer the default."""
        given: dict[str, Any] = {}
        for one in fields(cls):
            value = values.get(one.name)
            if isinstance(value, YesNo):
                given[one.name] = value is YesNo.YES
            elif isinstance(one.default, str):
                given[one.name] = value or ""
            elif value is not None:
                given[one.name] = value
        return cls(**given)

    def values(self) -> dict[str, Any]:
        """As the fields in `db.fields.town` show it."""
        return {
            key: (YesNo.YES if value else YesNo.NO) if isinstance(value, bool) else value or None
            for key, value in asdict(self).items()
        }

    @property
    def ladder(self) -> Ladder:
        """The ladder of identification of this town."""
        return self.ladders[IDENTIFICATION]

    @property
    def ladders(self) -> Mapping[str, Ladder]:
        """Every ladder of this town by its key."""
        return ladders(announcement=self.announcement, recheck=self.recheck)


@dataclass(frozen=True, slots=True)
class VillageSetup:
    """A village to be made: its name, its groups in order, its office phone."""

    name: str
    groups: tuple[str, ...]
    phone: str = ""


@dataclass(frozen=True, slots=True)
class TownSetup:
    """What the first-start guide asks for."""

    province: str
    city: str
    county: str
    name: str
    villages: tuple[VillageSetup, ...]
    options: Options = Options()

    @classmethod
    def of_path(cls, path: str, villages: tuple[VillageSetup, ...], options: Options | None = None) -> TownSetup:
        """From 省/市/县/镇; Refused when it has not four parts."""
        parts = [part.strip() for part in path.strip("/").split("/")]
        if len(parts) != 4 or not all(parts):
            raise Refused(f"“{path}”应写成 省/市/县/镇 四级，例如 广东省/梅州市/五华县/华阳镇")
        province, city, county, name = parts
        return cls(province, city, county, name, villages, options or Options())


@dataclass(frozen=True, slots=True)
class GroupInfo:
    """A villager group as the record knows it."""

    id: int
    name: str
    key: str


@dataclass(frozen=True, slots=True)
class VillageInfo:
    """A village with its groups in order."""

    id: int
    name: str
    phone: str
    groups: tuple[GroupInfo, ...]

    def group(self, name: str) -> GroupInfo | None:
        """The group of that name in any spelling; None when the village has none."""
        key = group_key(name)
        return next((g for g in self.groups if g.key == key), None)


@dataclass(frozen=True, slots=True)
class TownInfo:
    """The names of the township."""

    province: str
    city: str
    county: str
    name: str


def set_up(unit: Unit, setup: TownSetup) -> None:
    """Write the town, its villages, options and the built-in yearly lines into a new record."""
    _refuse_faulty(setup)
    unit.session.add(Town(id=1, province=setup.province, city=setup.city, county=setup.county, name=setup.name))
    add_villages(unit, setup.villages)
    write_options(unit, Options(), setup.options, everything=True)
    for line in income.BUILT_IN:
        _write_threshold(unit, line)
    unit.trail("录入本镇资料", entity="town", entity_id=1, villages=len(setup.villages))


def add_villages(unit: Unit, villages: Sequence[VillageSetup]) -> None:
    """Add villages and their groups below those already there."""
    at = unit.session.scalar(select(func.count()).select_from(Village)) or 0
    for position, village in enumerate(villages, at):
        row = Village(name=village.name, position=position, phone=village.phone)
        unit.session.add(row)
        unit.session.flush()
        for order, name in enumerate(village.groups):
            unit.session.add(Group(village_id=row.id, name=name, key=group_key(name), position=order))
    unit.session.flush()


def town(unit: Unit) -> TownInfo:
    """The township's names."""
    row = unit.session.execute(select(Town)).scalar_one()
    return TownInfo(row.province, row.city, row.county, row.name)


def villages(unit: Unit) -> tuple[VillageInfo, ...]:
    """All villages that stand, in the town's order, two queries in all; those merged into others are only names on old papers."""
    groups: dict[int, list[GroupInfo]] = {}
    inside = select(Group.village_id, Group.id, Group.name, Group.key).where(Group.until.is_(None))
    for g in unit.session.execute(inside.order_by(Group.village_id, Group.position)):
        groups.setdefault(g.village_id, []).append(GroupInfo(g.id, g.name, g.key))
    standing = select(Village.id, Village.name, Village.phone).where(Village.until.is_(None)).order_by(Village.position)
    rows = unit.session.execute(standing)
    return tuple(VillageInfo(v.id, v.name, v.phone, tuple(groups.get(v.id, ()))) for v in rows)


def options(unit: Unit, moment: datetime | None = None) -> Options:
    """The options that hold now, or held at ``moment``: a paper printed again keeps the words it was made with."""
    return options_at(option_rows(unit), moment)


OptionRows = Sequence[tuple[str, str, datetime]]
"""Every answer ever given, oldest first: key, value as JSON, when."""


def option_rows(unit: Unit) -> OptionRows:
    """All answers at once, for papers of many households made at many moments."""
    rows = unit.session.execute(select(Option.key, Option.value, Option.at).order_by(Option.id))
    return [(key, value, at) for key, value, at in rows]


def options_at(rows: OptionRows, moment: datetime | None) -> Options:
    """The options that held at ``moment``, None: hold now."""
    known = {f.name for f in fields(Options)}
    told = ((key, value) for key, value, at in rows if key in known and (moment is None or at <= moment))
    return Options(**{key: json.loads(value) for key, value in told})


def refuse_faulty_options(wanted: Options) -> None:
    """Refused with every reason why a town may not work like this."""
    refuse_any(_option_problems(wanted))


def thresholds(unit: Unit) -> tuple[income.Threshold, ...]:
    """All yearly lines, oldest entry first."""
    rows = unit.session.scalars(select(ThresholdRow).order_by(ThresholdRow.id))
    return tuple(
        income.Threshold(r.year, ThresholdKind.of(r.kind), r.amount, Decimal(r.index_ppm) / MILLION, r.source)
        for r in rows
    )


def add_threshold(unit: Unit, line: income.Threshold) -> None:
    """Enter a yearly line; an earlier line of that year stays for what was decided with it."""
    if not line.source.strip():
        raise Refused([Problem("请填写这条标准出自哪份文件", "source")])
    _write_threshold(unit, line)
    unit.trail("录入年度标准", entity="threshold", reason=line.source, year=line.year, kind=line.kind.label)


def _write_threshold(unit: Unit, line: income.Threshold) -> None:
    row = ThresholdRow(
        year=line.year,
        kind=line.kind.value,
        amount=line.amount,
        index_ppm=int(line.price_index * MILLION),
        source=line.source,
        at=unit.now,
        actor_id=unit.actor.id,
    )
    unit.session.add(row)


def write_options(unit: Unit, old: Options, new: Options, *, everything: bool = False) -> list[str]:
    """Add a row for each option that differs; returns their keys."""
    before, after = asdict(old), asdict(new)
    changed = [key for key in after if everything or after[key] != before[key]]
    for key in changed:
        value = json.dumps(after[key], ensure_ascii=False)
        unit.session.add(Option(key=key, value=value, at=unit.now, actor_id=unit.actor.id))
    return changed


def _option_problems(wanted: Options) -> Iterable[Problem]:
    problem = notice.counting_problem(wanted.counting)
    if problem:
        yield Problem(problem, "notice_days")
    if wanted.announcement and wanted.announcement_days < 1:
        yield Problem("公告天数至少 1 天", "announcement_days")
    unknown = spared_from(wanted.evidence_spared)[1]
    if unknown:
        yield Problem(f"没有叫“{'”“'.join(unknown)}”的材料，请写全名，如 评议会场照片、入户合影", "evidence_spared")
    if "{序}" not in wanted.card_pattern:
        yield Problem("户卡编号的样式里要有 {序}，否则会重号", "card_pattern")
    misnamed = ledgerchoice.pattern_problem(wanted.ledger_pattern)
    if misnamed:
        yield Problem(misnamed, "ledger_pattern")


def _refuse_faulty(setup: TownSetup) -> None:
    problems = list(_option_problems(setup.options))
    if not setup.villages:
        problems.append(Problem("至少要有一个村", "villages"))
    names = [v.name for v in setup.villages]
    problems += [Problem(f"村名“{n}”重复", "villages") for n in sorted({n for n in names if names.count(n) > 1})]
    for village in setup.villages:
        keys = [group_key(g) for g in village.groups]
        if not keys:
            problems.append(Problem(f"{village.name}还没有村民小组", "villages", village.name))
        if len(set(keys)) < len(keys):
            problems.append(Problem(f"{village.name}的村民小组有重复", "villages", village.name))
    refuse_any(problems)
