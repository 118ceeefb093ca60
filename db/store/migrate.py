"""Running the migrations on one connection; the only place that imports Alembic, and only when it is needed.

A new record and an upgraded one go through the same revisions, so they cannot differ.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

SCRIPTS = Path(__file__).parents[1] / "migrations"


def run_migrations(connection: Connection, target: str = "head") -> None:
    """Bring the schema to ``target`` inside the caller's transaction; foreign keys must be off when tables are rebuilt."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, target)
