"""Which captions a roster's sheets may carry and which of them must be there.

The household sheet holds the application with its income, the person sheet the members; on the latter 姓名 and 身份证号 are the
member's and the head is named with 户主 in front. A sheet of both has the columns of both, named as on the person sheet.
"""

from __future__ import annotations

from db.fields.household import (
    ABLE,
    ADDRESS,
    BANK,
    BANK_CARD,
    GROUP,
    HEAD_ID,
    HEAD_NAME,
    HEAD_SEX,
    HOUSEHOLD,
    PHONE,
    REASON,
    REMARK,
    VILLAGE,
)
from db.fields.income import INCOME
from db.fields.member import ID_NUMBER, LABOUR, MEMBER, NAME, RELATION, SEX
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
OF_A_PERSON = (NAME.key, SEX.key, ID_NUMBER.key, RELATION.key)

HEADS_OWN = {HEAD_NAME.key: NAME.key, HEAD_ID.key: ID_NUMBER.key, HEAD_SEX.key: SEX.key}
"""What the head's own row among the members says where a sheet of both has no column for it."""
NAMED = {HEAD_NAME.key: NAME.key, HEAD_ID.key: ID_NUMBER.key}
MIXED_TITLES = {
    title: meant
    for title, meant in (HOUSEHOLD_TITLES | PERSON_TITLES).items()
    if title not in {*ABLE.titles} & {*LABOUR.titles}
}
"""Without 劳动能力, which may be the household's 有、无 or the member's skill."""
MIXED_FIELDS = HOUSEHOLD_FIELDS | MEMBER
MIXED_NEEDED = (*HOUSEHOLD_NEEDED, *(field for field in MEMBER.values() if field.demanded))
LEAST_OF_BOTH = 5
"""So many needed columns of households make a sheet of persons one of both."""
OF_THE_HOUSEHOLD = tuple(key for key in HOUSEHOLD_FIELDS if key not in (*HEAD_KEYS, HEAD_SEX.key))
OFTEN_A_MEMBERS = frozenset({PHONE.key, REMARK.key, ADDRESS.key, BANK.key, BANK_CARD.key, REASON.key})
"""Columns of a household that clerks also fill in for a member; only what stands in the head's row is the household's."""
LOOSELY_MERGED = OFTEN_A_MEMBERS | {VILLAGE.key, GROUP.key}
"""Columns whose cells may be merged over more rows than one household has."""

MARKS = frozenset({"main_cause", "attribute", "wages", "transfer", "per_head_stated", "applied_on"})
"""Columns only an application has; one of them tells a roster from any other list of heads."""
LEAST_COLUMNS = 5

FAULT_COLUMN = "错误原因"
"""The column we add to a workbook that is given back with its faults; when it returns, nobody looks at it."""
