"""Users: the officers, leads and managers of the council. No password lives here."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced


class Role(StrEnum):
    """What a user may do (DESIGN §1)."""

    OFFICER = "officer"
    INTERVENTION = "intervention"
    LEAD = "lead"
    MANAGER = "manager"
    VIEWER = "viewer"
    ADMIN = "admin"


class User(Synced, Base):
    """A person who signs in. `name` is the sign-in name, `title` how others read of them."""

    __tablename__ = "user_account"

    name: Mapped[str] = mapped_column(String(80), index=True)
    title: Mapped[str] = mapped_column(String(120), default="")
    role: Mapped[str] = mapped_column(String(20))
    team: Mapped[str] = mapped_column(String(80), default="")
    active: Mapped[bool] = mapped_column(default=True)
