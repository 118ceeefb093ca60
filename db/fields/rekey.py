"""What is keyed again blind: the income sheet with its items, or the answers of the visit sheet, and the fields of a drawing.

Notes of a visit are free words and not compared; the answers, the days and the signatures are.
"""

from __future__ import annotations

import re
from decimal import Decimal

from db.fields.base import Field, catalogue
from db.fields.income import DEBT, ITEMS, PARTS
from db.fields.kinds import Choice, Count, Date, Name, Text
from db.rules.codes import Bar, Entry, Finding, LookItem, Priority, RekeySubject, YesNo

_VISIT = "入户核实表"


def _short(label: str) -> str:
    """An item without the refrain 的农户要进, 的农户不能进 and without what stands in brackets."""
    return re.sub("（.*?）|的?农户(要|不能)进$", "", label)


SUBJECT = Field("subject", "复录什么", Choice(table=RekeySubject), True)
VILLAGE = Field("village", "范围", Text(limit=30), True, help="全镇，或一个村")
COUNT = Field("count", "抽几户", Count(least=Decimal(1), most=Decimal(9999), noun="户数"), True)

VISITED_ON = Field("visited_on", "核实日期", Date(), True, _VISIT)
SURVEYORS = Field("surveyors", "调查人", Text(limit=100), True, _VISIT, "两人以上，用顿号分开")
OFFICER = Field("officer", "村干部", Name(), False, _VISIT)
SIGNED_HOUSEHOLD = Field("signed_household", "农户签字", Choice(table=YesNo), False, _VISIT)
SIGNED_OFFICER = Field("signed_officer", "村干部签字", Choice(table=YesNo), False, _VISIT)
SIGNED_SURVEYORS = Field("signed_surveyors", "调查人签字", Count(most=Decimal(20), noun="人数"), False, _VISIT)
LOOKS = {item: Field(f"look_{item.value}", item.label, Text(limit=10), False, _VISIT) for item in LookItem}
PRIORITIES = {
    p: Field(f"priority_{p.value}", p.label.removesuffix("优先"), Choice(table=YesNo), False, _VISIT) for p in Priority
}
ENTRIES = {e: Field(f"entry_{e.value}", _short(e.label), Choice(table=Finding), False, _VISIT, e.label) for e in Entry}
BARS = {b: Field(f"bar_{b.value}", _short(b.label), Choice(table=Finding), False, _VISIT, b.label) for b in Bar}

HEAD = (VISITED_ON, OFFICER, SURVEYORS, SIGNED_SURVEYORS, SIGNED_HOUSEHOLD, SIGNED_OFFICER)
INCOME = catalogue(*ITEMS, *(part for parts in PARTS.values() for part in parts), DEBT)
VISIT = catalogue(*HEAD, *LOOKS.values(), *PRIORITIES.values(), *ENTRIES.values(), *BARS.values())
FIELDS = {RekeySubject.INCOME: INCOME, RekeySubject.VISIT: VISIT}
DRAWING = catalogue(SUBJECT, VILLAGE, COUNT)
