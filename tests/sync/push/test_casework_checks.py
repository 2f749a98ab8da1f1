"""What the server checks again of concerns, plans and actions, whatever a client sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from sync.wire import Create, Creates
from tests.support.plans.on_devices import agree, draft, planned
from tests.support.rows import rows
from tests.support.sync.concerns import raise_concern
from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import AT, create, push, step_of, update
from visitapp.records import Action, Concern, ImprovementPlan, SupportReferral, new_id


class Scene:
    """A setting with a plan of one action, and a concern received on 20 November."""

    def __init__(self, council: Council) -> None:
        self.council, self.ann = council, council.officer("ann")
        self.home = self.ann.setting()
        self.plan = draft(self.ann, self.home)
        self.action = planned(self.ann, self.plan)
        self.concern = raise_concern(self.ann, self.home)
        self.ann.sync()


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def refusal(device: Device, change: Any) -> str:
    (result,) = push(device, change)
    assert result.status == "refused", result
    return result.text


def _plan(**fields: Any) -> dict[str, Any]:
    usual = {"goal": "Safe medicines", "starts_on": "2026-11-22", "ends_on": "2027-02-22"}
    return {**usual, **fields}


def _action(**fields: Any) -> dict[str, Any]:
    return {"title": "Count at handover", "first_due_on": "2026-12-01", **fields}


UNFIT: list[tuple[str, dict[str, Any], str]] = [
    ("improvement_plan", _plan(goal=" "), "Say what the plan is for."),
    ("improvement_plan", _plan(ends_on="2026-11-21"), "The plan would end before it starts."),
    ("improvement_plan", _plan(starts_on="1926-11-22"), "between 2000 and 2099"),
    ("action", _action(title=" "), "An action needs a title."),
    ("action", _action(first_due_on="2206-12-01"), "not between 2000 and 2099"),
    ("action", _action(target=0), "Progress is counted out of 1 to 10,000."),
]


@rows(("kind", "values", "why"), UNFIT)
def test_what_the_desk_refuses_is_refused(
    scene: Scene, kind: str, values: dict[str, Any], why: str
) -> None:
    assert why in refusal(scene.ann, create(scene.ann, kind, setting_id=scene.home, **values))
    marks = {"setting_id": scene.home, "created_at": AT, "created_by": scene.ann.user_id}
    both = {name: [value, value] for name, value in {**marks, **values, "deleted": False}.items()}
    fields = {name: msgspec.Raw(msgspec.json.encode(given)) for name, given in both.items()}
    group = Creates(kind=kind, ids=[new_id(), new_id()], at=[AT, AT], fields=fields)
    results = push(scene.ann, group)
    assert {result.status for result in results} == {"refused"}, "nor in a group"


def test_a_note_and_a_title_have_words(scene: Scene) -> None:
    about = {"setting_id": scene.home, "concern_id": scene.concern, "kind": "note"}
    note = create(scene.ann, "concern_update", **about, text=" ")
    assert refusal(scene.ann, note) == "Write what happened."
    assert "in a few words" in refusal(scene.ann, update("concern", scene.concern, title=""))


@pytest.mark.parametrize("progress", [-1, 10_001])
def test_progress_is_a_number_that_can_be(scene: Scene, progress: int) -> None:
    about = {"setting_id": scene.home, "action_id": scene.action, "kind": "said"}
    said = {"side": "provider", "said_on": "2026-11-22", "text": "Counted"}
    told = create(scene.ann, "action_update", **about, **said, progress=progress)
    assert "must be 0 to 10000" in refusal(scene.ann, told)


def test_an_edit_cannot_do_it_either(scene: Scene) -> None:
    for change in (
        update("improvement_plan", scene.plan, ends_on="2026-11-01"),
        update("improvement_plan", scene.plan, goal=""),
        update("action", scene.action, title=""),
        update("action", scene.action, target=-1),
        update("concern", scene.concern, happened_on="2026-11-25"),
    ):
        refusal(scene.ann, change)
    assert scene.council.get(Concern, scene.concern).happened_on is None


STEPS = [
    (Concern, "concern", "decided", {"decision": "substantiated"}),
    (Action, "action", "done", {}),
    (ImprovementPlan, "plan", "withdrawn", {}),
]


@rows(("kind", "name", "after", "fields"), STEPS)
def test_no_step_was_taken_on_a_day_that_has_not_come(
    scene: Scene, kind: Any, name: str, after: str, fields: dict[str, Any]
) -> None:
    record = scene.council.get(kind, getattr(scene, name))

    def step(day: str) -> Create:
        return step_of(scene.ann, record, after, day=day, fields=fields, was={})

    assert refusal(scene.ann, step("2026-11-24")).startswith("24 Nov 2026 is in the future.")
    (result,) = push(scene.ann, step("2026-11-23"))
    assert result.status in ("accepted", "merged"), "a laptop's clock may be a day ahead"


def test_no_step_of_a_concern_comes_before_it(scene: Scene) -> None:
    record = scene.council.get(Concern, scene.concern)
    early = step_of(scene.ann, record, "asked", day="2026-11-18", fields={}, was={})
    assert "received on 19 Nov 2026" in refusal(scene.ann, early)


def test_no_plan_ends_before_it_was_agreed(scene: Scene) -> None:
    agree(scene.ann, scene.plan)
    scene.ann.sync()
    record = scene.council.get(ImprovementPlan, scene.plan)
    early = step_of(scene.ann, record, "not_met", day="2026-11-20", fields={}, was={})
    assert "agreed on 22 Nov 2026" in refusal(scene.ann, early)


def test_support_is_refused_as_at_the_desk(scene: Scene) -> None:
    asked = {"setting_id": scene.home, "theme": "medicines", "asked_for": ""}
    blank = create(scene.ann, "support_referral", **asked, partner=" ", asked_on="2026-11-20")
    assert "Say who is asked" in refusal(scene.ann, blank)
    made = create(scene.ann, "support_referral", **asked, partner="Skills", asked_on="2026-11-20")
    (result,) = push(scene.ann, made)
    assert result.status == "accepted"
    record = scene.council.get(SupportReferral, made.id)
    early = step_of(scene.ann, record, "taken_up", day="2026-11-19", fields={}, was={})
    assert "Give that day or a later one" in refusal(scene.ann, early)
    (result,) = push(scene.ann, step_of(scene.ann, record, "taken_up", fields={}, was={}))
    assert result.status in ("accepted", "merged")
    record = scene.council.get(SupportReferral, made.id)
    soon = step_of(scene.ann, record, "reviewed", fields={}, was={})
    assert "known from 22 Feb 2027 on" in refusal(scene.ann, soon)


def test_a_concern_repeats_an_earlier_one_of_its_setting(scene: Scene) -> None:
    usual = {"kind": "complaint", "source": "family", "severity": "2", "title": "Again"}
    later = {**usual, "setting_id": scene.home, "received_at": "2026-11-21T09:00:00Z"}
    for repeat, why in ((new_id(), "not one of this setting"), (scene.concern, "")):
        change = create(scene.ann, "concern", **later, repeat_of_id=repeat)
        if why:
            assert why in refusal(scene.ann, change)
        else:
            (result,) = push(scene.ann, change)
            assert result.status == "accepted"
    hidden = raise_concern(scene.ann, scene.home, starts_restricted=True)
    scene.ann.sync()
    change = update("concern", scene.concern, repeat_of_id=hidden)
    assert "is restricted" in refusal(scene.ann, change)
