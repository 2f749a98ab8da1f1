"""Interventions at the server: who sees the setting and for how long, and work that meets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.support.interventions.on_devices import accept, close, criterion, read, refer
from tests.support.plans.on_devices import draft, planned
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code
from visitapp.records import (
    Action,
    Conflict,
    CriterionReading,
    ExitCriterion,
    Intervention,
    Role,
    Setting,
    User,
    Visit,
    VisitStatus,
)
from visitapp.rules.interventions.states import Measure


class Scene:
    """Ann holds a setting and refers it to Lee, who leads her team; Irena works elsewhere."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        council.user("irena", Role.INTERVENTION, "West")
        self.irena = council.device("irena")
        self.home = self.ann.setting()
        self.action = self.ann.action(self.home)
        self.id = refer(self.ann, self.home)
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee, self.irena, self.ann):
            device.sync()

    def accept(self) -> None:
        accept(self.lee, self.id, self.irena.user_id)
        self.meet()

    def at_server(self) -> Intervention:
        found: Intervention = self.council.get(Intervention, self.id)
        return found

    def sees(self, device: Device) -> bool:
        device.sync()
        return device.get(Setting, self.home) is not None


@pytest.fixture
def scene(council: Council) -> Iterator[Scene]:
    return Scene(council)


def refusals(device: Device) -> list[str]:
    return [row.refused_text or "" for row in device.outbox() if row.refused_code]


def test_both_officers_work_there_while_it_is_open(any_council: Council) -> None:
    scene = Scene(any_council)
    assert not scene.sees(scene.irena), "a referral alone shows nothing"
    scene.accept()
    assert scene.irena.get(Intervention, scene.id).status == "active"
    assert scene.irena.get(Action, scene.action) is not None
    scene.irena.edit(Action, scene.action, owner="The manager")
    visit = scene.irena.visit(scene.home, plans="met", calls="met")
    scene.irena.sign_off(visit, scene.council.library)
    scene.ann.edit(Action, scene.action, detail="All bells of the first floor")
    for device in (scene.irena, scene.ann):
        result = device.sync()
        assert (result.refused, result.conflicts) == ([], 0)
    scene.meet()
    action = scene.ann.get(Action, scene.action)
    assert (action.owner, action.detail) == ("The manager", "All bells of the first floor")
    assert scene.ann.get(Visit, visit).status == VisitStatus.SIGNED_OFF


def test_it_leaves_when_it_is_closed_or_given_to_another(scene: Scene) -> None:
    scene.council.user("iris", Role.INTERVENTION, "West")
    iris = scene.council.device("iris")
    scene.accept()
    change = {"officer_id": iris.user_id}
    scene.lee.step(scene.id, "active", Intervention, reason="Illness", fields=change)
    scene.meet()
    assert (scene.sees(scene.irena), scene.sees(iris)) == (False, True)
    close(scene.lee, scene.id)
    scene.meet()
    assert not scene.sees(iris)
    assert iris.all(Action) == []
    assert scene.sees(scene.ann)


def test_a_sign_off_that_meets_the_closing_is_taken(scene: Scene) -> None:
    scene.accept()
    own = scene.irena.action(scene.home, "Seen by Irena")
    scene.irena.sync()
    visit = scene.irena.visit(scene.home, plans="not_met", calls="met")
    scene.irena.sign_off(visit, scene.council.library)
    scene.irena.edit(Action, own, owner="The manager")
    scene.irena.edit(Action, scene.action, owner="The owner")
    close(scene.lee, scene.id)
    scene.lee.sync()
    result = scene.irena.sync()
    assert result.refused == []
    assert scene.council.get(Visit, visit).status == VisitStatus.SIGNED_OFF
    assert scene.council.get(Action, own).owner == "The manager"
    assert scene.council.get(Action, scene.action).owner == ""
    scene.ann.sync()
    (conflict,) = scene.ann.all(Conflict)
    assert (conflict.record_id, conflict.other_value) == (scene.action, "The owner")
    scene.irena.sync()
    assert scene.irena.outbox() == []
    assert scene.irena.all(Setting) == []


def test_after_sixty_days_late_work_stays_on_the_device(scene: Scene) -> None:
    scene.accept()
    action = scene.irena.action(scene.home, "Seen by Irena")
    close(scene.lee, scene.id)
    scene.lee.sync()
    scene.council.clock.now += timedelta(days=61)
    scene.irena.connect("irena")
    assert {one.code for one in scene.irena.sync().refused} == {Code.OUT_OF_SCOPE}
    assert scene.irena.get(Action, action) is not None


def test_results_are_sustained_when_every_criterion_holds_at_the_server(scene: Scene) -> None:
    medicines = criterion(scene.ann, scene.id, times=2)
    scene.accept()
    for device in (scene.ann, scene.irena):
        device.sync()
    read(scene.irena, medicines, 19, 20, date(2026, 11, 21))
    read(scene.irena, medicines, 20, 20, DAY)
    scene.irena.step(scene.id, "sustaining", Intervention)
    # Ann counted as well, and found fewer on the same day, after Irena.
    read(scene.ann, medicines, 12, 20, DAY)
    scene.ann.sync()
    scene.irena.sync()
    assert scene.at_server().status == "active"
    (why,) = refusals(scene.irena)
    assert "Medicines given as prescribed" in why
    assert len(scene.council.all(CriterionReading)) == 3
    (step,) = (row.record_id for row in scene.irena.outbox() if row.refused_code)
    scene.irena.take_back(step)
    read(scene.irena, medicines, 19, 20, DAY)
    scene.irena.step(scene.id, "sustaining", Intervention)
    scene.meet()
    assert refusals(scene.irena) == []
    assert (scene.at_server().status, scene.at_server().sustained_from) == ("sustaining", DAY)
    scene.irena.step(scene.id, "stepped_down", Intervention, reason="")
    scene.irena.sync()
    assert "held until 22 Feb 2027" in refusals(scene.irena)[0]


def test_a_step_rests_on_the_steps_before_it_in_its_batch(any_council: Council) -> None:
    scene = Scene(any_council)
    plan = draft(scene.ann, scene.home)
    action = planned(scene.ann, plan)
    scene.meet()
    scene.accept()
    needed = {"measure": Measure.PLAN.value, "needed": 100}
    criterion(scene.irena, scene.id, text="The plan is done", **needed)
    scene.irena.step(action, "verified", fields={"how": "visit", "note": "Seen"})
    scene.irena.step(scene.id, "sustaining", Intervention)
    assert scene.irena.sync().refused == []
    assert scene.at_server().status == "sustaining"


def test_what_cannot_be_is_refused(scene: Scene) -> None:
    viewer = scene.council.user("vic", Role.VIEWER)
    accept(scene.lee, scene.id, next(u.id for u in scene.council.all(User) if u.name == "vic"))
    scene.lee.sync()
    assert "cannot be given settings" in refusals(scene.lee)[0], viewer
    (step,) = (row.record_id for row in scene.lee.outbox() if row.refused_code)
    scene.lee.take_back(step)
    scene.accept()
    again = refer(scene.ann, scene.home)
    scene.ann.sync()
    scene.lee.sync()
    accept(scene.lee, again, scene.irena.user_id)
    scene.lee.sync()
    assert "already open at this setting" in refusals(scene.lee)[0]
    values = {
        "setting_id": scene.home,
        "intervention_id": scene.id,
        "text": "Calm",
        "measure": "plan",
        "bound": "at_most",
        "unit": "percent",
        "needed": 5,
    }
    (result,) = push(scene.ann, create(scene.ann, "exit_criterion", **values))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    good = criterion(scene.ann, scene.id)
    scene.ann.sync()
    counted = {"criterion_id": good, "counted_on": DAY.isoformat(), "counted": 3}
    (result,) = push(
        scene.ann, create(scene.ann, "criterion_reading", setting_id=scene.home, **counted)
    )
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    fields = {"measure": "plan", "unit": "percent"}
    counted["criterion_id"] = criterion(scene.ann, scene.id, **fields)
    scene.ann.sync()
    (result,) = push(
        scene.ann,
        create(scene.ann, "criterion_reading", setting_id=scene.home, counted_of=20, **counted),
    )
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)
    assert "measured from records" in result.text


def test_a_reading_of_a_day_before_the_end_is_taken_late_and_none_of_a_later_one(
    scene: Scene,
) -> None:
    falls = criterion(scene.ann, scene.id, unit="number")
    scene.accept()
    close(scene.lee, scene.id)
    scene.lee.sync()
    read(scene.irena, falls, 1, None, DAY)
    assert scene.irena.sync().refused == []
    scene.council.clock.now += timedelta(days=2)
    scene.ann.connect("ann")
    read(scene.ann, falls, 0, None, DAY + timedelta(days=1))
    (refused,) = scene.ann.sync().refused
    assert (refused.code, "ended on" in refused.text) == (Code.BAD_VALUE, True)
    assert [one.counted for one in scene.council.all(CriterionReading)] == [1]


def test_no_criterion_is_set_or_changed_once_it_has_ended(scene: Scene) -> None:
    falls = criterion(scene.ann, scene.id, unit="number")
    scene.accept()
    late = criterion(scene.irena, scene.id, text="Set offline, before anybody knew of the end")
    close(scene.lee, scene.id)
    scene.lee.sync()
    (refused,) = scene.irena.sync().refused
    assert refused.code == Code.BAD_VALUE
    assert refused.text == "This intervention has ended, so it stays as it is."
    assert scene.irena.get(ExitCriterion, late) is not None, "what was typed stays here"
    values = {
        "setting_id": scene.home,
        "intervention_id": scene.id,
        "text": "Calm",
        "measure": "reading",
        "bound": "at_least",
        "unit": "number",
        "needed": 5,
    }
    sent = (
        create(scene.ann, "exit_criterion", **values),
        update("exit_criterion", falls, text="Few falls"),
        update("exit_criterion", falls, deleted=True),
    )
    for change in sent:
        (result,) = push(scene.ann, change)
        assert (result.status, result.code) == ("refused", Code.BAD_VALUE), change
        assert result.text == refused.text
    (kept,) = scene.council.all(ExitCriterion)
    assert (kept.text, kept.deleted) == ("Medicines given as prescribed", False)


def test_a_refused_referral_has_no_criteria_and_a_stepped_down_one_may(scene: Scene) -> None:
    scene.lee.step(scene.id, "refused", Intervention, reason="Not yet")
    scene.meet()
    criterion(scene.ann, scene.id)
    (refused,) = scene.ann.sync().refused
    assert refused.code == Code.BAD_VALUE
    again = refer(scene.ann, scene.home)
    falls = criterion(scene.ann, again, unit="number", needed=0)
    scene.ann.sync()
    scene.lee.sync()
    accept(scene.lee, again, scene.irena.user_id)
    scene.meet()
    read(scene.irena, falls, 3, None, DAY)
    for state in ("sustaining", "stepped_down"):
        scene.irena.step(again, state, Intervention, reason="Agreed")
    scene.meet()
    assert scene.council.get(Intervention, again).status == "stepped_down"
    criterion(scene.irena, again, text="Quiet nights")
    assert scene.irena.sync().refused == []
