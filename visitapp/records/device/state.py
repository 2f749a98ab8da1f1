"""What a device knows of itself and of what it holds."""

from __future__ import annotations

from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Json, reference


class LocalState(Base):
    """One named fact about this device (`device_id`, `user_id`, `server_id`, `cursor` …)."""

    __tablename__ = "local_state"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[Any | None] = mapped_column(Json)


class HeldSetting(Base):
    """What this device holds whole, as far as the server told it: a setting, provider or contract,
    or the list of people of a setting, as a scope names it."""

    __tablename__ = "held_setting"

    setting_id: Mapped[str] = mapped_column(reference(), primary_key=True)
