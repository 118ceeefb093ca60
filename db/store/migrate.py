"""Running the migrations on one connection; the only place that imports Alembic, and only when it is needed.

A new record and an upgraded one go through the same revisions, so they cannot differ.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parents[1] / "migrations"


def run_migrations(connection: Connection, target: str = "head") -> None:
    """Bring the schema to ``target`` inside the caller's transaction; foreign keys must be off when tables are rebuilt."""
    from alembic import command  # a third of a second that a normal start must not pay

    command.upgrade(_config(connection), target)


def rows_may_change(connection: Connection, since: str) -> set[str]:
    """Tables whose number of rows a revision after ``since`` changes, by its own ``rows_may_change``."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory.from_config(_config(connection))
    later = scripts.iterate_revisions("heads", since)
    return {table for revision in later for table in getattr(revision.module, "rows_may_change", ())}


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
