"""Improvement plans at the server: what it checks itself, and work that meets after a week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.plans.on_devices import agree, draft, planned, version
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import create, push, step_of, update
from visitapp.records import (
    AccuracyPoint,
    Action,
    ActionUpdate,
    Conflict,
    ImprovementPlan,
    OwnerSide,
    Step,
    UpdateKind,
    new_id,
)


class Scene:
    """A setting that an officer and the lead both have, with a drafted plan of one action."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.home = self.ann.setting()
        self.plan = draft(self.ann, self.home)
        self.action = planned(self.ann, self.plan)
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee, self.ann):
            device.sync()

    def at_server(self) -> Any:
        return self.council.get(ImprovementPlan, self.plan)

    def find(self, device: Device, **answers: str) -> str:
        """A visit that is signed off, on the form that asks for actions."""
        visit = device.visit(self.home, form="acting", **answers)
        device.sign_off(visit, self.council.library)
        return visit


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def refusals(device: Device) -> list[str]:
    return [row.refused_text or "" for row in device.outbox() if row.refused_code]


def test_an_agreement_travels_with_the_version(scene: Scene) -> None:
    agree(scene.ann, scene.plan)
    scene.meet()
    there = scene.lee.get(ImprovementPlan, scene.plan)
    assert (there.status, there.version, there.agreed_with) == ("agreed", 1, "The owner")
    assert there.agreed == version(scene.ann, scene.plan)


def test_a_finding_that_the_server_has_stops_the_agreement(scene: Scene) -> None:
    scene.find(scene.lee, plans="met", calls="not_met")
    scene.lee.sync()
    agree(scene.ann, scene.plan)
    scene.meet()
    assert scene.at_server().status == "draft"
    (why,) = refusals(scene.ann)
    assert "Are calls answered?" in why
    (step,) = (row.record_id for row in scene.ann.outbox() if row.refused_code)
    scene.ann.take_back(step)
    planned(scene.ann, scene.plan, "Answer calls in 5 minutes", question="calls")
    agree(scene.ann, scene.plan)
    scene.meet()
    assert refusals(scene.ann) == []
    assert (scene.at_server().status, scene.at_server().version) == ("agreed", 1)
    assert len(scene.at_server().agreed["actions"]) == 2


def test_a_finding_signed_off_after_the_agreement_waits_for_the_next_version(scene: Scene) -> None:
    agree(scene.ann, scene.plan)
    scene.ann.sync()
    scene.find(scene.lee, plans="met", calls="not_met")
    scene.meet()
    assert scene.at_server().version == 1
    agree(scene.ann, scene.plan)
    scene.ann.sync()
    assert scene.at_server().version == 1
    assert "Are calls answered?" in refusals(scene.ann)[0]


def test_a_finding_and_its_action_may_come_in_the_same_batch(scene: Scene) -> None:
    visit = scene.find(scene.ann, plans="met", calls="not_met")
    planned(scene.ann, scene.plan, "Answer calls", question="calls", visit_id=None)
    agree(scene.ann, scene.plan)
    scene.meet()
    assert refusals(scene.ann) == []
    assert scene.at_server().version == 1
    assert visit


def test_an_agreed_plan_has_its_own_actions_alone(scene: Scene) -> None:
    foreign = scene.ann.action(scene.home, "Of no plan")
    scene.ann.sync()
    agreed = version(scene.ann, scene.plan)
    agreed["actions"][0]["id"] = foreign
    step = step_of(
        scene.ann,
        scene.ann.get(ImprovementPlan, scene.plan),
        "agreed",
        fields={"agreed": agreed, "agreed_with": "The owner"},
        was={},
    )
    (result,) = push(scene.ann, step)
    assert (result.status, result.code) == ("refused", "step-refused")


def test_an_agreement_that_changes_nothing_or_comes_before_the_plan_is_refused(
    scene: Scene,
) -> None:
    agree(scene.ann, scene.plan)
    scene.meet()
    there, agreed = scene.at_server(), version(scene.ann, scene.plan)
    other = {**agreed, "goal": "Nobody misses a dose"}
    results = push(
        scene.ann,
        step_of(scene.ann, there, "agreed", fields={"agreed": agreed, "agreed_with": "Jo"}, was={}),
        step_of(
            scene.ann,
            there,
            "agreed",
            day=(DAY - timedelta(days=1)).isoformat(),
            fields={"agreed": other, "agreed_with": "Jo"},
            was={},
        ),
    )
    assert [(one.status, one.text) for one in results] == [
        ("refused", "Nothing has changed since version 1 was agreed."),
        ("refused", "Version 1 was agreed on 22 Nov 2026. Give that day or a later one."),
    ]
    assert scene.at_server().version == 1


def test_a_plan_is_not_met_at_the_server_while_an_action_is_open(scene: Scene) -> None:
    agree(scene.ann, scene.plan)
    scene.meet()
    (result,) = push(scene.ann, step_of(scene.ann, scene.at_server(), "met", fields={}, was={}))
    assert (result.status, result.code) == ("refused", "step-refused")
    proof = {"how": "visit", "note": "Ten counts seen"}
    scene.ann.step(scene.action, "verified", fields=proof)
    scene.ann.step(scene.plan, "met", ImprovementPlan)
    scene.meet()
    assert scene.at_server().status == "met", "both in one batch"


@pytest.mark.parametrize(
    "fields",
    [{"status": "agreed"}, {"version": 3}, {"agreed": {}}, {"ended_on": "2026-11-22"}],
    ids=lambda fields: next(iter(fields)),
)
def test_no_state_is_pushed_as_a_field(scene: Scene, fields: dict[str, Any]) -> None:
    (result,) = push(scene.ann, update("improvement_plan", scene.plan, **fields))
    assert result.status == "refused"
    assert (scene.at_server().status, scene.at_server().version) == ("draft", 0)


PROOFLESS: list[dict[str, Any]] = [
    {"fields": {}},
    {"fields": {"how": "visit"}},
    {"fields": {"how": "visit", "note": " "}},
    {"fields": {"how": "desk_check"}},
    {"fields": {"note": "Seen"}},
    {"fields": {"how": "because", "note": "Seen"}},
    {"fields": {"how": "visit", "note": "Seen"}, "day": None},
    {"fields": {"how": "visit", "note": "Seen", "verified_at": "2026-11-22T09:00:00Z"}},
]


@pytest.mark.parametrize("before", ["open", "in_progress", "done"])
def test_no_step_verifies_without_evidence(scene: Scene, before: str) -> None:
    if before != "open":
        scene.ann.step(scene.action, before)
        scene.ann.sync()
    action = scene.council.get(Action, scene.action)
    assert action.status == before
    taken = []
    for given in PROOFLESS:
        (result,) = push(scene.ann, step_of(scene.ann, action, "verified", was={}, **given))
        verified_at = scene.council.get(Action, scene.action).verified_at
        if (result.status, result.code, verified_at) != ("refused", "step-refused", None):
            taken.append((given, result))
    assert taken == []


def test_no_field_verifies(scene: Scene) -> None:
    for fields in (
        {"status": "verified"},
        {"verified_how": "visit"},
        {"verified_at": "2026-11-22"},
    ):
        (result,) = push(scene.ann, update("action", scene.action, **fields))
        assert result.status == "refused"
    made = new_id()
    values = {"setting_id": scene.home, "title": "Done already", "first_due_on": "2026-12-01"}
    (result,) = push(scene.ann, create(scene.ann, "action", made, **values, status="verified"))
    there = scene.council.get(Action, made)
    assert there is None or there.status == "open"
    assert result.status in ("refused", "accepted")
    assert scene.council.get(Action, scene.action).status == "open"


def test_evidence_that_is_not_there_proves_nothing(scene: Scene) -> None:
    step = step_of(
        scene.ann,
        scene.council.get(Action, scene.action),
        "verified",
        was={},
        fields={"how": "document"},
        evidence_id=new_id(),
    )
    (result,) = push(scene.ann, step)
    assert result.status == "refused"
    assert scene.council.get(Action, scene.action).status == "open"


def test_verified_here_and_withdrawn_there_is_a_conflict(scene: Scene) -> None:
    scene.ann.step(scene.action, "verified", fields={"how": "visit", "note": "Seen"})
    scene.lee.step(scene.action, "withdrawn", reason="Asked twice")
    scene.meet()
    assert scene.council.get(Action, scene.action).status == "verified"
    (conflict,) = scene.council.all(Conflict)
    assert (conflict.field, conflict.server_value, conflict.other_value) == (
        *("status", "verified"),
        "withdrawn",
    )
    for device in (scene.ann, scene.lee):
        assert device.get(Action, scene.action).status == "verified"
        assert device.get(Conflict, conflict.id) is not None


def test_two_officers_work_on_one_plan_for_a_week_apart(scene: Scene) -> None:
    agree(scene.ann, scene.plan)
    scene.meet()
    other = planned(scene.lee, scene.plan, "Observe each handler", target=14)
    for device, texts in ((scene.ann, ("Three", "Nine")), (scene.lee, ("Two", "Eight"))):
        for place, text in enumerate(texts):
            device.add(
                ActionUpdate(
                    id=new_id(),
                    setting_id=scene.home,
                    action_id=scene.action,
                    kind=UpdateKind.SAID,
                    side=OwnerSide.PROVIDER,
                    said_on=date(2026, 11, 21 + place),
                    text=text,
                )
            )
    scene.ann.step(scene.action, "in_progress")
    scene.ann.edit(Action, scene.action, success_measure="28 of 28")
    scene.lee.edit(Action, scene.action, owner="Deputy manager")
    scene.lee.step(scene.action, "open", reason="Nurse ill", fields={"due_on": date(2026, 12, 8)})
    agree(scene.ann, scene.plan)
    agree(scene.lee, scene.plan, "Nobody misses a dose")
    scene.meet()
    plan = scene.at_server()
    assert (plan.version, plan.agreed["goal"]) == (2, "People get their medicines safely")
    (why,) = refusals(scene.lee)
    assert "Somebody else changed this improvement plan first" in why
    action = scene.council.get(Action, scene.action)
    assert (action.success_measure, action.owner) == ("28 of 28", "Deputy manager")
    assert (action.status, action.due_on) == ("in_progress", date(2026, 12, 1))
    (conflict,) = scene.council.all(Conflict)
    assert conflict.record_id == scene.action
    for device in (scene.ann, scene.lee):
        told = [one.text for one in device.all(ActionUpdate)]
        assert sorted(told) == ["Eight", "Nine", "Three", "Two"], "no update is lost"
        assert device.get(Action, other).plan_id == scene.plan
    taken = [step for step in scene.council.all(Step) if step.kind == "improvement_plan"]
    assert [step.accepted for step in taken] == [True, True]
    assert taken[0].day == DAY


def test_a_comment_received_before_the_end_is_taken_late_and_none_after_it(scene: Scene) -> None:
    scene.lee.step(scene.plan, "withdrawn", ImprovementPlan, reason="The home was sold")
    scene.meet()
    said = {"setting_id": scene.home, "plan_id": scene.plan, "text": "14 handlers, not 12"}
    before, after = DAY, DAY + timedelta(days=1)
    scene.council.clock.now += timedelta(days=1)
    scene.ann.connect("ann")
    for day in (before, after):
        point = create(scene.ann, "accuracy_point", received_on=day.isoformat(), **said)
        (result,) = push(scene.ann, point)
        assert result.status == ("accepted" if day == before else "refused")
    assert "ended on 22 Nov 2026. Give that day or an earlier one." in result.text
    assert [one.received_on for one in scene.council.all(AccuracyPoint)] == [before]


def test_a_finding_keeps_its_action_though_the_plan_ended_meanwhile(scene: Scene) -> None:
    scene.lee.step(scene.plan, "withdrawn", ImprovementPlan, reason="The home was sold")
    scene.lee.sync()
    late = planned(scene.ann, scene.plan, "Found on the last day")
    assert scene.ann.sync().refused == []
    assert scene.council.get(Action, late).plan_id == scene.plan
