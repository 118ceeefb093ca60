"""村册 and 贫困户公示牌: the households on the register of a village, once for its cabinet and once for its wall."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from db.errors import Refused
from db.papers import signboard as signboard_paper
from db.papers.model import Format, Paper
from db.papers.notice import NoticeRow, Office, printed_names
from db.papers.signboard import SignboardFacts, SignboardRow
from db.papers.villagebook import BookFacts, BookRow
from db.rules import income
from db.rules.case import Status
from db.rules.identity import is_minor
from db.rules.values import Household
from db.services.notices import exposure
from db.services.notices.paper import committee_of, office_name
from db.services.register import households
from db.services.town import search, town
from db.services.town.search import Filter, Line
from db.services.town.town import VillageInfo
from db.store.unit import Unit


def book(unit: Unit, village_id: int) -> BookFacts:
    """The book of a village as of today. Refused when nobody is on its register."""
    village, homes, lines = _registered(unit, village_id)
    named = town.town(unit)
    return BookFacts(
        county=named.county,
        town=named.name,
        village=village.name,
        committee=committee_of(village.name),
        year=unit.today.year,
        as_of=unit.today,
        rows=tuple(_book_row(homes[i], line) for i, line in lines.items()),
        filler=unit.actor.name,
    )


def signboard(unit: Unit, village_id: int) -> SignboardFacts:
    """The board of a village; helpers and measures are left to be written until they are recorded.

    Names are printed as on the notice: a head under age by surname only. Refused when nobody is on the register.
    """
    village, homes, lines = _registered(unit, village_id)
    named, options = town.town(unit), town.options(unit)
    rows = tuple(_public(unit, homes[i]) for i in lines)
    offices = (
        Office(committee_of(village.name), "", village.phone),
        Office(office_name(options, named.name), options.contact, options.office_phone),
        Office(f"{named.county}扶贫办", "", options.county_phone),
    )
    return SignboardFacts(
        town=named.name,
        village=village.name,
        committee=committee_of(village.name),
        rows=tuple(
            SignboardRow(row.group, name, row.size, row.attribute)
            for row, name in zip(rows, printed_names(rows), strict=True)
        ),
        offices=offices,
        as_of=unit.today,
    )


def signboard_sheet(unit: Unit, village_id: int, sheet: Format = Format.A3) -> Paper:
    """The board ready to print; Refused when a private number of the record would be made public."""
    facts = signboard(unit, village_id)
    paper = signboard_paper.build(facts, sheet)
    exposure.require_clean(unit, paper, [office.phone for office in facts.offices])
    return paper


def _registered(unit: Unit, village_id: int) -> tuple[VillageInfo, Mapping[int, Household], Mapping[int, Line]]:
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    if village is None:
        raise Refused("没有这个村，请刷新")
    lines = search.lines(unit, search.ids(unit, Filter(village_id=village_id, status=Status.REGISTERED)))
    if not lines:
        raise Refused(f"{village.name}还没有在册的贫困户；县审定、建卡以后才有村册和公示牌")
    return village, households.get_many(unit, lines), lines


def _book_row(home: Household, line: Line) -> BookRow:
    return BookRow(
        group=home.group,
        head_name=home.head_name,
        number=line.card_number,
        size=home.size or 0,
        able_members=sum(1 for m in home.members if m.labour and m.labour.able),
        attribute=line.attribute,
        main_cause=line.cause,
        income_per_head=_per_head(home),
        housing_grade=home.housing_grade.label if home.housing_grade else "",
        registered_on=line.since,
    )


def _public(unit: Unit, home: Household) -> NoticeRow:
    return NoticeRow(
        group=home.group,
        head_name=home.head_name,
        size=home.size or 0,
        attribute=home.attribute.label if home.attribute else "",
        head_sex=home.head_sex.label if home.head_sex else "",
        head_is_minor=is_minor(home.head_id, unit.today),
    )


def _per_head(home: Household) -> Decimal | None:
    if home.income is None or not home.size:
        return None
    return income.to_cents(income.per_head(home.income, home.size))
