"""The rules asked of one household, in their order."""

from __future__ import annotations

from db.rules.checks import blanks, family, home, household, money, people, schooling, work

ASKED = (
    *household.RULES, *blanks.RULES, *people.RULES, *family.RULES, *schooling.RULES, *work.RULES, *money.RULES,
)  # fmt: skip
"""Asked of every household, as soon as its application is typed."""
ASKED_OF_MORE = (*household.EXTRA, *people.EXTRA, *family.EXTRA, *work.EXTRA, *money.EXTRA, *home.EXTRA)
"""Asked once more than the application is filled in."""
