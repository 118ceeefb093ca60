"""Forms typed but not saved, as pages keep and offer them.

Unlike every other service these take the record itself: a draft is kept even while the screen is locked or the date is in doubt, when
no unit can be had.
"""

from __future__ import annotations

from db.store.drafts import Kept, drop_draft, load_drafts, save_draft
from db.store.record import Record

__all__ = ["Kept", "drop", "keep", "load"]


def keep(record: Record, key: str, content: str) -> None:
    """Keep ``content`` under ``key`` for the person logged in, in place of what was kept before."""
    save_draft(record, key, content)


def load(record: Record, prefix: str = "") -> list[Kept]:
    """The drafts of the person logged in whose key begins with ``prefix``, newest first."""
    return [kept for kept in load_drafts(record) if kept.key.startswith(prefix)]


def drop(record: Record, key: str) -> None:
    """Forget a draft: it was saved or given up."""
    drop_draft(record, key)
