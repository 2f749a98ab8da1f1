"""Second reviews at a lead's device, refused in the same words as at the server."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Role, Setting, VisitStatus
from visitapp.services.services import Services


@pytest.fixture
def signed(services: Services, homes: list[str]) -> str:
    """A visit of Ann's in the West team, at the device of the lead Lee."""
    bring(services, ann=Role.OFFICER, lee=Role.LEAD, kim=Role.LEAD)
    with services.desk.database.applying() as session:
        session.get_one(Setting, homes[0]).team = "West"
    become(services, "ann")
    visit = signed_off_visit(services, homes[0]).summary.id
    become(services, "lee")
    return visit


def test_both_agree_before_the_visit_is_approved(services: Services, signed: str) -> None:
    assert [one.name for one in services.second_reviews.candidates(signed)] == ["kim"]
    asked = services.second_reviews.ask(signed, "kim", "Is 4.3 fair?")
    assert services.second_reviews.ask(signed, "kim").id == asked.id
    with pytest.raises(NotAllowed, match="has not agreed"):
        services.reviews.approve(signed)
    why = services.reviews.objection(signed, VisitStatus.APPROVED)
    assert "has not agreed" in why
    assert services.reviews.objection(signed) == "", "it may be returned"
    become(services, "kim")
    mine = services.second_reviews.mine(signed)
    services.second_reviews.disagree(mine.id, "4.3 is too kind")
    services.second_reviews.agree(mine.id, "Settled by phone")
    (second,) = services.second_reviews.of_visit(signed)
    assert (second.status, second.comment) == ("agreed", "Settled by phone")
    with pytest.raises(NotAllowed, match="The other reviewer"):
        services.reviews.approve(signed)
    become(services, "lee")
    assert services.reviews.approve(signed).summary.status == "approved"


def test_who_may_be_asked_and_who_answers(services: Services, signed: str) -> None:
    for name, error in (("lee", NotAllowed), ("ann", Refused), ("nobody", NotFound)):
        with pytest.raises(error):
            services.second_reviews.ask(signed, name)
    asked = services.second_reviews.ask(signed, "kim")
    with pytest.raises(NotAllowed, match="Only the second reviewer"):
        services.second_reviews.agree(asked.id)
    with pytest.raises(NotFound):
        services.second_reviews.mine(signed)
    become(services, "ann")
    with pytest.raises(NotAllowed):
        services.second_reviews.ask(signed, "kim")


def test_a_request_is_withdrawn_with_a_reason(services: Services, signed: str) -> None:
    asked = services.second_reviews.ask(signed, "kim")
    with pytest.raises(Refused, match="reason"):
        services.second_reviews.withdraw(asked.id, "")
    services.second_reviews.withdraw(asked.id, "Kim is away")
    assert services.reviews.approve(signed).summary.status == "approved"
