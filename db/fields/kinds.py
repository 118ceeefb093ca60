"""The closed list of kinds a field can have, and how each value is read, shown and edited.

A value has three forms: what stands in a cell or editor (``raw``: text, number, date), the value the record keeps, and the text a
person reads. A kind knows nothing of Qt, SQLAlchemy or openpyxl; each of those keeps its own table from kind to adapter.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from db.rules.codes import Code

CENT = Decimal("0.01")
_BLANKS = re.compile(r"[\s\u3000\u00a0\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_QUOTES = "'’‘`"
_DATE = re.compile(r"(\d{4})[-./、年](\d{1,2})[-./、月](\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
_DASHES = re.compile("[/—–－]")
_TIME = re.compile(r"[T\s]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*$")
_EARLIEST = date(1900, 1, 1)
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d*)?")
_COUNTED = re.compile(r"(?<=\d)[人口名户票]$")
_FIGURE = re.compile(r"[-+]?(\d+(\.\d*)?|\.\d+)(E[-+]?\d+)?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ud800-\udfff]")
EXCEL_EPOCH = date(1899, 12, 30)


class Unreadable(Exception):
    """The raw text is no value of this kind; ``args[0]`` is the sentence for the clerk."""


def squeeze(raw: object) -> str:
    """Half-width text without any blanks: for numbers, codes and dates, never for names."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", plain(raw)))


def plain(raw: object) -> str:
    """A cell or editor value as text; whole floats lose their ``.0``."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


@dataclass(frozen=True, slots=True)
class Kind:
    """Base of all kinds. ``align`` is "left", "right" or "center" for tables and papers."""

    align: str = "left"

    def read(self, raw: object) -> object | None:
        """The value in ``raw``; None when blank; raises `Unreadable` with a sentence."""
        raise NotImplementedError

    def show(self, value: object) -> str:
        """The text a person reads on screen and paper."""
        return "" if value is None else str(value)

    def edit(self, value: object) -> str:
        """The text an editor starts with; ``read(edit(v)) == v``."""
        return self.show(value)


@dataclass(frozen=True, slots=True)
class Text(Kind):
    """Free text of at most ``limit`` characters (code points), control characters refused."""

    limit: int = 300

    def read(self, raw: object) -> str | None:
        text = plain(raw).strip(" \t\r\n\u3000\u00a0\u200b\ufeff")
        if _CONTROL.search(text):
            raise Unreadable("含有无法打印的字符，请重新录入这一格")
        if len(text) > self.limit:
            raise Unreadable(f"最多 {self.limit} 个字，现有 {len(text)} 个字，请删减")
        return text or None


@dataclass(frozen=True, slots=True)
class Name(Kind):
    """A person's name: inner blanks dropped, the separator made ·, never otherwise normalised."""

    limit: int = 50

    def read(self, raw: object) -> str | None:
        text = re.sub("[•‧．・]", "·", _BLANKS.sub("", plain(raw)))
        if _CONTROL.search(text):
            raise Unreadable("姓名含有无法打印的字符，请重新录入")
        if len(text) > self.limit:
            raise Unreadable(f"姓名最多 {self.limit} 个字，请核对")
        return text or None


@dataclass(frozen=True, slots=True)
class Digits(Kind):
    """An identifying number kept as text: ID number, certificate, phone, card. Blanks dropped, x made X."""

    limit: int = 30
    spaced: bool = False

    def read(self, raw: object) -> str | None:
        if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= 10**15:
            raise Unreadable("被 Excel 存成了数字，末几位已丢失，请把单元格设为文本后按原件重新录入")
        text = squeeze(raw).lstrip("'").replace("-", "").upper()
        if len(text) > self.limit:
            raise Unreadable(f"号码过长（{len(text)} 位），请核对")
        return text or None


@dataclass(frozen=True, slots=True)
class IdNumber(Digits):
    """身份证号 by GB 11643; the check itself is a rule."""


@dataclass(frozen=True, slots=True)
class Phone(Digits):
    """Mobile or landline; a landline may have its hyphen dropped."""


@dataclass(frozen=True, slots=True)
class Card(Digits):
    """一卡通 or bank account number."""


@dataclass(frozen=True, slots=True)
class _Number(Kind):
    align: str = "right"
    unit: str = ""
    least: Decimal | None = Decimal(0)
    most: Decimal = Decimal("999999999.99")
    noun: str = "数"

    def _decimal(self, raw: object) -> Decimal | None:
        text = squeeze(raw).lstrip(_QUOTES).removesuffix(self.unit).removesuffix("元")
        if not text:
            return None
        if _GROUPED.fullmatch(text):
            text = text.replace(",", "")
        if not _FIGURE.fullmatch(text):
            raise Unreadable(f"“{plain(raw).strip()}”不是{self.noun}，请填数字，没有填 0")
        try:
            number = Decimal(text)
        except InvalidOperation:  # an exponent beyond all measure
            raise Unreadable(f"“{plain(raw).strip()}”过大，请核对") from None
        if not number.is_finite() or abs(number) > self.most:
            raise Unreadable(f"“{plain(raw).strip()}”过大，请核对")
        if self.least is not None and number < self.least:
            raise Unreadable(f"“{plain(raw).strip()}”不能小于 {self.least}，请核对")
        return number


@dataclass(frozen=True, slots=True)
class Money(_Number):
    """Yuan with two places; commas between thousands, 元 and ¥ are taken off; half a fen rounds up."""

    unit: str = "元"
    noun: str = "金额"

    def read(self, raw: object) -> Decimal | None:
        number = self._decimal(raw.strip().lstrip("¥￥") if isinstance(raw, str) else raw)
        return None if number is None else number.quantize(CENT, ROUND_HALF_UP)

    def show(self, value: object) -> str:
        return f"{value:,.2f}" if isinstance(value, Decimal) else ""

    def edit(self, value: object) -> str:
        return f"{value:.2f}" if isinstance(value, Decimal) else ""


@dataclass(frozen=True, slots=True)
class Area(_Number):
    """Square metres with at most two places."""

    unit: str = "㎡"
    noun: str = "面积"

    def read(self, raw: object) -> Decimal | None:
        text = squeeze(raw)
        for unit in ("m2", "㎡", "平方米", "平米"):
            text = text.removesuffix(unit)
        number = self._decimal(text)
        return None if number is None else number.quantize(CENT, ROUND_HALF_UP)

    def show(self, value: object) -> str:
        return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else ""


@dataclass(frozen=True, slots=True)
class Measure(_Number):
    """A measure in ``unit`` (亩, 公里) with at most two places."""

    noun: str = "数"

    def read(self, raw: object) -> Decimal | None:
        number = self._decimal(raw)
        return None if number is None else number.quantize(CENT, ROUND_HALF_UP)

    def show(self, value: object) -> str:
        return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else ""


@dataclass(frozen=True, slots=True)
class Count(_Number):
    """A whole number of persons, households, votes or months; 人, 口, 户 or 票 behind it is taken off."""

    most: Decimal = Decimal(999)
    noun: str = "整数"

    def read(self, raw: object) -> int | None:
        number = self._decimal(_COUNTED.sub("", squeeze(raw)) if isinstance(raw, str) else raw)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise Unreadable(f"“{plain(raw).strip()}”不是整数，请核对")
        return int(number)


@dataclass(frozen=True, slots=True)
class Date(Kind):
    """A calendar day; takes 20160630, 2016.6.30, 2016-6-30, 2016年6月30日, and Excel dates and serials.

    A year with a month only (2016-12, also as the number 2016.12) is no day and is not made one.
    """

    def read(self, raw: object) -> date | None:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        if isinstance(raw, (int, float)) and 20000 <= raw < 80000:
            return EXCEL_EPOCH + timedelta(days=int(raw))
        text = squeeze(_TIME.sub("", plain(raw))).lstrip(_QUOTES)
        if not text:
            return None
        match = _DATE.fullmatch(_DASHES.sub("-", text))
        if match is None:
            raise Unreadable(f"“{plain(raw).strip()}”不是日期，请写成 2016-06-30 的样子")
        try:
            day = date(*(int(part) for part in match.groups() if part))
        except ValueError:
            raise Unreadable(f"“{plain(raw).strip()}”没有这一天，请核对") from None
        if day < _EARLIEST:
            raise Unreadable(f"“{plain(raw).strip()}”早于 1900 年，请核对")
        return day

    def show(self, value: object) -> str:
        return value.isoformat() if isinstance(value, date) else ""


@dataclass(frozen=True, slots=True)
class Choice(Kind):
    """One row of a code table, read by label or synonym, never guessed; ``words`` replace the labels where the paper says it otherwise
    (有/无 for 是/否), in the order of the table."""

    table: type[Code] = Code
    words: tuple[str, ...] = ()

    def options(self) -> tuple[str, ...]:
        """What may be chosen, in the order of the table."""
        return self.words or self.table.labels()

    def notes(self, year: int) -> tuple[str, ...]:
        """Beside each option why it does not belong to ``year``: 2018 年起, 至 2015 年; "" where it does."""
        return tuple("" if row.valid.covers(year) else row.valid.told for row in self.table)

    def read(self, raw: object) -> Code | None:
        text = squeeze(raw)
        if not text:
            return None
        row = self.table.by_label(text) or next(
            (r for r in self.table if text in map(squeeze, (r.label, *r.synonyms))), None
        )
        if row is None:
            raise Unreadable(f"“{plain(raw).strip()}”不在代码表内，应为：{'、'.join(self.options()[:14])}")
        return row

    def show(self, value: object) -> str:
        if not isinstance(value, Code):
            return ""
        return self.words[list(self.table).index(value)] if self.words else value.label
