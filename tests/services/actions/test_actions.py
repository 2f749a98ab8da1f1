"""Improvement actions: raised, kept up to date, listed."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from tests.support.desk.desks import FORM, START, Clock, signed_off_visit
from visitapp.errors import Code, NotFound, Refused
from visitapp.records import Action, Outbox, Step
from visitapp.services.actions.actions import ActionChanges
from visitapp.services.services import Services

DUE = date(2026, 12, 7)


def test_an_action_of_a_visit_belongs_to_its_setting(
    services: Services, homes: list[str], visit_id: str
) -> None:
    action = services.actions.add(
        visit_id, None, " Review all plans ", DUE, "high", "Manager", "plans_reviewed", "By SU code"
    )
    assert (action.setting_id, action.setting, action.title) == (
        homes[0],
        "Heather Bank",
        "Review all plans",
    )
    assert (action.status, action.raised_on) == ("open", START.astimezone().date())
    assert services.actions.list(visit_id=visit_id) == [action]
    (shown,) = services.visits.view(visit_id).actions
    assert replace(shown, place=action.place) == action


def test_an_action_of_a_visit_that_is_recorded_later_was_raised_on_its_day(
    services: Services, homes: list[str]
) -> None:
    day = date(2026, 11, 3)
    visit = services.visits.start(homes[0], FORM, visited_on=day).id
    assert services.actions.add(visit, None, "Train the staff", DUE).raised_on == day


def test_an_action_can_be_raised_on_a_setting_alone(services: Services, homes: list[str]) -> None:
    action = services.actions.add(None, homes[1], "Appoint a deputy", DUE)
    assert (action.visit_id, action.priority) == (None, "medium")


def test_an_action_outlives_the_sign_off(services: Services, homes: list[str]) -> None:
    visit = signed_off_visit(services, homes[0]).summary.id
    action = services.actions.add(visit, None, "Refresh training", DUE)
    assert services.actions.update(action.id, status="in_progress").status == "in_progress"


def test_done_notes_the_day_and_verified_notes_who(
    services: Services, visit_id: str, clock: Clock
) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    clock.move_to(date(2026, 12, 3))
    done = services.actions.update(action.id, status="done")
    assert done.done_on == date(2026, 12, 3)
    clock.move_to(date(2026, 12, 9))
    services.actions.update(action.id, status="verified", how="document", note="Register seen")
    with services.desk.reading() as session:
        kept = session.get_one(Action, action.id)
        assert kept.done_on == date(2026, 12, 3)
        assert kept.verified_by == services.me().id
        assert kept.verified_at is not None
        assert kept.verified_at.date() == date(2026, 12, 9)
        assert (kept.verified_how, kept.verified_note) == ("document", "Register seen")
    again = services.actions.update(action.id, status="reopened", reason="Two staff untrained")
    assert again.reopened_count == 1
    with services.desk.reading() as session:
        reopened = session.get_one(Action, action.id)
        assert (reopened.done_on, reopened.verified_by, reopened.verified_at) == (None, None, None)


def test_only_the_fields_given_change(services: Services, visit_id: str) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE, owner="Manager")
    changed = services.actions.update(action.id, due_on=date(2026, 12, 4), priority="low")
    assert (changed.due_on, changed.priority) == (date(2026, 12, 4), "low")
    assert (changed.title, changed.owner) == ("Refresh training", "Manager")


@pytest.mark.parametrize(
    "changes",
    [
        ActionChanges(title="   "),
        ActionChanges(title="x" * 401),
        ActionChanges(owner="x" * 121),
        ActionChanges(detail="a\x00b"),
        ActionChanges(priority="urgent"),
        ActionChanges(status="finished"),
        ActionChanges(due_on=date(206, 12, 7)),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    services: Services, visit_id: str, changes: ActionChanges
) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    with pytest.raises(Refused) as refused:
        services.actions.update(action.id, **changes)
    assert refused.value.code == Code.BAD_VALUE
    assert services.actions.list() == [action]


def test_an_action_needs_something_to_hang_on(services: Services, visit_id: str) -> None:
    for visit, setting in (("nowhere", None), (None, "nowhere"), (None, None)):
        with pytest.raises(NotFound):
            services.actions.add(visit, setting, "Refresh training", DUE)
    with pytest.raises(Refused, match="no question"):
        services.actions.add(visit_id, None, "Refresh training", DUE, question="nothing")
    with pytest.raises(NotFound):
        services.actions.update("nowhere", status="done")


def test_the_earliest_due_comes_first_and_late_ones_are_counted(
    services: Services, homes: list[str], clock: Clock
) -> None:
    late = services.actions.add(None, homes[0], "Second", date(2026, 12, 7)).id
    first = services.actions.add(None, homes[1], "First", date(2026, 12, 1)).id
    services.actions.update(first, status="withdrawn", reason="Asked for twice")
    clock.move_to(date(2026, 12, 10))
    assert [action.id for action in services.actions.list()] == [first, late]
    (left,) = services.actions.list(open_only=True)
    assert (left.id, left.overdue_days) == (late, 3)
    assert [action.id for action in services.actions.list(setting_id=homes[1])] == [first]


def test_a_bad_answer_suggests_the_forms_action(services: Services, visit_id: str) -> None:
    assert services.actions.suggested(visit_id, "referrals") is None
    services.visits.answer(visit_id, "referrals", value="met")
    assert services.actions.suggested(visit_id, "referrals") is None
    services.visits.answer(visit_id, "referrals", value="not_met")
    suggestion = services.actions.suggested(visit_id, "referrals")
    rule = services.visits.form(visit_id).questions["referrals"].action
    assert rule is not None
    assert suggestion is not None
    assert (suggestion.title, suggestion.priority) == (rule.suggest, rule.priority)
    assert (suggestion.due_on - START.date()).days == (rule.due_days or 1)


def test_a_later_due_date_needs_a_reason_and_is_counted(services: Services, visit_id: str) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    later = date(2027, 6, 1)
    with pytest.raises(Refused, match="Give a reason for the later due date") as why:
        services.actions.update(action.id, due_on=later, owner="Manager")
    assert why.value.code == Code.STEP_REFUSED
    assert services.actions.list() == [action]
    moved = services.actions.update(action.id, due_on=later, reason="Trainer is ill")
    assert (moved.due_on, moved.moved_count, moved.status) == (later, 1, "open")
    assert services.actions.update(action.id, due_on=DUE).moved_count == 1


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"status": "verified", "note": "Seen"}, "Say how the action was verified"),
        ({"status": "verified", "how": "visit"}, "needs a note or evidence"),
        ({"status": "withdrawn"}, "Give a reason"),
        ({"status": "reopened", "reason": "Not done"}, "is open and cannot become reopened"),
    ],
)
def test_a_step_that_lacks_something_is_refused(
    services: Services, visit_id: str, given: dict[str, str], sentence: str
) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    with pytest.raises(Refused, match=sentence) as why:
        services.actions.update(action.id, **given)
    assert why.value.code == Code.STEP_REFUSED
    assert services.actions.list() == [action]


def test_only_allowed_steps_are_offered(services: Services, visit_id: str) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    assert list(services.actions.next_statuses(action.id)) == [
        *("open", "in_progress", "done", "verified", "withdrawn")
    ]
    services.actions.update(action.id, status="done")
    assert list(services.actions.next_statuses(action.id)) == [
        *("done", "verified", "reopened", "withdrawn")
    ]


def test_every_step_is_kept_as_taken(services: Services, visit_id: str) -> None:
    action = services.actions.add(visit_id, None, "Refresh training", DUE)
    services.actions.update(action.id, status="in_progress")
    services.actions.update(action.id, status="done")
    services.actions.update(action.id, status="reopened", reason="Not all staff")
    with services.desk.reading() as session:
        steps = session.scalars(select(Step).order_by(Step.id)).all()
        waiting = session.scalars(select(Outbox.kind).where(Outbox.kind == "step")).all()
    assert [(step.before, step.after) for step in steps] == [
        ("open", "in_progress"),
        ("in_progress", "done"),
        ("done", "reopened"),
    ]
    assert len(waiting) == 3
