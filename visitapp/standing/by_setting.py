"""What several queries say of each setting, put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, Subquery, select
from sqlalchemy.orm import Session

Found = dict[str, Any]
"""What was found of one setting, by column; None in the columns of a query without a row for it."""


def by_setting(
    connection: Connection | Session,
    queries: Sequence[Subquery],
    setting_ids: Collection[str] | None = None,
) -> dict[str, Found]:
    """By setting, the columns of all queries. Each query has a `setting_id` and at most one row for
    a setting; the first one says which settings there are.

    A statement for each query, however many settings: joined into one, SQLite reads all rows of
    some queries again for each setting. `setting_ids`: only these.
    """
    nothing = {name: None for query in queries for name in _statement(query)[1]}
    found: dict[str, Found] = {}
    for at, query in enumerate(queries):
        wanted, names = _statement(query)
        if setting_ids is not None:
            wanted = wanted.where(query.c.setting_id.in_(setting_ids))
        for row in connection.execute(wanted).all():
            values = dict(zip(names, row, strict=True))
            if at == 0:
                found[values["setting_id"]] = nothing | values
            elif values["setting_id"] in found:
                found[values["setting_id"]] |= values
    return found


@lru_cache(maxsize=128)
def _statement(query: Subquery) -> tuple[Select[Any], list[str]]:
    """Reads the query, and the names of its columns. Kept, because to build it takes longer than to
    read the settings of one officer."""
    return select(query), query.c.keys()
