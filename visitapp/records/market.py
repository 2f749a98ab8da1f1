"""The market: providers, the settings they run, and the contracts that buy from them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import USER, Base, Synced, parent, reference


class ServiceType(StrEnum):
    """What kind of service a setting is; a form's `applies_to` names these."""

    RESIDENTIAL = "residential"
    NURSING = "nursing"
    HOME_CARE = "home_care"
    SUPPORTED_LIVING = "supported_living"
    DAY = "day"
    OTHER = "other"


class Provider(Synced, Base):
    """The organisation that runs services. `number` is the regulator's id of it."""

    __tablename__ = "provider"

    name: Mapped[str] = mapped_column(String(250))
    regulator: Mapped[str] = mapped_column(String(20), default="")
    number: Mapped[str] = mapped_column(String(40), default="", index=True)


class Contract(Synced, Base):
    """What the council buys from a provider for one or more settings; has one named officer."""

    __tablename__ = "contract"

    provider_id: Mapped[str] = mapped_column(parent("provider.id"), index=True)
    number: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(250), default="")
    officer_id: Mapped[str | None] = mapped_column(reference(), info=USER)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]


class Setting(Synced, Base):
    """One service location that is visited. `officer_id` holds it, `team` reviews it.

    The regulator's fields are a copy of the public directory when it was added or refreshed.
    `hygiene_id` is the food hygiene establishment (FHRS ID) that an officer confirmed.
    """

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(250))
    service_type: Mapped[str] = mapped_column(String(30))
    provider_id: Mapped[str | None] = mapped_column(parent("provider.id"), index=True)
    contract_id: Mapped[str | None] = mapped_column(parent("contract.id"), index=True)
    officer_id: Mapped[str | None] = mapped_column(reference(), index=True, info=USER)
    team: Mapped[str] = mapped_column(String(80), default="", index=True)
    address: Mapped[str] = mapped_column(String(400), default="")
    postcode: Mapped[str] = mapped_column(String(12), default="")
    local_authority: Mapped[str] = mapped_column(String(120), default="")
    beds: Mapped[int | None]
    regulator: Mapped[str] = mapped_column(String(20), default="")
    location_id: Mapped[str] = mapped_column(String(40), default="", index=True)
    regulator_overall: Mapped[str] = mapped_column(String(60), default="")
    regulator_published: Mapped[date | None]
    hygiene_id: Mapped[str] = mapped_column(String(20), default="")
