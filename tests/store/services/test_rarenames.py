"""People whose names a computer cannot print: its fonts are asked once for all characters, the hits lead to the member."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import event, update

from db.schema.household import MemberRow
from db.services.cases import applications
from db.services.health import rarenames
from db.services.health.health import Spot
from tests.helpers import town
from tests.store.services.conftest import Desk

RARE, OTHER, OWN = "\U0002a6a5", "\U00020bb7", "\ue863"


def _home(desk: Desk, serial: int, village: str, names: dict[int, str]) -> int:
    home = town.household(serial, village=village, group="第一组")
    members = tuple(replace(m, name=names.get(n, m.name)) for n, m in enumerate(home.members))
    filed = desk.do(applications.file, replace(home, members=members, head_name=members[0].name))
    return int(filed.household_id)


def test_the_fonts_are_asked_once_and_everybody_concerned_is_found(desk: Desk) -> None:
    second = _home(desk, 2, "小拔村", {1: f"张{OTHER}"})
    first = _home(desk, 1, "华南村", {0: f"陈{RARE}明", 1: f"李{RARE}{OTHER}"})
    _home(desk, 3, "华南村", {0: f"张{OWN}"})
    asked: list[str] = []

    def lacking(signs: str) -> str:
        asked.append(signs)
        return RARE

    hits = desk.see(rarenames.find, lacking)
    assert [(hit.household_id, hit.who, hit.spot) for hit in hits] == [
        (first, f"陈{RARE}明", Spot(first, "name", 0)),
        (first, f"李{RARE}{OTHER}", Spot(first, "name", 1)),
    ]
    assert "的第 2 个字（U+2A6A5）" in hits[0].text
    assert (hits[0].village, hits[0].head_name, hits[0].kind) == ("华南村", f"陈{RARE}明", "I")
    assert len(asked) == 1
    assert OWN not in asked[0]
    assert len(set(asked[0])) == len(asked[0])
    both = desk.see(rarenames.find, lambda signs: RARE + OTHER)
    assert [hit.household_id for hit in both] == [first, first, second]
    assert "第 2 个字（U+2A6A5）、第 3 个字（U+20BB7）" in both[1].text


def test_who_no_longer_lives_there_is_not_named_and_moves_nobodys_place(desk: Desk) -> None:
    home = _home(desk, 1, "华南村", {0: f"陈{RARE}明", 1: f"李{RARE}"})
    with desk.record.write() as unit:
        where = (MemberRow.household_id == home) & (MemberRow.position == 0)
        unit.session.execute(update(MemberRow).where(where).values(live=False))
    hits = desk.see(rarenames.find, lambda signs: RARE)
    assert [(hit.who, hit.spot.member) for hit in hits] == [(f"李{RARE}", 0)]


def test_nothing_more_is_read_where_every_character_is_there(desk: Desk) -> None:
    _home(desk, 1, "华南村", {0: f"陈{RARE}明"})
    with desk.record.read() as unit:
        seen: list[str] = []
        bind = unit.session.get_bind()
        event.listen(bind, "before_cursor_execute", lambda *args: seen.append(args[2]))
        assert rarenames.find(unit, lambda signs: "") == ()
        assert len(seen) == 1
