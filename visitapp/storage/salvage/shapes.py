"""What the rows of each table look like, to tell them when nothing else says whose they are."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import msgspec

from visitapp.storage.salvage.cells import Row, Value

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_OF_ID = "VARCHAR(36)"


class Column(NamedTuple):
    """One column: its declared type, whether it may be empty, and whether it is the row id."""

    name: str
    type: str
    nullable: bool
    is_row_id: bool


class Shape(NamedTuple):
    """The columns of a table in the order of its records."""

    columns: tuple[Column, ...]

    def named(self, row: Row) -> dict[str, Any]:
        """The values by column; those that an older row lacks are left out."""
        row_id, values = row
        return {
            column.name: row_id if column.is_row_id else value
            for column, value in zip(self.columns, values, strict=False)
        }


def shapes_of(tables: Mapping[str, str]) -> dict[str, Shape]:
    """The shapes of tables by their CREATE TABLE statements, as SQLite itself understands them."""
    shapes = {}
    for name, sql in tables.items():
        scratch = sqlite3.connect(":memory:")
        try:
            scratch.execute(sql)
            columns = scratch.execute("SELECT * FROM pragma_table_info(?)", (name,)).fetchall()
        except sqlite3.Error:
            continue
        finally:
            scratch.close()
        keys = [column for column in columns if column[5]]
        shapes[name] = Shape(
            tuple(
                Column(
                    name=column[1],
                    type=column[2].upper(),
                    nullable=not column[3],
                    is_row_id=len(keys) == 1 and column in keys and column[2].upper() == "INTEGER",
                )
                for column in columns
            )
        )
    return shapes


def fits(shape: Shape, row: Row) -> bool:
    """Can this be a row of that table?"""
    _, values = row
    return len(values) == len(shape.columns) and all(
        _fits(column, value) for column, value in zip(shape.columns, values, strict=True)
    )


def _fits(column: Column, value: Value) -> bool:
    if value is None:
        return column.nullable or column.is_row_id
    kind = column.type.split("(")[0]
    if column.type == _OF_ID and isinstance(value, str):
        return not value or _ID.fullmatch(value) is not None
    known = _CHECKS.get(kind)
    return known is not None and known(value)


def _is_json(value: Value) -> bool:
    if not isinstance(value, str):
        return False
    try:
        msgspec.json.decode(value)
    except msgspec.DecodeError:
        return False
    return True


_CHECKS: dict[str, Callable[[Value], bool]] = {
    "VARCHAR": lambda value: isinstance(value, str),
    "TEXT": lambda value: isinstance(value, str),
    "BLOB": lambda value: isinstance(value, bytes),
    "INTEGER": lambda value: isinstance(value, int),
    "BIGINT": lambda value: isinstance(value, int),
    "BOOLEAN": lambda value: value in (0, 1) and isinstance(value, int),
    "DATE": lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value)),
    "DATETIME": lambda value: isinstance(value, str) and bool(_MOMENT.fullmatch(value)),
    "JSON_TEXT": _is_json,
}
