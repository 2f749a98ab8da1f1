"""Who uses this device, as they say themselves until a server's account takes their place."""

from __future__ import annotations

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Role, User
from visitapp.services.context import UNNAMED, Desk
from visitapp.services.views.people import Person

OWN_ROLES = (Role.OFFICER, Role.INTERVENTION, Role.LEAD)
"""What people may say of themselves. Other roles are given by a server alone."""

_LONGEST_NAME = 120


class Profile:
    """The name and role of the device's user."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def introduced(self) -> bool:
        """Whether reports can name the user."""
        with self._desk.reading() as session:
            me = self._desk.user(session)
        return me.connected or me.title not in ("", UNNAMED)

    def introduce(self, name: str, role: str) -> Person:
        """Keep the user's name and role, which reports and new records then carry.

        Raises Refused BAD_VALUE for an empty or overlong name and for another role, and NOT_ALLOWED
        once a server knows the user.
        """
        title = " ".join(name.split())
        if not title or len(title) > _LONGEST_NAME or not title.isprintable():
            raise Refused(
                Code.BAD_VALUE,
                message(
                    "A name has 1 to {longest} characters. Nothing was changed.",
                    longest=_LONGEST_NAME,
                ),
                message("Give your name as it should appear on reports."),
            )
        if role not in OWN_ROLES:
            raise Refused(
                Code.BAD_VALUE, message("The role {role} cannot be chosen here.", role=role)
            )
        with self._desk.database.applying() as session:
            me = self._desk.user(session)
            if me.connected:
                raise Refused(
                    Code.NOT_ALLOWED,
                    message("Your name comes from your council's server. Nothing was changed."),
                    message("Ask its administrator to change it."),
                )
            user = session.get_one(User, me.id)
            user.title, user.role = title, role
        with self._desk.reading() as session:
            return self._desk.user(session)
