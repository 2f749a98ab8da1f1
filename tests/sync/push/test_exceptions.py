"""Placement exceptions at the server: who may what, what a position does to them, and what happens
to steps that were taken apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from sync.server.operations.nightly import run_nightly
from tests.support.desk.exceptions import RISK
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import create, push, step_of, update
from visitapp.records import (
    ExceptionStatus,
    Outbox,
    PlacementException,
    PlacementPosition,
    Position,
    PositionSource,
    Rag,
    Role,
    Step,
    new_id,
)

ASKED, AUTHORISED, USED = ExceptionStatus.ASKED, ExceptionStatus.AUTHORISED, ExceptionStatus.USED
ASSESSED = {"assessment": msgspec.structs.asdict(RISK)}
LAST = DAY + timedelta(days=28)


class Scene:
    """A closed setting, its officer, the lead and a manager, each with a laptop that has it all."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.officer = council.officer("ann")
        self.lead = council.lead("lee")
        council.user("mia", Role.MANAGER)
        self.manager = council.device("mia")
        self.setting = self.officer.setting()
        self.officer.sync()
        self.manager.sync()
        self.closed = self.position(Position.CLOSED, None)
        self.manager.sync()
        self.id = self.ask()
        for device in (self.officer, self.lead, self.manager):
            device.sync()

    def ask(self) -> str:
        asked = PlacementException(
            id=new_id(), setting_id=self.setting, person="P31", why="Her husband lives there."
        )
        self.officer.add(asked)
        self.officer.step(asked.id, ASKED, PlacementException, fields=ASSESSED)
        return asked.id

    def position(self, position: Position, replaces: str | None) -> str:
        """The manager decides on the placements of the setting."""
        open_ = position == Position.OPEN
        decided = PlacementPosition(
            id=new_id(),
            setting_id=self.setting,
            replaces_id=replaces,
            position=position,
            from_on=DAY,
            reason="Because",
            source=PositionSource.EMBARGO,
            review_on=None if open_ else DAY + timedelta(days=7),
            rag=Rag.RED,
            policy_version="2026.1",
        )
        self.manager.add(decided)
        return decided.id

    def authorise(self, id_: str, valid_to: date = LAST) -> str:
        about = self.manager.get(PlacementException, id_).assessed_at
        fields = {
            "assessed_at": about,
            "valid_to": valid_to,
            "conditions": "Seen in 7 days.",
            "policy_version": "of-the-laptop",
        }
        return self.manager.step(
            id_, AUTHORISED, PlacementException, fields=fields, reason="Because"
        )

    def use(self, device: Device, id_: str, day: date = DAY) -> str:
        return device.step(id_, USED, PlacementException, day=day)

    def at_server(self, id_: str = "") -> Any:
        return self.council.get(PlacementException, id_ or self.id)


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def refusals(device: Device) -> list[str]:
    return [row.refused_text or "" for row in device.outbox() if row.refused_code]


def test_it_travels_from_the_officer_to_the_manager_and_back(scene: Scene) -> None:
    scene.authorise(scene.id)
    scene.manager.sync()
    scene.officer.sync()
    there = scene.officer.get(PlacementException, scene.id)
    assert (there.status, there.valid_to, there.decided_by) == (
        *(AUTHORISED, LAST),
        scene.manager.user_id,
    )
    assert there.policy_version == "2026.1", "the server's, in force when it took the decision"
    scene.use(scene.officer, scene.id)
    scene.officer.sync()
    assert (scene.at_server().status, scene.at_server().placed_on) == (USED, DAY)


@pytest.mark.parametrize(
    ("valid_to", "said"),
    [(LAST + timedelta(days=1), "28 days"), (DAY - timedelta(days=1), "end before it begins")],
)
def test_no_decision_is_longer_than_the_policy(scene: Scene, valid_to: date, said: str) -> None:
    scene.authorise(scene.id, valid_to)
    scene.manager.sync()
    assert said in refusals(scene.manager)[0]
    assert scene.at_server().status == ASKED


def test_nobody_else_decides_whatever_their_device_sends(scene: Scene) -> None:
    asked = scene.officer.get(PlacementException, scene.id)
    decision = {"assessed_at": "2026-11-22T09:00:00Z", "valid_to": "2026-11-25"}
    for device in (scene.officer, scene.lead):
        for after, fields in (("authorised", decision), ("refused", {}), ("expired", {})):
            (result,) = push(device, step_of(device, asked, after, fields=fields))
            assert result.status == "refused"
    (result,) = push(scene.manager, step_of(scene.manager, asked, "expired"))
    assert result.status == "refused", "time alone does that"
    assert scene.at_server().status == ASKED


def test_a_manager_asks_for_nothing_and_nobody_edits_or_deletes(scene: Scene) -> None:
    values = {"setting_id": scene.setting, "person": "P32", "why": "Because"}
    made = create(scene.manager, "placement_exception", **values)
    (result,) = push(scene.manager, made)
    assert (result.status, "asks for a placement" in (result.text or "")) == ("refused", True)
    for field, value in (("why", "Another"), ("deleted", True), ("status", "authorised")):
        edit = update("placement_exception", scene.id, **{field: value})
        (result,) = push(scene.officer, edit)
        assert result.status == "refused", field


@pytest.mark.parametrize("person", ["Mabel Quill", "943 476 5919", "12/04/1941"])
def test_no_device_sends_who_the_person_is(scene: Scene, person: str) -> None:
    values = {"setting_id": scene.setting, "person": person, "why": "Because"}
    made = create(scene.officer, "placement_exception", **values)
    (result,) = push(scene.officer, made)
    assert (result.status, "Use a code" in (result.text or "")) == ("refused", True)
    assert scene.council.get(PlacementException, made.id) is None


def test_a_decision_rests_on_the_assessment_that_the_manager_saw(scene: Scene) -> None:
    later = {"assessment": {**ASSESSED["assessment"], "hazards": "No nurse at night."}}
    scene.officer.step(scene.id, ASKED, PlacementException, fields=later)
    scene.officer.sync()
    scene.authorise(scene.id)
    scene.manager.sync()
    assert "Somebody else changed" in refusals(scene.manager)[0]
    assert scene.at_server().status == ASKED


def test_no_device_authorises_without_an_assessment(scene: Scene) -> None:
    """Whatever it says that it saw."""
    bare = PlacementException(id=new_id(), setting_id=scene.setting, person="P33", why="Because")
    scene.officer.add(bare)
    scene.officer.sync()
    scene.manager.sync()
    asked = scene.manager.get(PlacementException, bare.id)
    fields = {"assessed_at": "2026-11-22T09:00:00Z", "valid_to": "2026-11-25"}
    (result,) = push(scene.manager, step_of(scene.manager, asked, "authorised", fields=fields))
    assert "without a risk assessment on record" in (result.text or "")
    assert scene.at_server(bare.id).status == ASKED


def test_of_two_assessments_taken_apart_the_later_one_counts(scene: Scene) -> None:
    for device, hazards in ((scene.officer, "First"), (scene.lead, "Second")):
        fields = {"assessment": {**ASSESSED["assessment"], "hazards": hazards}}
        device.step(scene.id, ASKED, PlacementException, fields=fields)
    scene.officer.sync()
    scene.lead.sync()
    assert (scene.at_server().assessment["hazards"], refusals(scene.lead)) == ("Second", [])


def test_another_position_makes_void_what_is_asked_and_authorised(scene: Scene) -> None:
    authorised = scene.ask()
    scene.officer.sync()
    scene.manager.sync()
    scene.authorise(authorised)
    scene.manager.sync()
    scene.position(Position.OPEN, scene.closed)
    scene.manager.sync()
    for id_ in (scene.id, authorised):
        assert scene.at_server(id_).status == ExceptionStatus.VOID
    scene.officer.sync()
    steps = [s for s in scene.officer.all(Step) if s.after == ExceptionStatus.VOID]
    assert {s.reason for s in steps} == {"The placement position changed."}


def test_a_position_that_is_confirmed_changes_nothing(scene: Scene) -> None:
    scene.position(Position.CLOSED, scene.closed)
    scene.manager.sync()
    assert scene.at_server().status == ASKED


def test_a_decision_meets_another_position_and_hears_so_in_a_sentence(scene: Scene) -> None:
    """The manager's second laptop was offline when the position changed."""
    away = scene.council.device("mia")
    away.sync()
    scene.position(Position.OPEN, scene.closed)
    scene.manager.sync()
    scene.manager = away
    scene.authorise(scene.id)
    away.sync()
    assert refusals(away) == [
        "Somebody else changed this placement exception first: it is now void, so it cannot become "
        "authorised."
    ]


def test_a_placement_made_offline_is_kept_although_the_exception_is_void(scene: Scene) -> None:
    scene.authorise(scene.id)
    scene.manager.sync()
    scene.officer.sync()
    scene.use(scene.officer, scene.id)
    scene.position(Position.OPEN, scene.closed)
    scene.manager.sync()
    assert scene.at_server().status == ExceptionStatus.VOID
    scene.officer.sync()
    there = scene.at_server()
    assert (there.status, there.placed_on, refusals(scene.officer)) == (USED, DAY, [])
    assert there.ended_on is not None


def test_no_device_uses_it_on_another_day_without_saying_why(scene: Scene) -> None:
    scene.authorise(scene.id)
    scene.manager.sync()
    scene.officer.sync()
    scene.use(scene.officer, scene.id, DAY - timedelta(days=1))
    scene.officer.sync()
    assert scene.at_server().status == AUTHORISED
    (sentence,) = refusals(scene.officer)
    assert sentence.startswith("This exception is in force from 22 Nov 2026 to 20 Dec 2026.")


def test_it_is_used_once_although_two_people_did(scene: Scene) -> None:
    scene.authorise(scene.id)
    scene.manager.sync()
    scene.officer.sync()
    scene.lead.sync()
    scene.use(scene.officer, scene.id)
    scene.use(scene.lead, scene.id, DAY - timedelta(days=1))
    scene.officer.sync()
    scene.lead.sync()
    assert (scene.at_server().placed_on, len(refusals(scene.lead))) == (DAY, 1)


def test_it_expires_at_night_and_a_placement_in_time_still_arrives(scene: Scene) -> None:
    scene.authorise(scene.id, DAY)
    scene.manager.sync()
    scene.officer.sync()
    scene.use(scene.officer, scene.id)
    council = scene.council
    lines = list(run_nightly(council.database, council.clock))
    assert "Placement exceptions expired: 0." in lines
    council.clock.now += timedelta(days=1)
    lines = list(run_nightly(council.database, council.clock))
    assert "Placement exceptions expired: 1." in lines
    assert scene.at_server().status == ExceptionStatus.EXPIRED
    assert "Placement exceptions expired: 0." in list(run_nightly(council.database, council.clock))
    scene.officer.sync()
    assert (scene.at_server().status, scene.at_server().placed_on) == (USED, DAY)


def test_a_viewer_is_given_no_exception(scene: Scene) -> None:
    scene.council.user("vi", Role.VIEWER)
    viewer = scene.council.device("vi")
    viewer.sync()
    assert viewer.all(PlacementPosition) != []
    assert viewer.all(PlacementException) == []
    assert [s for s in viewer.all(Step) if s.kind == "placement_exception"] == []


def test_nothing_waits_on_any_device_in_the_end(scene: Scene) -> None:
    scene.authorise(scene.id)
    for device in (scene.manager, scene.officer, scene.lead):
        device.sync()
        assert [row for row in device.outbox() if isinstance(row, Outbox)] == []
        assert device.get(PlacementException, scene.id).status == AUTHORISED


def test_no_text_that_names_a_person_is_taken(scene: Scene) -> None:
    about = scene.manager.get(PlacementException, scene.id)
    fields = {
        "assessed_at": about.assessed_at.isoformat(),
        "valid_to": LAST.isoformat(),
        "conditions": "Only Mrs Jane Smith",
    }
    asked = {"setting_id": scene.setting, "person": "P32", "why": "NHS 943 476 5919"}
    results = [
        *push(
            scene.manager,
            step_of(scene.manager, about, AUTHORISED, fields=fields),
            step_of(scene.manager, about, ExceptionStatus.REFUSED, reason="Mr John Smith died"),
        ),
        *push(scene.officer, create(scene.officer, "placement_exception", **asked)),
    ]
    assert [(one.status, "leave out" in one.text) for one in results] == [("refused", True)] * 3
    assert scene.at_server().status == ASKED
