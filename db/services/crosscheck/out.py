"""The hits of 外部比对 on their way out: beside the household's own record, as a workbook, and as a 比对情况说明 of every household."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from db.errors import Refused
from db.papers.crosscheck import CrossFacts, CrossLine
from db.papers.wording import masked
from db.rules.codes import CrossMatch
from db.rules.crosscheck import ALARMS
from db.rules.identity import mask
from db.schema.attachment import Attachment
from db.schema.household import HouseholdRow, MemberRow
from db.services.bulk import among
from db.services.crosscheck import crosscheck
from db.services.crosscheck.crosscheck import HitView
from db.services.town import town
from db.sheets import villagelists
from db.sheets.villagelists import VillageList
from db.store.unit import Unit

_GONE = "档案里现在没有这个人"


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing as the record has it now and as the list has it."""

    caption: str
    ours: str
    theirs: str

    @property
    def differs(self) -> bool:
        """Whether both say something and not the same."""
        return bool(self.ours and self.theirs and self.ours != self.theirs)


def beside(unit: Unit, hit: HitView) -> tuple[Pair, ...]:
    """The person of a hit beside the row that names him; the row's other cells are the hit's own facts. Two queries."""
    home = unit.session.get(HouseholdRow, hit.household_id)
    same = select(MemberRow).where(MemberRow.household_id == hit.household_id, MemberRow.live)
    member = next((m for m in unit.session.scalars(same) if hit.person in (m.id_number, m.name)), None)
    missing = hit.match is CrossMatch.MISSING
    pairs = (
        Pair("姓名", member.name if member else _GONE, "名单里没有" if missing else hit.listed_name),
        Pair("身份证号", member.id_number if member else "", hit.listed_number),
        Pair("关系", member.relation.label if member and member.relation else "", ""),
        Pair("健康", member.health.label if member and member.health else "", ""),
        Pair("残疾证号", member.disability_number if member else "", ""),
        Pair("户属性", home.attribute.label if home and home.attribute else "", ""),
    )
    return tuple(pair for pair in pairs if pair.ours or pair.theirs)


def names(unit: Unit, shas: Iterable[str]) -> dict[str, str]:
    """What kept attachments are called."""
    query = select(Attachment.sha256, Attachment.name).where(among(Attachment.sha256.expression, set(shas)))
    return dict(iter(unit.session.execute(query)))


def export(unit: Unit, hits: Sequence[HitView], path: Path, *, by_list: bool = False, whole: bool = False) -> int:
    """Write hits with their answers into a workbook, a sheet for each village or list; returns how many.

    Numbers are cut to their last four unless ``whole``, which is the copy that stays in the office. Refused without hits; Known when the
    file cannot be written: the old one then stands.
    """
    if not hits:
        raise Refused("没有比对结果可以导出")
    called = names(unit, (sha for hit in hits if hit.answer for sha in hit.answer.attachments))
    parts: dict[str, list[HitView]] = {}
    for hit in hits:
        parts.setdefault(_list_name(hit) if by_list else hit.village, []).append(hit)
    where = town.town(unit).name
    sheets = [
        _sheet(where, unit.today, name, [_row(h, called, whole) for h in some], some, whole)
        for name, some in parts.items()
    ]
    villagelists.write(path, villagelists.CROSSED, sheets)
    unit.trail("导出比对结果", entity="cross_hit", hits=len(hits), whole=whole)
    return len(hits)


def papers(unit: Unit, household_ids: Sequence[int]) -> tuple[CrossFacts, ...]:
    """The 比对情况说明 of these households, in the order of the lists; what several lists told alike stands once, as of the last."""
    found: dict[int, dict[object, HitView]] = {}
    for hit in sorted(crosscheck.hits(unit, household_ids=household_ids), key=_age):
        told = (hit.kind, hit.person, hit.match, hit.listed_name, hit.listed_number, _content(hit))
        found.setdefault(hit.household_id, {})[told] = hit
    shas = {sha for of in found.values() for hit in of.values() if hit.answer for sha in hit.answer.attachments}
    called, where = names(unit, shas), town.town(unit).name
    clerk = unit.actor.name
    return tuple(
        _facts(where, clerk, [*found[one].values()], called, unit)
        for one in dict.fromkeys(household_ids)
        if one in found
    )


def _age(hit: HitView) -> int:
    return hit.id


def _content(hit: HitView) -> tuple[tuple[str, str], ...]:
    return tuple(pair for pair in hit.facts if pair[0] not in ("序号", "编号"))


def _list_name(hit: HitView) -> str:
    return f"{hit.kind.label} {hit.dated:%Y%m%d} {hit.office}"


def _sheet(
    where: str, today: date, name: str, rows: Sequence[tuple[str, ...]], hits: Sequence[HitView], whole: bool
) -> VillageList:
    waiting, homes = sum(hit.open for hit in hits), len({hit.household_id for hit in hits})
    copy = "内部留存，身份证号完整，不得外传。" if whole else "身份证号、电话只留后四位。"
    note = f"{today:%Y-%m-%d} 导出，{homes} 户 {len(hits)} 处，待说明 {waiting} 处。{copy}"
    return VillageList(name, f"{where}外部比对结果（{name}）", note, rows)


def _row(hit: HitView, called: dict[str, str], whole: bool) -> tuple[str, ...]:
    cut: Callable[[str], str] = str if whole else masked
    number = hit.person if hit.person != hit.name else ""
    said = hit.answer
    attached = [called.get(sha, "附件") for sha in said.attachments] if said else []
    return (
        hit.village, hit.group, hit.head_name, hit.name, number if whole else mask(number), ALARMS[hit.kind],
        f"{hit.kind.label}名单，{hit.office}，{hit.dated}，{hit.place or '名单里没有'}", cut(hit.text), cut(_listed(hit)), hit.article,
        said.outcome.label if said else "待说明", cut(said.explanation) if said else "", cut("、".join(attached)),
        f"{said.by} {said.at:%Y-%m-%d}" if said else "",
    )  # fmt: skip


def _listed(hit: HitView) -> str:
    return "；".join(f"{caption}：{text}" for caption, text in hit.facts)


def _facts(where: str, clerk: str, hits: Sequence[HitView], called: dict[str, str], unit: Unit) -> CrossFacts:
    first = hits[0]
    lines = tuple(_line(hit, called) for hit in hits)
    return CrossFacts(where, first.village, first.group, first.head_name, unit.today, lines, clerk)


def _line(hit: HitView, called: dict[str, str]) -> CrossLine:
    said = hit.answer
    attached = tuple(called.get(sha, "附件") for sha in said.attachments) if said else ()
    return CrossLine(
        ALARMS[hit.kind], hit.name, f"{hit.office}，{hit.dated}", hit.text, _listed(hit), hit.article,
        "" if said is None or hit.open else said.outcome.label, said.explanation if said else "", attached,
    )  # fmt: skip
