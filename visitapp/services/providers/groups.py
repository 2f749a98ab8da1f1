"""The groups that own providers."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Provider, ProviderGroup
from visitapp.records.ids import provider_group_id
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts
from visitapp.services.permission import permit_making
from visitapp.services.providers.views import GroupView


class Groups:
    """What a person can do with groups of providers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def list(self) -> list[GroupView]:
        """Every group, by name."""
        with self._desk.reading() as session:
            return _groups(session)

    def add(self, name: str) -> GroupView:
        """Add a group. Raises NotAllowed, Refused ALREADY_THERE or BAD_VALUE."""
        with self._desk.transaction() as session:
            given = _group_name(name)
            if session.get(ProviderGroup, provider_group_id(given)) is not None:
                raise Refused(
                    Code.ALREADY_THERE, message("There is already a group {name}.", name=given)
                )
            group = _make(self._desk, session, given)
            return GroupView(id=group.id, name=group.name, providers=0)


def _groups(session: Session) -> list[GroupView]:
    count = func.count(Provider.id)
    found = session.execute(
        select(ProviderGroup.id, ProviderGroup.name, count)
        .outerjoin(Provider, (Provider.group_id == ProviderGroup.id) & Provider.deleted.is_(False))
        .where(ProviderGroup.deleted.is_(False))
        .group_by(ProviderGroup.id, ProviderGroup.name)
        .order_by(ProviderGroup.name, ProviderGroup.id)
    )
    return [GroupView(id=id_, name=name, providers=n) for id_, name, n in found]


def group_called(desk: Desk, session: Session, name: str) -> str | None:
    """The id of the group of this name, which is made where there is none; None for no name.
    Raises NotAllowed or Refused BAD_VALUE."""
    if not name.strip():
        return None
    given = _group_name(name)
    found = session.get(ProviderGroup, provider_group_id(given))
    return (found or _make(desk, session, given)).id


def _make(desk: Desk, session: Session, name: str) -> ProviderGroup:
    permit_making(desk, session, ProviderGroup)
    group = ProviderGroup(id=provider_group_id(name), name=name)
    session.add(group)
    session.flush()
    return group


def _group_name(name: str) -> str:
    given = " ".join(name.split())
    if not given:
        raise Refused(Code.BAD_VALUE, message("A group needs a name."))
    check_texts(ProviderGroup, {"name": given})
    return given
