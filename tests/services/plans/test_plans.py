"""Improvement plans: drafted, agreed in versions, followed, ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import START, Clock, signed_off_visit
from visitapp.errors import Code, Refused
from visitapp.records import Role
from visitapp.services.plans.views import PlanView
from visitapp.services.services import Services

TODAY = START.date()
ENDS = TODAY + timedelta(days=90)
DUE = date(2026, 12, 7)
GOAL = "People get their medicines safely"
WITH = "The registered manager"


def drafted(services: Services, home: str) -> PlanView:
    return services.plans.draft(home, GOAL, TODAY, ENDS, "Registered manager, J. Marsh")


def test_a_plan_gathers_the_open_actions_of_its_setting_and_those_raised_later(
    services: Services, homes: list[str]
) -> None:
    first = services.actions.add(None, homes[0], "Count at handover", DUE)
    finished = services.actions.add(None, homes[0], "Bad idea", DUE)
    services.actions.update(finished.id, status="withdrawn", reason="Twice")
    plan = drafted(services, homes[0])
    later = services.actions.add(None, homes[0], "Observe each handler", DUE, target=14)
    elsewhere = services.actions.add(None, homes[1], "Mend the lift", DUE)
    shown = services.plans.view(plan.id)
    assert [(a.number, a.id, a.progress) for a in shown.actions] == [
        (1, first.id, None),
        (2, later.id, 0),
    ]
    assert elsewhere.plan_id is None
    assert (shown.status, shown.version, shown.days_left) == ("draft", 0, 90)


def test_a_setting_has_one_open_plan(services: Services, homes: list[str]) -> None:
    plan = drafted(services, homes[0])
    with pytest.raises(Refused) as refused:
        drafted(services, homes[0])
    assert refused.value.code == Code.ALREADY_THERE
    services.plans.end(plan.id, "withdrawn", "Begun by mistake")
    assert drafted(services, homes[0]).id != plan.id


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"goal": "  "}, "goal"), ({"ends_on": TODAY - timedelta(days=1)}, "ends_on")],
)
def test_a_plan_has_a_goal_and_days_in_order(
    services: Services, homes: list[str], fields: dict[str, object], field: str
) -> None:
    whole = {"goal": GOAL, "starts_on": TODAY, "ends_on": ENDS, **fields}
    with pytest.raises(Refused) as refused:
        services.plans.draft(homes[0], **whole)  # type: ignore[arg-type]  # as a caller without types would
    assert refused.value.field == field


def test_a_plan_is_not_agreed_while_a_finding_has_no_action(
    services: Services, homes: list[str]
) -> None:
    signed_off_visit(services, homes[0], plans_reviewed={"checked": 5, "met": 0, "note": "None"})
    plan = drafted(services, homes[0])
    services.actions.add(None, homes[0], "Count at handover", DUE)
    (finding,) = services.plans.view(plan.id).findings
    assert finding.question == "plans_reviewed"
    with pytest.raises(Refused) as refused:
        services.plans.agree(plan.id, WITH)
    assert finding.asked in str(refused.value.what)
    shown = services.plans.add_found(plan.id)
    assert shown.findings == []
    assert [a.question for a in shown.actions] == ["", "plans_reviewed"]
    assert services.plans.agree(plan.id, WITH).version == 1


def test_a_finding_that_came_back_after_its_action_was_verified_has_none(
    services: Services, homes: list[str], clock: Clock
) -> None:
    finding = {"checked": 5, "met": 0, "note": "None"}
    visit = signed_off_visit(services, homes[0], plans_reviewed=finding).summary.id
    (action,) = services.actions.add_suggested(visit, ["plans_reviewed"])
    plan = drafted(services, homes[0])
    services.actions.update(action.id, status="verified", how="visit", note="Five of five")
    assert services.plans.view(plan.id).findings == []
    clock.move_to(date(2026, 12, 20))
    again = signed_off_visit(services, homes[0], plans_reviewed=finding).summary.id
    assert [f.visit_id for f in services.plans.view(plan.id).findings] == [again]
    (raised,) = services.plans.add_found(plan.id).actions
    assert (raised.id, raised.status, raised.raised) == (action.id, "reopened", 2)
    assert services.plans.view(plan.id).findings == []


def test_what_was_agreed_stays_as_it_was_agreed(services: Services, homes: list[str]) -> None:
    action = services.actions.add(
        None, homes[0], "Count at handover", DUE, success_measure="28 of 28", target=28
    )
    plan = drafted(services, homes[0])
    assert services.plans.agree(plan.id, WITH).changed == []
    services.actions.update(action.id, title="Count twice", due_on=date(2027, 1, 8), reason="Ill")
    services.actions.add(None, homes[0], "Observe each handler", DUE)
    services.plans.change(plan.id, goal="Nobody misses a dose")
    shown = services.plans.view(plan.id)
    assert shown.changed == [
        "The goal was changed.",
        "Action 1 is due 8 Jan 2027, not 7 Dec 2026.",
        "Action 1: the title was changed.",
        "Action 2 is new.",
    ]
    services.plans.agree(plan.id, "The owner", TODAY)
    first, second = services.plans.versions(plan.id)
    assert (first.plan.goal, second.plan.goal) == (GOAL, "Nobody misses a dose")
    assert [a.title for a in first.plan.actions] == ["Count at handover"]
    assert [(a.number, a.title, a.due_on) for a in second.plan.actions] == [
        (1, "Count twice", date(2027, 1, 8)),
        (2, "Observe each handler", DUE),
    ]
    assert (second.version, second.agreed_with, second.agreed_on) == (2, "The owner", TODAY)


def test_a_plan_is_agreed_again_only_when_something_changed(
    services: Services, homes: list[str]
) -> None:
    services.actions.add(None, homes[0], "Count at handover", DUE)
    plan = drafted(services, homes[0])
    services.plans.agree(plan.id, WITH)
    with pytest.raises(Refused, match=r"Nothing has changed since version 1 was agreed\."):
        services.plans.agree(plan.id, "The owner")
    services.plans.change(plan.id, goal="Nobody misses a dose")
    assert services.plans.agree(plan.id, WITH).version == 2


def test_a_plan_is_agreed_before_it_starts_but_not_before_it_was_drafted(
    services: Services, homes: list[str], clock: Clock
) -> None:
    services.actions.add(None, homes[0], "Count at handover", DUE)
    plan = services.plans.draft(homes[0], GOAL, TODAY + timedelta(days=9), ENDS)
    with pytest.raises(Refused, match="neither drafted nor begun before 22 Nov 2026"):
        services.plans.agree(plan.id, WITH, TODAY - timedelta(days=1))
    clock.move_to(TODAY + timedelta(days=2))
    services.plans.agree(plan.id, WITH)
    services.plans.change(plan.id, goal="Nobody misses a dose")
    with pytest.raises(Refused, match="Version 1 was agreed on 24 Nov 2026"):
        services.plans.agree(plan.id, WITH, TODAY)
    assert services.plans.view(plan.id).version == 1


def test_a_number_once_agreed_is_never_given_again(services: Services, homes: list[str]) -> None:
    one, two = (services.actions.add(None, homes[0], t, DUE) for t in ("One", "Two"))
    plan = drafted(services, homes[0])
    services.plans.agree(plan.id, WITH)
    services.actions.update(two.id, status="withdrawn", reason="Same as one")
    services.actions.add(None, homes[0], "Three", DUE)
    shown = services.plans.view(plan.id).actions
    assert [(a.number, a.title) for a in shown] == [(1, "One"), (2, "Two"), (3, "Three")]
    assert one.id == shown[0].id


def test_updates_are_kept_and_the_latest_progress_counts(
    services: Services, homes: list[str]
) -> None:
    action = services.actions.add(None, homes[0], "Rewrite the care plans", DUE, target=29)
    plan = drafted(services, homes[0])
    services.plans.tell(action.id, "Nine are done", progress=9, said_on=TODAY - timedelta(days=3))
    services.plans.tell(action.id, "", progress=12)
    services.plans.tell(action.id, "The nurse agrees", side="partner")
    (shown,) = services.plans.view(plan.id).actions
    assert (shown.progress, shown.target) == (12, 29)
    events = services.plans.history(action.id)
    assert [(e.who, e.what, e.text) for e in events] == [
        ("Partner", "", "The nurse agrees"),
        ("Provider", "12 done so far.", ""),
        ("Provider", "9 done so far.", "Nine are done"),
    ]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x", "progress": 30}, "progress"),
        ({"text": "x", "progress": -1}, "progress"),
        ({"text": "x", "side": "nobody"}, "side"),
        ({"text": "x", "said_on": TODAY + timedelta(days=1)}, "said_on"),
    ],
)
def test_an_update_says_something_that_can_be(
    services: Services, homes: list[str], told: dict[str, object], field: str
) -> None:
    action = services.actions.add(None, homes[0], "Rewrite the care plans", DUE, target=29)
    with pytest.raises(Refused) as refused:
        services.plans.tell(action.id, **told)  # type: ignore[arg-type]  # as a caller without types would
    assert refused.value.field == field
    assert services.plans.history(action.id) == []


def test_a_finding_raised_again_joins_its_action(
    services: Services, homes: list[str], clock: Clock
) -> None:
    finding = {"checked": 5, "met": 0, "note": "None"}
    visit = signed_off_visit(services, homes[0], plans_reviewed=finding).summary.id
    (first,) = services.actions.add_suggested(visit, ["plans_reviewed"])
    services.actions.update(first.id, status="done")
    clock.move_to(date(2026, 12, 20))
    second = signed_off_visit(services, homes[0], plans_reviewed=finding).summary.id
    (again,) = services.actions.add_suggested(second, ["plans_reviewed"])
    assert (again.id, again.status, again.done_on) == (first.id, "reopened", None)
    assert services.actions.add_suggested(second, ["plans_reviewed"]) == []
    assert [a.id for a in services.visits.view(second).actions] == [first.id]
    clock.move_to(date(2026, 12, 28))
    third = signed_off_visit(services, homes[0], plans_reviewed=finding).summary.id
    typed = services.actions.add(third, None, "Do it now", DUE, question="plans_reviewed")
    assert typed.id == first.id
    assert [e.text for e in services.plans.history(first.id)][:1] == ["Do it now"]
    plan = drafted(services, homes[0])
    (shown,) = services.plans.view(plan.id).actions
    assert (shown.raised, shown.reopened_count, shown.status) == (3, 1, "reopened")
    another = services.actions.add(third, None, "Audit them too", DUE, question="plans_reviewed")
    assert another.id != first.id, "a second one at the same visit is meant"


def test_a_plan_is_met_when_its_actions_are_verified(
    services: Services, homes: list[str], clock: Clock
) -> None:
    action = services.actions.add(None, homes[0], "Count at handover", DUE)
    plan = drafted(services, homes[0])
    services.plans.agree(plan.id, WITH)
    services.actions.update(action.id, status="done")
    with pytest.raises(Refused) as refused:
        services.plans.end(plan.id, "met")
    assert refused.value.code == Code.STEP_REFUSED
    clock.move_to(date(2026, 12, 3))
    services.actions.update(action.id, status="verified", how="visit", note="Ten counts seen")
    ended = services.plans.end(plan.id, "met")
    assert (ended.status, ended.ended_on, ended.counts.percent) == ("met", date(2026, 12, 3), 100)
    with pytest.raises(Refused):
        services.plans.change(plan.id, goal="Something else")
    whats = [entry.what for entry in services.settings.view(homes[0]).timeline]
    assert whats[:2] == ["Improvement plan met.", "Action verified."]


def test_only_a_lead_withdraws_an_agreed_plan_or_takes_one_up_again(
    services: Services, homes: list[str]
) -> None:
    services.actions.add(None, homes[0], "Count at handover", DUE)
    plan = drafted(services, homes[0])
    services.plans.agree(plan.id, WITH)
    officer = services.me().id
    bring(services, **{"a-lead": Role.LEAD})
    with pytest.raises(Refused):
        services.plans.end(plan.id, "withdrawn", "Not wanted")
    ended = services.plans.end(plan.id, "not_met", "Three dates were missed")
    assert ended.ended_reason == "Three dates were missed"
    with pytest.raises(Refused):
        services.plans.reopen(plan.id, "Ended too soon")
    become(services, "a-lead")
    opened = services.plans.reopen(plan.id, "Ended too soon")
    assert (opened.status, opened.version, opened.ended_on) == ("agreed", 1, None)
    assert services.plans.end(plan.id, "withdrawn", "The home closes").status == "withdrawn"
    become(services, officer)


def test_progress_over_time_ends_where_the_plan_stands(
    services: Services, homes: list[str], clock: Clock
) -> None:
    plan = drafted(services, homes[0])
    one, two = (services.actions.add(None, homes[0], t, DUE) for t in ("One", "Two"))
    services.actions.update(one.id, status="done")
    clock.move_to(date(2026, 12, 1))
    services.actions.update(one.id, status="verified", how="visit", note="Seen")
    services.actions.update(two.id, status="done")
    clock.move_to(date(2026, 12, 4))
    services.actions.update(one.id, status="reopened", reason="Not so at night")
    clock.move_to(date(2026, 12, 8))
    points = services.plans.progress(plan.id)
    assert [(p.on.isoformat(), p.asked, p.done, p.verified) for p in points] == [
        ("2026-11-22", 2, 1, 0),
        ("2026-12-01", 2, 2, 1),
        ("2026-12-04", 2, 1, 0),
        ("2026-12-08", 2, 1, 0),
    ]


def test_plans_are_found_and_filtered_in_the_portfolio(
    services: Services, homes: list[str]
) -> None:
    services.actions.add(None, homes[0], "Count at handover", DUE)
    plan = drafted(services, homes[0])
    assert services.portfolio.rows(filter="in_plan") == []
    services.plans.agree(plan.id, WITH)
    assert [row.setting_id for row in services.portfolio.rows(filter="in_plan")] == [homes[0]]
    found = services.portfolio.rows(text="medicines safely")
    assert [row.setting_id for row in found] == [homes[0]]
    assert [line.setting_id for line in services.plans.list(open_only=True)] == [homes[0]]
    (line,) = services.plans.list(homes[0])
    assert (line.actions, line.verified, line.overdue) == (1, 0, 0)
