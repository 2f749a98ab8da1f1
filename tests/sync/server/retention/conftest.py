"""The scene of the tests of retention, on each kind of database."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.server.retained import Scene
from tests.support.sync.council import Council


@pytest.fixture
def scene(any_council: Council, tmp_path: Path) -> Scene:
    return Scene(any_council, tmp_path)
