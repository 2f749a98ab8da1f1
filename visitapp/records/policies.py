"""Policies that the council published: they travel to every device like any other record."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, free_text, identifier
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class PublishedPolicy(Synced, Base):
    """One version of the council's policy, which never changes. Only the server makes them.

    The id is derived from `version` (`records.ids.published_policy_id`); `digest` is the SHA-256 of
    `text` (`forms.catalogue.read.digest`). `in_force_from` repeats what the text says.
    """

    __tablename__ = "published_policy"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_published_policy,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=NONE,
        lifecycle=None,
    )

    version: Mapped[str] = identifier(20)
    in_force_from: Mapped[date]
    digest: Mapped[str] = identifier(64)
    text: Mapped[str] = free_text()
