"""A frozen value as canonical text and back: the same value always gives the same text, so that its hash stands for it.

How each part is written follows from the types of the value's own dataclasses; a part that is added to them later is carried without new
code, and a text written before it was added still reads. Rows are lists, with the names of their columns once at the head.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from db.errors import Known
from db.rules.codes import Code

T = TypeVar("T")
Step = Callable[[Any], Any]
FORMAT = 1
_PLAIN = (str, int, bool)


def text_of(value: object) -> str:
    """The canonical text of a frozen dataclass; TypeError for a type that has no one way of being written (a float)."""
    kind = type(value)
    named = {row.__name__: list(_names(row)) for row in _rows_of(kind)}
    content = {"format": FORMAT, "rows": named, "value": _writer(kind)(value)}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def value_of(kind: type[T], text: str) -> T:
    """The value of a text that ``text_of`` made of a ``kind``. Known when a newer program wrote it."""
    content = json.loads(text)
    if content["format"] != FORMAT:
        raise _newer()
    found: T = _Reader(content["rows"]).of(kind)(content["value"])
    return found


def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind)


def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.init)


def _rows_of(kind: type[Any]) -> list[type[Any]]:
    """Every dataclass a value of this kind may hold, itself first, each once."""
    found: dict[type[Any], None] = {}
    waiting: list[Any] = [kind]
    while waiting:
        one = waiting.pop(0)
        if is_dataclass(one) and isinstance(one, type) and one not in found:
            found[one] = None
            waiting += [_hints(one)[name] for name in _names(one)]
        waiting += get_args(one)
    return list(found)


def _bare(hint: Any) -> tuple[Any, bool]:  # noqa: ANN401 - a type as annotations write it
    """A type without its None, and whether it had one."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    parts = [part for part in get_args(hint) if part is not NoneType]
    if len(parts) != 1:
        raise TypeError(f"{hint} may be several things")
    return parts[0], len(parts) < len(get_args(hint))


def _writer(hint: Any) -> Step:  # noqa: ANN401
    """How a value of this type is written; ``_same`` for what JSON writes as it is."""
    bare, optional = _bare(hint)
    step = _written(bare)
    if not optional or step is _same:
        return step
    return lambda value: None if value is None else step(value)


def _written(bare: Any) -> Step:  # noqa: ANN401
    if bare in _PLAIN:
        return _same
    if bare is Decimal:
        return str
    if bare in (date, datetime):
        return _isoformat
    if get_origin(bare) is tuple and get_args(bare)[1:] == (...,):
        item = _writer(get_args(bare)[0])
        return list if item is _same else lambda values: [item(value) for value in values]
    if isinstance(bare, type) and issubclass(bare, Code):
        return attrgetter("_value_")
    if isinstance(bare, type) and is_dataclass(bare):
        return _row_writer(bare)
    raise TypeError(f"{bare} has no canonical text")


def _row_writer(kind: type[Any]) -> Step:
    names = _names(kind)
    take: Step = attrgetter(*names)
    single = len(names) == 1
    steps = [(place, step) for place, name in enumerate(names) if (step := _writer(_hints(kind)[name])) is not _same]

    def write(value: object) -> list[Any]:
        row = [take(value)] if single else list(take(value))
        for place, step in steps:
            row[place] = step(row[place])
        return row

    return write


class _Reader:
    """Reads values by the columns the text names."""

    def __init__(self, rows: Mapping[str, list[str]]) -> None:
        self._rows = rows
        self._made: dict[Any, Step] = {}

    def of(self, hint: Any) -> Step:  # noqa: ANN401
        """How a value of this type is read."""
        bare, optional = _bare(hint)
        if bare not in self._made:
            self._made[bare] = self._read(bare)
        step = self._made[bare]
        if not optional or step is _same:
            return step
        return lambda said: None if said is None else step(said)

    def _read(self, bare: Any) -> Step:  # noqa: ANN401
        if bare in _PLAIN:
            return _same
        if bare is Decimal:
            return Decimal
        if bare in (date, datetime):
            return cache(bare.fromisoformat)
        if get_origin(bare) is tuple:
            item = self.of(get_args(bare)[0])
            return tuple if item is _same else lambda said: tuple([item(one) for one in said])
        if isinstance(bare, type) and issubclass(bare, Code):
            return _code_reader(bare)
        return self._row(bare)

    def _row(self, kind: type[Any]) -> Step:
        written, own = self._rows.get(kind.__name__, list(_names(kind))), {f.name: f for f in fields(kind)}
        missing = [name for name, f in own.items() if f.init and name not in written and _needed(f)]
        if missing or set(written) - own.keys():
            raise _newer()
        steps = [
            (place, step) for place, name in enumerate(written) if (step := self.of(_hints(kind)[name])) is not _same
        ]
        whole = tuple(written) == _names(kind)

        def read(said: list[Any]) -> object:
            row = said[:]
            for place, step in steps:
                row[place] = step(row[place])
            return kind(*row) if whole else kind(**dict(zip(written, row, strict=True)))

        return read


def _needed(part: Field[Any]) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _code_reader(table: type[Code]) -> Step:
    known = {row.value: row for row in table}

    def read(said: str) -> Code:
        if said not in known:
            raise _newer()
        return known[said]

    return read


def _newer() -> Known:
    return Known("封存的内容是较新的程序写的，本程序看不全。", "请先升级程序；封存的内容没有变化。")


def _isoformat(value: date) -> str:
    return value.isoformat()


def _same(value: T) -> T:
    return value
