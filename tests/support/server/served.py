"""A server over HTTP in the process of the test, for desks that meet one."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from forms.catalogue.catalogue import shipped
from sync.server.accounts.passwords import Passwords
from sync.server.hand_in.inbox import HandedInFiles, Listed, listed
from sync.server.http.app import Server
from sync.server.operations.admin import Admin
from tests.support.server.http_server import http_server
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.storage.database import Database, open_server, utc_now
from visitapp.storage.state import LocalStates

PASSWORD = "a long pass phrase"
SERVER_KEY = bytes(32)


@cache
def empty_server() -> Path:
    """A SQLite server database with its tables, made once, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="visitapp-server-"))
    atexit.register(shutil.rmtree, folder)
    open_server(f"sqlite:///{folder / 'server.db'}").close()
    return folder / "server.db"


@dataclass(frozen=True)
class Served:
    """A server, its administrator, and the address at which it listens."""

    database: Database
    admin: Admin
    address: str

    def connect(self, services: Services, name: str = "ann") -> None:
        """Sign a desk in as one of the officers."""
        services.connection.connect(self.address, name, PASSWORD)

    def revoke(self, services: Services) -> None:
        """End the access of a desk that is signed in."""
        self.admin.revoke(device_of(services))

    def handed_in(self) -> list[Listed]:
        """What came from revoked laptops, the newest first."""
        return listed(self.database)

    def export(self, out: Path) -> str:
        """Write the newest of it to a rescue file; gives its passphrase."""
        return HandedInFiles(self.database, SERVER_KEY).export(self.handed_in()[0].id, out)


@contextmanager
def served(folder: Path, *officers: str) -> Iterator[Served]:
    """A server on SQLite in `folder`, with these officers of one team, while the context lasts."""
    shutil.copy(empty_server(), folder / "server.db")
    database = open_server(f"sqlite:///{folder / 'server.db'}")
    hashes = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    admin = Admin(database, utc_now, hashes)
    admin.initialise()
    for name in officers:
        admin.add_user(name, Role.OFFICER, "north", "", PASSWORD, temporary=False)
    server = Server(database, shipped(), utc_now, 4000, hashes, evidence_key=SERVER_KEY)
    try:
        with http_server(server) as address:
            yield Served(database, admin, address)
    finally:
        database.close()


def device_of(services: Services) -> str:
    """The id of the device that a desk is."""
    with services.desk.reading() as session:
        return str(LocalStates().get(session, "device_id"))
