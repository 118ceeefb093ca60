"""What somebody with the key and a database program changed behind the program's back is named, triggers put back or not."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text
from sqlcipher3 import dbapi2

from db.rules.codes import Role
from db.schema.base import expected_triggers, load_all
from db.services.health import audit
from db.services.notices import objections
from db.services.notices.objections import Objection
from db.services.register import households, snapshots
from db.store.check import check
from db.store.engine import SETTINGS, connect
from db.store.record import NewPerson
from db.store.seal import COLUMNS, WIDENED, Sealed
from tests.helpers import town
from tests.helpers.record import START, vouch
from tests.helpers.replay import once
from tests.helpers.steps import announced, hung
from tests.store.services.conftest import Desk

EVENT = (
    "INSERT INTO event SELECT max(id) + 1, case_id, kind, acted_on, entered_at, actor_id, approver_id, batch_id, bulk, "
    "undoes, facts FROM event"
)


def behind(desk: Desk, *statements: str, guarded: bool = False) -> None:
    """Do it with a bare connection; without ``guarded`` the triggers are dropped before and put back after."""
    triggers = {} if guarded else expected_triggers(load_all().sorted_tables)
    raw = connect(desk.record.path, desk.record.key)
    try:
        for name in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            raw.execute(statement)
        for sql in triggers.values():
            raw.execute(sql)
    finally:
        raw.close()


@once
def objected(desk: Desk) -> None:
    """Two households on a notice, an objection against the first."""
    one, _ = hung(desk, 1, 2)
    desk.do(objections.register, Objection(one, START.date(), "何某", "来访", "有小汽车"))


def test_every_table_that_only_grows_is_sealed_with_all_its_columns() -> None:
    tables = load_all().tables
    grown = {name for name, table in tables.items() if table.info.get("append_only") and "id" in table.columns}
    assert {t.value for t in Sealed} == grown - {"record_info"} | {"account"}
    for sealed in Sealed:
        if sealed is not Sealed.ACCOUNT:
            named = COLUMNS[sealed] + "".join(WIDENED.get(sealed, ()))
            assert named.split(", ") == [c.name for c in tables[sealed.value].columns]


def test_a_record_nobody_touched_is_sound(desk: Desk) -> None:
    announced(desk, desk.clock, 1, 2)
    desk.record.add_person(NewPerson("邓小华", Role.REVIEWER, "third pass-7"), vouch(desk.record))
    assert desk.see(audit.faults) == ()
    assert check(desk.record) == []


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        ("UPDATE event SET acted_on = '2016-05-01' WHERE kind = 'appraised'", "办理记录第"),
        ("UPDATE event SET actor_id = 3 WHERE kind = 'filed'", "办理记录第"),
        ("DELETE FROM event WHERE kind = 'objected'", "办理记录第"),
        ("UPDATE batch SET facts = replace(facts, '\"days\": 7', '\"days\": 1')", "文件第"),
        ("UPDATE batch_event SET acted_on = '2016-05-20' WHERE act = 'posted'", "文件的张贴和变动第"),
        ("UPDATE town_option SET value = '1' WHERE key = 'notice_days'", "办理方式第"),
        ("UPDATE threshold SET amount = 900000", "年度标准第"),
        ("UPDATE household_version SET content = '{}' WHERE id = 1", "农户的历次登记第"),
        ("UPDATE case_file SET household_id = 2 WHERE id = 1", "申请第"),
        ("UPDATE account SET role = 'reviewer' WHERE id = 1", "人员第"),
        ("DELETE FROM account WHERE id = 3", "人员第"),
        ("UPDATE case_state SET status = 'registered' WHERE case_id = 1", "进度与办理记录不符"),
        ("UPDATE case_state SET card_number = '华南-2016-0001' WHERE case_id = 1", "进度与办理记录不符"),
        ("UPDATE gate SET decide_from = '2016-05-26'", "期限与张贴记录不符"),
        ("UPDATE household SET attribute = '06' WHERE id = 1", "资料与最后一次保存的不同"),
        ("UPDATE income SET wages = 1 WHERE household_id = 1", "资料与最后一次保存的不同"),
        ("UPDATE household SET cause_note = '改过' WHERE id = 1", "资料与最后一次保存的不同"),
        ("UPDATE household SET live = 0 WHERE id = 1", "户没有销户，却不在名单上"),
        ("UPDATE batch SET ladder = 'removal'", "文件第"),
        ("UPDATE household_version SET effective_on = '2016-01-01'", "农户的历次登记第"),
        ("UPDATE member SET id_number = '' WHERE id = 2", "资料与最后一次保存的不同"),
        (
            "INSERT INTO living (household_id, public_pay, road) VALUES (1, '', '99')",
            "华南村 李某明户的“入户路类型”写着代码“99”",
        ),
        ("UPDATE household SET attribute = '99' WHERE id = 1", "“贫困户属性”写着代码“99”"),
        ("UPDATE member SET health = '99' WHERE id = 2", "写着代码“99”，代码表里没有这一项"),
        ("UPDATE case_state SET status = '99' WHERE case_id = 1", "申请进度第 1 条写着代码“99”"),
        ("UPDATE event SET kind = '99' WHERE kind = 'objected'", "办理记录第"),
        ("UPDATE batch SET kind = '99'", "文件第 1 条写着代码“99”"),
        (f"INSERT INTO thumbnail VALUES ('{'ab' * 32}', x'ffd8')", "缩略图 abababab 没有原件"),
        (EVENT, "不是本程序写入的"),
    ],
)
def test_a_change_behind_the_program_is_named(desk: Desk, attack: str, told: str) -> None:
    objected(desk)
    behind(desk, attack)
    assert any(told in fault for fault in desk.see(audit.faults)), desk.see(audit.faults)
    assert desk.record.verify_chain() == []


def test_a_household_that_cannot_be_read_hides_no_change_of_another(desk: Desk) -> None:
    hung(desk, 1, 2)
    behind(
        desk,
        "UPDATE household SET attribute = '99' WHERE id = 1",
        "UPDATE household SET cause_note = '改过' WHERE id = 2",
    )
    told = desk.see(audit.faults)
    assert len(told) == 2
    assert "写着代码“99”" in told[0]
    assert "资料与最后一次保存的不同" in told[1]


def test_other_words_and_blanks_written_down_are_no_fault(desk: Desk) -> None:
    """The first program wrote every box into a version, filled or not, and the record's numbers as nothing."""
    hung(desk, 1)
    with desk.record.read() as unit:
        content = unit.session.scalar(text("SELECT content FROM household_version"))
    assert content is not None
    said = json.loads(content)
    older = {**said, "id": None, "version": 0, "remark": "", "members": [{**m, "id": None} for m in said["members"]]}
    assert older != said
    assert audit._filled(older) == audit._filled(said)
    assert audit._filled({**older, "remark": "改过"}) != audit._filled(said)
    behind(desk, "UPDATE case_state SET why = '公示进行中'")
    assert desk.see(audit.faults) == ()


def test_a_forged_event_is_not_covered_by_work_done_after_it(desk: Desk) -> None:
    hung(desk, 1)
    behind(desk, EVENT)
    hung(desk, 2)
    assert any("办理记录第" in fault and "不是本程序写入的" in fault for fault in desk.see(audit.faults))


@pytest.mark.parametrize("settings", [True, False])
@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE account SET role = 'reviewer' WHERE id = 1",
        "UPDATE case_file SET household_id = 2 WHERE id = 1",
        "DELETE FROM event WHERE id = 1",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE id = 2",
        "INSERT OR REPLACE INTO batch_event SELECT * FROM batch_event WHERE id = 2",
        "INSERT OR REPLACE INTO household_version SELECT 99, household_id, version, at, actor_id, '{}', NULL FROM household_version"
        " WHERE id = 1",
        "INSERT OR REPLACE INTO trail SELECT (SELECT max(seq) + 1 FROM trail), at, mono_ok, actor_id, actor_name, role, pc,"
        " app_version, action, entity, entity_id, reason, payload, (SELECT hash FROM trail ORDER BY seq DESC LIMIT 1), hash"
        " FROM trail WHERE seq = 3",
    ],
)
def test_with_the_guards_in_place_nothing_is_replaced(desk: Desk, attack: str, settings: bool) -> None:
    hung(desk, 1, 2)
    with pytest.raises(dbapi2.IntegrityError, match=r"append-only|keeps its person"):
        behind(desk, *(SETTINGS if settings else ()), attack, guarded=True)


def test_every_version_of_a_household_is_read_back_as_it_was_saved(desk: Desk) -> None:
    home = town.household(1, group="1组")
    (household_id,) = desk.do(households.insert_many, [home])
    desk.do(lambda unit: unit.trail("录入"))
    with desk.record.read() as unit:
        (content,) = unit.session.scalars(text("SELECT content FROM household_version"))
        kept = households.get(unit, household_id)
    said = json.loads(content)
    assert said == json.loads(snapshots.snapshot(kept))
    assert (said["group"], said["income"]["wages"], said["size_stated"]) == ("第一组", "6000.00", 2)
