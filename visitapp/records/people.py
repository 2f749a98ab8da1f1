"""Users: the officers, leads and managers of the council. No password lives here."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text
from visitapp.rules import access
from visitapp.rules.choices import Role
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope


class User(Synced, Base):
    """A person who signs in. `name` is the sign-in name, `title` how others read of them."""

    __tablename__ = "user_account"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_user,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SERVER,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=NONE,
        lifecycle=None,
    )

    name: Mapped[str] = free_text(80, index=True)
    title: Mapped[str] = free_text(120, default="")
    role: Mapped[str] = choice(Role)
    team: Mapped[str] = free_text(80, default="")
    active: Mapped[bool] = mapped_column(default=True)
