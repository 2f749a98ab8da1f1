"""Every kind comes back: after the server was put back from a backup, and from a rescue file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.server.operations.backup import write_backup
from sync.server.operations.restore import restore
from tests.kinds.sample import TESTED, Home, Place, created, name_of, record_of, values_of
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import KEY, Council, Device, InProcess
from tests.support.sync.wire_values import to_wire
from visitapp.records import KINDS, Conflict, Synced
from visitapp.rules.kinds import Restore
from visitapp.services.rescue.rescue import save_rescue

PHRASE = "a rescue passphrase"


def add_one_of_each(place: Place, home: Home) -> list[tuple[type[Synced], str, Device]]:
    """A record of every kind that people make, by the first who may make it."""
    made = []
    for kind in TESTED:
        for maker in place.writers(kind, home):
            if maker.get(KINDS["setting"], home.id) is None:
                continue
            if name_of(kind) == "step":
                made.append((kind, maker.step(home.action, "in_progress"), maker))
            else:
                message = created(kind, values_of(kind, maker, home))
                maker.add(record_of(kind, message))
                made.append((kind, message.id, maker))
            break
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/restored.db"
    return fresh_database(request.getfixturevalue("postgres"))


def test_every_kind_returns_after_a_server_restore(tmp_path: Path, url: str) -> None:
    council = Council(tmp_path / "before", f"sqlite:///{tmp_path}/server.db")
    place = Place(council)
    write_backup(council.database, tmp_path / "backup", council.clock)
    home = Home(place.officer, place.council.library)
    place.lead.sync()
    made = add_one_of_each(place, home)
    for _ in range(2):
        for device in (place.officer, place.lead):
            assert device.sync().refused == []
    held = {id_: to_wire(council.get(kind, id_)) for kind, id_, _ in made}

    restore(tmp_path / "backup", url, council.clock)
    restored = Council(tmp_path / "after", url)
    for device in council.devices:
        device.transport = InProcess(restored.server)
    try:
        for kind, id_, _ in made:
            assert restored.get(kind, id_) is None
        for _ in range(2):
            for device in (place.officer, place.lead):
                assert device.sync().refused == []
        for kind, id_, _ in made:
            assert kind.__kind__.restore is not Restore.SERVER
            assert to_wire(restored.get(kind, id_)) == held[id_], kind
        assert restored.all(Conflict) == []
    finally:
        restored.close()
        council.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    council = Council(tmp_path / "council", f"sqlite:///{tmp_path}/server.db")
    yield Place(council)
    council.close()


def test_every_kind_goes_into_a_rescue_file_and_back(
    tmp_path: Path, place: Place, clock: Clock
) -> None:
    home = Home(place.officer, place.council.library)
    home.has_others = False  # another setting would be synced, and what was made before it too
    made = [(kind, id_) for kind, id_, d in add_one_of_each(place, home) if d is place.officer]
    file = tmp_path / "work.rescue"
    save_rescue(place.officer.folder, KEY, file, PHRASE, clock())
    with open_desk(tmp_path / "other", clock, MemoryKeyring()) as other:
        loaded = other.rescue.load(file, PHRASE)
        assert loaded.left_out == 0
        with other.desk.reading() as session:
            for kind, id_ in made:
                assert session.get(kind, id_) is not None, kind
