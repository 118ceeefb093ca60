"""Attacks on the trail by somebody who has the key and a database program: each is named."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from db.errors import Refused
from db.store.chain import COLUMNS, Head, digest
from db.store.engine import SETTINGS, connect
from db.store.record import Record
from tests.helpers.record import MakeRecord, reopen

DROP = ("trail_no_update", "trail_no_delete", "trail_no_replace", "trail_next_link")


def attacked(record: Record, statements: Iterable[str], *, settings: bool = False) -> list[str]:
    """Close the record, do it with a bare connection, open it again and say what is found."""
    for number in range(5):
        with record.write() as unit:
            unit.trail("act", entity_id=number)
    record.close()
    raw = connect(record.path, record.key)
    for statement in (*(SETTINGS if settings else ()), *statements):
        raw.execute(statement)
    raw.close()
    with reopen(record.path) as again:
        return again.verify_chain()


def without_triggers(*statements: str) -> list[str]:
    """The statements between dropping the guards and putting them back as they were."""
    return [*(f"DROP TRIGGER {name}" for name in DROP), *statements]


def test_a_sound_chain_has_no_findings(record: Record) -> None:
    assert attacked(record, ()) == []


def test_a_changed_line_is_named(record: Record) -> None:
    found = attacked(record, without_triggers("UPDATE trail SET reason = '改过' WHERE seq = 5"))
    assert "留痕第5条内容被改。" in found
    assert sum("内容被改" in text for text in found) == 1


def test_a_line_changed_with_a_new_hash_breaks_the_next(record: Record) -> None:
    found = attacked(record, without_triggers("UPDATE trail SET hash = printf('%064d', 7) WHERE seq = 5"))
    assert "留痕第5条内容被改。" in found
    assert any("第6条接不上前一条" in text for text in found)


def test_a_line_cut_out_is_named(record: Record) -> None:
    found = attacked(record, without_triggers("DELETE FROM trail WHERE seq IN (5, 6)"))
    assert "留痕第7条之前中间缺失：前一条是第4条。" in found


def test_lines_cut_out_and_renumbered_are_named(record: Record) -> None:
    found = attacked(
        record, without_triggers("DELETE FROM trail WHERE seq = 5", "UPDATE trail SET seq = seq - 1 WHERE seq > 5")
    )
    assert any("第5条接不上前一条" in text for text in found)


def test_every_dropped_trigger_is_named(record: Record) -> None:
    found = attacked(record, without_triggers())
    assert found == [f"触发器缺失或被改：{name}。" for name in sorted(DROP)]


def test_a_trigger_put_back_weaker_is_named(record: Record) -> None:
    weaker = "CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail WHEN 0 BEGIN SELECT RAISE(ABORT, ''); END"
    found = attacked(record, ("DROP TRIGGER trail_no_delete", weaker))
    assert found == ["触发器缺失或被改：trail_no_delete。"]


def test_a_tail_cut_off_shows_against_the_anchor(make_record: MakeRecord, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    anchors = tmp_path / "elsewhere" / "anchors.json"
    record = make_record(folder, anchors=anchors)
    with record.write() as unit:
        unit.trail("act")
    record.close()
    raw = connect(record.path, record.key)
    raw.execute("DROP TRIGGER trail_no_delete")
    raw.execute("DELETE FROM trail WHERE seq >= 3")
    raw.close()
    with reopen(record.path, anchors=anchors) as again:
        assert len(again.warnings) == 1
        assert "第4条" in again.warnings[0]
        assert "留痕尾部缺失：上次使用时到第4条，现在只到第3条。" in again.verify_chain()


@pytest.mark.parametrize("settings", [True, False])
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE trail SET reason = '改过' WHERE seq = 3",
        "DELETE FROM trail WHERE seq = 3",
        "INSERT OR REPLACE INTO trail SELECT seq, at, mono_ok, actor_id, actor_name, role, pc, app_version, 'x', entity,"
        " entity_id, reason, payload, prev, 'x' FROM trail WHERE seq = 3",
        "INSERT INTO trail SELECT seq + 90, at, mono_ok, actor_id, actor_name, role, pc, app_version, action, entity,"
        " entity_id, reason, payload, hash, 'x' FROM trail WHERE seq = 8",
        "INSERT INTO trail SELECT 9, at, mono_ok, actor_id, actor_name, role, pc, app_version, action, entity,"
        " entity_id, reason, payload, 'not the last', 'x' FROM trail WHERE seq = 8",
    ],
)
def test_with_the_guards_in_place_nothing_goes_through(record: Record, attack: str, settings: bool) -> None:
    with pytest.raises(dbapi2.IntegrityError, match=r"append-only|not the next link"):
        attacked(record, (attack,), settings=settings)


def test_the_chain_cannot_be_moved_to_another_record(record: Record, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    found = attacked(record, without_triggers("UPDATE trail SET prev = printf('%096d', 0) WHERE seq = 1"))
    assert any("第1条接不上前一条" in text for text in found)


def test_the_line_says_who_when_where(record: Record) -> None:
    with record.write() as unit:
        unit.trail("act", entity="case", entity_id=12, reason="试", rows=3, fields="name,phone")
    with record.read() as unit:
        row = unit.session.execute(text("SELECT * FROM trail ORDER BY seq DESC LIMIT 1")).mappings().one()
    assert row["at"] == "2016-05-25T08:30:00.000000+08:00"
    assert (row["mono_ok"], row["actor_id"], row["actor_name"], row["role"]) == (1, 1, "钟小明", "clerk")
    assert (row["action"], row["entity"], row["entity_id"], row["reason"]) == ("act", "case", 12, "试")
    assert row["payload"] == '{"fields":"name,phone","rows":3}'
    assert row["pc"]
    assert row["app_version"] == "0.1.0"


@pytest.mark.parametrize(
    "personal", ["441401198001011239", "44140119800101123X", "441401800101123", "13800138000", "6222020012345678901"]
)
def test_no_personal_number_gets_into_the_trail(record: Record, personal: str) -> None:
    with record.write() as unit:
        unit.trail("act", file=f"名单{personal}.xlsx")
    with record.read() as unit:
        payload = unit.session.scalar(text("SELECT payload FROM trail ORDER BY seq DESC LIMIT 1"))
    assert payload == '{"file":"名单〔号码〕.xlsx"}'
    with pytest.raises(Refused, match="身份证号"), record.write() as unit:
        unit.trail("act", reason=f"户主{personal}写错")
    assert record.head().seq == 4


def test_hashes_document_numbers_and_counts_do(record: Record) -> None:
    with record.write() as unit:
        unit.trail("act", sha256="1" * 40 + "a" * 24, document="粤发〔2016〕13号", fen=13800138000)
    with record.read() as unit:
        payload = unit.session.scalar(text("SELECT payload FROM trail ORDER BY seq DESC LIMIT 1"))
    assert payload is not None
    assert "1" * 40 + "a" * 24 in payload
    assert "13800138000" in payload


def keep_and_fail(record: Record) -> None:
    with record.write() as unit:
        unit.connection.exec_driver_sql("INSERT INTO draft VALUES ('k', 'c', 'x', 1)")
        unit.trail("act", reason="13800138000")


def test_when_the_trail_fails_the_act_fails(record: Record) -> None:
    with pytest.raises(Refused, match="身份证号"):
        keep_and_fail(record)
    with record.read() as unit:
        assert unit.session.scalar(text("SELECT count(*) FROM draft")) == 0


def test_the_hash_is_over_canonical_json() -> None:
    link = (
        7,
        "2016-05-25",
        1,
        2,
        '钟"小\\明\n',
        "clerk",
        "pc",
        "0.1.0",
        "act",
        "",
        None,
        "理由𠮷\x00",
        '{"a":1}',
        "0" * 64,
    )
    values = {name: "" if value is None else str(value) for name, value in zip(COLUMNS[:-1], link, strict=True)}
    canonical = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert digest(link) == hashlib.sha256(canonical.encode()).hexdigest()


def test_the_head_is_printed_short() -> None:
    assert Head(1, "7f3a91c204de" + "0" * 52).short == "7F3A-91C2-04DE"
