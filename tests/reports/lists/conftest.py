"""A new desk, whose exports are noted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from visitapp.services.services import Services


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", Clock(), MemoryKeyring()) as opened:
        yield opened
