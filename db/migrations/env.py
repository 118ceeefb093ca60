"""Runs the revisions on the connection handed in; the caller owns the transaction and the file."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=False)
context.run_migrations()
connection.exec_driver_sql(f"PRAGMA user_version={int(context.get_context().get_current_revision() or 0)}")
