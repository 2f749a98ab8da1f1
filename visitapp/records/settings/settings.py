"""Settings: the service locations that are visited."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent, user
from visitapp.rules import access
from visitapp.rules.choices import ServiceType
from visitapp.rules.kinds import EVERYBODY, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.market.setting_life import SETTING
from visitapp.rules.market_choices import SettingStatus


class Setting(Synced, Base):
    """One service location that is visited. `officer_id` holds it, `team` reviews it.

    The regulator's fields are a copy of the public directory when it was added or refreshed; they
    are empty for one without a regulator. `hygiene_id` is the food hygiene establishment (FHRS ID)
    that an officer confirmed. `host_authority` is that of one out of the county. From `status` on,
    every field is derived from its steps (`rules.market.setting_life`); `merged_into_id` refers to
    no table, because the other setting may be out of its user's scope.
    """

    __tablename__ = "setting"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=EVERYBODY,
        writers=access.WRITERS,
        write=access.write_setting,
        judged=frozenset({"team"}),
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=NONE,
        lifecycle=SETTING,
    )

    name: Mapped[str] = free_text(250)
    service_type: Mapped[str] = choice(ServiceType, length=30)
    provider_id: Mapped[str | None] = parent("provider.id", same_setting=False)
    officer_id: Mapped[str | None] = user(index=True)
    team: Mapped[str] = free_text(80, default="", index=True)
    address: Mapped[str] = free_text(400, default="")
    postcode: Mapped[str] = free_text(12, default="")
    local_authority: Mapped[str] = free_text(120, default="")
    beds: Mapped[int | None]
    regulator: Mapped[str] = identifier(20, default="")
    location_id: Mapped[str] = identifier(40, default="", index=True)
    regulator_overall: Mapped[str] = free_text(60, default="")
    regulator_published: Mapped[date | None]
    hygiene_id: Mapped[str] = identifier(20, default="")
    in_county: Mapped[bool] = mapped_column(default=True)
    host_authority: Mapped[str] = free_text(120, default="")
    district: Mapped[str] = free_text(120, default="")
    locality: Mapped[str] = free_text(120, default="")
    care_group: Mapped[str] = free_text(120, default="")
    status: Mapped[str] = choice(SettingStatus, default=SettingStatus.OPEN, index=True)
    closed_on: Mapped[date | None]
    merged_into_id: Mapped[str | None] = identifier()
