"""Reading a list of another department (外部比对): whatever its columns, the person of each row, and the rest of the row as it reads.

Only the name, the number and the village have to be understood; what is unsure is left to the clerk, and a number that cannot be
compared is said at its cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from db.rules.codes import IdKind
from db.rules.crosscheck import ListRow
from db.rules.identity import judge, judge_kind, normalise
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.header import Column, Header, captions_of, find_header, titles_from
from db.sheets.memory import fingerprint
from db.sheets.places import Places, village_key
from db.sheets.prescan import column_letter
from db.sheets.refusing import refusal
from db.sheets.workbook import Book, Cell, Sheet

NAME, NUMBER, CERTIFICATE, VILLAGE, ADDRESS = "name", "number", "certificate", "village", "address"
MEANINGS: Mapping[str, str] = {
    NAME: "姓名", NUMBER: "身份证号", CERTIFICATE: "残疾人证号", VILLAGE: "行政村", ADDRESS: "住址（从中认村名）",
}  # fmt: skip
"""What a column may mean; all others are kept as they read."""
_TITLES = titles_from({
    NAME: (
        "姓名", "户主姓名", "车主姓名", "车主", "机动车所有人", "所有人", "权利人", "权利人姓名", "产权人", "法定代表人", "法人代表", "经营者",
        "经营者姓名", "负责人", "负责人姓名", "残疾人姓名", "保障对象姓名", "对象姓名", "救助对象", "申请人姓名", "人员姓名",
    ),
    NUMBER: (
        "身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "身份证", "证件号码", "证件号", "身份证明号码", "身份证件号码", "居民身份证号",
        "车主身份证号", "权利人证件号码", "法定代表人身份证号", "法人身份证号", "身份号码",
    ),
    CERTIFICATE: ("残疾人证号", "残疾证号", "残疾人证", "残疾证"),
    VILLAGE: ("行政村", "村", "村居", "村委会", "村（居）委会", "村（社区）", "所属村", "所在村", "村名", "村别", "村（居）"),
    ADDRESS: ("住址", "家庭住址", "户籍地址", "户口所在地", "户籍所在地", "户籍地", "现住址", "详细住址", "常住地址", "地址"),
})  # fmt: skip
_FRAME = re.compile(
    "合计|总计|小计|共计|合共|备注|附注|注[:：\\d]|说明|填[报表]|制表|审核|单位负责人|经办人|以上|联系电话"
)
_LIKE_NUMBER = re.compile(r"\d{6}")
_SEARCHED = 15
_SAMPLES = 3
_STEP = 5000


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column with words or content: index from 0, letter, captions from the group down, some texts, the key proposed ("" for
    none) and whether that is sure."""

    index: int
    letter: str
    path: tuple[str, ...]
    samples: tuple[str, ...]
    proposed: str
    sure: bool


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One sheet of a list: its header's rows from 0, both included, and what its columns mean so far (index to a key of `MEANINGS`).

    ``known``: by sure captions or an earlier answer; a sheet that is not known has to be confirmed.
    """

    sheet: str
    hidden: bool
    top: int
    bottom: int
    columns: tuple[ListColumn, ...]
    fingerprint: str
    meanings: Mapping[int, str]
    known: bool

    @property
    def usable(self) -> bool:
        """Whether a person can be told by these columns, each meaning standing in one of them."""
        keys = [*self.meanings.values()]
        return len(set(keys)) == len(keys) and names_somebody(keys)

    def answered(self, answers: Mapping[int, str]) -> ListSheet:
        """The same sheet with the clerk's word on its columns."""
        return replace(self, meanings={index: key for index, key in answers.items() if key}, known=True)


@dataclass(frozen=True, slots=True)
class CrossFile:
    """A list that was read: its rows, and what could not be compared, at its cell."""

    name: str
    sha256: str
    rows: tuple[ListRow, ...]
    findings: tuple[SheetFinding, ...]


def names_somebody(keys: Sequence[str]) -> bool:
    """A number is enough; a name needs its village."""
    return NUMBER in keys or CERTIFICATE in keys or (NAME in keys and (VILLAGE in keys or ADDRESS in keys))


def plan(book: Book, recalled: Mapping[str, Mapping[int, str]]) -> tuple[ListSheet, ...]:
    """The sheets that hold something; ``recalled`` are earlier answers by fingerprint. Where some are known, sheets without a single
    known caption are left out; Known when the whole workbook is empty."""
    sheets = [_sheet(sheet, recalled) for sheet in book.sheets if any(cell != "" for row in sheet.rows for cell in row)]
    if not sheets:
        raise refusal(book.name, "里没有内容", "请核对是否选错了文件。")
    if any(one.known and one.usable and not one.hidden for one in sheets):
        sheets = [one for one in sheets if one.meanings and not (one.hidden and not one.usable)]
    return tuple(sheets)


def read(
    book: Book, sheets: Sequence[ListSheet], places: Places, today: date, ticket: Ticket | None = None
) -> CrossFile:
    """The rows of these sheets. Known when a sheet cannot tell a person or there is no row at all."""
    rows: list[ListRow] = []
    found: list[SheetFinding] = book.noted()
    of = {sheet.name: sheet for sheet in book.sheets}
    for one in sheets:
        if not one.usable:
            raise refusal(
                book.name, f"的“{one.sheet}”表认不出是谁：要有身份证号，或姓名和村", "请核对各列对应得是否正确。"
            )
        found += _hidden(of[one.sheet], one)
        for row, finding in _rows(of[one.sheet], one, places, today):
            if row is not None:
                rows.append(row)
            found += finding
            if ticket and len(rows) % _STEP == 0:
                ticket.check()
                ticket.report(len(rows), 0, f"正在读取{one.sheet}")
    if not rows:
        raise refusal(book.name, "的表头下面没有可以比对的人", "请核对是否选错了文件。")
    return CrossFile(book.name, book.sha256, tuple(rows), tuple(found))


def _sheet(sheet: Sheet, recalled: Mapping[str, Mapping[int, str]]) -> ListSheet:
    header = find_header(sheet, _TITLES)
    if header is None or not header.columns:
        row = _likely_header(sheet)
        header = Header(row, row, {}, {})
    paths = captions_of(sheet, header.top, header.bottom)
    mark = fingerprint([paths[index] for index in sorted(paths)])
    sure = {column.index: key for key, column in header.columns.items()}
    unsure = {column.index: key for key, columns in header.doubled.items() for column in columns[:1]}
    columns = tuple(_column(sheet, header.bottom, index, paths[index], sure, unsure) for index in sorted(paths))
    earlier = recalled.get(mark)
    meanings = dict(earlier) if earlier is not None else sure | unsure
    known = earlier is not None or (not header.doubled and names_somebody([*sure.values()]))
    return ListSheet(sheet.name, sheet.hidden, header.top, header.bottom, columns, mark, meanings, known)


def _likely_header(sheet: Sheet) -> int:
    """The row with most texts among the first; where no caption is known it is proposed as the header."""
    texts = [len({cell for cell in row if isinstance(cell, str) and cell.strip()}) for row in sheet.rows[:_SEARCHED]]
    return texts.index(max(texts))


def _column(
    sheet: Sheet, bottom: int, index: int, path: tuple[str, ...], sure: Mapping[int, str], unsure: Mapping[int, str]
) -> ListColumn:
    shown = (_text(row[index]) for row in sheet.rows[bottom + 1 :] if index < len(row))
    samples: dict[str, None] = {}
    for text in shown:
        if text:
            samples[text] = None
        if len(samples) == _SAMPLES:
            break
    proposed = sure.get(index) or unsure.get(index) or (NUMBER if _like_numbers(samples) and not sure else "")
    return ListColumn(index, column_letter(index), path, tuple(samples), proposed, index in sure)


def _like_numbers(samples: Mapping[str, None]) -> bool:
    return bool(samples) and all(len(n := normalise(text)) in (15, 18) and n[:-1].isdigit() for text in samples)


def _rows(
    sheet: Sheet, one: ListSheet, places: Places, today: date
) -> Iterator[tuple[ListRow | None, list[SheetFinding]]]:
    columns = {key: _column_of(one, index, key) for index, key in one.meanings.items()}
    others = [(c.index, c.path[-1]) for c in one.columns if one.meanings.get(c.index) not in (NAME, NUMBER)]
    say = partial(_finding, sheet.name, columns)
    for row, cells in enumerate(sheet.rows[one.bottom + 1 :], one.bottom + 2):
        texts = {key: _text(cells[column.index]) for key, column in columns.items()}
        if not any(texts.values()) or _is_frame(cells, texts, columns):
            continue
        number, problem, key = _number(texts, cells, columns, today)
        name, village = "".join(texts.get(NAME, "").split()), _village(texts, places)
        if not number and not (name and village):
            yield None, [say(row, key or NAME, name, problem or _unclear(name, texts), "E")]
            continue
        facts = tuple((title, text) for index, title in others if (text := _text(cells[index])))
        found = [say(row, key, name, problem, "W")] if problem else []
        yield ListRow(f"{sheet.name} 第{row}行", name, number, village, facts), found


def _hidden(sheet: Sheet, one: ListSheet) -> Iterator[SheetFinding]:
    """What the clerk does not see in Excel and is compared all the same."""
    if sheet.hidden:
        yield SheetFinding(sheet.name, 0, "", "", "这张表是隐藏的，也一起比对了", "I")
    rows = sum(row > one.bottom for row in sheet.hidden_rows)
    if rows:
        yield SheetFinding(sheet.name, 0, "", "", f"有 {rows:,} 行是隐藏或筛选掉的，也一起比对了", "I")


def _is_frame(cells: Sequence[Cell], texts: Mapping[str, str], columns: Mapping[str, Column]) -> bool:
    """Whether a row is no person: the header once more, a sum, a line of the foot."""
    if any(text == columns[key].caption for key, text in texts.items() if text):
        return True
    first = next((text for cell in cells if (text := _text(cell))), "")
    numbered = any(_LIKE_NUMBER.search(texts.get(key, "")) for key in (NUMBER, CERTIFICATE))
    return not numbered and _FRAME.match("".join(first.split())) is not None


def _unclear(name: str, texts: Mapping[str, str]) -> str:
    if not name:
        return "没有姓名，也没有可比的身份证号，没有比对这一行"
    written = texts.get(VILLAGE) or texts.get(ADDRESS) or ""
    where = f"“{written}”不是本镇的村" if written else "没有写村名"
    return f"{name}没有可比的身份证号，{where}，没有比对这一行"


def _number(
    texts: Mapping[str, str], cells: Sequence[Cell], columns: Mapping[str, Column], today: date
) -> tuple[str, str, str]:
    """The number that can be compared, what is wrong with the one that stands there, and in which column that is."""
    if texts.get(NUMBER):
        cell = cells[columns[NUMBER].index]
        verdict = judge(cell if isinstance(cell, str | float | int) else texts[NUMBER], today)
        if verdict.number:
            return verdict.number, "", ""
        if not texts.get(CERTIFICATE):
            return "", verdict.problem, NUMBER
    if texts.get(CERTIFICATE):
        verdict = judge_kind(IdKind.DISABILITY, texts[CERTIFICATE], today)
        return verdict.number, verdict.problem, CERTIFICATE if verdict.problem else ""
    return "", "", ""


def _village(texts: Mapping[str, str], places: Places) -> str:
    written = texts.get(VILLAGE, "")
    found = (places.village(written) or places.like(written)) if written else ""
    if found or not texts.get(ADDRESS):
        return found
    said = village_key(texts[ADDRESS])
    inside = [name for key, name in places.villages.items() if key in said]
    return inside[0] if len(inside) == 1 else places.like(texts[ADDRESS]) if not inside else ""


def _finding(
    sheet: str, columns: Mapping[str, Column], row: int, key: str, name: str, text: str, severity: str
) -> SheetFinding:
    column = columns.get(key)
    caption, letter = (column.caption, column.letter) if column else ("", "")
    return SheetFinding(sheet, row, caption, name, text, "E" if severity == "E" else "W", "", letter)


def _column_of(one: ListSheet, index: int, key: str) -> Column:
    path = next((column.path for column in one.columns if column.index == index), ("",))
    return Column(key, index, "".join(path[-1].split()), path)


def _text(cell: Cell) -> str:
    """A cell as it reads: whole numbers without a tail, days without a time."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, bool):
        return "是" if cell else "否"
    return str(cell)
