"""How a kind that only the tests have joins those of the program, before anything looks at them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine

from visitapp.records import KINDS, Synced
from visitapp.records.base import Base
from visitapp.storage import database


def join(kind: type[Synced]) -> None:
    """Put a kind after actions, and make its table with the others."""
    others = dict(KINDS)
    KINDS.clear()
    for name, other in others.items():
        KINDS[name] = other
        if name == "action":
            KINDS[str(kind.__tablename__)] = kind
    migrate = database.migrate

    def migrate_and_add(engine: Engine, *more: Any) -> None:
        """What a revision of the tables would do for the kind."""
        migrate(engine, *more)
        Base.metadata.tables[str(kind.__tablename__)].create(engine, checkfirst=True)

    database.migrate = migrate_and_add
