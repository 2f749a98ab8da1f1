"""A server that is killed while it rates a visit loses no rating and makes none twice."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms.catalogue.catalogue import Library
from sync.client.forms import publish_form
from sync.client.link.transport import HttpTransport
from tests.support.storage.postgres import fresh_database
from tests.support.sync.council import FORM, KEY_FILE, Council, Device, InProcess
from tests.support.sync.dying_rater import MOMENTS
from tests.support.sync.wire_values import to_wire
from visitapp.errors import LinkProblem
from visitapp.records import Rating, VisitStatus
from visitapp.storage.form_shelf import FormShelf

LIVES = "never"
LONG_PAST = date(2020, 1, 6)
"""Before the clock of any computer that runs the server process."""

CASES = [
    pytest.param(kind, moment, marks=[pytest.mark.soak] if moment in MOMENTS[:2] else [])
    for kind in ("sqlite", "postgresql")
    for moment in MOMENTS
]


@contextmanager
def served(council: Council, url: str, moment: str, *devices: Device) -> Iterator[None]:
    """Let these devices meet a server process on a database; it dies at a moment but for LIVES."""
    command = [sys.executable, "-m", "tests.support.sync.dying_rater", moment, "server"]
    process = subprocess.Popen(
        [*command, "run", "--port", "0", "--database", url],
        stdout=subprocess.PIPE,
        encoding="utf-8",
        cwd=Path(__file__).parents[3],
        env={**os.environ, "VISITAPP_EVIDENCE_KEY": str(council.folder / KEY_FILE)},
    )
    assert process.stdout is not None
    link = HttpTransport(process.stdout.readline().strip())
    try:
        for device in devices:
            assert device.user is not None
            device.transport = link
            device.connect(device.user.name)
        yield
        if moment != LIVES:
            assert process.wait(60) != 0
    finally:
        link.close()
        process.kill()
        process.wait(60)
        process.stdout.close()


def ratings(place: Council | Device) -> list[dict[str, Any]]:
    """Every rating row, as it travels."""
    return [to_wire(row) for row in sorted(place.all(Rating), key=lambda row: row.id)]


def states(council: Council) -> list[str]:
    return sorted(row.state for row in council.all(Rating))


@pytest.mark.parametrize(("kind", "moment"), CASES)
def test_each_rating_is_there_once_whenever_the_server_dies(
    request: pytest.FixtureRequest, tmp_path: Path, kind: str, moment: str
) -> None:
    url = f"sqlite:///{tmp_path}/server.db"
    if kind == "postgresql":
        url = fresh_database(request.getfixturevalue("postgres"))
    council = Council(tmp_path / "council", url)
    request.addfinalizer(council.close)
    lee, ann = council.lead("lee"), council.officer("ann")
    publish_form(
        lee.database, InProcess(council.server), FORM.replace("id: short", "id: published")
    )
    ann.sync()
    visit = ann.visit(ann.setting(), form="published", on=LONG_PAST, plans="met", calls="met")
    ann.sign_off(visit, Library().beside(FormShelf.of(ann.database)))

    with served(council, url, moment, ann), pytest.raises(LinkProblem):
        ann.sync()
    assert states(council) == (["proposed"] if moment == "after the commit" else [])
    with served(council, url, LIVES, ann, lee):
        ann.sync()
        lee.sync()
    assert states(council) == ["proposed"]

    lee.review(visit, VisitStatus.APPROVED)
    with served(council, url, moment, lee), pytest.raises(LinkProblem):
        lee.sync()
    with served(council, url, LIVES, ann, lee):
        lee.sync()
        ann.sync()
    assert states(council) == ["proposed", "stands"]
    assert ratings(ann) == ratings(lee) == ratings(council)
    assert ann.outbox() == lee.outbox() == []
