"""Facts of a setting over time: its manager, owner, beds and so on."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.market_choices import FactKind


class SettingFact(Synced, Base):
    """One fact of a setting, as it was known on the day `as_of`. Append-only: a later fact of its
    kind follows it, and a correction names in `corrects_id` the fact that was wrong. An empty one
    says that there is none: no manager is in post."""

    __tablename__ = "setting_fact"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.MAKER,
        derived_id=None,
        adopted=False,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    kind: Mapped[str] = choice(FactKind)
    content: Mapped[str] = free_text(250)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    source: Mapped[str] = free_text(120)
    as_of: Mapped[date]
    corrects_id: Mapped[str | None] = identifier()
