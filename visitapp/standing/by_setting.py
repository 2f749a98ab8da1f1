"""What several queries say of each setting, put together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Subquery, select
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
    nothing = {column.key: None for query in queries for column in query.c}
    found: dict[str, Found] = {}
    for at, query in enumerate(queries):
        wanted = select(query)
        if setting_ids is not None:
            wanted = wanted.where(query.c.setting_id.in_(setting_ids))
        names = query.c.keys()
        for row in connection.execute(wanted).all():
            values = dict(zip(names, row, strict=True))
            if at == 0:
                found[values["setting_id"]] = nothing | values
            elif values["setting_id"] in found:
                found[values["setting_id"]] |= values
    return found
