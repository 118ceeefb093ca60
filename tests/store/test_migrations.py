"""What the migrations make is what the tables declare; upgrading works on a copy and keeps every row."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from db.errors import Known
from db.schema.base import expected_triggers, load_all
from db.store.backup import backups
from db.store.clock import FixedClock
from db.store.ddl import statements
from db.store.keyring import WrongPassword, by_code, by_password
from db.store.migrate import SCRIPTS
from db.store.opening import NeedsUpgrade
from db.store.record import Record
from db.store.revision import HEAD
from db.store.upgrade import upgrade
from tests.helpers.record import CHEAP, CLERK, START, Template, copy_pair, reopen

UNLOCK = by_password(CLERK.name, CLERK.password)
AFTER = f"{int(HEAD) + 1:04}"
NEXT = """
from alembic import op

revision = "{after}"
down_revision = "{head}"
{promise}

def upgrade():
    run = op.get_bind().exec_driver_sql
    triggers = run("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'account'").scalars().all()
    run("CREATE TABLE account_new (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR NOT NULL UNIQUE, role VARCHAR NOT NULL,"
        " active BOOLEAN NOT NULL, since VARCHAR(32) NOT NULL, until VARCHAR(32), note VARCHAR)")
    run("INSERT INTO account_new SELECT id, name, role, active, since, until, NULL FROM account")
    run("DROP TABLE account")
    run("ALTER TABLE account_new RENAME TO account")
    for sql in triggers:
        run(sql)
    {more}
"""


def test_the_newest_revision_is_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_new_record_has_the_declared_tables_and_triggers(record: Record) -> None:
    metadata = load_all()
    with record.read() as unit:
        context = MigrationContext.configure(unit.connection)
        assert compare_metadata(context, metadata) == []
        rows = unit.connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
        assert {row[0]: row[1] for row in rows} == expected_triggers(metadata.sorted_tables)


def test_a_new_record_has_every_constraint_word_for_word(record: Record) -> None:
    """Autogenerate looks past CHECK constraints and partial indexes, so the texts are compared as well."""
    listing = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name <> 'alembic_version'"
    engine = create_engine("sqlite://")
    with engine.connect() as plain:
        for statement in statements(load_all()):
            plain.exec_driver_sql(statement)
        declared = {row.name: clauses(row.sql) for row in plain.exec_driver_sql(listing)}
    engine.dispose()
    with record.read() as unit:
        assert {row.name: clauses(row.sql) for row in unit.connection.exec_driver_sql(listing)} == declared


def clauses(sql: str) -> tuple[str, frozenset[str]]:
    """What a CREATE text says, whatever the order: a column added later stands behind the constraints."""
    head, _, body = sql.partition("(")
    depth, pieces = 0, [""]
    for letter in body.rpartition(")")[0]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            pieces.append("")
        else:
            pieces[-1] += letter
    tail = body.rpartition(")")[2]
    return head.strip() + tail, frozenset(" ".join(piece.split()) for piece in pieces)


def test_migrations_import_nothing_of_the_program() -> None:
    for path in SCRIPTS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in {"db", "desktop"}], path.name


@pytest.fixture
def path(template_record: Template, tmp_path: Path) -> Path:
    return copy_pair(template_record.path, tmp_path / "town.huk")


def with_next(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, promise: str = "", more: str = "") -> None:
    """Let the program know of one more revision, which rebuilds a table others refer to."""
    scripts = tmp_path / "scripts"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / f"{AFTER}_next.py").write_text(
        NEXT.format(promise=promise, more=more, head=HEAD, after=AFTER), encoding="utf-8"
    )
    monkeypatch.setattr("db.store.migrate.SCRIPTS", scripts)
    for module in ("opening", "upgrade"):
        monkeypatch.setattr(f"db.store.{module}.HEAD", AFTER)


def test_an_older_record_is_upgraded_with_a_backup_and_no_row_lost(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with reopen(path) as record, record.write() as unit:
        unit.connection.exec_driver_sql("INSERT INTO draft VALUES ('form', 'typed', '2016-05-25', 1)")
    with_next(monkeypatch, tmp_path)
    with pytest.raises(NeedsUpgrade):
        reopen(path)
    made = upgrade(path, UNLOCK, clock=FixedClock(START), cost=CHEAP)
    assert made == backups(tmp_path / "backups", "town")[0]
    with reopen(path) as record:
        with record.read() as unit:
            assert unit.session.execute(text("SELECT name, note FROM account WHERE id = 1")).one() == (CLERK.name, None)
            assert unit.session.execute(text("SELECT content FROM draft")).scalar_one() == "typed"
            act = unit.session.execute(
                text("SELECT actor_id, payload FROM trail WHERE action = 'record.upgrade'")
            ).one()
        assert act == (1, f'{{"from":{int(HEAD)},"to":{int(AFTER)}}}')
        assert record.verify_chain() == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backups", "scripts", "town.huk", "town.huk.keys"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('run("DELETE FROM account WHERE id = 3")', "行数不符"),
        ('run("INSERT INTO draft VALUES (1, 2, 3, 99)"); run("DELETE FROM draft WHERE 0")', "行数不符"),
        ('run("UPDATE draft SET actor_id = 99")', "断开的关联"),
    ],
)
def test_an_upgrade_that_breaks_its_promise_leaves_the_old_record(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: str, said: str
) -> None:
    with reopen(path) as record, record.write() as unit:
        unit.connection.exec_driver_sql("INSERT INTO draft VALUES ('form', 'typed', '2016-05-25', 1)")
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        with_next(patch, tmp_path, more=more)
        with pytest.raises(Known, match=said):
            upgrade(path, UNLOCK, clock=FixedClock(START), cost=CHEAP)
    assert path.read_bytes() == before
    reopen(path).close()


def test_a_revision_that_fails_leaves_the_old_record(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = path.read_bytes()
    with monkeypatch.context() as patch:
        with_next(patch, tmp_path, more="1 / 0")
        with pytest.raises(ZeroDivisionError):
            upgrade(path, UNLOCK, clock=FixedClock(START), cost=CHEAP)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["backups", "scripts", "town.huk", "town.huk.keys"]
    reopen(path).close()


def test_a_promised_change_of_rows_is_allowed(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_next(monkeypatch, tmp_path, 'rows_may_change = ("account",)', 'run("DELETE FROM account WHERE id = 3")')
    upgrade(path, UNLOCK, clock=FixedClock(START), cost=CHEAP)
    with reopen(path) as record:
        assert len(record.people()) == 2


def test_a_record_of_this_revision_is_left_alone(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    assert upgrade(path, UNLOCK, clock=FixedClock(START), cost=CHEAP) is None
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_upgrading_needs_a_person(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, template_record: Template
) -> None:
    with_next(monkeypatch, tmp_path)
    before = path.read_bytes()
    with pytest.raises(WrongPassword):
        upgrade(path, by_password(CLERK.name, "wrong"), clock=FixedClock(START), cost=CHEAP)
    with pytest.raises(WrongPassword):
        upgrade(path, by_code(template_record.code), clock=FixedClock(START), cost=CHEAP)
    assert path.read_bytes() == before
