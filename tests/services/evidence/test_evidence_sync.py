"""Photos through the services, over a real server: sent, fetched on another laptop, sent again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.support.desk.pictures import jpeg
from tests.support.terminal.commands import Council
from visitapp.errors import Code
from visitapp.records import EvidenceCopy
from visitapp.services.evidence.states import EvidenceState
from visitapp.services.services import Services

QUESTION = "registered_manager"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("ann", "officer", "ann")
    with council.serving() as url:
        yield url


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    file = tmp_path / "lock.jpg"
    file.write_bytes(jpeg(1600, 1200))
    return file


def test_from_one_laptop_to_the_other(
    services: Services, laptop: Services, visit_id: str, photo: Path, server: str
) -> None:
    piece = services.evidence.add(visit_id, QUESTION, photo)
    services.connection.connect(server, "ann", "ann")
    told: list[tuple[int, int]] = []
    report = services.connection.sync(photos=lambda sent, total: told.append((sent, total)))
    assert (report.photos_sent, report.refused, told) == (1, [], [(1, 1)])
    assert services.evidence.view(piece.id).state == EvidenceState.SENT
    state = services.connection.state()
    assert (state.photos_waiting, state.photos_total) == (0, 0)

    laptop.connection.connect(server, "ann", "ann")
    assert laptop.connection.sync().photos_fetched == 1
    assert laptop.evidence.open(piece.id) == services.evidence.open(piece.id)
    far = laptop.desk.today().replace(month=12, day=20)
    laptop.visits.set_details(visit_id, visited_on=far)
    assert laptop.evidence.view(piece.id).state == EvidenceState.SENT


def test_a_visit_that_is_far_off_is_fetched_when_it_is_opened(
    services: Services, laptop: Services, visit_id: str, photo: Path, server: str
) -> None:
    piece = services.evidence.add(visit_id, QUESTION, photo)
    services.visits.set_details(visit_id, visited_on=services.desk.today().replace(month=12))
    services.connection.connect(server, "ann", "ann")
    services.connection.sync()
    laptop.connection.connect(server, "ann", "ann")
    assert laptop.connection.sync().photos_fetched == 0
    assert laptop.evidence.view(piece.id).state == EvidenceState.AWAY
    assert laptop.evidence.if_here(piece.id) is None
    told: list[tuple[int, int]] = []
    data = laptop.evidence.fetch(piece.id, lambda came, size: told.append((came, size)))
    assert data == services.evidence.open(piece.id)
    assert told[-1] == (len(data), len(data))
    assert laptop.evidence.view(piece.id).state == EvidenceState.SENT


def test_what_was_set_aside_is_sent_again(
    services: Services, visit_id: str, photo: Path, server: str
) -> None:
    piece = services.evidence.add(visit_id, QUESTION, photo)
    with services.desk.database.applying() as session:
        aside = {"refused_code": Code.OUT_OF_SCOPE.value, "refused_text": "Not yours."}
        session.execute(update(EvidenceCopy).values(**aside))
    view = services.evidence.view(piece.id)
    assert (view.state, view.refused) == (EvidenceState.SET_ASIDE, "Not yours.")
    services.connection.connect(server, "ann", "ann")
    assert services.connection.sync().photos_sent == 0
    assert services.connection.state().photos_refused == 1
    services.evidence.send_again(piece.id)
    assert services.connection.sync().photos_sent == 1
    assert services.evidence.view(piece.id).state == EvidenceState.SENT
