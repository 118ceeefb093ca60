"""Why a family is poor and what it lives on: cause, incomes, house, phone and account, all agreeing with its members.

Incomes are drawn in steps of 0.1 yuan for the year before the application; per head they stay under the line of that year,
except for the four households planted over it.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from installer.demo.families import FIVE_GUARANTEES, Family
from installer.demo.people import CHRONIC, DISABLED, SERIOUS, Registry

_CENT = Decimal("0.01")
_AREAS = (18, 25, 32, 40, 48, 60, 66, 75, 80, 96, 120)
_LEAST_PER_HEAD = 13
_PERIODS = ((date(2016, 4, 1), 20), (date(2016, 5, 1), 20))
ITEMS = ("wages", "business", "property", "transfer", "cost")


class Circumstances:
    """Fills in what a family's paper says beside its members."""

    def __init__(self, random: Random, registry: Registry) -> None:
        self._random = random
        self._registry = registry

    def settle(self, family: Family) -> None:
        """Cause, income, house, numbers and the day of the application."""
        family.cause = self._cause(family)
        self.earn(family, self._per_head(family))
        wide = [area for area in _AREAS if area >= _LEAST_PER_HEAD * family.size]
        family.area = self._random.choice(wide[:6])
        family.grade = self._random.choices(("A级", "B级", "C级", "D级"), (40, 34, 15, 11))[0]
        family.phone, family.account = self._registry.phone(), self._registry.account()
        start, span = self._random.choices(_PERIODS, (3, 1))[0]
        family.applied_on = (start + timedelta(days=self._random.randrange(span))).isoformat()

    def earn(self, family: Family, per_head: int) -> None:
        """Items whose sum gives about ``per_head`` yuan; the stated figure per head is computed from them, half a fen up."""
        total = per_head * family.size * 10 + self._random.randrange(family.size * 10)
        tenths = dict.fromkeys(ITEMS, 0)
        tenths["property"] = self._random.randrange(20, 900)
        if family.able:
            tenths["transfer"] = int(total * self._random.uniform(0.28, 0.55))
            tenths["business"] = int(total * self._random.uniform(0.12, 0.3))
            tenths["cost"] = int(tenths["business"] * self._random.uniform(0.12, 0.4))
            tenths["wages"] = total - sum(tenths.values()) + 2 * tenths["cost"]
        else:
            tenths["transfer"] = total - tenths["property"]
        family.income = {item: Decimal(value) / 10 for item, value in tenths.items()}
        net = sum(family.income.values()) - 2 * family.income["cost"]
        family.income["per_head"] = (net / family.size).quantize(_CENT, ROUND_HALF_UP)

    def _per_head(self, family: Family) -> int:
        if family.attribute == FIVE_GUARANTEES:
            return self._random.randint(2100, 3700)
        return int(self._random.triangular(1300, 3850, 3000))

    def _cause(self, family: Family) -> str:
        health = {p.health for p in family.members}
        pupils = sum(p.pupil for p in family.members)
        weights = {
            "因病": 4.0 * bool(health & {CHRONIC, SERIOUS}),
            "因残": 3.0 * (DISABLED in health),
            "因学": 0.8 * (pupils >= 2),
            "缺劳力": 2.0 * (family.able < 2),
            "缺技术": 2.0 * (family.able > 0),
            "缺资金": 0.9 * (family.able > 0),
            "自身发展动力不足": 0.1 * (family.able > 1),
            "因灾": 0.2,
            "交通条件落后": 0.06,
            "缺土地": 0.06,
        }
        return self._random.choices(list(weights), list(weights.values()))[0]
