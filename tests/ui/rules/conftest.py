"""A desk with something on every page, for the rules that hold for all of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.desk.desks import FORM, Clock, open_desk
from tests.support.desk.keyrings import MemoryKeyring
from tests.support.forms.versions import library_with, newer_text
from tests.support.window.every_screen import Busy, fill
from visitapp.services.services import Services


def setting_named(services: Services, name: str) -> str:
    return next(row.setting_id for row in services.portfolio.rows() if row.name == name)


@pytest.fixture
def services(
    tmp_path: Path, stocked: Path, keyring: MemoryKeyring, clock: Clock
) -> Iterator[Services]:
    """The usual desk, with an open visit whose form has a newer version since."""
    folder = tmp_path / "desk"
    shutil.copytree(stocked, folder)
    with open_desk(folder, clock, keyring) as before:
        before.visits.start(setting_named(before, "Larch Nursing Home"), FORM)
    newer = library_with(tmp_path / "newer", newer_text(FORM))
    with open_desk(folder, clock, keyring, newer) as opened:
        yield opened


@pytest.fixture
def busy(services: Services, heather: str, visit_id: str) -> Busy:
    """Something on every page."""
    fill(services, heather, visit_id)
    older = next(v.id for v in services.visits.list() if v.setting == "Larch Nursing Home")
    return Busy(setting=heather, visit=visit_id, older_visit=older)
