"""Triggers that let the rows of a table be written once and never changed."""

from __future__ import annotations

from alembic import op

_STATEMENTS = {
    "sqlite": (
        "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is written once'); END",
        "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, '{table} is written once'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION {table}_written_once() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{table} is written once'; END $$",
        "CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION {table}_written_once()",
    ),
}


def append_only(table: str) -> None:
    """Refuse every update and deletion of `table`, in the revision that makes it."""
    for statement in _STATEMENTS[op.get_bind().dialect.name]:
        op.execute(statement.format(table=table))
