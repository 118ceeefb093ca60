"""The table the bench ends with: what was measured, the floor, their ratio, the target and whether it was met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tests.speed.timing import Times

MET, MISSED, NOTED = "met", "missed", "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. ``target`` is the largest ratio to the floor that will do, ``limit`` the most seconds; None where nobody set one.

    ``memory`` is the peak of a process that does nothing else, ours and the floor's, in MB.
    """

    name: str
    ours: Times
    floor: Times | None = None
    target: float | None = None
    limit: float | None = None
    memory: tuple[float, float] | None = None

    @property
    def ratio(self) -> float | None:
        """Median by median; None without a floor."""
        return None if self.floor is None else self.ours.median / self.floor.median

    @property
    def best_ratio(self) -> float | None:
        """Fastest run by fastest run."""
        return None if self.floor is None else self.ours.best / self.floor.best

    @property
    def excess(self) -> float | None:
        """Seconds by which the median is beyond target or limit, at most 0 when it is not; None when nobody set one."""
        allowed = [] if self.limit is None else [self.limit]
        if self.floor is not None and self.target is not None:
            allowed.append(self.floor.median * self.target)
        return self.ours.median - min(allowed) if allowed else None

    @property
    def verdict(self) -> str:
        """Whether the median kept target and limit; ``-`` for what is shown for information only."""
        if self.excess is None:
            return NOTED
        return MET if self.excess <= 0 else f"{MISSED} by {span(self.excess)}"


HEAD = ("", "ours min", "median", "floor min", "median", "ratio min", "median", "target", "peak MB", "verdict")


def render(rows: Sequence[Row]) -> str:
    """The rows as lines of text, columns lined up."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(HEAD))]
    return "\n".join(_line(line, widths) for line in cells)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = zip(cells, widths, strict=True)
    return "  ".join((first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others))).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    floor = ("", "") if row.floor is None else (span(row.floor.best), span(row.floor.median))
    ratios = tuple("" if ratio is None else f"{ratio:.2f}" for ratio in (row.best_ratio, row.ratio))
    memory = "" if row.memory is None else " / ".join(f"{mb:.0f}" for mb in row.memory)
    return (row.name, span(row.ours.best), span(row.ours.median), *floor, *ratios, _target(row), memory, row.verdict)


def _target(row: Row) -> str:
    asked: Iterable[str | None] = (
        None if row.target is None else f"<= {row.target:g}x",
        None if row.limit is None else f"<= {span(row.limit)}",
    )
    return ", ".join(filter(None, asked))


def span(length: float) -> str:
    """A length of time as people read it: 0.43 ms, 12.5 ms, 1.53 s."""
    if length >= 1:
        return f"{length:.2f} s"
    return f"{length * 1000:.2f} ms" if length < 0.01 else f"{length * 1000:.1f} ms"
