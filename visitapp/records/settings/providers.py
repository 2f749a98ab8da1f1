"""Providers: who runs services."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, free_text, identifier
from visitapp.rules import access
from visitapp.rules.kinds import EVERYBODY, NONE, Joint, Kind, Restore, Scope


class Provider(Synced, Base):
    """The organisation that runs services. `number` is the regulator's id of it."""

    __tablename__ = "provider"
    __kind__ = Kind(
        scope=Scope.PROVIDER,
        readers=EVERYBODY,
        writers=access.WRITERS,
        write=access.write_provider,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=True,
        append_only=False,
        fixed=NONE,
        lifecycle=None,
    )

    name: Mapped[str] = free_text(250)
    regulator: Mapped[str] = identifier(20, default="")
    number: Mapped[str] = identifier(40, default="", index=True)
