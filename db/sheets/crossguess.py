"""What a list of another department says of itself: what it is about, who made it and of which day, read from its file's name, the words
above its header and its captions. All of it is a proposal that the clerk confirms."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.rules.codes import CrossKind
from db.sheets.crosslist import ListSheet
from db.sheets.workbook import Book

_NAMED: Mapping[CrossKind, str] = {
    CrossKind.IDENTITY: "公安|户籍|户口|常住人口|人口信息",
    CrossKind.VEHICLE: "车辆|机动车|车管|汽车|小车",
    CrossKind.HOUSE: "房产|不动产|商品房|购房|房管|房屋",
    CrossKind.BUSINESS: "工商|企业|个体户|市场主体|营业执照|法人",
    CrossKind.PUBLIC_PAY: "财政供养|在编|编制|公职|机关事业",
    CrossKind.DISABLED: "残联|残疾",
    CrossKind.LOW_INCOME: "低保|最低生活保障",
    CrossKind.FIVE_GUARANTEES: "五保|特困",
}
_CAPTIONED: Mapping[CrossKind, str] = {
    CrossKind.VEHICLE: "号牌|车牌|机动车|车辆",
    CrossKind.HOUSE: "产权证|不动产|房屋",
    CrossKind.BUSINESS: "社会信用代码|注册号|营业执照|企业名称|经营范围",
    CrossKind.PUBLIC_PAY: "编制",
    CrossKind.DISABLED: "残疾",
    CrossKind.LOW_INCOME: "低保",
    CrossKind.FIVE_GUARANTEES: "五保|特困",
}
_DAY = re.compile(r"(20\d\d)[年\-./_](\d{1,2})(?:[月\-./_](\d{1,2})日?|月)|(?<!\d)(20\d\d)([01]\d)([0-3]\d)?(?!\d)")
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{2,8}?[县市区镇][\u4e00-\u9fff]{0,10}(?:局|联合会|残联|大队|支队|派出所|中心|民政办)"
)
_SAYS_OFFICE = re.compile(r"(?:填报|提供|制表|报送)单位(?:（盖章）|\(盖章\))?[:：]\s*([\u4e00-\u9fff]{3,20})")
_ABOVE = 4


@dataclass(frozen=True, slots=True)
class Guess:
    """What is proposed; None and "" where the file does not say."""

    kind: CrossKind | None
    office: str
    dated: date | None


def guess(book: Book, sheets: Sequence[ListSheet], today: date) -> Guess:
    """Look at the name first, then above the headers; of captions only the kind is taken."""
    words = [book.name.rpartition(".")[0] or book.name, *_above(book, sheets), *(one.sheet for one in sheets)]
    captions = "　".join(text for one in sheets for column in one.columns for text in column.path)
    kind = next((k for text in words if (k := _kind(text, _NAMED))), None) or _kind(captions, _CAPTIONED)
    office = next((found for text in words if (found := _office(text))), "")
    dated = next((day for text in words if (day := _day(text, today))), None)
    return Guess(kind, office, dated)


def _above(book: Book, sheets: Sequence[ListSheet]) -> Iterator[str]:
    """The lines above each header."""
    of = {sheet.name: sheet for sheet in book.sheets}
    for one in sheets:
        for cells in of[one.sheet].rows[: min(one.top, _ABOVE)]:
            yield "　".join(cell.strip() for cell in cells if isinstance(cell, str) and cell.strip())


def _kind(text: str, words: Mapping[CrossKind, str]) -> CrossKind | None:
    """The one kind that is named; None when none or several are."""
    found = [kind for kind, pattern in words.items() if re.search(pattern, text)]
    return found[0] if len(found) == 1 else None


def _office(text: str) -> str:
    said = _SAYS_OFFICE.search(text)
    found = _OFFICE.search(text)
    return said[1] if said else found[0] if found else ""


def _day(text: str, today: date) -> date | None:
    """A day that has been; of a month its last day, or today while it runs."""
    found = _DAY.search("".join(text.split()))
    if found is None:
        return None
    year, month = int(found[1] or found[4]), int(found[2] or found[5])
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    day = int(found[3] or found[6] or 0)
    if day > last or date(year, month, day or 1) > today:
        return None
    return date(year, month, day) if day else min(date(year, month, last), today)
