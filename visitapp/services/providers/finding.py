"""A provider by its id or its name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Provider
from visitapp.rules.text import folded


def find_provider(session: Session, named: str) -> Provider | None:
    """The provider with this id, or the only one with this name; None when there is none. Raises
    Refused BAD_VALUE for a name that several have."""
    found = session.get(Provider, named)
    if found is not None and not found.deleted:
        return found
    every = select(Provider).where(Provider.deleted.is_(False)).order_by(Provider.id)
    alike = [one for one in session.scalars(every) if folded(one.name) == folded(named.strip())]
    if len(alike) > 1:
        raise Refused(
            Code.BAD_VALUE,
            message("Several providers have the name {name}.", name=named),
            message("Give the id of one: {ids}.", ids=", ".join(one.id for one in alike)),
        )
    return alike[0] if alike else None


def need_provider(session: Session, named: str) -> Provider:
    """The same. Raises NotFound when there is none."""
    found = find_provider(session, named)
    if found is None:
        raise NotFound(message("There is no provider {name} on this device.", name=named))
    return found
