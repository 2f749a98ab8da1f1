"""Records as tables, for statements past the ORM on both sides."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

from sqlalchemy import Table, inspect

from visitapp.records import Synced

T = TypeVar("T")


def table_of(record: type[Any]) -> Table:
    """The table that a record class declares."""
    return cast(Table, inspect(record).local_table)


def once(work: Callable[[type[Synced]], T]) -> Callable[[type[Synced]], T]:
    """`functools.cache` for a function of a record class, which mypy takes for unhashable."""
    return cast(Callable[[type[Synced]], T], cache(work))
