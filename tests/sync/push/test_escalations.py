"""The ladder at the server: who takes which step, what a suspension needs, and decisions that are
taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from sync.client.policies import publish_policy
from tests.support.escalation.on_devices import decides, ends, opens, places, values_of
from tests.support.policies.texts import policy_text
from tests.support.sync.council import DAY, Council, Device
from visitapp.records import (
    AffectedPerson,
    Conflict,
    Escalation,
    EscalationNote,
    History,
    Notice,
    PlacementPosition,
    Role,
    Step,
    new_id,
)
from visitapp.records.ids import escalation_id
from visitapp.rules.escalation.decision import LadderDecision
from visitapp.rules.escalation.states import Funder, LadderNoteKind, Rung, Turn

REVIEW = DAY + timedelta(days=28)


class Scene:
    """A setting that an officer, a lead and a senior manager all have."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        council.user("max", Role.MANAGER)
        self.max = council.device("max")
        self.home = self.ann.setting()
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee, self.max, self.ann, self.lee):
            device.sync()

    def status(self, where: Any = None) -> str:
        """The state at the server, or on a device."""
        found = (where or self.council).get(Escalation, escalation_id(self.home))
        return found.status if found else ""


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def refusals(device: Device) -> list[str]:
    return [row.refused_text or "" for row in device.outbox() if row.refused_code]


def test_a_suspension_and_its_end_travel_with_their_decisions_on_placements(scene: Scene) -> None:
    closed = places(scene.max, scene.home)
    opens(scene.max, scene.home, Rung.SUSPENSION, position_id=closed, due_on=None, review_on=REVIEW)
    scene.meet()
    assert refusals(scene.max) == []
    assert {scene.status(), scene.status(scene.ann), scene.status(scene.lee)} == {"suspension"}
    opened = places(scene.max, scene.home, "open", replaces_id=closed)
    ends(scene.max, scene.home, Rung.SUSPENSION, position_id=opened)
    scene.meet()
    assert refusals(scene.max) == []
    assert {scene.status(), scene.status(scene.ann)} == {"between_steps"}
    there = {one.id: one.position for one in scene.ann.all(PlacementPosition)}
    assert there == {closed: "closed", opened: "open"}


@pytest.mark.parametrize(
    ("rung", "more", "says"),
    [
        (Rung.IMPROVEMENT_PLAN, {"skip_reason": ""}, "passes over 1 step"),
        (Rung.IMPROVEMENT_PLAN, {"due_on": DAY + timedelta(days=400)}, "more than 182 days"),
        (Rung.PEER_SUPPORT, {"contract_id": new_id()}, "contract of this decision"),
    ],
)
def test_the_server_judges_each_step_by_the_policy(
    scene: Scene, rung: Rung, more: dict[str, Any], says: str
) -> None:
    opens(scene.ann, scene.home, rung, **more)
    scene.ann.sync()
    (why,) = refusals(scene.ann)
    assert says in why
    assert scene.status() == "not_escalated"


@pytest.mark.parametrize("position", [None, "open", "elsewhere"])
def test_a_suspension_without_its_decision_on_placements_is_refused(
    scene: Scene, position: str | None
) -> None:
    named = new_id() if position == "elsewhere" else None
    if position == "open":
        named = places(scene.max, scene.home, "open")
    opens(scene.max, scene.home, Rung.SUSPENSION, position_id=named, due_on=None, review_on=REVIEW)
    scene.max.sync()
    assert len(refusals(scene.max)) == 1
    assert scene.status() == "not_escalated"


def test_a_step_that_says_another_state_or_no_decision_is_refused(scene: Scene) -> None:
    support = LadderDecision(turn=Turn.OPENED, rung=Rung.PEER_SUPPORT, due_on=REVIEW)
    decides(scene.max, scene.home, support, after="suspension")
    scene.max.sync()
    assert "does not follow" in refusals(scene.max)[0]
    assert scene.status() == "not_escalated"


def test_two_steps_that_are_decided_apart_meet_as_a_conflict(scene: Scene) -> None:
    """The pair of the ladder: a lead's strategy meeting and a manager's default notice, both as the
    first decision of a setting, on two devices that were offline."""
    meeting = opens(scene.lee, scene.home, Rung.STRATEGY_MEETING)
    notice = opens(scene.max, scene.home, Rung.DEFAULT_NOTICE)
    scene.meet()
    assert refusals(scene.lee) == refusals(scene.max) == []
    (conflict,) = scene.council.all(Conflict)
    assert (conflict.kind, conflict.field, conflict.step_id) == ("escalation", "status", notice)
    assert (conflict.server_value, conflict.other_value) == ("strategy_meeting", "default_notice")
    taken = {step.id: step.accepted for step in scene.council.all(Step)}
    assert taken == {meeting: True, notice: False}
    for device in (scene.ann, scene.lee, scene.max):
        assert scene.status(device) == "strategy_meeting"
        assert device.get(Conflict, conflict.id) is not None
        assert device.get(Step, notice) is not None, "nothing that was decided is lost"


def test_two_decisions_under_one_open_step_meet_too(scene: Scene) -> None:
    closed = places(scene.max, scene.home)
    opens(scene.max, scene.home, Rung.SUSPENSION, position_id=closed, due_on=None, review_on=REVIEW)
    scene.meet()
    opens(scene.ann, scene.home, Rung.IMPROVEMENT_PLAN)
    opens(scene.lee, scene.home, Rung.STRATEGY_MEETING)
    scene.meet()
    (conflict,) = scene.council.all(Conflict)
    assert conflict.field != "status"
    assert values_of(scene.ann, scene.home)["decisions"] == 2
    assert set(values_of(scene.lee, scene.home)["rungs"]) >= {"improvement_plan", "suspension"}


def test_notes_travel_and_the_list_of_people_does_not_reach_others(scene: Scene) -> None:
    council, marker = scene.council, "Insulin-marker at 8"
    for name, role in (("ada", Role.ADMIN), ("vic", Role.VIEWER)):
        council.user(name, role)
    ada, vic = council.device("ada"), council.device("vic")
    scene.ann.add(
        EscalationNote(
            id=new_id(),
            setting_id=scene.home,
            rung=Rung.LOSS_OF_PROVIDER,
            kind=LadderNoteKind.LOG,
            held_on=DAY,
            text="Keys with the duty manager",
        ),
        AffectedPerson(
            id=(person := new_id()),
            setting_id=scene.home,
            person="P31",
            needs="Hoist",
            critical=marker,
            funder=Funder.COUNCIL,
        ),
    )
    opens(scene.lee, scene.home, Rung.PEER_SUPPORT)
    scene.meet()
    scene.ann.edit(AffectedPerson, person, moved_on=DAY, moved_to="Hazel Court")
    scene.lee.edit(AffectedPerson, person, alternatives="Rowan House")
    scene.meet()
    for device in (ada, vic):
        device.sync()
        assert device.all(AffectedPerson) == []
        assert [one for one in device.all(History) if one.kind == "affected_person"] == []
    (there,) = scene.max.all(AffectedPerson)
    scene.max.sync()
    (there,) = scene.max.all(AffectedPerson)
    assert (there.moved_to, there.alternatives) == ("Hazel Court", "Rowan House")
    assert scene.council.all(Conflict) == [], "two fields of one person never meet"
    assert [note.text for note in ada.all(EscalationNote)] == ["Keys with the duty manager"]
    assert vic.all(EscalationNote) == []


def test_a_step_is_told_to_the_audiences_that_the_policy_names_for_it(council: Council) -> None:
    scene = Scene(council)
    named = ("letter: default}", "letter: default, audiences: [directors]}")
    stricter = ("strategy_meeting, by: lead", "strategy_meeting, by: manager")
    text = policy_text("2027.1", DAY, named, stricter)
    publish_policy(scene.lee.database, scene.lee.transport, text)
    opens(scene.lee, scene.home, Rung.STRATEGY_MEETING)
    scene.lee.sync()
    assert "Only a senior manager" in refusals(scene.lee)[0], "by the policy in force"
    opens(scene.ann, scene.home, Rung.PEER_SUPPORT)
    opens(scene.max, scene.home, Rung.DEFAULT_NOTICE)
    scene.max.sync()
    scene.ann.sync()
    (notice,) = [one for one in scene.council.all(Notice) if one.event == "step_opened"]
    assert (notice.audience, notice.text) == (
        "directors",
        "Alder House: default notice from 22 November 2026.",
    )
