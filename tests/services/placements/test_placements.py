"""What people decide on placements at a desk, by role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, approved_visit, signed_off_visit
from visitapp.errors import NotAllowed, NotFound, Refused
from visitapp.records import Outbox, PlacementPosition, Role
from visitapp.services.services import Services
from visitapp.services.views.settings import PortfolioRow

POOR = {"value": "not_met", "note": "Two of five were not referred."}
TODAY = date(2026, 11, 22)
CONDITION = "Nobody who needs two carers at night."


@pytest.fixture
def heather(services: Services, homes: list[str]) -> str:
    bring(services, lee=Role.LEAD, max=Role.MANAGER, vic=Role.VIEWER, ada=Role.ADMIN)
    return homes[0]


def row(services: Services, setting: str) -> PortfolioRow:
    return next(row for row in services.portfolio.rows() if row.setting_id == setting)


def test_a_red_closes_until_a_manager_decides(services: Services, heather: str) -> None:
    signed_off_visit(services, heather, referrals=POOR)
    view = services.placements.view(heather)
    assert (view.position, view.position_word) == ("closed", "Closed to new")
    assert view.waits == ("Closed because the rating is Red, to be confirmed.",)
    assert view.may_decide == "Only a team lead or a senior manager decides on placements."
    become(services, "lee")
    with pytest.raises(NotAllowed, match="Only a senior manager reopens"):
        services.placements.decide(heather, "conditional", "Seen today", condition=CONDITION)
    become(services, "max")
    view = services.placements.decide(heather, "closed", "Nobody is safe at night")
    assert (view.waits, view.note) == ((), "Review 20 Dec 2026.")
    assert [one.decided_by for one in view.decisions] == ["Max Doe", ""]
    assert view.decision is not None
    assert (view.decision.rag, view.decision.review_on) == ("red", TODAY + timedelta(days=28))
    with services.desk.reading() as session:
        waiting = session.query(Outbox).filter_by(kind="placement_position").count()
    assert waiting == 1, "what the Red closed is the server's to write"


def test_a_condition_is_shown_wherever_the_position_is(services: Services, heather: str) -> None:
    approved_visit(services, heather)
    assert row(services, heather).placements == "Not yet assessed", "no rating opens a setting"
    assert row(services, heather).placement_waits
    become(services, "lee")
    services.placements.decide(heather, "conditional", "Two agency nights", condition=CONDITION)
    shown = row(services, heather)
    assert (shown.position, shown.placements) == ("conditional", "Open, with a condition")
    assert shown.placements_note.startswith(CONDITION)
    told = [entry.what for entry in services.settings.view(heather).timeline]
    assert "New placements: open, with a condition." in told
    visit = services.visits.list(setting_id=heather)[0]
    assert services.visits.view(visit.id).placements == "Open, with a condition"
    assert services.placements.waiting() == []


def test_a_better_rating_leaves_a_closed_setting_closed(
    services: Services, heather: str, clock: Clock
) -> None:
    signed_off_visit(services, heather, referrals=POOR)
    become(services, "max")
    services.placements.decide(heather, "closed", "Nobody is safe at night")
    clock.move_to(date(2026, 12, 10))
    become(services, "lee")
    approved_visit(services, heather)
    assert (row(services, heather).rag, row(services, heather).position) == ("green", "closed")
    (waiting,) = services.placements.waiting()
    assert (waiting.setting_id, waiting.rag) == (heather, "green")
    assert waiting.waits == ("The rating has changed since this was decided.",)


def test_an_overdue_review_waits_and_changes_nothing(
    services: Services, heather: str, clock: Clock
) -> None:
    become(services, "lee")
    services.placements.decide(heather, "conditional", "Two agency nights", condition=CONDITION)
    clock.move_to(TODAY + timedelta(days=28))
    assert services.placements.waiting() == []
    clock.move_to(TODAY + timedelta(days=29))
    assert services.placements.view(heather).position == "conditional"
    assert services.placements.view(heather).waits == ("The review is overdue.",)


def test_a_lead_holds_and_does_not_close(services: Services, heather: str) -> None:
    become(services, "lee")
    why = services.placements.objection(heather, "closed")
    assert (
        why == "Only a senior manager closes a setting to new placements; a team lead can hold it."
    )
    assert services.placements.objection(heather, "closed", hold=True) == ""
    view = services.placements.decide(heather, "closed", "A death last night", hold=True)
    assert view.note == "Held until 25 Nov 2026. Emergency hold, to be confirmed."


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("me", "Only a team lead or a senior manager decides on placements."),
        ("ada", "Only a team lead or a senior manager decides on placements."),
        ("vic", "Your role reads records and does not change them."),
    ],
)
def test_nobody_else_decides(services: Services, heather: str, who: str, said: str) -> None:
    if who != "me":
        become(services, who)
    with pytest.raises(NotAllowed) as why:
        services.placements.decide(heather, "open", "Seen today")
    assert said in str(why.value)


def test_a_decision_needs_its_words(services: Services, heather: str) -> None:
    become(services, "lee")
    with pytest.raises(Refused, match="condition"):
        services.placements.decide(heather, "conditional", "Two agency nights")
    with pytest.raises(Refused, match="reason"):
        services.placements.decide(heather, "open", " ")
    with pytest.raises(NotFound):
        services.placements.decide("nowhere", "open", "Seen today")
    assert services.placements.view(heather).decisions == ()


def test_a_decision_that_the_server_refused_does_not_stand(
    services: Services, heather: str
) -> None:
    become(services, "lee")
    services.placements.decide(heather, "open", "Seen today")
    with services.desk.database.applying() as session:
        (waiting,) = session.query(Outbox).filter_by(kind="placement_position")
        waiting.refused_code, waiting.refused_text = "not-allowed", "No."
    assert services.placements.view(heather).position == "not_assessed"
    assert row(services, heather).position == "not_assessed"
    with services.desk.reading() as session:
        assert session.query(PlacementPosition).count() == 1, "it is kept, to be read and discarded"


def test_a_condition_names_nobody(services: Services, homes: list[str]) -> None:
    bring(services, mia=Role.MANAGER)
    services.setting_facts.add(homes[0], "manager", "Rosalind Achterberg", source="The home")
    become(services, "mia")
    for named in ("Rosalind Achterberg", "Mia Doe", "duty@home.example"):
        with pytest.raises(Refused, match=f"names nobody: leave out “{named}”"):
            services.placements.decide(
                homes[0], "conditional", "Seen", condition=f"Ask {named} first"
            )
    view = services.placements.decide(homes[0], "conditional", "Seen", condition="Two nurses")
    assert view.position == "conditional"
