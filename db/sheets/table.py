"""One sheet of a roster as lines: which sheet is which, what is missing in its header, its rows tidied and repeated rows dropped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Known
from db.fields.base import Field
from db.fields.kinds import Money
from db.rules.identity import judge
from db.sheets.body import body_of
from db.sheets.cells import Fault, Line, LineReader
from db.sheets.findings import Severity, SheetFinding
from db.sheets.header import Header, find_header, missing
from db.sheets.layouts import roster as layout
from db.sheets.prescan import refusal
from db.sheets.workbook import Book, Cell, Sheet

_OLD_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet of households or of persons. ``totals`` are its rows of sums, ``repeated`` rows with the earlier row they repeat,
    ``notes`` rows that hold a remark only; ``hidden`` says what was read although the sheet hides it."""

    sheet: str
    header: Header
    lines: tuple[Line, ...]
    totals: tuple[tuple[int, list[Cell]], ...]
    repeated: tuple[tuple[int, int], ...]
    fields: Mapping[str, Field]
    notes: tuple[tuple[int, str], ...] = ()
    hidden: tuple[SheetFinding, ...] = ()

    def finding(
        self, row: int, key: str, household: str, text: str, severity: Severity, rule: str = ""
    ) -> SheetFinding:
        """A finding in the column of ``key``; where the sheet has no such column, its label without a letter."""
        column = self.header.columns.get(key)
        if column:
            return SheetFinding(self.sheet, row, column.caption, household, text, severity, rule, column.letter)
        label = self.fields[key].label if key in self.fields else ""
        return SheetFinding(self.sheet, row, label, household, text, severity, rule)


def roster_tables(book: Book) -> tuple[list[Table], list[Table], list[SheetFinding]]:
    """The household sheets, the person sheets, and a note for every other sheet with something on it.

    Raises `Known` when one kind is missing, a needed column is, or two columns claim to be the same.
    """
    households: list[tuple[Sheet, Header]] = []
    persons: list[tuple[Sheet, Header]] = []
    others: list[tuple[Sheet, Header | None]] = []
    for sheet in book.sheets:
        kind, header = _kind(sheet)
        if header is not None and kind is not None and not sheet.hidden:
            (households if kind == "household" else persons).append((sheet, header))
        elif any(cell != "" for row in sheet.rows for cell in row):
            others.append((sheet, header))
    if persons and not households:
        raise refusal(
            book.name,
            "里只有贫困人口表，没有一户一行的贫困户表",
            "请把各户的村、组、户主、家庭人口、致贫原因和收入另列一张表，一户一行；同一份文件要有两张表。",
        )
    if not households:
        raise _no_roster(book, others)
    if not persons:
        raise _unseen(book, others) or refusal(
            book.name,
            "里没有贫困人口表：找不到“与户主关系”和“户主姓名”列",
            "请把家庭成员一人一行另列一张表，注明户主。",
        )
    notes = [_skipped(sheet) for sheet, _ in others]
    make = _maker(book)
    return (
        [make(sheet, header, layout.HOUSEHOLD_FIELDS, layout.HOUSEHOLD_NEEDED) for sheet, header in households],
        [make(sheet, header, layout.PERSON_FIELDS, layout.PERSON_NEEDED) for sheet, header in persons],
        notes,
    )


def _unseen(book: Book, others: Sequence[tuple[Sheet, Header | None]]) -> Known | None:
    """The refusal of a file whose person sheet is there but hidden."""
    for sheet, header in others:
        if sheet.hidden and header is not None and _kind(sheet)[0] == "person":
            return refusal(book.name, f"的贫困人口表“{sheet.name}”是隐藏的", "请取消隐藏并保存，再重新选择。")
    return None


def convert_old_numbers(table: Table, key: str, today: date) -> None:
    """Turn 15-digit numbers in a column into 18 digits, in place; each is a W to be compared with the card (R02)."""
    for line in table.lines:
        number = line.text(key)
        if len(number) == _OLD_NUMBER and number.isdigit():
            verdict = judge(number, today)
            if verdict.number:
                line.values[key] = verdict.number
                text = f"15 位旧身份证号已换算为 {verdict.number}，请与新证核对"
                line.faults.append(Fault(key, text, "R02", "W"))


def _kind(sheet: Sheet) -> tuple[str | None, Header | None]:
    """A sheet with 与户主关系 is of persons; one with a head and two more application columns is of households."""
    person = find_header(sheet, layout.PERSON_TITLES)
    if person and layout.PERSON_MARK in person.columns:
        return "person", person
    header = find_header(sheet, layout.HOUSEHOLD_TITLES)
    if (
        header
        and len(header.columns) + len(header.doubled) >= layout.LEAST_COLUMNS
        and layout.MARKS & {*header.columns, *header.doubled}
    ):
        return "household", header
    return None, header


def _no_roster(book: Book, others: Sequence[tuple[Sheet, Header | None]]) -> Known:
    best = max((header for _, header in others if header), key=lambda h: len(h.columns), default=None)
    lacking = missing(best, layout.HOUSEHOLD_NEEDED)
    return refusal(
        book.name, f"不是申报名册：找不到“{'”“'.join(lacking[:4])}”等列", "请核对是否选错了文件，或补上这些列的表头。"
    )


def _maker(book: Book) -> Callable[[Sheet, Header, Mapping[str, Field], Sequence[Field]], Table]:
    def make(sheet: Sheet, header: Header, fields: Mapping[str, Field], needed: Sequence[Field]) -> Table:
        for key, columns in header.doubled.items():
            places = "、".join(f"{column.letter} 列" for column in columns)
            raise refusal(
                book.name,
                f"的“{sheet.name}”表有两列都像“{fields[key].label}”（{places}）",
                "请删去或改名其中一列，再重新选择。",
            )
        lacking = missing(header, needed)
        if lacking:
            raise refusal(
                book.name,
                f"的“{sheet.name}”表不是完整的名册：找不到“{'”“'.join(lacking)}”列",
                "请补上这些列，再重新选择。",
            )
        if _in_ten_thousands(sheet, header, fields):
            raise refusal(
                book.name, f"的“{sheet.name}”表金额以万元为单位", "请把金额和表头都改成以元为单位，再重新选择。"
            )
        return _table(sheet, header, fields)

    return make


def _table(sheet: Sheet, header: Header, fields: Mapping[str, Field]) -> Table:
    body = body_of(sheet, header)
    read = LineReader(header.columns, fields, sheet.since_1904).read
    first: dict[tuple[Cell, ...], int] = {}
    lines, repeated = [], []
    for row, cells in body.data:
        line = read(row, cells)
        earlier = first.setdefault(line.raw, row)
        if earlier == row:
            lines.append(line)
        else:
            repeated.append((row, earlier))
    hidden = tuple(_hidden(sheet, header, [line.row for line in lines]))
    return Table(sheet.name, header, tuple(lines), body.totals, tuple(repeated), fields, body.notes, hidden)


def _hidden(sheet: Sheet, header: Header, rows: Sequence[int]) -> Iterator[SheetFinding]:
    """W: rows and columns that were read although nobody sees them in the file."""
    unseen = [row for row in rows if row - 1 in sheet.hidden_rows]
    if unseen:
        text = f"有 {len(unseen)} 行被隐藏或筛掉（第{unseen[0]}行起），也一并读取了；不该录入的请在文件里删去"
        yield SheetFinding(sheet.name, unseen[0], "", "", text, "W")
    for column in header.columns.values():
        if column.index in sheet.hidden_columns:
            text = f"{column.letter} 列“{column.caption}”被隐藏，也一并读取了，请核对"
            yield SheetFinding(sheet.name, header.bottom + 1, column.caption, "", text, "W", letter=column.letter)


def _in_ten_thousands(sheet: Sheet, header: Header, fields: Mapping[str, Field]) -> bool:
    """Whether the captions of money or the line of units above them say 万元 and nothing says 元 beside it (元/万元)."""
    captions = ["".join(c.path) for key, c in header.columns.items() if isinstance(fields[key].kind, Money)]
    above = ["".join(cell for cell in row if isinstance(cell, str)) for row in sheet.rows[: header.top]]
    units = [line.partition("单位：")[2] or line.partition("单位:")[2] for line in above]
    return bool(captions) and any(
        "万元" in text and "元" not in text.replace("万元", "") for text in (*captions, *units)
    )


def _skipped(sheet: Sheet) -> SheetFinding:
    why = "是隐藏的工作表" if sheet.hidden else "不是名册"
    return SheetFinding(sheet.name, 0, "", "", f"工作表“{sheet.name}”{why}，没有读取", "I")
