"""What waits for a decision: for whom, in which order, and what it takes to decide."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from tests.support.desk.exceptions import RISK, close_by_a_red_visit, confirm_closed
from tests.support.desk.positions import meet
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.services.views.decided.decisions import DecisionView, Detail, Given


@pytest.fixture
def officer(services: Services) -> str:
    bring(services, mia=Role.MANAGER, lee=Role.LEAD, vi=Role.VIEWER, ann=Role.OFFICER)
    return services.me().id


@pytest.fixture
def asked(services: Services, homes: list[str], officer: str) -> str:
    """An exception without its risk assessment."""
    home = close_by_a_red_visit(services, homes[0])
    confirm_closed(services, home, "mia")
    return services.exceptions.ask(home, "P31", "Her husband lives there.").id


@pytest.fixture
def green(services: Services, homes: list[str], officer: str) -> str:
    """A first visit that is Green, so that its rating waits for a lead."""
    return signed_off_visit(services, homes[1]).summary.id


def yours(services: Services) -> list[tuple[str, str]]:
    found = [(one.kind, one.id) for one in services.decisions.waiting().mine]
    assert services.decisions.count_mine() == len(found), "the window counts what it lists"
    return found


def others(services: Services) -> list[tuple[str, str]]:
    return [(one.kind, one.id) for one in services.decisions.waiting().others]


def test_each_role_sees_its_own_first_and_what_waits_for_others(
    services: Services, green: str, asked: str
) -> None:
    rating, exception = ("rating", green), ("exception", asked)
    assert (yours(services), others(services)) == ([], [rating, exception])
    become(services, "lee")
    assert (yours(services), others(services)) == ([rating], [exception])
    become(services, "mia")
    assert (yours(services), others(services)) == ([exception], [rating])
    for nobody in ("ann", "vi"):
        become(services, nobody)
        assert (yours(services), others(services)) == ([], [])


def of(view: DecisionView, option: str) -> str:
    return next(one.barred for one in view.options if one.id == option)


def test_an_exception_without_an_assessment_says_so_and_is_barred(
    services: Services, asked: str
) -> None:
    become(services, "mia")
    view = services.decisions.view("exception", asked)
    lines = [text for passage in view.passages for _, text in passage.lines]
    assert "There is no risk assessment on record." in lines
    assert of(view, "authorise") != ""
    given = Given(until=services.desk.today(), reason="Because")
    with pytest.raises(Refused, match="without a risk assessment"):
        services.decisions.decide("exception", asked, "authorise", given)


def test_an_exception_is_authorised_with_conditions_end_and_reason(
    services: Services, asked: str, officer: str
) -> None:
    services.exceptions.assess(asked, RISK)
    become(services, "mia")
    view = services.decisions.view("exception", asked)
    assert of(view, "authorise") == ""
    assert view.latest == services.desk.today() + timedelta(days=28)
    for given, said in (
        (Given(), "last day"),
        (Given(until=view.latest), "reason"),
        (Given(until=view.latest + timedelta(days=1), reason="Because"), "28 days"),
    ):
        with pytest.raises(Refused, match=said):
            services.decisions.decide("exception", asked, "authorise", given)
    given = Given(until=view.latest, reason="Because", conditions="Seen within 7 days.")
    services.decisions.decide("exception", asked, "authorise", given)
    one = services.exceptions.view(asked)
    assert (one.status, one.conditions) == ("authorised", "Seen within 7 days.")
    assert yours(services) == []
    with pytest.raises(NotFound):
        services.decisions.view("exception", asked)


def test_an_exception_is_refused_with_a_reason(services: Services, asked: str) -> None:
    become(services, "mia")
    with pytest.raises(Refused, match="reason"):
        services.decisions.decide("exception", asked, "refuse", Given())
    services.decisions.decide("exception", asked, "refuse", Given(reason="A bed is free."))
    assert services.exceptions.view(asked).reason == "A bed is free."


def test_a_better_rating_is_approved_or_returned(services: Services, green: str) -> None:
    become(services, "lee")
    view = services.decisions.view("rating", green)
    assert view.visit_id == green
    needs = {option.id: list(option.needs) for option in view.options}
    assert needs == {"approve": [], "return": [Detail.REASON]}
    services.decisions.decide("rating", green, "approve", Given())
    assert services.visits.view(green).summary.status == "approved"
    assert ("rating", green) not in yours(services)


def test_it_says_what_rates_the_setting_until_then(
    services: Services, homes: list[str], green: str
) -> None:
    close_by_a_red_visit(services, homes[0])
    better = signed_off_visit(services, homes[0]).summary.id
    become(services, "lee")
    assert services.decisions.view("rating", green).standing == "Not rated yet"
    assert services.decisions.view("rating", better).standing == "Now rated Red"


def test_a_second_green_visit_changes_no_colour_once_the_first_is_approved(
    services: Services, homes: list[str], green: str
) -> None:
    second = signed_off_visit(services, homes[1]).summary.id
    become(services, "lee")
    follows = services.decisions.view("rating", second).options[0].follows[0]
    assert follows == "The rating becomes Green at once."
    services.reviews.approve(green, at_once=True)
    follows = services.decisions.view("rating", second).options[0].follows[0]
    assert follows == "The rating stays Green, by this visit from now on."


def test_an_older_visit_promises_no_rating_over_a_newer_one(
    services: Services, homes: list[str], officer: str
) -> None:
    close_by_a_red_visit(services, homes[0])
    day = services.desk.today() - timedelta(days=40)
    older = signed_off_visit(services, homes[0], visited_on=day).summary.id
    become(services, "lee")
    promised = services.decisions.view("rating", older).options[0].follows[0]
    assert promised.startswith("The rating stays Red, of ")
    services.decisions.decide("rating", older, "approve", Given())
    assert services.settings.view(homes[0]).rating.rag == "red"


def test_a_better_rating_is_returned_with_a_reason(services: Services, green: str) -> None:
    become(services, "lee")
    services.decisions.decide("rating", green, "return", Given(reason="Which audit?"))
    assert services.visits.view(green).summary.status == "returned"


def test_who_may_not_decide_is_refused_and_reads_who_may(
    services: Services, green: str, asked: str
) -> None:
    view = services.decisions.view("exception", asked)
    assert (view.waiting.mine, view.waiting.decided_by) == (False, "a senior manager")
    for kind, id_, option in (("exception", asked, "refuse"), ("rating", green, "approve")):
        with pytest.raises(NotAllowed):
            services.decisions.decide(kind, id_, option, Given(reason="Because"))
    with pytest.raises(NotFound):
        services.decisions.view("nothing", asked)
    become(services, "mia")
    with pytest.raises(NotFound, match="no such choice"):
        services.decisions.decide("exception", asked, "approve", Given(reason="Because"))


def test_a_position_is_confirmed_by_a_manager_and_a_lead_reads_why_not(
    services: Services, homes: list[str], officer: str
) -> None:
    home = close_by_a_red_visit(services, homes[0])
    waits = ("position", home)
    assert others(services) == []
    become(services, "lee")
    assert (yours(services), others(services)) == ([], [waits])
    become(services, "mia")
    assert yours(services) == [waits]
    view = services.decisions.view("position", home)
    assert view.standing == "Closed because the rating is Red, to be confirmed."
    assert [option.id for option in view.options] == ["closed", "conditional", "open"]
    with pytest.raises(Refused, match="conditions"):
        services.decisions.decide("position", home, "conditional", Given(reason="Because"))
    services.decisions.decide("position", home, "closed", Given(reason="Because"))
    assert yours(services) == []
    assert services.placements.view(home).position == "closed"


def test_another_rating_asks_for_a_position_with_a_condition(
    services: Services, homes: list[str], officer: str
) -> None:
    signed_off_visit(services, homes[0])
    become(services, "lee")
    services.reviews.approve(services.visits.list()[0].id, at_once=True)
    assert ("position", homes[0]) in yours(services)
    given = Given(reason="Because", conditions="Two nurses at night.")
    services.decisions.decide("position", homes[0], "conditional", given)
    decided = services.placements.view(homes[0]).decision
    assert decided is not None
    assert (decided.condition, decided.review_on) == (
        "Two nurses at night.",
        services.placements.latest_review(),
    )


def test_who_decides_on_a_closed_setting_is_said_as_it_is(
    services: Services, homes: list[str], officer: str
) -> None:
    home = close_by_a_red_visit(services, homes[0])
    amber = signed_off_visit(services, homes[1]).summary.id
    become(services, "lee")
    (waiting,) = [one for one in services.decisions.waiting().others if one.id == home]
    assert waiting.decided_by == "a senior manager"
    services.reviews.approve(amber, at_once=True)
    (open_,) = [one for one in services.decisions.waiting().mine if one.id == homes[1]]
    assert open_.decided_by == "a team lead or a senior manager"


def test_an_overdue_review_of_an_event_waits_for_a_lead(
    services: Services, homes: list[str], officer: str, clock: Clock
) -> None:
    event = services.events.record(
        homes[0], "police", "A theft", rag="red", reason="Money is not kept safe"
    )
    key = ("event_review", event.id)
    assert key not in yours(services) + others(services), "it is not due yet"
    assert event.review_on is not None
    clock.move_to(event.review_on + timedelta(days=1))
    assert key in others(services), "who recorded it sees that it waits"
    with pytest.raises(NotAllowed):
        services.decisions.decide(*key, "amber", Given(reason="Better"))
    become(services, "lee")
    assert key in yours(services)
    view = services.decisions.view(*key)
    assert [option.id for option in view.options] == ["red", "amber", "green"]
    assert view.options[0].label == "The rating stays Red"
    with pytest.raises(Refused, match="Give the reason"):
        services.decisions.decide(*key, "red", Given())
    services.decisions.decide(*key, "red", Given(reason="The safe is not there yet."))
    assert key not in yours(services)
    rating = services.settings.view(homes[0]).rating
    assert (rating.rag, rating.review_on) == ("red", view.latest)
    assert rating.review_on is not None
    clock.move_to(rating.review_on + timedelta(days=1))
    (again,) = [id_ for kind, id_ in yours(services) if kind == "event_review"]
    services.decisions.decide("event_review", again, "amber", Given(reason="A safe was bought."))
    assert services.settings.view(homes[0]).rating.rag == "amber"


def test_the_window_counts_positions_for_those_who_may_decide_them(
    services: Services, homes: list[str], officer: str
) -> None:
    close_by_a_red_visit(services, homes[0])
    meet(services, homes[1], "lee", "mia")
    waiting = {("position", home) for home in homes}
    found = {}
    for who in ("ann", "vi", "lee", "mia"):
        become(services, who)
        found[who] = set(yours(services))
    assert found["mia"] == waiting
    assert found["lee"] <= waiting
    assert found["ann"] == found["vi"] == set()
