"""The columns of an assembly's sheet (民主评议结果)."""

from __future__ import annotations

from db.fields.base import Field
from db.fields.household import GROUP, HEAD_NAME, SIZE, VILLAGE
from db.fields.kinds import Count, Text
from db.sheets.header import titles_of

YES = Field("yes", "同意", Count(), True, titles=("赞成", "同意票", "同意票数", "赞成票", "赞成票数", "同意人数"))
NO = Field("no", "不同意", Count(), True, titles=("反对", "不同意票", "不同意票数", "反对票", "反对票数", "不同意人数"))
ABSTAINED = Field("abstained", "弃权", Count(), True, titles=("弃权票", "弃权票数", "弃权人数"))
STATED = Field("stated", "结果", Text(), titles=("评议结果", "表决结果", "是否通过", "评议意见"))
FIELDS = {field.key: field for field in (VILLAGE, GROUP, HEAD_NAME, SIZE, YES, NO, ABSTAINED, STATED)}
NEEDED = (HEAD_NAME, GROUP, SIZE, YES, NO, ABSTAINED)
TITLES = titles_of(FIELDS.values())
