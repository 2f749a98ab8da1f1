"""A visit signed off before this computer was updated is opened again, to be signed off anew."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from forms.rating.outcome import ENGINE
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import Code
from visitapp.records import Outbox, Rating, Step, Visit
from visitapp.services.services import Services
from visitapp.services.visits.sign_off.reopening import withdraw_refused_sign_offs


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
        step = session.scalars(select(Step.id).where(Step.record_id == visit)).one()
        session.execute(update(Outbox).where(Outbox.record_id == step).values(refused_code=code))
    with services.desk.transaction() as session:
        withdraw_refused_sign_offs(session)
    assert services.visits.view(visit).summary.status == status
    with services.desk.reading() as session:
        assert session.query(Rating).count() == (status == "signed_off")
