"""History: every change of a field."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import (
    Base,
    Json,
    Synced,
    identifier,
    parent,
    user,
)
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope

KEPT_HERE = -1
"""The revision of an entry that stays on its device: what it describes waits no more, and what the
server took of it has an entry of the server's."""


class History(Synced, Base):
    """One change of one field after a record was made: who (`created_by`), when, old, new.

    The server writes an entry for each change that it takes. A device keeps entries of its own
    (revision 0) while their change waits to be sent, and never sends them.
    """

    __tablename__ = "history"
    __kind__ = Kind(
        scope=Scope.SETTING | Scope.PROVIDER | Scope.CONTRACT | Scope.PERSON,
        readers=NO_VIEWERS,
        writers=NO_VIEWERS,
        write=access.write_history,
        judged=NONE,
        joint=Joint.TRAIL,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str | None] = parent("setting.id", same_setting=False)
    provider_id: Mapped[str | None] = parent("provider.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    user_id: Mapped[str | None] = user()
    kind: Mapped[str] = identifier(30)
    record_id: Mapped[str] = identifier(index=True)
    field: Mapped[str] = identifier(60)
    old: Mapped[Any | None] = mapped_column(Json)
    new: Mapped[Any | None] = mapped_column(Json)
