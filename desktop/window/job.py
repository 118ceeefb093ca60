"""What stands in the navigation: the clerk's jobs, declared as data by whoever puts the window together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Job:
    """``key`` names the page, ``title`` is read, ``icon`` is a drawing known to `desktop.window.icons`; a hairline stands between jobs
    of different ``group``."""

    key: str
    title: str
    icon: str = ""
    group: int = 0
