"""Turns the declared tables into the literal DDL of a revision.

``python -m db.store.ddl`` prints what revision 0001 would say if it were written today. That revision is frozen; what the output has
beyond it is what the next revision must add, written by hand.
"""

from __future__ import annotations

import sys

from sqlalchemy import MetaData
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.schema.base import load_all, triggers_of

_HEAD = '''"""The first schema of the record."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
'''
_FOOT = ''')


def upgrade() -> None:
    """Create every table, index and trigger."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
'''


def statements(metadata: MetaData) -> list[str]:
    """CREATE TABLE, CREATE INDEX and CREATE TRIGGER texts of ``metadata``, in an order that can be run."""
    dialect = sqlite.dialect()
    made: list[str] = []
    for table in metadata.sorted_tables:
        made.append(_tidy(str(CreateTable(table).compile(dialect=dialect))))
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        made += (_tidy(str(CreateIndex(index).compile(dialect=dialect))) for index in indexes)
    triggers = (trigger.sql for table in metadata.sorted_tables for trigger in triggers_of(table))
    return [*made, *triggers]


def revision_text(metadata: MetaData) -> str:
    """The whole text of revision 0001."""
    return _HEAD + "".join(f'    """{statement}""",\n' for statement in statements(metadata)) + _FOOT


def _tidy(sql: str) -> str:
    return "\n".join(line.rstrip().replace("\t", "    ") for line in sql.strip().splitlines())


if __name__ == "__main__":
    sys.stdout.write(revision_text(load_all()))
