"""Overrides of an outcome on one desk: who asks, who agrees, and what follows for the rating."""

from __future__ import annotations

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import signed_off_visit
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.services.views.decided.decisions import Given
from visitapp.ui.models.rows import Cell
from visitapp.ui.models.visits import visit_columns


@pytest.fixture
def officer(services: Services) -> str:
    bring(services, lee=Role.LEAD, mia=Role.MANAGER, ann=Role.OFFICER)
    return services.me().id


@pytest.fixture
def visit(services: Services, homes: list[str], officer: str) -> str:
    """A signed-off first visit whose outcome is Green."""
    return signed_off_visit(services, homes[0]).summary.id


def rag(services: Services, visit: str) -> str:
    return services.settings.view(services.visits.view(visit).summary.setting_id).rating.rag


def test_a_worse_rating_counts_at_once_and_goes_when_it_is_declined(
    services: Services, visit: str
) -> None:
    one = services.overrides.ask(visit, "red", "The manager left that evening.")
    assert (one.outcome_rag, one.rag, one.status, one.counts) == ("green", "red", "asked", True)
    assert rag(services, visit) == "red"
    assert services.visits.view(visit).outcome.overall == "green", "the outcome stays"
    become(services, "lee")
    with pytest.raises(Refused, match="Give a reason"):
        services.overrides.decline(one.id, " ")
    done = services.overrides.decline(one.id, "The deputy is in charge.")
    assert (done.status, done.decided_by, done.decision) == (
        *("declined", "Lee Doe"),
        "The deputy is in charge.",
    )
    assert rag(services, visit) == "unrated", "a first Green waits for approval"
    services.reviews.approve(visit, at_once=True)
    assert rag(services, visit) == "green"


def test_a_better_rating_counts_when_a_lead_agreed_and_approved(
    services: Services, homes: list[str], officer: str
) -> None:
    referrals = {"value": "not_met", "note": "Two of five were not referred."}
    visit = signed_off_visit(services, homes[0], referrals=referrals).summary.id
    one = services.overrides.ask(visit, "amber", "All were referred the same day.")
    assert (one.counts, rag(services, visit)) == (False, "red")
    become(services, "lee")
    assert services.overrides.agree(one.id).counts
    assert rag(services, visit) == "red"
    services.reviews.approve(visit, at_once=True)
    assert rag(services, visit) == "amber"
    services.reviews.return_(visit, "Another look")
    assert rag(services, visit) == "red", "the improvement goes, the worsening stays"
    assert [one.status for one in services.overrides.of_visit(visit)] == ["agreed"]


def test_nobody_agrees_on_their_own_visit(services: Services, visit: str, officer: str) -> None:
    become(services, "lee")
    one = services.overrides.ask(visit, "amber", "Because")
    with pytest.raises(NotAllowed, match="own visit"):
        services.overrides.agree(one.id)
    become(services, officer)
    with pytest.raises((NotAllowed, Refused)):
        services.overrides.agree(one.id)
    for nobody in ("ann", "mia"):
        become(services, nobody)
        with pytest.raises((NotAllowed, Refused)):
            services.overrides.decline(one.id, "Because")
    assert [one.status for one in services.overrides.of_visit(visit)] == ["asked"]


def test_what_cannot_be_is_refused(services: Services, visit: str, homes: list[str]) -> None:
    for to, reason, said in (
        ("green", "Because", "already"),
        ("unrated", "Because", "red, amber or green"),
        ("red", " ", "reason"),
    ):
        with pytest.raises(Refused, match=said):
            services.overrides.ask(visit, to, reason)
    draft = services.visits.start(homes[1], "residential-quality").id
    with pytest.raises(Refused, match="not signed off"):
        services.overrides.ask(draft, "red", "Because")
    services.overrides.ask(visit, "red", "Because")
    with pytest.raises(Refused, match="already overridden"):
        services.overrides.ask(visit, "amber", "Because")


def test_one_that_nobody_decided_on_is_withdrawn(services: Services, visit: str) -> None:
    one = services.overrides.ask(visit, "red", "Because")
    services.overrides.withdraw(one.id, "Mistaken.")
    assert (services.overrides.of_visit(visit), rag(services, visit)) == ([], "unrated")
    assert services.overrides.ask(visit, "amber", "Because").status == "asked"


def test_it_waits_with_the_decisions_of_a_lead(services: Services, visit: str) -> None:
    one = services.overrides.ask(visit, "amber", "Because")
    assert [w.id for w in services.decisions.waiting().others if w.kind == "override"] == [one.id]
    become(services, "lee")
    assert [w.id for w in services.decisions.waiting().mine if w.kind == "override"] == [one.id]
    view = services.decisions.view("override", one.id)
    assert (view.visit_id, [o.id for o in view.options]) == (visit, ["agree", "decline"])
    services.decisions.decide("override", one.id, "agree", Given())
    assert services.overrides.of_visit(visit)[0].agreed


def test_both_ratings_are_shown_with_the_visit(services: Services, visit: str) -> None:
    services.overrides.ask(visit, "amber", "Because")
    (shown,) = services.visits.view(visit).outcome_overrides
    assert (shown.outcome_rag, shown.rag, shown.reason) == ("green", "amber", "Because")


def test_a_row_of_a_list_shows_both_ratings(services: Services, visit: str) -> None:
    def row() -> Cell:
        (one,) = services.visits.list()
        outcome = next(c for c in visit_columns(lambda *_: "") if c.title == "Outcome")
        return outcome.cell(one)

    one = services.overrides.ask(visit, "amber", "Because")
    assert (row().text, row().second) == ("Green", "override to Amber asked for")
    become(services, "lee")
    services.overrides.agree(one.id)
    assert (row().text, row().second, row().rag) == ("Green", "overridden to Amber", "green")
