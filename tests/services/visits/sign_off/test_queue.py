"""The queue of reviews: the order, the filters, the due date, and how far the week is."""

from __future__ import annotations

from datetime import date

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from visitapp.records import ReviewDraw, Role, Visit
from visitapp.services.services import Services
from visitapp.services.views.reviews import QueuedReview
from visitapp.services.visits.sign_off.queue import chosen

POOR = {"referrals": {"value": "not_met", "note": "None was made."}}


def draw(services: Services, visit_id: str, *reasons: str) -> None:
    """Let the server have drawn a visit for these reasons."""
    with services.desk.database.applying() as session:
        visit = session.get_one(Visit, visit_id)
        session.add(
            ReviewDraw(
                setting_id=visit.setting_id,
                visit_id=visit_id,
                signed_off_at=visit.signed_off_at,
                reasons=list(reasons),
                policy_version="2026.1",
                created_at=services.desk.clock(),
                created_by="server",
            )
        )


@pytest.fixture
def two(services: Services, homes: list[str], clock: Clock) -> tuple[str, str]:
    """A Green visit, and a Red one of a week later, that wait for the lead at this device."""
    bring(services, ann=Role.OFFICER, bea=Role.OFFICER, lee=Role.LEAD)
    become(services, "ann")
    green = signed_off_visit(services, homes[0]).summary.id
    clock.move_to(date(2026, 11, 27))
    become(services, "bea")
    red = signed_off_visit(services, homes[1], **POOR).summary.id
    become(services, "lee")
    return green, red


def waiting(services: Services) -> list[QueuedReview]:
    return services.reviews.queue().waiting


def test_red_comes_first_and_the_longest_waiting_by_due_date(
    services: Services, two: tuple[str, str]
) -> None:
    green, red = two
    queue = waiting(services)
    assert [one.visit.id for one in queue] == [red, green]
    assert [one.visit.id for one in chosen(queue, order="due")] == [green, red]
    assert [one.visit.officer for one in chosen(queue, order="officer")] == ["Ann Doe", "Bea Doe"]


def test_the_due_day_counts_working_days_and_is_overdue_after_it(
    services: Services, two: tuple[str, str], clock: Clock
) -> None:
    by_id = {one.visit.id: one for one in waiting(services)}
    green, red = (by_id[id_] for id_ in two)
    # Signed off on Sunday the 22nd and Friday the 27th, with five working days.
    assert (green.due_on, red.due_on) == (date(2026, 11, 27), date(2026, 12, 4))
    assert (green.days_waiting, green.overdue) == (5, False)
    clock.move_to(date(2026, 11, 28))
    assert {one.visit.id: one.overdue for one in waiting(services)} == {
        two[0]: True,
        two[1]: False,
    }


def test_the_reasons_are_those_of_the_draw_for_this_sign_off(
    services: Services, two: tuple[str, str]
) -> None:
    green, red = two
    draw(services, red, "red", "first_rating")
    found = {one.visit.id: one.reasons for one in waiting(services)}
    assert found == {red: ["red", "first_rating"], green: []}
    queue = waiting(services)
    assert [one.visit.id for one in chosen(queue, reason="first_rating")] == [red]
    assert chosen(queue, reason="drawn") == []
    assert [one.visit.id for one in chosen(queue, outcome="green")] == [green]
    assert [one.visit.id for one in chosen(queue, officer="Bea Doe")] == [red]
    assert [one.visit.id for one in chosen(queue, search="BÉA")] == [red]


def test_a_moved_rating_comes_before_others_that_wait_longer(
    services: Services, homes: list[str], clock: Clock
) -> None:
    bring(services, ann=Role.OFFICER, lee=Role.LEAD)
    become(services, "ann")
    quiet = signed_off_visit(services, homes[0]).summary.id
    moved = signed_off_visit(services, homes[1]).summary.id
    draw(services, moved, "better")
    assert [one.visit.id for one in waiting(services)] == [moved, quiet]


def test_progress_counts_the_visits_decided_since_monday(
    services: Services, two: tuple[str, str], clock: Clock
) -> None:
    green, red = two
    services.reviews.return_(red, "Which referral?")
    queue = services.reviews.queue()
    assert (queue.decided, queue.total) == (1, 2)
    clock.move_to(date(2026, 11, 30))
    services.reviews.approve(green, at_once=True)
    queue = services.reviews.queue()
    assert (queue.decided, queue.total) == (1, 1)
