"""What the county's forms draw on, as frozen values: the register of a month's last day, each household whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.rules.counts import Count
from db.rules.ledger import LedgerHousehold, MonthLedger
from db.rules.values import Household


@dataclass(frozen=True, slots=True)
class Registered:
    """One household on the register: how the ledger has it, and the household whole, both of the month's last day."""

    line: LedgerHousehold
    home: Household

    @property
    def household_id(self) -> int:
        return self.line.household_id


@dataclass(frozen=True, slots=True)
class Register:
    """Everything a form of one month can be filled from. ``last`` is the day ages are counted on."""

    ledger: MonthLedger
    first: date
    last: date
    households: tuple[Registered, ...]

    @property
    def villages(self) -> tuple[str, ...]:
        """The town's villages in its order, by the names of that day."""
        return tuple(village.village for village in self.ledger.villages)

    def of(self, villages: tuple[str, ...]) -> tuple[Registered, ...]:
        """The households of some villages; all for none named."""
        return tuple(h for h in self.households if not villages or h.line.village in villages)

    @property
    def counted(self) -> Count:
        return self.ledger.total.closing
