"""A team that works already, and people who join it at a new laptop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from tests.support.server.served import PASSWORD, Served, served
from visitapp.records import Role
from visitapp.services.services import Services

GIVEN, OWN = "given by the administrator", "my own four words"
"""Passwords of who joins: the one for the first sign-in, and the one that they choose then."""
LENA, IRENA = "Lena Frost", "Irena Marsh"


@dataclass(frozen=True)
class North:
    """A served council, and the laptop of its officer Olive with her two homes, synced."""

    served: Served
    olive: Services
    heather: str
    larch: str


@contextmanager
def north(folder: Path) -> Iterator[North]:
    """While the context lasts. Lena, a lead, and Irena, an intervention officer, may sign in."""
    folder.mkdir()
    clock = Clock(datetime.now(UTC))
    with served(folder, "olive") as there:
        for name, role, title in (
            ("lena", Role.LEAD, LENA),
            ("irena", Role.INTERVENTION, IRENA),
        ):
            there.admin.add_user(name, role, "north", title, GIVEN)
        with open_desk(folder / "olive", clock, MemoryKeyring()) as olive:
            olive.connection.connect(there.address, "olive", PASSWORD)
            olive.directory.import_file(write_cqc(folder / "places.csv"))
            homes = [olive.settings.add(place.location_id) for place in (HEATHER, LARCH)]
            send(olive)
            yield North(there, olive, *(one.setting_id for one in homes))


def send(desk: Services) -> None:
    """Sync; the server takes all of it."""
    assert desk.connection.sync().refused == []
