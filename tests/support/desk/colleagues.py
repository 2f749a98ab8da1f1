"""Other people of the council, and contracts, as a sync would bring them to a desk."""

from __future__ import annotations

from tests.support.desk.made import a_link
from visitapp.records import Contract, Setting, User
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


def bring_contracts(services: Services, setting_id: str, *numbers: str, own: str = "") -> list[str]:
    """Let the desk know contracts with a setting's provider, of which `own` is the setting's own;
    gives their ids."""
    with services.desk.database.applying() as session:
        setting = session.get_one(Setting, setting_id)
        made = [
            Contract(
                id=f"contract-{number}",
                provider_id=setting.provider_id,
                number=number,
                title="Care at home",
                created_at=services.desk.clock(),
                created_by="server",
            )
            for number in numbers
        ]
        session.add_all(made)
        session.flush()
        if own:
            made_at = {"created_at": services.desk.clock(), "created_by": "server"}
            session.add(a_link(f"contract-{own}", setting_id, **made_at))
        return [one.id for one in made]


def become(services: Services, user_id: str) -> None:
    """From now on the desk is that person's."""
    with services.desk.database.applying() as session:
        LocalStates().set(session, "user_id", user_id)
