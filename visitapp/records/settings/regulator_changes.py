"""What regulators' files said anew of settings that the council holds."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.records.ids import regulator_change_id
from visitapp.rules import access
from visitapp.rules.choices import RegulatorChangeKind
from visitapp.rules.kinds import NO_VIEWERS, NONE, DerivedId, Joint, Kind, Restore, Scope


class RegulatorChange(Synced, Base):
    """One publication about a setting that an import found: `domain` went from `before` to `after`.

    Its id is derived from the publication, so that devices which import the same file meet in one
    record; what the first of them saw before stands. `edition_on` is the day of that file.
    """

    __tablename__ = "regulator_change"
    __kind__ = Kind(
        scope=Scope.SETTING,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.MAKER,
        derived_id=DerivedId(
            regulator_change_id, ("setting_id", "source", "domain", "after", "published_on")
        ),
        adopted=True,
        append_only=True,
        fixed=frozenset({"setting_id"}),
        lifecycle=None,
    )

    setting_id: Mapped[str] = parent("setting.id", same_setting=False)
    source: Mapped[str] = identifier(20)
    kind: Mapped[str] = choice(RegulatorChangeKind)
    domain: Mapped[str] = free_text(80)
    before: Mapped[str] = free_text(60, default="")
    after: Mapped[str] = free_text(60, default="")
    published_on: Mapped[date | None]
    edition_on: Mapped[date | None]
    link: Mapped[str] = free_text(300, default="")
