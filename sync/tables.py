"""Records as tables, for statements past the ORM on both sides."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Table, inspect

from visitapp.records.codec import once

__all__ = ["once", "table_of"]


def table_of(record: type[Any]) -> Table:
    """The table that a record class declares."""
    return cast(Table, inspect(record).local_table)
