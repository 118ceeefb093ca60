"""Who plays in the tour. All of them are invented, as are the telephone numbers and the passwords."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who logs in."""

    name: str
    password: str


CLERK = Player("古某海", "qing-shan-2016-lv-shui")
REVIEWER = Player("曾某慧", "feng-tiao-1949-yu-shun")
TEAM_LEADER = "周某坤"
OFFICE_PHONE = "0700-4400002"
COUNTY_PHONE = "0700-4400003"
VILLAGE_PHONE = "0700-44001{:02d}"
