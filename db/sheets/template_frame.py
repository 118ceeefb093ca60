"""The lines around a form's table: 填报单位, month, date, who filled it in and who checked it.

Only a gap that is clearly one is filled: underscores, blanks, nothing behind the colon. What somebody wrote already stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.sheets.template import Blank
from db.sheets.template_grid import Grid

OFFICE, FILLER, REVIEWER, PHONE, HEAD, MONTH, DAY = (
    "填报单位",
    "填表人",
    "审核人",
    "联系电话",
    "单位负责人",
    "年月",
    "日期",
)
_GAP = r"[\s\u3000_＿]*"
_LABELS: tuple[tuple[str, str], ...] = (
    (OFFICE, "填报单位|填报乡镇|填报镇|编报单位|报送单位|填表单位|制表单位"),
    (FILLER, "填表人|填报人|制表人|经办人"),
    (REVIEWER, "审核人|复核人"),
    (PHONE, "联系电话|电话"),
    (HEAD, "单位负责人|负责人|镇长|主管领导|分管领导"),
    (DAY, "填报日期|填表日期|制表日期|报送日期|填报时间|日期"),
)
_LABEL = re.compile("|".join(f"(?P<w{n}>{words})" for n, (_, words) in enumerate(_LABELS)))
_BEHIND = re.compile(rf"(?:[(（][^)）]*[)）])?[\s\u3000]*[:：](?P<gap>{_GAP})")
_NEXT = re.compile(r"$|[\u4e00-\u9fff（(]{2,12}[)）]?[\s\u3000]*[:：]|[(（]?(?:签名|签字|签章|盖章|公章)")
_DATE = re.compile(
    r"(?P<year>20\d\d|20[\s\u3000_＿X×]{1,6}|[\s\u3000_＿X×]*)年(?P<month>[\s\u3000_＿X×]*)月(?P<day>[\s\u3000_＿X×]*日)?"
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the gaps get: a text by word (`OFFICE`, `FILLER` …), the month the form tells of, the day it is filled in.

    A word without a text leaves its gap.
    """

    words: Mapping[str, str]
    month: date
    day: date


def blanks_of(grid: Grid, rows: range | list[int]) -> tuple[Blank, ...]:
    """The gaps in the given rows, by the cell and what is wanted there."""
    found = []
    for row in rows:
        for column, text in grid.texts(row):
            found += [Blank(row, column, word) for word in _wanted(text)]
    return tuple(found)


def filled(text: str, frame: Frame) -> str:
    """A text of the frame with its gaps filled."""
    return _dated(_labelled(text, frame), frame)


def _wanted(text: str) -> list[str]:
    """What the gaps of a text ask for, each once."""
    words = [_LABELS[n][0] for _, _, n in _gaps(text) if not (_LABELS[n][0] == DAY and _DATE.search(text))]
    words += [DAY if found["day"] else MONTH for found in _DATE.finditer(text) if _is_gap(found)]
    return list(dict.fromkeys(words))


def _gaps(text: str) -> list[tuple[int, int, int]]:
    """Start and end of every gap behind a label, with the label's place in the table."""
    found = []
    for label in _LABEL.finditer(text):
        behind = _BEHIND.match(text, label.end())
        if behind is None or not _NEXT.match(text, behind.end()):
            continue
        number = next(int(name[1:]) for name, value in label.groupdict().items() if value)
        found.append((behind.start("gap"), behind.end("gap"), number))
    return found


def _labelled(text: str, frame: Frame) -> str:
    for start, end, number in reversed(_gaps(text)):
        word = _LABELS[number][0]
        said = frame.day.strftime("%Y-%m-%d") if word == DAY else frame.words.get(word, "")
        if said:
            text = f"{text[:start]}{said}{'　' if end < len(text) else ''}{text[end:]}"
    return text


def _is_gap(found: re.Match[str]) -> bool:
    return not found["month"].strip("_＿X× \u3000\t") and bool(
        found["month"] or found["day"] or not found["year"].isdigit()
    )


def _dated(text: str, frame: Frame) -> str:
    def put(found: re.Match[str]) -> str:
        if not _is_gap(found):
            return found.group()
        day = frame.day if found["day"] else frame.month
        if found["year"].isdigit() and int(found["year"]) != day.year:
            return found.group()
        lead = re.match(r"[\s\u3000]*", found["year"])
        kept = (
            lead.group()
            if lead and lead.end() < len(found["year"])
            else " "
            if found.start() and lead and lead.end()
            else ""
        )
        return f"{kept}{day.year}年{day.month}月{f'{day.day}日' if found['day'] else ''}"

    return _DATE.sub(put, text)
