"""Lists that were written to a file, for the server's audit log."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, identifier, user
from visitapp.rules import access
from visitapp.rules.kinds import EVERYBODY, NONE, Joint, Kind, Restore, Scope


class ListExport(Synced, Base):
    """A list that a person wrote to a file: which, how it was narrowed and how many rows.

    It has nothing of what the list said, nor what was searched for. The server enters each in its
    audit log when it takes it.
    """

    __tablename__ = "list_export"
    __kind__ = Kind(
        scope=Scope.PERSON,
        readers=EVERYBODY,
        writers=access.ALL_ROLES,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"user_id"}),
        lifecycle=None,
    )

    user_id: Mapped[str] = user(own_name=True, index=True)
    list_name: Mapped[str] = identifier(80)
    filters: Mapped[str] = identifier(250, default="")
    row_count: Mapped[int] = mapped_column(default=0)
    file_type: Mapped[str] = identifier(10)
