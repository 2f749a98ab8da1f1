"""Providers: who runs services, the groups that own them, and whom to call."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from visitapp.records.base import Base, Synced, choice, free_text, identifier, parent
from visitapp.records.ids import provider_group_id
from visitapp.rules import access
from visitapp.rules.kinds import (
    EVERYBODY,
    NO_VIEWERS,
    NONE,
    DerivedId,
    Joint,
    Kind,
    Restore,
    Scope,
)
from visitapp.rules.market.contacts import contact_fault
from visitapp.rules.market_choices import ProviderKind


class ProviderGroup(Synced, Base):
    """Who owns several providers. Its id is derived from its name, which never changes, so that two
    people who add it while apart meet in one record."""

    __tablename__ = "provider_group"
    __kind__ = Kind(
        scope=Scope.COUNCIL,
        readers=EVERYBODY,
        writers=access.WRITERS,
        write=access.write_provider,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=DerivedId(provider_group_id, ("name",)),
        adopted=True,
        append_only=False,
        fixed=frozenset({"name"}),
        lifecycle=None,
    )

    name: Mapped[str] = free_text(250)


class Provider(Synced, Base):
    """The organisation that runs services. `number` is the regulator's id of it."""

    __tablename__ = "provider"
    __kind__ = Kind(
        scope=Scope.PROVIDER,
        readers=EVERYBODY,
        writers=access.WRITERS,
        write=access.write_provider,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.LEADS,
        derived_id=None,
        adopted=True,
        append_only=False,
        fixed=NONE,
        lifecycle=None,
    )

    name: Mapped[str] = free_text(250)
    regulator: Mapped[str] = identifier(20, default="")
    number: Mapped[str] = identifier(40, default="", index=True)
    group_id: Mapped[str | None] = parent("provider_group.id", same_setting=False)
    company_number: Mapped[str] = free_text(40, default="")
    kind: Mapped[str | None] = choice(ProviderKind)
    key_supplier: Mapped[bool] = mapped_column(default=False)


class Contact(Synced, Base):
    """Whom to call at a provider. A record of its own, so that two people can add contacts while
    apart."""

    __tablename__ = "contact"
    __kind__ = Kind(
        scope=Scope.PROVIDER,
        readers=NO_VIEWERS,
        writers=access.WRITERS,
        write=access.write_in_scope,
        judged=NONE,
        joint=Joint.NOTHING,
        late=False,
        restore=Restore.SHARED,
        derived_id=None,
        adopted=False,
        append_only=False,
        fixed=frozenset({"provider_id"}),
        lifecycle=None,
    )

    provider_id: Mapped[str] = parent("provider.id", same_setting=False)
    role: Mapped[str] = free_text(80, fault=contact_fault)
    name: Mapped[str] = free_text(160, fault=contact_fault)
    phone: Mapped[str] = free_text(40, default="")
    email: Mapped[str] = free_text(250, default="")
