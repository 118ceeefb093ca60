"""What is fixed about the demo town: the villages of 太平镇 named in the 麻章区 papers of 2016, the days, and how many households.

Only the names of the villages are real. Every person, number, phone and account is invented; names are 某-names on purpose.
"""

from __future__ import annotations

from datetime import date, timedelta

SEED = 20160525
TOWN = "太平镇"
COUNTY = "麻章区"
AS_OF = date(2016, 5, 25)
SCHOOL_YEAR = date(2015, 8, 31)
INCOME_YEAR = 2015
FIRST_VISIT, LAST_VISIT = date(2016, 5, 26), date(2016, 6, 5)
FIRST_MEETING, LAST_MEETING = date(2016, 6, 8), date(2016, 6, 19)
ELSEWHERE = "赤杆村"  # a village of 湖光镇, the neighbouring town

VILLAGES = {
    "里光村": 48,
    "南夏村": 47,
    "调浪村": 41,
    "通明村": 42,
    "乌塘村": 38,
    "造甲村": 40,
    "塘边村": 39,
    "东岸村": 37,
    "王村": 34,
    "岭头村": 41,
    "陈渔村": 36,
    "六坑村": 37,
}
GROUPS = ("第一组", "第二组", "第三组", "第四组", "第五组", "第六组", "第七组", "第八组")


def age(birth: date, day: date = AS_OF) -> int:
    """Full years on ``day``."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def born_at(years: int, offset: int) -> date:
    """A birth date that makes somebody ``years`` old on the roster's day; ``offset`` is 0–364 days."""
    return date(AS_OF.year - years, AS_OF.month, AS_OF.day) - timedelta(days=offset)
