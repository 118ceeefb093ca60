"""Households as a paper of the past printed them, so that printing it again says the same: neither a birth nor a new name moves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from db.rules.values import Household
from db.services.cases.batches import Batch
from db.services.register import households, versions
from db.services.town.placenames import placed_on
from db.store.unit import Unit


def homes_of(unit: Unit, household_ids: Iterable[int], batch: Batch) -> dict[int, Household]:
    """The households of a paper as the record had them when it was made, under the names of its day."""
    return homes_when(unit, household_ids, batch.dated, batch.made_at)


def homes_when(unit: Unit, household_ids: Iterable[int], day: date, moment: datetime) -> dict[int, Household]:
    """The households as the record had them at ``moment``, villages and groups under their names of ``day``."""
    placed = placed_on(unit, households.get_many(unit, household_ids), day, moment)
    then = versions.entered_by(unit, placed, moment)
    return {i: replace(then[i], village=home.village, group=home.group) for i, home in placed.items()}
