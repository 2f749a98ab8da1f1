"""What people record of significant events, and a themed audit that finds a worse rating."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, approved_visit, signed_off_visit
from tests.support.forms.answers import best_answers
from visitapp.errors import NotAllowed, Refused
from visitapp.records import Outbox, Role
from visitapp.services.services import Services
from visitapp.services.visits.sign_off.audits import AuditChoice
from visitapp.services.visits.sign_off.visit_ratings import forget_unconfirmed_ratings

TODAY = date(2026, 11, 22)
AUDIT, FINDING = "medicines-audit", "medicines_round"
NOT_MET = {"value": "not_met", "note": "Two of five were not counted."}


def rag(services: Services, setting: str) -> str:
    return services.settings.view(setting).rating.rag


@pytest.fixture
def green(services: Services, homes: list[str]) -> str:
    """A home that a visit rated Green."""
    bring(services, lee=Role.LEAD, max=Role.MANAGER)
    approved_visit(services, homes[0])
    return homes[0]


def test_an_event_changes_a_rating_until_a_later_visit_rates_again(
    services: Services, green: str, clock: Clock
) -> None:
    officer = services.me().id
    event = services.events.record(
        green, "police", "A theft", rag="red", reason="Money is not kept safe"
    )
    assert (event.rag_before, event.review_on) == ("green", TODAY + timedelta(days=28))
    rating = services.settings.view(green).rating
    assert (rating.rag, rating.cause, rating.review_on) == ("red", "event", event.review_on)
    assert services.placements.view(green).decision is not None
    clock.move_to(TODAY + timedelta(days=29))
    (due,) = services.events.reviews_due()
    assert (due.setting_id, due.event_id) == (green, event.id)
    become(services, "max")
    services.placements.decide(green, "conditional", "The safe was changed", condition="No cash")
    become(services, "lee")
    services.events.record(green, "police", "No news", rag="red", reason="Nothing has changed")
    assert services.events.reviews_due() == [], "a lead keeps the rating until another review"
    assert services.placements.view(green).position == "conditional"
    become(services, officer)
    approved_visit(services, green)
    assert rag(services, green) == "green"
    assert services.events.reviews_due() == []
    told = [entry.what for entry in services.settings.view(green).timeline]
    assert "Quality rated Red by the significant event of 22 Nov 2026." in told
    assert "Significant event: Police." in told


def test_only_a_lead_improves_by_an_event(services: Services, green: str) -> None:
    services.events.record(green, "police", "A theft", rag="red", reason="Money is not safe")
    better = {"rag": "amber", "reason": "The safe was changed"}
    with pytest.raises(NotAllowed, match="Only a team lead improves"):
        services.events.record(green, "improvement", "A new safe", **better)
    become(services, "max")
    with pytest.raises(NotAllowed, match="reads records"):
        services.events.record(green, "improvement", "A new safe", **better)
    become(services, "lee")
    services.events.record(green, "improvement", "A new safe", **better)
    assert rag(services, green) == "amber"
    assert services.placements.view(green).position == "closed"


def test_an_event_may_change_nothing(services: Services, green: str) -> None:
    services.events.record(green, "leadership", "The manager left", source="Provider")
    assert rag(services, green) == "green"
    with pytest.raises(Refused, match="what happened"):
        services.events.record(green, "leadership", " ")


def started_audit(services: Services, setting: str) -> str:
    visit = services.visits.start(setting, AUDIT)
    answers = best_answers(services.visits.form(visit.id))
    services.visits.answer_all(visit.id, answers | {FINDING: NOT_MET})
    return visit.id


def test_a_worse_audit_is_never_signed_off_silently(services: Services, green: str) -> None:
    audit = started_audit(services, green)
    assert services.visits.view(audit).finds_worse
    with pytest.raises(Refused, match="found a worse rating"):
        services.visits.sign_off(audit)
    with pytest.raises(Refused, match="reason"):
        services.visits.sign_off(audit, audit=AuditChoice(apply=True))
    assert services.visits.view(audit).summary.status == "draft"
    services.visits.sign_off(audit, audit=AuditChoice(apply=False))
    view = services.settings.view(green).rating
    assert (view.rag, view.proposed) == ("green", "red")


def test_a_worse_audit_may_change_the_rating_now(services: Services, green: str) -> None:
    audit = started_audit(services, green)
    now = AuditChoice(apply=True, reason="Controlled drugs are not counted")
    services.visits.sign_off(audit, audit=now)
    assert rag(services, green) == "red"
    (event,) = services.events.list(green)
    assert (event.kind, event.visit_id, event.rag) == ("audit", audit, "red")


def test_an_audit_that_finds_nothing_worse_asks_nothing(services: Services, green: str) -> None:
    visit = services.visits.start(green, AUDIT)
    services.visits.answer_all(visit.id, best_answers(services.visits.form(visit.id)))
    assert not services.visits.view(visit.id).finds_worse
    services.visits.sign_off(visit.id)
    assert rag(services, green) == "green"
    signed_off_visit(services, green)


def test_an_event_that_the_server_refused_changes_nothing(services: Services, green: str) -> None:
    services.events.record(green, "police", "A theft", rag="red", reason="Money is not safe")
    with services.desk.database.noting() as connection:
        forget_unconfirmed_ratings(connection)
    assert (rag(services, green), services.placements.view(green).position) == ("red", "closed")
    with services.desk.database.applying() as session:
        waiting = session.query(Outbox).filter_by(kind="significant_event").one()
        waiting.refused_code = "not-allowed"
    with services.desk.database.noting() as connection:
        forget_unconfirmed_ratings(connection)
    assert rag(services, green) == "green"
    assert services.placements.view(green).position == "not_assessed"
