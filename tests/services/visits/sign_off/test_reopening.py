"""A visit signed off before this computer was updated is opened again, to be signed off anew."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from forms.rating.outcome import ENGINE
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import Code
from visitapp.records import Outbox, Rating, Visit
from visitapp.services.services import Services
from visitapp.services.visits.sign_off.reopening import send_held_again, withdraw_refused_sign_offs


@pytest.mark.parametrize(
    ("engine", "code", "status"),
    [
        (1, Code.OUTCOME_OLDER, "draft"),
        (ENGINE, Code.OUTCOME_OLDER, "signed_off"),
        (ENGINE, Code.OUTCOME_NEWER, "signed_off"),
        (ENGINE, Code.OUTCOME_DIFFERS, "draft"),
    ],
)
def test_only_a_visit_that_can_be_rated_again_is_opened(
    services: Services, homes: list[str], engine: int, code: Code, status: str
) -> None:
    visit = signed_off_visit(services, homes[0]).summary.id
    with services.desk.database.applying() as session:
        found = session.get_one(Visit, visit)
        found.outcome = {**(found.outcome or {}), "engine": engine}
        session.execute(update(Outbox).where(Outbox.record_id == visit).values(refused_code=code))
    with services.desk.transaction() as session:
        withdraw_refused_sign_offs(session, services.desk)
    assert services.visits.view(visit).summary.status == status
    with services.desk.reading() as session:
        assert session.query(Rating).count() == (status == "signed_off")


def held(services: Services, visit: str, code: Code, **outcome: object) -> None:
    """The server refused the visit's sign-off with this code; its outcome is changed as given."""
    with services.desk.database.applying() as session:
        found = session.get_one(Visit, visit)
        found.outcome = {**(found.outcome or {}), **outcome}
        refused = {"refused_code": code, "refused_text": "Update Visitapp to send this."}
        session.execute(update(Outbox).where(Outbox.record_id == visit).values(**refused))


def refusals(services: Services) -> list[str]:
    return [change.code for change in services.connection.refused()]


@pytest.mark.parametrize(
    ("code", "outcome", "left"),
    [
        pytest.param(Code.OUTCOME_OLDER, {"engine": 1}, [], id="the newer rules agree"),
        pytest.param(
            Code.OUTCOME_OLDER,
            {"engine": 1, "percent": 61},
            [Code.OUTCOME_OLDER],
            id="the newer rules give another outcome",
        ),
        pytest.param(
            Code.OUTCOME_OLDER, {"engine": ENGINE}, [Code.OUTCOME_OLDER], id="not updated yet"
        ),
        pytest.param(Code.OUTCOME_NEWER, {"engine": ENGINE}, [], id="the server may be updated"),
        pytest.param(
            Code.OUTCOME_DIFFERS, {"engine": 1}, [Code.OUTCOME_DIFFERS], id="refused for good"
        ),
    ],
)
def test_a_held_sign_off_goes_by_itself_after_the_update(
    services: Services, homes: list[str], code: Code, outcome: dict[str, object], left: list[Code]
) -> None:
    visit = signed_off_visit(services, homes[0]).summary.id
    held(services, visit, code, **outcome)
    with services.desk.transaction() as session:
        send_held_again(session, services.desk)
    assert refusals(services) == left
    view = services.visits.view(visit)
    assert view.summary.status == "signed_off"
    if not left:
        assert view.outcome.engine == ENGINE
