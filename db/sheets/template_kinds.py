"""What one row of a blank form stands for, by the captions of its header and by names it has filled in beforehand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from db.sheets.header import bare
from db.sheets.template import FormKind
from db.sheets.template_find import Table, is_total
from db.sheets.template_grid import Grid, squeezed

_HEAD = re.compile("户主|户名|农户姓名|贫困户姓名|贫困户户主|申请人")
_PERSON = re.compile(
    "与户主关系|家庭关系|成员姓名|家庭成员|人编号|人员姓名|贫困人口姓名|劳动力姓名|学生姓名|患者姓名|残疾人姓名"
)
_NAMED = re.compile("^(?!.*(?:户主|申请人|帮扶|责任人|干部|负责|联系人|监护)).*(?:姓名|名字)$")
"""A column of names that are neither heads nor officials."""
_PLACE = re.compile(
    "^(?:行政村|贫困村|村|村名|村名称|村别|村（居）|村委会|村居|村委|所在村|行政村名称|村级|行政区域|行政区划|地区|村\\(居\\)|村社区|村民委员会|单位|单位名称|村（社区）)$"
)
_ITEM = re.compile("^(?:项目|填表项目|指标|指标名称|内容|调查项目|名称|项目名称|填报项目|统计项目|类别|事项)$")
_AMOUNT = re.compile("数量|数值|数据|金额|本月|累计|填报|户数|人数|结果|合计|数$")
_SUFFIX = re.compile("(?:村民委员会|村委会|居民委员会|居委会|社区居委会|行政村|村|社区|居)$")


def place_key(text: str) -> str:
    """A village's name for comparing: without 村, 村委会, 社区 and blanks."""
    bare_name = squeezed(text)
    return _SUFFIX.sub("", bare_name) or bare_name


def named_rows(grid: Grid, table: Table, villages: Sequence[str]) -> tuple[int, dict[int, str]]:
    """The column in which the form has named the villages beforehand, and the rows by name; no rows when it has not.

    Rows whose name the record lacks are among them once any other row is known: the form wants them filled all the same.
    """
    known = {place_key(name) for name in villages}
    best: tuple[int, dict[int, str]] = (table.left, {})
    for column in range(table.left, min(table.left + 6, table.right + 1)):
        texts = {
            row: grid.own[row][column] for row in range(table.first, table.first + table.room) if grid.own[row][column]
        }
        names = {row: text for row, text in texts.items() if not is_total(text) and not squeezed(text).isdigit()}
        keys = [place_key(text) for text in names.values()]
        met = sum(key in known for key in keys)
        once = len(set(keys)) == len(keys)  # the same name in every row was printed there, it names none of them
        if (
            once
            and met
            and (met > 1 or met * 2 >= len(names))
            and met > sum(place_key(t) in known for t in best[1].values())
        ):
            best = (column, names)
    return best


def kind_of(paths: Mapping[int, tuple[str, ...]], named: Mapping[int, str], has_items: bool) -> FormKind:
    """What a row stands for. ``named``: rows named after villages; ``has_items``: rows below the header carry labels of their own."""
    if named:
        return FormKind.VILLAGE
    captions = [tuple(map(bare, path)) for path in paths.values()]
    last = [path[-1] for path in captions]
    whole = ["".join(path) for path in captions]
    head = any(_HEAD.search(text) for text in whole)
    names = any(_NAMED.match(text) for text in whole)
    if any(_PERSON.search(text) for text in whole) or (head and names):
        return FormKind.PERSON
    if head:
        return FormKind.HOUSEHOLD
    if has_items:
        return FormKind.FIGURES
    if names:
        return FormKind.PERSON if not any("人口" in text or "户" in text for text in last) else FormKind.HOUSEHOLD
    return FormKind.VILLAGE if place_column(paths) is not None else FormKind.TOWN


def place_column(paths: Mapping[int, tuple[str, ...]]) -> int | None:
    """The column a village's name belongs into."""
    return next((index for index, path in paths.items() if _PLACE.match(bare(path[-1]))), None)


def item_columns(paths: Mapping[int, tuple[str, ...]]) -> tuple[int, tuple[int, ...]] | None:
    """The column that names the items of a list of figures, and those their amounts go into; None when the header is no such list."""
    item = next((index for index, path in paths.items() if _ITEM.match(bare(path[-1]))), None)
    if item is None:
        return None
    amounts = tuple(i for i, path in paths.items() if i > item and _AMOUNT.search(bare(path[-1])))
    return (item, amounts) if amounts else None


def units_in(texts: Iterable[str]) -> str:
    """万元 or 元 when one of the texts says so, the larger unit first; "" otherwise."""
    words = [squeezed(text) for text in texts]
    if any("万元" in text for text in words):
        return "万元"
    return "元" if any(re.search("[（(:：、，]元|单位.*元", text) for text in words) else ""
