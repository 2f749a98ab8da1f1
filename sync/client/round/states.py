"""The device's local states read and written at once: a round needs most of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from sync.tables import table_of
from visitapp.records import LocalState

_TABLE = table_of(LocalState)
_ALL = select(_TABLE.c.name, _TABLE.c.value)
_CHANGE = update(_TABLE).where(_TABLE.c.name == bindparam("state")).values(value=bindparam("now"))


def read_states(connection: Connection) -> dict[str, Any]:
    """Every state by name."""
    found = connection.execute(_ALL)
    return {row.name: row.value for row in found}


def write_states(connection: Connection, before: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Write the states of `now` that are not in `before` alike."""
    changed = [{"state": n, "now": v} for n, v in now.items() if n in before and before[n] != v]
    new = [{"name": n, "value": v} for n, v in now.items() if n not in before]
    if changed:
        connection.execute(_CHANGE, changed)
    if new:
        connection.execute(insert(_TABLE), new)
