"""Sign-in names: one person, however they type capitals and accents."""

from __future__ import annotations

import unicodedata

from sqlalchemy import Connection, Row, select

from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import Credential, User

LONGEST = 80


def folded(name: str) -> str:
    """A name as it is compared and counted: NFKC, without case."""
    return unicodedata.normalize("NFKC", name).strip().casefold()[: 2 * LONGEST]


def require_name(name: str) -> None:
    """Raise Refused BAD_VALUE for a name that nobody could type or read in a list."""
    fits = name == name.strip() and 0 < len(name) <= LONGEST and name.isprintable()
    if not fits:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "A sign-in name has 1 to {longest} printable characters, with no space at either "
                "end.",
                longest=LONGEST,
            ),
        )


def user_called(connection: Connection, name: str) -> Row[str, str, str, str, bool]:
    """The id, name, title, team and activity of the user with this sign-in name. Raises NotFound.

    Should an older server have two that differ by case alone, the one that is spelled so.
    """
    wanted = (
        select(User.id, User.name, User.title, User.team, User.active)
        .join(Credential, Credential.user_id == User.id)
        .where(Credential.sign_in_name == folded(name), User.deleted.is_(False))
        .order_by(User.name != name, User.created_at)
    )
    found = connection.execute(wanted).first()
    if found is None:
        raise NotFound(message("There is no user “{name}”.", name=name))
    return found
