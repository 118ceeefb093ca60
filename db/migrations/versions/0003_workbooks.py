"""Workbooks both ways: remembered layouts, files taken in and undone, sheets sent out, cross-checks, closed months, questions."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """CREATE TABLE cross_list (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    office VARCHAR NOT NULL,
    dated VARCHAR(10) NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    rows INTEGER NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_cross_list PRIMARY KEY (id),
    CONSTRAINT fk_cross_list_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE TABLE import_run (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    counts VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_import_run PRIMARY KEY (id),
    CONSTRAINT fk_import_run_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE INDEX ix_import_run_sha256 ON import_run (sha256)""",
    """CREATE TABLE month_close (
    id INTEGER NOT NULL,
    year INTEGER NOT NULL,
    month INTEGER NOT NULL,
    number VARCHAR NOT NULL,
    households INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    payload TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    CONSTRAINT pk_month_close PRIMARY KEY (id),
    CONSTRAINT uq_month_close_number UNIQUE (number),
    CONSTRAINT fk_month_close_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
    CONSTRAINT fk_month_close_second_id FOREIGN KEY(second_id) REFERENCES account (id)
)""",
    """CREATE INDEX ix_month_close_month ON month_close (year, month)""",
    """CREATE TABLE question (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    content TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    until VARCHAR(32),
    CONSTRAINT pk_question PRIMARY KEY (id),
    CONSTRAINT fk_question_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE TABLE sent_sheet (
    id INTEGER NOT NULL,
    token VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    village_id INTEGER,
    columns VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_sent_sheet PRIMARY KEY (id),
    CONSTRAINT uq_sent_sheet_token UNIQUE (token),
    CONSTRAINT fk_sent_sheet_village_id FOREIGN KEY(village_id) REFERENCES village (id),
    CONSTRAINT fk_sent_sheet_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE TABLE sheet_memory (
    id INTEGER NOT NULL,
    purpose VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    answers TEXT NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_sheet_memory PRIMARY KEY (id),
    CONSTRAINT uq_sheet_memory_purpose_fingerprint UNIQUE (purpose, fingerprint),
    CONSTRAINT fk_sheet_memory_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE TABLE import_undo (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_import_undo PRIMARY KEY (id),
    CONSTRAINT uq_import_undo_run_id UNIQUE (run_id),
    CONSTRAINT fk_import_undo_run_id FOREIGN KEY(run_id) REFERENCES import_run (id),
    CONSTRAINT fk_import_undo_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE TABLE month_unlock (
    id INTEGER NOT NULL,
    close_id INTEGER NOT NULL,
    reason VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    second_id INTEGER NOT NULL,
    CONSTRAINT pk_month_unlock PRIMARY KEY (id),
    CONSTRAINT uq_month_unlock_close_id UNIQUE (close_id),
    CONSTRAINT fk_month_unlock_close_id FOREIGN KEY(close_id) REFERENCES month_close (id),
    CONSTRAINT fk_month_unlock_actor_id FOREIGN KEY(actor_id) REFERENCES account (id),
    CONSTRAINT fk_month_unlock_second_id FOREIGN KEY(second_id) REFERENCES account (id)
)""",
    """CREATE TABLE sent_return (
    id INTEGER NOT NULL,
    sent_id INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    counts VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_sent_return PRIMARY KEY (id),
    CONSTRAINT fk_sent_return_sent_id FOREIGN KEY(sent_id) REFERENCES sent_sheet (id),
    CONSTRAINT fk_sent_return_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE INDEX ix_sent_return_sent ON sent_return (sent_id, id)""",
    """CREATE TABLE cross_hit (
    id INTEGER NOT NULL,
    list_id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    person VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    "match" VARCHAR NOT NULL,
    place VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    CONSTRAINT pk_cross_hit PRIMARY KEY (id),
    CONSTRAINT fk_cross_hit_list_id FOREIGN KEY(list_id) REFERENCES cross_list (id),
    CONSTRAINT fk_cross_hit_household_id FOREIGN KEY(household_id) REFERENCES household (id)
)""",
    """CREATE INDEX ix_cross_hit_household ON cross_hit (household_id)""",
    """CREATE INDEX ix_cross_hit_list ON cross_hit (list_id)""",
    """CREATE TABLE import_row (
    id INTEGER NOT NULL,
    run_id INTEGER NOT NULL,
    household_id INTEGER NOT NULL,
    "before" INTEGER NOT NULL,
    "after" INTEGER NOT NULL,
    CONSTRAINT pk_import_row PRIMARY KEY (id),
    CONSTRAINT uq_import_row_run_id_household_id UNIQUE (run_id, household_id),
    CONSTRAINT fk_import_row_run_id FOREIGN KEY(run_id) REFERENCES import_run (id),
    CONSTRAINT fk_import_row_household_id FOREIGN KEY(household_id) REFERENCES household (id)
)""",
    """CREATE INDEX ix_import_row_household_id ON import_row (household_id)""",
    """CREATE TABLE sent_row (
    id INTEGER NOT NULL,
    sent_id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    household_id INTEGER NOT NULL,
    person VARCHAR NOT NULL,
    version INTEGER NOT NULL,
    base TEXT NOT NULL,
    CONSTRAINT pk_sent_row PRIMARY KEY (id),
    CONSTRAINT uq_sent_row_sent_id_key UNIQUE (sent_id, "key"),
    CONSTRAINT fk_sent_row_sent_id FOREIGN KEY(sent_id) REFERENCES sent_sheet (id),
    CONSTRAINT fk_sent_row_household_id FOREIGN KEY(household_id) REFERENCES household (id)
)""",
    """CREATE TABLE cross_answer (
    id INTEGER NOT NULL,
    hit_id INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    explanation VARCHAR NOT NULL,
    attachments VARCHAR NOT NULL,
    at VARCHAR(32) NOT NULL,
    actor_id INTEGER NOT NULL,
    CONSTRAINT pk_cross_answer PRIMARY KEY (id),
    CONSTRAINT fk_cross_answer_hit_id FOREIGN KEY(hit_id) REFERENCES cross_hit (id),
    CONSTRAINT fk_cross_answer_actor_id FOREIGN KEY(actor_id) REFERENCES account (id)
)""",
    """CREATE INDEX ix_cross_answer_hit ON cross_answer (hit_id, id)""",
    """CREATE TRIGGER cross_list_no_update BEFORE UPDATE ON cross_list BEGIN SELECT RAISE(ABORT, 'cross_list is append-only'); END""",
    """CREATE TRIGGER cross_list_no_delete BEFORE DELETE ON cross_list BEGIN SELECT RAISE(ABORT, 'cross_list is append-only'); END""",
    """CREATE TRIGGER cross_list_no_replace BEFORE INSERT ON cross_list WHEN EXISTS (SELECT 1 FROM cross_list WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'cross_list is append-only'); END""",
    """CREATE TRIGGER import_run_no_update BEFORE UPDATE ON import_run BEGIN SELECT RAISE(ABORT, 'import_run is append-only'); END""",
    """CREATE TRIGGER import_run_no_delete BEFORE DELETE ON import_run BEGIN SELECT RAISE(ABORT, 'import_run is append-only'); END""",
    """CREATE TRIGGER import_run_no_replace BEFORE INSERT ON import_run WHEN EXISTS (SELECT 1 FROM import_run WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'import_run is append-only'); END""",
    """CREATE TRIGGER month_close_no_update BEFORE UPDATE ON month_close BEGIN SELECT RAISE(ABORT, 'month_close is append-only'); END""",
    """CREATE TRIGGER month_close_no_delete BEFORE DELETE ON month_close BEGIN SELECT RAISE(ABORT, 'month_close is append-only'); END""",
    """CREATE TRIGGER month_close_no_replace BEFORE INSERT ON month_close WHEN EXISTS (SELECT 1 FROM month_close WHERE id = NEW.id OR number = NEW.number) BEGIN SELECT RAISE(ABORT, 'month_close is append-only'); END""",
    """CREATE TRIGGER sent_sheet_no_update BEFORE UPDATE ON sent_sheet BEGIN SELECT RAISE(ABORT, 'sent_sheet is append-only'); END""",
    """CREATE TRIGGER sent_sheet_no_delete BEFORE DELETE ON sent_sheet BEGIN SELECT RAISE(ABORT, 'sent_sheet is append-only'); END""",
    """CREATE TRIGGER sent_sheet_no_replace BEFORE INSERT ON sent_sheet WHEN EXISTS (SELECT 1 FROM sent_sheet WHERE id = NEW.id OR token = NEW.token) BEGIN SELECT RAISE(ABORT, 'sent_sheet is append-only'); END""",
    """CREATE TRIGGER import_undo_no_update BEFORE UPDATE ON import_undo BEGIN SELECT RAISE(ABORT, 'import_undo is append-only'); END""",
    """CREATE TRIGGER import_undo_no_delete BEFORE DELETE ON import_undo BEGIN SELECT RAISE(ABORT, 'import_undo is append-only'); END""",
    """CREATE TRIGGER import_undo_no_replace BEFORE INSERT ON import_undo WHEN EXISTS (SELECT 1 FROM import_undo WHERE id = NEW.id OR run_id = NEW.run_id) BEGIN SELECT RAISE(ABORT, 'import_undo is append-only'); END""",
    """CREATE TRIGGER month_unlock_no_update BEFORE UPDATE ON month_unlock BEGIN SELECT RAISE(ABORT, 'month_unlock is append-only'); END""",
    """CREATE TRIGGER month_unlock_no_delete BEFORE DELETE ON month_unlock BEGIN SELECT RAISE(ABORT, 'month_unlock is append-only'); END""",
    """CREATE TRIGGER month_unlock_no_replace BEFORE INSERT ON month_unlock WHEN EXISTS (SELECT 1 FROM month_unlock WHERE id = NEW.id OR close_id = NEW.close_id) BEGIN SELECT RAISE(ABORT, 'month_unlock is append-only'); END""",
    """CREATE TRIGGER sent_return_no_update BEFORE UPDATE ON sent_return BEGIN SELECT RAISE(ABORT, 'sent_return is append-only'); END""",
    """CREATE TRIGGER sent_return_no_delete BEFORE DELETE ON sent_return BEGIN SELECT RAISE(ABORT, 'sent_return is append-only'); END""",
    """CREATE TRIGGER sent_return_no_replace BEFORE INSERT ON sent_return WHEN EXISTS (SELECT 1 FROM sent_return WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'sent_return is append-only'); END""",
    """CREATE TRIGGER cross_hit_no_update BEFORE UPDATE ON cross_hit BEGIN SELECT RAISE(ABORT, 'cross_hit is append-only'); END""",
    """CREATE TRIGGER cross_hit_no_delete BEFORE DELETE ON cross_hit BEGIN SELECT RAISE(ABORT, 'cross_hit is append-only'); END""",
    """CREATE TRIGGER cross_hit_no_replace BEFORE INSERT ON cross_hit WHEN EXISTS (SELECT 1 FROM cross_hit WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'cross_hit is append-only'); END""",
    """CREATE TRIGGER import_row_no_update BEFORE UPDATE ON import_row BEGIN SELECT RAISE(ABORT, 'import_row is append-only'); END""",
    """CREATE TRIGGER import_row_no_delete BEFORE DELETE ON import_row BEGIN SELECT RAISE(ABORT, 'import_row is append-only'); END""",
    """CREATE TRIGGER import_row_no_replace BEFORE INSERT ON import_row WHEN EXISTS (SELECT 1 FROM import_row WHERE id = NEW.id OR run_id = NEW.run_id AND household_id = NEW.household_id) BEGIN SELECT RAISE(ABORT, 'import_row is append-only'); END""",
    """CREATE TRIGGER sent_row_no_update BEFORE UPDATE ON sent_row BEGIN SELECT RAISE(ABORT, 'sent_row is append-only'); END""",
    """CREATE TRIGGER sent_row_no_delete BEFORE DELETE ON sent_row BEGIN SELECT RAISE(ABORT, 'sent_row is append-only'); END""",
    """CREATE TRIGGER sent_row_no_replace BEFORE INSERT ON sent_row WHEN EXISTS (SELECT 1 FROM sent_row WHERE id = NEW.id OR sent_id = NEW.sent_id AND key = NEW.key) BEGIN SELECT RAISE(ABORT, 'sent_row is append-only'); END""",
    """CREATE TRIGGER cross_answer_no_update BEFORE UPDATE ON cross_answer BEGIN SELECT RAISE(ABORT, 'cross_answer is append-only'); END""",
    """CREATE TRIGGER cross_answer_no_delete BEFORE DELETE ON cross_answer BEGIN SELECT RAISE(ABORT, 'cross_answer is append-only'); END""",
    """CREATE TRIGGER cross_answer_no_replace BEFORE INSERT ON cross_answer WHEN EXISTS (SELECT 1 FROM cross_answer WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'cross_answer is append-only'); END""",
)


def upgrade() -> None:
    """Add the tables, indexes and triggers; no row is touched."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
