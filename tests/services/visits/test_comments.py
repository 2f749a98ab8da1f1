"""Comments on answers: in form order, one thread for each question, once a visit was signed off."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Role
from visitapp.services.services import Services


@pytest.fixture
def signed(services: Services, homes: list[str]) -> str:
    """A visit of Ann's, at the device of the lead Lee."""
    bring(services, ann=Role.OFFICER, bea=Role.OFFICER, lee=Role.LEAD)
    become(services, "ann")
    visit = signed_off_visit(services, homes[0]).summary.id
    become(services, "lee")
    return visit


def test_comments_are_in_form_order_and_reply_to_the_newest(
    services: Services, signed: str
) -> None:
    later, earlier = "referrals", "registered_manager"
    asked = services.comments.add(signed, later, " Which audit was this? ")
    services.comments.add(signed, earlier, "Since when?")
    become(services, "ann")
    reply = services.comments.add(signed, later, "That of October")
    assert (asked.text, asked.mine, reply.reply_to) == ("Which audit was this?", True, asked.id)
    found = services.visits.view(signed).comments
    assert found == services.comments.of_visit(signed)
    assert [(one.question, one.by, one.mine) for one in found] == [
        (earlier, "Lee Doe", False),
        (later, "Lee Doe", False),
        (later, "Ann Doe", True),
    ]


def test_an_approved_or_returned_visit_is_still_commented_on(
    services: Services, signed: str
) -> None:
    services.reviews.approve(signed, at_once=True)
    assert services.visits.view(signed).may_comment
    services.comments.add(signed, "referrals", "Well done")
    services.reviews.return_(signed, "Another look")
    become(services, "ann")
    services.comments.add(signed, "referrals", "Done")
    assert [one.text for one in services.comments.of_visit(signed)] == ["Well done", "Done"]


def test_what_is_refused(services: Services, signed: str, homes: list[str]) -> None:
    first = services.comments.add(signed, "registered_manager", "Since when?")
    for question, text, reply in (
        ("referrals", "  ", None),
        ("no_such_question", "Why?", None),
        ("referrals", "Why?", first.id),
    ):
        with pytest.raises(Refused):
            services.comments.add(signed, question, text, reply)
    become(services, "bea")
    assert not services.visits.view(signed).may_comment
    with pytest.raises(NotAllowed):
        services.comments.add(signed, "referrals", "Mine")
    become(services, "ann")
    draft = services.visits.start(homes[0], "residential-quality").id
    assert not services.visits.view(draft).may_comment
    with pytest.raises(Refused, match="signed off"):
        services.comments.add(draft, "referrals", "To myself")
