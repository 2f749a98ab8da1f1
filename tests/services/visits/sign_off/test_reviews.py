"""A team lead's reviews, in the roles that may make them."""

from __future__ import annotations

import pytest

from tests.support.desk.desks import FORM, signed_off_visit
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.records import Role, Step, User, new_id
from visitapp.services.services import Services
from visitapp.storage.state import LocalStates


def work_as(services: Services, role: Role, team: str = "") -> str:
    """Make a colleague of this role the device's user, as a sign-in would; gives the id."""
    user_id = new_id()
    with services.desk.database.applying() as session:
        session.add(
            User(
                id=user_id,
                name=f"{role}-{user_id[-4:]}",
                title=f"A {role}",
                role=role,
                team=team,
                created_at=services.desk.clock(),
                created_by=user_id,
            )
        )
        LocalStates().set(session, "user_id", user_id)
    return user_id


@pytest.fixture
def signed(services: Services, homes: list[str]) -> str:
    """A visit that the officer signed off."""
    return signed_off_visit(services, homes[0]).summary.id


def test_a_lead_approves_a_signed_off_visit(services: Services, signed: str) -> None:
    assert [one.visit.id for one in services.reviews.queue().waiting] == [signed]
    lead = work_as(services, Role.LEAD)
    view = services.reviews.approve(signed)
    assert view.summary.status == "approved"
    assert [(one.decision, one.by) for one in view.reviews] == [("approved", "A lead")]
    assert services.reviews.queue().waiting == []
    with services.desk.reading() as session:
        assert session.query(Step).filter_by(after="approved").one().created_by == lead


def test_a_returned_visit_is_open_again_and_can_be_signed_off_again(
    services: Services, signed: str
) -> None:
    officer = services.me().id
    work_as(services, Role.LEAD)
    services.reviews.return_(signed, "Which audit was this?")
    with services.desk.database.applying() as session:
        LocalStates().set(session, "user_id", officer)
    services.visits.answer(signed, "referrals", value="not_met", note="The September audit.")
    again = services.visits.sign_off(signed)
    assert (again.summary.status, again.outcome.overall) == ("signed_off", "red")
    assert [one.comment for one in again.reviews] == ["Which audit was this?"]


def test_an_officer_may_not_review(services: Services, signed: str) -> None:
    with pytest.raises(NotAllowed):
        services.reviews.approve(signed)
    assert services.visits.view(signed).summary.status == "signed_off"


def test_the_objection_is_what_the_refusal_says(services: Services, signed: str) -> None:
    assert services.reviews.objection(signed) == "Only a team lead can approve or return a visit."
    work_as(services, Role.LEAD)
    assert services.reviews.objection(signed) == ""


def test_nobody_reviews_their_own_visit(services: Services, homes: list[str]) -> None:
    work_as(services, Role.LEAD)
    own = signed_off_visit(services, homes[0]).summary.id
    with pytest.raises(NotAllowed, match="own visit"):
        services.reviews.approve(own)


def test_a_return_says_why(services: Services, signed: str) -> None:
    work_as(services, Role.LEAD)
    with pytest.raises(Refused, match="comment"):
        services.reviews.return_(signed, "  ")
    assert services.visits.view(signed).reviews == []


def test_only_a_signed_off_visit_can_be_reviewed(services: Services, homes: list[str]) -> None:
    draft = services.visits.start(homes[0], FORM).id
    signed = signed_off_visit(services, homes[1]).summary.id
    work_as(services, Role.LEAD)
    services.reviews.approve(signed)
    for visit in (draft, signed):
        with pytest.raises(Refused) as refused:
            services.reviews.approve(visit)
        assert refused.value.code == Code.NOT_SIGNED_OFF


@pytest.mark.parametrize("role", [Role.VIEWER, Role.MANAGER])
def test_a_role_that_reads_changes_nothing(
    services: Services, signed: str, homes: list[str], role: Role
) -> None:
    work_as(services, role)
    for attempt in (
        lambda: services.visits.start(homes[0], FORM),
        lambda: services.reviews.approve(signed),
        lambda: services.actions.update("any", status="done"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert len(services.visits.list()) == 1
