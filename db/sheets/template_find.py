"""Finding the header of a blank form, the room it leaves for data, and where its foot begins, by how the sheet is laid out.

Nothing here knows what a caption means: a form may ask for what no record holds, and its header is still a header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from db.sheets.refusing import column_letter
from db.sheets.template_grid import Grid, squeezed

SEARCHED = 40
"""Rows in which the header must begin."""
DEEPEST = 6
TOTALS = frozenset({"合计", "总计", "小计", "全镇合计", "全镇总计", "全镇", "本镇合计", "共计", "镇合计", "计"})
_FRAME = re.compile(
    "^[(（]?(?:填报|编报|填表|制表|报送|单位|审核|审批|负责|联系|填制|经办|日期|时间|表号|制定|批准|文号|有效|盖章|签名|签字|分管|主管|镇长|书记|电话)"
    r"[^，。,]{0,14}[:：]"
)
_NOTE = re.compile("^[(（]?(?:注|说明|备注|填表说明|填报说明|填写说明|指标解释|注意|要求)[)）]?[:：1１一、.．]|^[※*＊]")
_MONTH = re.compile(r"^[\d_＿X×ｘx]*年[\d_＿X×ｘx]*月(?:[\d_＿X×ｘx]*日)?$")
_NUMBER = re.compile(
    r"[(（]?(?:\d{1,3}|[甲乙丙丁戊己庚辛壬癸]|[A-Z]{1,2}|[一二三四五六七八九十]{1,3}|栏次|栏号)[)）]?(?:=.*)?"
)
_NEVER_CAPTION = re.compile(r"^\d{4,}$|^\d+\.\d+$|^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}")
_EXAMPLE = re.compile("^[(（]?(?:例|示例|样例|填写示例|范例|举例)")
HAN = re.compile("[\u4e00-\u9fff]")
_COVERED = 0.8


@dataclass(frozen=True, slots=True)
class Table:
    """Where a table lies: header rows ``top`` to ``bottom``, first data row, rows for data, 合计, the first row of the foot; from 0.

    ``subtotals`` are rows of 小计 among the data, each of the rows above it up to the last one.
    """

    top: int
    bottom: int
    first: int
    room: int
    total: int | None
    foot: int
    left: int
    right: int
    examples: tuple[int, ...] = ()
    subtotals: tuple[int, ...] = ()


def is_frame(text: str) -> bool:
    """Whether a text is of the frame around a table: 填报单位：, 注：, a line for the date."""
    bare = squeezed(text)
    return bool(_FRAME.match(bare) or _NOTE.match(bare) or _MONTH.match(bare))


def is_total(text: str) -> bool:
    """Whether a row that begins so adds up the others."""
    return squeezed(text) in TOTALS


def find_table(grid: Grid, *, past_subtotals: bool = True) -> Table | None:
    """The first table of a sheet; None when it has none (labels beside blanks). Its rows may go on below a 小计."""
    for top in range(min(grid.rows, SEARCHED)):
        found = _header_at(grid, top)
        if found is not None:
            return _body(grid, top, *found, past_subtotals)
    return None


def left_out(grid: Grid, table: Table) -> tuple[str, ...]:
    """What of a sheet stays blank beside and below its first table, as sentences for the clerk."""
    right = next((span for span in _spans(grid, table.top, table.bottom) if span[0] > table.right), None)
    beside = (
        () if right is None or right[1] == right[0] else (f"{column_letter(right[0])}列起还有一张表，没有填；{_APART}",)
    )
    below = next((row for row in range(table.foot, grid.rows) if _is_second(grid, row)), None)
    if below is not None:
        return (*beside, f"第{below + 1}行起还有一张表，没有填；{_APART}")
    ruled = (
        table.foot < grid.rows
        and grid.is_ruled(table.foot)
        and any(grid.is_ruled(r) for r in (table.first, table.bottom))
    )
    written = ruled and any(is_frame(text) for _, text in grid.texts(table.foot)[:1])
    return (*beside, f"第{table.foot + 1}行起的格子没有填，请填好后看一看") if ruled and not written else beside


_APART = "请在 WPS 里把它移到另一张工作表，再选一次"


def _header_at(grid: Grid, top: int) -> tuple[int, int, int] | None:
    """The last row and the first and last column of the header that begins in a row."""
    if not _may_begin(grid, top):
        return None
    bottom = _bottom(grid, top)
    span = next(_spans(grid, top, bottom), None)
    if (
        span is None or sum(span[0] <= c <= span[1] for c, _ in grid.texts(top)) < 2
    ):  # a title, and words beside the table
        return None
    return (bottom, *span) if _is_header(grid, top, bottom, *span) else None


def _is_second(grid: Grid, row: int) -> bool:
    """Whether another table begins in a row below the first: ruled captions with ruled rows under them."""
    found = _header_at(grid, row) if grid.is_ruled(row) else None
    return found is not None and found[0] + 1 < grid.rows and grid.is_ruled(found[0] + 1)


def _may_begin(grid: Grid, row: int) -> bool:
    """Whether a header may begin in a row: two captions side by side that are not of the frame."""
    words = [text for _, text in grid.texts(row)]
    plain = [w for w in words if not is_frame(w) and not _NEVER_CAPTION.match(squeezed(w))]
    return len(plain) >= 2 and len(plain) == len(words)


def _bottom(grid: Grid, top: int) -> int:
    """The last row of a header: as far down as captions are merged, and below every group that has captions under it."""
    bottom = top
    while bottom - top < DEEPEST:
        merged = max((b for t, _, b, _ in grid.sheet.merges if top <= t <= bottom < b), default=bottom)
        further = min(merged, grid.rows - 1)
        if further == bottom and not _goes_on(grid, top, bottom):
            break
        bottom = max(further, bottom + 1)
    return min(bottom, top + DEEPEST)


def _goes_on(grid: Grid, top: int, bottom: int) -> bool:
    """Whether the row below holds captions of groups: under a caption merged across, or where the row above is blank."""
    below = bottom + 1
    if below >= grid.rows:
        return False
    texts = [(c, t) for c, t in grid.texts(below) if not is_frame(t)]
    if not texts or any(is_total(t) or _EXAMPLE.match(squeezed(t)) for _, t in texts[:2]) or is_numbering(grid, below):
        return False
    if any(_NEVER_CAPTION.match(squeezed(t)) for _, t in texts):
        return False
    grouped = {
        column
        for t, left, b, right in grid.sheet.merges
        if b == bottom and t >= top and right > left
        for column in range(left, right + 1)
    }
    blank = {c for c, _ in texts if not grid.shown[bottom][c]}
    grouped |= {_left_of(grid, bottom, column) for column in blank}
    places = {column for column, _ in texts}
    alone = places - grouped - blank  # the only caption under its group, which therefore is merged over nothing
    if alone:
        return len(alone) < len(places & grouped) and all(not squeezed(t).isdigit() for _, t in texts)
    return len(places) >= 2 or places <= grouped


def _left_of(grid: Grid, row: int, column: int) -> int:
    """The caption that a blank cell right of it belongs to, where a group is not merged."""
    return next((c for c in range(column, -1, -1) if grid.shown[row][c]), column)


def is_numbering(grid: Grid, row: int) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3, (1) (2) (3)."""
    if row >= grid.rows:
        return False
    texts = [squeezed(text) for _, text in grid.texts(row)]
    if len(texts) < 2 or not all(_NUMBER.fullmatch(text) for text in texts):
        return False
    figures = [
        int(n.group()) for text in texts if (n := re.match(r"[(（]?(\d+)", text)) and (n := re.search(r"\d+", text))
    ]
    return len(texts) >= 3 and all(a < b for a, b in pairwise(figures))


def _spans(grid: Grid, top: int, bottom: int) -> Iterator[tuple[int, int]]:
    """First and last column of each stretch of captions; columns neither written nor ruled lie between a table and what stands beside."""
    rows = range(top, bottom + 1)
    written = [any(grid.shown[row][c] for row in rows) for c in range(grid.width)]
    left: int | None = None
    for column in range(grid.width + 1):
        if column < grid.width and (written[column] or any(grid.ruled[row][column] for row in rows)):
            left = column if left is None and written[column] else left
        elif left is not None:
            yield left, max(c for c in range(left, column) if written[c])
            left = None


def _is_header(grid: Grid, top: int, bottom: int, left: int, right: int) -> bool:
    """Whether nearly every column has a caption, and no line of the sheet repeats label and blank as a questionnaire does."""
    width = right - left + 1
    captions = [tuple(grid.shown[row][c] for row in range(top, bottom + 1)) for c in range(left, right + 1)]
    covered = sum(any(one) for one in captions)
    return width >= 2 and covered >= _COVERED * width and len({one for one in captions if any(one)}) >= 2


def _body(grid: Grid, top: int, bottom: int, left: int, right: int, past_subtotals: bool) -> Table:
    first = bottom + 1
    while is_numbering(grid, first):
        first += 1
    total, begin = None, first
    if first < grid.rows and _total_in(grid, first):
        total, begin = first, first + 1
    foot, ruled = begin, begin < grid.rows and grid.is_ruled(begin)
    header = grid.texts(top)
    subtotals: list[int] = []
    while foot < grid.rows and grid.texts(foot) != header:
        if past_subtotals and _goes_past(grid, foot, ruled):
            subtotals.append(foot)
        elif _ends(grid, foot, ruled, left, right):
            break
        foot += 1
    if subtotals and foot < grid.rows and _is_subtotal(grid, foot):
        subtotals.append(foot)
        foot += 1
        room = foot - begin
    elif total is None and foot < grid.rows and _total_in(grid, foot):
        total, room = foot, foot - begin
        foot += 1
    else:
        room = foot - begin
    examples = tuple(row for row in range(begin, begin + room) if _is_example(grid, row))
    return Table(top, bottom, begin, room, total, foot, left, right, examples, tuple(subtotals))


def _is_subtotal(grid: Grid, row: int) -> bool:
    return any(squeezed(text) == "小计" for _, text in grid.texts(row)[:2])


def _goes_past(grid: Grid, row: int, ruled: bool) -> bool:
    """Whether a row is a 小计 below which the rows go on: named ones, or the 合计 of all."""
    below = row + 1
    if not _is_subtotal(grid, row) or below >= grid.rows or (ruled and not grid.is_ruled(below)):
        return False
    texts = grid.texts(below)
    return bool(texts) and not is_frame(texts[0][1]) and any(HAN.search(text) for _, text in texts[:4])


def _total_in(grid: Grid, row: int) -> bool:
    return any(is_total(text) for _, text in grid.texts(row)[:2])


def _is_example(grid: Grid, row: int) -> bool:
    return any(_EXAMPLE.match(squeezed(text)) for _, text in grid.texts(row)[:2])


def _ends(grid: Grid, row: int, ruled: bool, left: int, right: int) -> bool:
    """Whether the rows for data end above a row: the foot, 合计, the end of the ruled lines, or a caption across the sheet."""
    texts = grid.texts(row)
    if texts and (is_frame(texts[0][1]) or _total_in(grid, row)):
        return True
    if ruled and not grid.is_ruled(row):
        return True
    return any(
        t == row and r - le >= max(2, (right - left) * 0.6) and grid.own[t][le] for t, le, _, r in grid.sheet.merges
    )
