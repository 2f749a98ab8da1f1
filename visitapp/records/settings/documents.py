"""Documents of a provider, a contract or a setting, such as an insurance certificate."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.rules import access
from visitapp.rules.kinds import NO_VIEWERS, NONE, Joint, Kind, Restore, Scope
from visitapp.rules.market_choices import DocumentKind


class Document(Synced, Base):
    """A document that belongs to exactly one provider, contract or setting, and may expire.

    One with bytes names them as evidence does, and they travel in the same way; one without says
    that it was seen. A new edition is a record of its own that names in `instead_of_id` the one
    before it. One that never held is withdrawn, with a reason.
    """

    __tablename__ = "document"
    __kind__ = Kind(
        scope=Scope.SETTING | Scope.PROVIDER | Scope.CONTRACT,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=True,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset(
            {"setting_id", "provider_id", "contract_id", "instead_of_id"}
            | {"sha256", "media_type", "size"}
        ),
        lifecycle=None,
    )

    setting_id: Mapped[str | None] = parent("setting.id", same_setting=False)
    provider_id: Mapped[str | None] = parent("provider.id", same_setting=False)
    contract_id: Mapped[str | None] = parent("contract.id", same_setting=False)
    kind: Mapped[str] = choice(DocumentKind, length=30)
    title: Mapped[str] = free_text(250)
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None] = mapped_column(index=True)
    note: Mapped[str] = free_text(default="")
    instead_of_id: Mapped[str | None] = identifier()
    withdrawn_on: Mapped[date | None]
    withdrawn_reason: Mapped[str] = free_text(default="")
    sha256: Mapped[str | None] = identifier(64, index=True)
    media_type: Mapped[str | None] = identifier(80)
    size: Mapped[int | None]
