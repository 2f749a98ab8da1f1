"""Two officers who start a visit at one setting are told of each other."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import FORM, signed_off_visit
from visitapp.records import Role
from visitapp.services.services import Services


@pytest.fixture
def of_bob(services: Services, homes: list[str]) -> str:
    """A visit that a colleague has open."""
    me = services.me().id
    bring(services, bob=Role.OFFICER)
    become(services, "bob")
    visit = services.visits.start(homes[0], FORM).id
    become(services, me)
    return visit


def test_each_is_told_of_the_other(services: Services, homes: list[str], of_bob: str) -> None:
    warned = services.visits.of_another(homes[0])
    assert warned is not None
    assert warned.id == of_bob
    assert "not signed off, of 22 November 2026" in warned.text
    mine = services.visits.start(homes[0], FORM).id
    assert services.visits.view(mine).other_visit == warned
    assert services.visits.view(of_bob).other_visit is None, "it is not my visit"


def test_nobody_is_warned_of_their_own_another_homes_or_a_signed_visit(
    services: Services, homes: list[str], of_bob: str
) -> None:
    services.visits.start(homes[1], FORM)
    assert services.visits.of_another(homes[1]) is None
    signed_off_visit(services, homes[1])
    assert services.visits.of_another(homes[1]) is None
