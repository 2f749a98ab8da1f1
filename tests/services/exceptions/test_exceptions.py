"""Placement exceptions on one desk: each step by who may take it, and by who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock
from tests.support.desk.exceptions import RISK, close_by_a_red_visit
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Role, User
from visitapp.rules.authority.exception_life import PlacementRisk
from visitapp.services.exceptions.words import state_word
from visitapp.services.services import Services

WHY = "Her husband lives there."


@pytest.fixture
def home(services: Services, homes: list[str]) -> str:
    """A setting that is closed to new placements."""
    return close_by_a_red_visit(services, homes[0])


@pytest.fixture
def officer(services: Services, home: str) -> str:
    """The desk's own officer; there is a manager, a lead and a viewer too."""
    bring(services, mia=Role.MANAGER, lee=Role.LEAD, vi=Role.VIEWER, adi=Role.ADMIN)
    return services.me().id


def asked(services: Services, home: str, *, assessed: bool = True) -> str:
    risk = RISK if assessed else None
    return services.exceptions.ask(home, "P31", WHY, assessment=risk).id


def test_it_is_asked_assessed_authorised_and_used_once(
    services: Services, home: str, officer: str, clock: Clock
) -> None:
    exceptions, today = services.exceptions, services.desk.today()
    one = exceptions.ask(home, " P31 ", WHY, needed_by=today + timedelta(days=2))
    assert (one.person, one.status, one.assessment, one.earlier) == ("P31", "asked", None, 0)
    assert exceptions.assess(one.id, RISK).assessment == RISK
    become(services, "mia")
    last = today + timedelta(days=28)
    done = exceptions.authorise(one.id, last, "Keeps a couple together.", "Seen in 7 days.")
    assert (done.status, done.valid_to, done.conditions) == ("authorised", last, "Seen in 7 days.")
    assert (done.decided_by, done.decided_on) == ("Mia Doe", today)
    assert done.reason == "Keeps a couple together."
    become(services, officer)
    used = exceptions.use(one.id, today)
    assert (used.status, used.placed_on, used.covered) == ("used", today, True)
    with pytest.raises(Refused, match="is used and cannot become used"):
        exceptions.use(one.id, today)
    assert exceptions.ask(home, "P32", WHY).earlier == 1


def test_it_is_asked_only_where_placements_are_closed(
    services: Services, homes: list[str], officer: str
) -> None:
    with pytest.raises(Refused, match="Larch Nursing Home is not closed"):
        services.exceptions.ask(homes[1], "P31", WHY)
    assert not services.exceptions.may_ask(homes[1])
    assert services.exceptions.may_ask(homes[0])


@pytest.mark.parametrize(
    ("person", "why", "said"),
    [
        ("Mabel Quill", WHY, "looks like a name"),
        ("943 476 5919", WHY, "NHS number"),
        ("P31", " ", "why this placement is exceptional"),
        ("P31", "Mrs Jane Smith lives there", "leave out “Mrs Jane Smith”"),
        ("P31", "NHS 943 476 5919", "leave out “943 476 5919”"),
    ],
)
def test_a_person_is_never_named_and_a_reason_is_there(
    services: Services, home: str, officer: str, person: str, why: str, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        services.exceptions.ask(home, person, why)
    assert services.exceptions.list() == []


def test_no_reason_and_no_condition_of_a_decision_names_a_person(
    services: Services, home: str, officer: str
) -> None:
    one, today = asked(services, home), services.desk.today()
    become(services, "mia")
    for reason, conditions in (("For Mrs Jane Smith", ""), ("Because", "Only 9434765919")):
        with pytest.raises(Refused, match="names a person by a code alone"):
            services.exceptions.authorise(one, today, reason, conditions)
    with pytest.raises(Refused, match="names a person by a code alone"):
        services.exceptions.refuse(one, "Mr John Smith has died")
    assert services.exceptions.view(one).status == "asked"


def test_without_a_risk_assessment_nothing_is_authorised(
    services: Services, home: str, officer: str
) -> None:
    one = asked(services, home, assessed=False)
    with pytest.raises(Refused, match="every part of the risk assessment"):
        services.exceptions.assess(one, PlacementRisk(**dict.fromkeys(RISK.__struct_fields__, "")))
    become(services, "mia")
    with pytest.raises(Refused, match="without a risk assessment on record"):
        services.exceptions.authorise(one, services.desk.today(), "Because")
    assert services.exceptions.view(one).status == "asked"


def test_the_latest_assessment_counts_and_a_reason_is_needed(
    services: Services, home: str, officer: str
) -> None:
    one = asked(services, home)
    later = PlacementRisk(**dict.fromkeys(RISK.__struct_fields__, "Later"))
    assert services.exceptions.assess(one, later).assessment == later
    become(services, "mia")
    for days, reason, said in ((0, " ", "Give a reason"), (29, "So", "28 days"), (-1, "So", "end")):
        with pytest.raises(Refused, match=said):
            services.exceptions.authorise(one, services.desk.today() + timedelta(days=days), reason)
    with pytest.raises(Refused, match="Give a reason"):
        services.exceptions.refuse(one, "")


@pytest.mark.parametrize("role", ["lee", "adi", "vi", ""])
def test_only_a_manager_decides(services: Services, home: str, officer: str, role: str) -> None:
    one, today = asked(services, home), services.desk.today()
    become(services, role or officer)
    for decide in (
        lambda: services.exceptions.authorise(one, today, "Because"),
        lambda: services.exceptions.refuse(one, "Because"),
    ):
        with pytest.raises((Refused, NotAllowed)):
            decide()
    assert services.exceptions.view(one).status == "asked"


def test_a_manager_does_not_ask_assess_or_place(
    services: Services, home: str, officer: str
) -> None:
    one, today = asked(services, home), services.desk.today()
    become(services, "mia")
    assert not services.exceptions.may_ask(home)
    for act in (
        lambda: services.exceptions.ask(home, "P33", WHY),
        lambda: services.exceptions.assess(one, RISK),
    ):
        with pytest.raises((Refused, NotAllowed)):
            act()
    services.exceptions.authorise(one, today, "Because")
    with pytest.raises(Refused, match="Your role"):
        services.exceptions.use(one, today)
    assert services.exceptions.next_states("authorised") == {"void"}


def test_nobody_decides_on_what_they_asked_for(services: Services, home: str, officer: str) -> None:
    one = asked(services, home)
    with services.desk.database.applying() as session:
        session.get_one(User, officer).role = Role.MANAGER
    with pytest.raises(NotAllowed, match="they asked for"):
        services.exceptions.refuse(one, "Because")


def test_who_asked_withdraws_and_a_manager_takes_authority_back(
    services: Services, home: str, officer: str
) -> None:
    today = services.desk.today()
    first, second = asked(services, home), asked(services, home)
    ended = services.exceptions.withdraw(first, "Placed elsewhere.")
    assert (ended.status, ended.ended_on, ended.ended_because) == (
        *("void", today),
        "Placed elsewhere.",
    )
    become(services, "mia")
    services.exceptions.authorise(second, today, "Because")
    assert services.exceptions.withdraw(second, "The nurse left.").status == "void"


def test_a_placement_that_was_made_is_recorded_even_when_it_is_void(
    services: Services, home: str, officer: str, clock: Clock
) -> None:
    one = asked(services, home)
    become(services, "mia")
    services.exceptions.authorise(one, services.desk.today(), "Because")
    services.exceptions.withdraw(one, "The nurse left.")
    become(services, officer)
    clock.move_to(services.desk.today() + timedelta(days=1))
    today = services.desk.today()
    with pytest.raises(Refused, match="Give a reason"):
        services.exceptions.use(one, today)
    used = services.exceptions.use(one, today, "The ambulance was on its way.")
    assert (used.status, used.covered) == ("used", False)
    with pytest.raises(Refused, match="once it was made"):
        services.exceptions.use(asked(services, home), today + timedelta(days=1))


def test_the_timeline_tells_the_story_and_lists_are_narrowed(
    services: Services, home: str, officer: str
) -> None:
    first, second = asked(services, home), asked(services, home)
    services.exceptions.withdraw(first, "Placed elsewhere.")
    told = [(entry.what, entry.detail) for entry in services.settings.view(home).timeline]
    assert ("Placement exception asked for P31.", WHY) in told
    assert ("Placement exception for P31: void.", "Placed elsewhere.") in told
    assert [one.id for one in services.exceptions.list(home)] == [first, second]
    assert [one.id for one in services.exceptions.list(open_only=True)] == [second]
    assert services.exceptions.list("elsewhere") == []
    with pytest.raises(NotFound):
        services.exceptions.view("nothing")


def test_a_placement_on_another_day_than_the_authoritys_is_no_use_of_it(
    services: Services, home: str, officer: str, clock: Clock
) -> None:
    first = services.desk.today() + timedelta(days=1)
    one = asked(services, home)
    other = services.exceptions.ask(home, "P32", WHY, assessment=RISK).id
    clock.move_to(first)
    become(services, "mia")
    last = first + timedelta(days=7)
    for id_ in (one, other):
        services.exceptions.authorise(id_, last, "Keeps a couple together.")
    become(services, officer)
    clock.move_to(last + timedelta(days=1))
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(Refused, match="Say why the person was placed on another day"):
            services.exceptions.use(one, day)
    assert state_word(services.exceptions.use(other, last)) == "Used"
    placed = services.exceptions.use(one, last + timedelta(days=1), "The bed was not ready.")
    assert (placed.covered, state_word(placed)) == (False, "Placed outside the exception")
