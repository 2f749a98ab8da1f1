"""Work that the server rejected can be given up by everybody, whatever their role is now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from sync.server.operations.users import People
from tests.support.desk.desks import FORM
from tests.support.desk.pictures import jpeg
from tests.support.server.served import Served, served
from visitapp.errors import Code
from visitapp.records import Answer, Evidence, EvidenceCopy, Role
from visitapp.services.services import Services
from visitapp.storage.database import utc_now

REFUSED = {Code.NOT_ALLOWED, Code.NOT_FOUND}
"""A visit that a manager may not send, and what hangs on it."""


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path, "ann") as made:
        yield made


def becomes(council: Served, role: Role) -> None:
    People(council.database, utc_now).set_role("ann", role)


def agreed(services: Services) -> list[str]:
    """The codes of what is still refused after a sync that may remove what it likes."""
    report = services.connection.sync(confirm_removal=lambda going, total: True)
    return [one.code for one in report.refused]


def test_a_manager_discards_what_they_recorded_as_an_officer(
    services: Services, homes: list[str], council: Served, tmp_path: Path
) -> None:
    action = services.actions.add(None, homes[1], "Mend the roof", date(2026, 12, 7)).id
    council.connect(services)
    assert agreed(services) == []
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer(visit, "referrals", value="met")
    photo = tmp_path / "lock.jpg"
    photo.write_bytes(jpeg(80, 60))
    services.evidence.add(visit, "referrals", photo)
    services.actions.update(action, owner="Sam")
    services.actions.update(action, status="in_progress")
    becomes(council, Role.MANAGER)
    assert set(agreed(services)) == {*REFUSED, Code.STEP_REFUSED}

    refused = services.connection.refused()
    edited = next(one for one in refused if one.kind == "action")
    services.connection.discard_refused(edited.kind, edited.id)
    assert services.connection.discard_all_refused() == len(refused) - 1
    state = services.connection.state()
    assert (state.refused, state.waiting, state.photos_waiting) == (0, 0, 0)
    (kept,) = services.actions.list()
    assert (kept.owner, kept.status) == ("", "open")

    assert agreed(services) == []
    with services.desk.reading() as session:
        for kind in (Answer, Evidence, EvidenceCopy):
            assert session.scalars(select(kind)).all() == []
    becomes(council, Role.OFFICER)
    assert agreed(services) == []
    assert [one.id for one in services.actions.list()] == [action]


def test_a_manager_keeps_what_was_refused_until_they_are_an_officer_again(
    services: Services, homes: list[str], council: Served
) -> None:
    council.connect(services)
    assert agreed(services) == []
    visit = services.visits.start(homes[0], FORM).id
    services.visits.answer(visit, "referrals", value="met", note="Typed before the change.")
    becomes(council, Role.MANAGER)
    assert set(agreed(services)) == REFUSED
    becomes(council, Role.OFFICER)
    assert set(agreed(services)) == REFUSED
    services.connection.resend()
    assert agreed(services) == []
    assert services.visits.view(visit).answers["referrals"].note == "Typed before the change."


def test_evidence_that_another_record_names_keeps_its_bytes(
    services: Services, homes: list[str], council: Served, tmp_path: Path
) -> None:
    council.connect(services)
    assert agreed(services) == []
    photo = tmp_path / "lock.jpg"
    photo.write_bytes(jpeg(80, 60))
    visits = [services.visits.start(home, FORM).id for home in homes]
    for visit in visits:
        services.evidence.add(visit, "referrals", photo)
    becomes(council, Role.MANAGER)
    agreed(services)
    first = next(one for one in services.connection.refused() if one.kind == "evidence")
    services.connection.discard_refused(first.kind, first.id)
    with services.desk.reading() as session:
        assert len(session.scalars(select(EvidenceCopy)).all()) == 1
