"""Explaining hits of 外部比对: for one or many at once, with photos or scans taken in by the same act, or as an earlier list was explained."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.errors import Refused
from db.rules.codes import CrossOutcome
from db.services.crosscheck import crosscheck
from db.services.crosscheck.crosscheck import HitView
from db.services.evidence import attachments
from db.store.unit import Unit


def explain(
    unit: Unit,
    hit_ids: Sequence[int],
    outcome: CrossOutcome,
    explanation: str,
    kept: Sequence[str] = (),
    fresh: Sequence[Path] = (),
) -> int:
    """Say what looking into these hits came to; ``fresh`` files are taken into the record with it, ``kept`` ones are there already.

    Returns how many hits. Refused as `crosscheck.answer` and `attachments.attach`; nothing is kept then.
    """
    added = [attachments.attach(unit, path) for path in fresh]
    return crosscheck.answer(unit, hit_ids, outcome, explanation, [*dict.fromkeys((*kept, *added))])


def explain_as_before(unit: Unit, hits: Sequence[HitView]) -> int:
    """Give each hit the word that an earlier list's same hit got; Refused when none of them was explained before."""
    groups: dict[tuple[CrossOutcome, str, tuple[str, ...]], list[int]] = {}
    for hit in hits:
        if hit.earlier is not None:
            said = hit.earlier
            groups.setdefault((said.outcome, said.explanation, said.attachments), []).append(hit.id)
    if not groups:
        raise Refused("选中的没有可以沿用的说明")
    return sum(crosscheck.answer(unit, ids, *said) for said, ids in groups.items())
