"""Other people of the council, as a sync would bring them to a desk."""

from __future__ import annotations

from visitapp.records import User
from visitapp.services.services import Services
from visitapp.storage.state import LocalStates


def bring(services: Services, **roles: str) -> None:
    """Let the desk know these people of the West team, each by name with a role."""
    with services.desk.database.applying() as session:
        for name, role in roles.items():
            session.add(
                User(
                    id=name,
                    name=name,
                    title=f"{name.title()} Doe",
                    role=role,
                    team="West",
                    created_at=services.desk.clock(),
                    created_by="server",
                )
            )


def become(services: Services, user_id: str) -> None:
    """From now on the desk is that person's."""
    with services.desk.database.applying() as session:
        LocalStates().set(session, "user_id", user_id)
