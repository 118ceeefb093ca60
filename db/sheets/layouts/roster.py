"""Which captions a roster's two sheets may carry and which of them must be there.

The household sheet holds the application with its income, the person sheet the members; on the latter 姓名 and 身份证号 are the
member's and the head is named with 户主 in front.
"""

from __future__ import annotations

from db.fields.household import GROUP, HEAD_ID, HEAD_NAME, HEAD_SEX, HOUSEHOLD, VILLAGE
from db.fields.income import INCOME
from db.fields.member import MEMBER, RELATION
from db.sheets.header import titles_of

_OF_HEAD = ("证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号")
HOUSEHOLD_FIELDS = HOUSEHOLD | INCOME
HOUSEHOLD_NEEDED = tuple(field for field in HOUSEHOLD_FIELDS.values() if field.demanded)
HOUSEHOLD_TITLES = titles_of(
    HOUSEHOLD_FIELDS.values(),
    {HEAD_ID.key: ("证件号", *(f"户主{title}" for title in _OF_HEAD)), HEAD_SEX.key: ("户主性别",)},
)

HEAD_KEYS = (VILLAGE.key, GROUP.key, HEAD_NAME.key, HEAD_ID.key)
PERSON_TITLES = (
    titles_of(MEMBER.values())
    | titles_of((VILLAGE, GROUP))
    | dict.fromkeys(("户主姓名", "户主", "户主名", "所属户主"), (HEAD_NAME.key, 2))
    | {f"户主{title}": (HEAD_ID.key, 2) for title in _OF_HEAD}
)
PERSON_FIELDS = MEMBER | {field.key: field for field in (VILLAGE, GROUP, HEAD_NAME, HEAD_ID)}
PERSON_NEEDED = (HEAD_NAME, *(field for field in MEMBER.values() if field.demanded))
PERSON_MARK = RELATION.key

MARKS = frozenset({"main_cause", "attribute", "wages", "transfer", "per_head_stated", "applied_on"})
"""Columns only an application has; one of them tells a roster from any other list of heads."""
LEAST_COLUMNS = 5
