"""What the tests of services share: a desk with two invented care homes in its portfolio."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.directory.cqc import HEATHER, LARCH, write_cqc
from visitapp.records import new_id
from visitapp.services.services import Services
from visitapp.storage.state import LocalStates


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def first_keyring() -> MemoryKeyring:
    """The keyring of the desk that is copied."""
    return MemoryKeyring()


@pytest.fixture
def keyring(first_keyring: MemoryKeyring) -> MemoryKeyring:
    """A copy for one test, which may erase what is in it."""
    return first_keyring.copy()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory, first_keyring: MemoryKeyring) -> Path:
    """The folder of a new desk with the directory, to be copied: making one takes far longer."""
    folder = tmp_path_factory.mktemp("desks") / "bare"
    with open_desk(folder, Clock(), first_keyring) as opened:
        opened.directory.import_file(write_cqc(folder / "places.csv"))
        return folder


@pytest.fixture
def services(
    tmp_path: Path, bare: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    shutil.copytree(bare, tmp_path / "desk")
    with open_desk(tmp_path / "desk", clock, keyring) as opened:
        with opened.desk.database.applying() as session:
            LocalStates().set(session, "device_id", new_id())
        yield opened


@pytest.fixture
def laptop(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    """A second device, never used."""
    with open_desk(tmp_path / "laptop", clock, MemoryKeyring()) as opened:
        yield opened


@pytest.fixture
def homes(services: Services) -> list[str]:
    """The ids of Heather Bank (residential) and Larch Nursing Home."""
    return [services.settings.add(place.location_id).setting_id for place in (HEATHER, LARCH)]


@pytest.fixture
def visit_id(services: Services, homes: list[str]) -> str:
    """An open visit of Heather Bank."""
    return services.visits.start(homes[0], FORM).id
