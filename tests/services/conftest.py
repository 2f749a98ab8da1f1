"""What the tests of services share: a desk with two invented care homes in its portfolio."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cqc import HEATHER, LARCH
from tests.support.desks import FORM, Clock, add_settings, open_desk
from visitapp.services.services import Services


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(tmp_path: Path, clock: Clock) -> Iterator[Services]:
    with open_desk(tmp_path / "desk", clock) as opened:
        yield opened


@pytest.fixture
def homes(services: Services, tmp_path: Path) -> list[str]:
    """The ids of Heather Bank (residential) and Larch Nursing Home."""
    return add_settings(services, tmp_path, HEATHER, LARCH)


@pytest.fixture
def visit_id(services: Services, homes: list[str]) -> str:
    """An open visit of Heather Bank."""
    return services.visits.start(homes[0], FORM).id
