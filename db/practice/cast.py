"""Who and where: the town of the practice record, its two persons with the password everybody knows, the names on its papers."""

from __future__ import annotations

from datetime import date

from db.rules.codes import AppraisalKind, Entry, Finding, Look, LookItem, Role
from db.rules.codes import Bar as Barred
from db.rules.eligibility import Verification
from db.services.cases.appraisals import Meeting
from db.services.town.town import Options, TownSetup, VillageSetup
from db.store.practising import PASSWORD
from db.store.record import NewPerson

CLERK = NewPerson("练习经办人", Role.CLERK, PASSWORD)
REVIEWER = NewPerson("练习审核人", Role.REVIEWER, PASSWORD)
EAST, WEST, SOUTH = "东练村", "西练村", "南练村"
GROUPS = ("第一组", "第二组", "第三组")
SURVEYORS, OFFICER = ("温某清", "饶某平"), "周某坤"
HEADS = {EAST: "罗某军", WEST: "吴某桂", SOUTH: "徐某来"}
LEADER = "陈某新"
TOWN = TownSetup.of_path(
    "广东省/练习市/练习县/练习镇",
    tuple(VillageSetup(name, GROUPS, f"0700-440010{n}") for n, name in enumerate((EAST, WEST, SOUTH), 1)),
    Options(contact="古某海", office_phone="0700-4400002", county_phone="0700-4400003"),
)


def visit(on: date, *, car: bool = False) -> Verification:
    """A visit with every signature; ``car`` found one of 七不进, for somebody else to decide on."""
    bars = dict.fromkeys(Barred, (Finding.NO, ""))
    if car:
        bars[Barred.CAR] = (Finding.YES, "屋前停有小汽车，户主说是亲戚的，待查登记")
    return Verification(
        visited_on=on,
        surveyors=SURVEYORS,
        officer=OFFICER,
        looks=dict.fromkeys(LookItem, (Look.FAIR, "")) | {LookItem.PUPILS: (Look.ABSENT, "")},
        entries=dict.fromkeys(Entry, (Finding.NO, "")),
        bars=bars,
        signed_household=True,
        signed_officer=True,
        signed_surveyors=2,
    )


def meeting(village: str, held_on: date) -> Meeting:
    """An assembly of representatives with its quorum."""
    return Meeting(
        village, AppraisalKind.REPRESENTATIVES, held_on, f"{village}村委会", HEADS[village], "何某芳", 45, 41
    )
