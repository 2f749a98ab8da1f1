"""Alembic's environment: runs in the transaction of the connection that `storage.schema` gives."""

from __future__ import annotations

from alembic import context

from visitapp.records import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    transactional_ddl=True,
    render_as_batch=True,
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
