"""Fifty kinds of record that only this has, for what each kind costs that is merely registered.

    python -m tests.support.benchmarks.many_kinds MODULE ARGUMENTS...

runs a program with them: its databases have their tables, and no record is of them.
"""

from __future__ import annotations

import runpy
import sys
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Mapped, configure_mappers

from visitapp.records import KINDS
from visitapp.records.base import Base, Synced, choice, free_text, parent, user
from visitapp.rules import access
from visitapp.rules.choices import Priority
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.storage.database import Database

MANY = 50

KIND = Kind(
    scope=Scope.SETTING,
    readers=NO_VIEWERS,
    writers=access.WRITERS,
    write=access.write_in_scope,
    judged=NONE,
    joint=Joint.ON_THE_VISIT,
    late=True,
    restore=Restore.SHARED,
    derived_id=None,
    adopted=False,
    append_only=False,
    fixed=frozenset({"setting_id", "visit_id"}),
    lifecycle=None,
)


def made_up(number: int) -> type[Synced]:
    """A kind as casework will bring them: of a setting and perhaps a visit, with a few fields."""
    fields = {
        "setting_id": (Mapped[str], parent("setting.id", same_setting=False)),
        "visit_id": (Mapped[str | None], parent("visit.id", same_setting=True)),
        "title": (Mapped[str], free_text(200)),
        "detail": (Mapped[str | None], free_text()),
        "priority": (Mapped[str], choice(Priority)),
        "decided_by": (Mapped[str | None], user(own_name=True)),
    }
    declared = {
        "__module__": __name__,
        "__tablename__": f"made_up_{number}",
        "__kind__": KIND,
        "__annotations__": {name: type_ for name, (type_, _) in fields.items()},
        **{name: column for name, (_, column) in fields.items()},
    }
    return type(f"MadeUp{number}", (Synced, Base), declared)


def register() -> None:
    """Add the kinds to the program's, after the actions, and their tables to each database that is
    opened. To be called before anything else looks at the kinds."""
    made = {kind.__tablename__: kind for kind in map(made_up, range(MANY))}
    others = dict(KINDS)
    KINDS.clear()
    for name, kind in others.items():
        KINDS[name] = kind
        if name == "action":
            KINDS.update(made)
    tables = [Base.metadata.tables[name] for name in made]
    configure_mappers()  # else the first query pays for it, which a start has paid for
    opened = Database.__init__

    def with_tables(self: Database, engine: Engine, *more: Any, **named: Any) -> None:
        Base.metadata.create_all(engine, tables, checkfirst=True)
        opened(self, engine, *more, **named)

    Database.__init__ = with_tables  # type: ignore[method-assign]  # made while the program runs


if __name__ == "__main__":
    register()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
