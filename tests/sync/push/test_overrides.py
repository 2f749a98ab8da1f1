"""Overrides at the server: four eyes, the rating that follows, and what a return does to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push, step_of, update
from visitapp.records import (
    OutcomeOverride,
    OverrideStatus,
    Rating,
    Role,
    Step,
    Visit,
    VisitStatus,
    new_id,
)
from visitapp.records.codec import moment_to_wire
from visitapp.rules.choices import RatingKind
from visitapp.rules.ratings import standing
from visitapp.standing.ratings import rating_rows

AGREED, DECLINED = OverrideStatus.AGREED, OverrideStatus.DECLINED


class Scene:
    """A Green visit, signed off by an officer and known to everybody."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.officer = council.officer("ann")
        self.lead = council.lead("lee")
        council.user("mia", Role.MANAGER)
        self.manager = council.device("mia")
        self.setting = self.officer.setting()
        self.visit = self.officer.visit(
            self.setting, on=date(2026, 11, 22), plans="met", calls="met"
        )
        self.officer.sign_off(self.visit, council.library)
        self.everybody()

    def everybody(self) -> None:
        for device in (self.officer, self.lead, self.manager):
            device.sync()

    def values(self, rag: str = "red", **more: Any) -> dict[str, Any]:
        signed = self.officer.get(Visit, self.visit).signed_off_at
        return {
            "setting_id": self.setting,
            "visit_id": self.visit,
            "signed_off_at": signed,
            "outcome_rag": "green",
            "rag": rag,
            "reason": "Because",
            **more,
        }

    def wire(self, **more: Any) -> dict[str, Any]:
        values = self.values()
        return {**values, "signed_off_at": moment_to_wire(values["signed_off_at"]), **more}

    def ask(self, device: Device, rag: str = "red") -> str:
        override = OutcomeOverride(id=new_id(), **self.values(rag))
        device.add(override)
        return override.id

    def decide(self, device: Device, id_: str, after: OverrideStatus) -> None:
        device.step(id_, after, OutcomeOverride, reason="Because")

    @property
    def stands(self) -> str:
        with self.council.database.reading() as session:
            found = standing(rating_rows(session, RatingKind.QUALITY, self.setting))
        return found.rag if found else ""

    def at_server(self, id_: str) -> str:
        return str(self.council.get(OutcomeOverride, id_).status)


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def refusals(device: Device) -> list[str]:
    return [row.refused_text or "" for row in device.outbox() if row.refused_code]


def test_a_worse_one_counts_from_the_server_on_and_a_lead_agrees(scene: Scene) -> None:
    one = scene.ask(scene.officer)
    scene.officer.sync()
    assert scene.stands == "red"
    scene.everybody()
    scene.decide(scene.lead, one, AGREED)
    scene.lead.review(scene.visit, VisitStatus.APPROVED)
    scene.lead.sync()
    assert (scene.at_server(one), scene.stands) == (AGREED, "red")
    scene.manager.sync()
    assert scene.manager.get(OutcomeOverride, one).status == AGREED
    assert {row.rag for row in scene.manager.all(Rating)} == {"green", "red"}


def test_a_decline_gives_the_rating_back_to_the_outcome(scene: Scene) -> None:
    one = scene.ask(scene.officer)
    scene.officer.sync()
    scene.everybody()
    scene.decide(scene.lead, one, DECLINED)
    scene.lead.review(scene.visit, VisitStatus.APPROVED)
    scene.lead.sync()
    assert (scene.at_server(one), scene.stands) == (DECLINED, "green")


def test_a_return_withdraws_it(scene: Scene) -> None:
    one = scene.ask(scene.officer)
    scene.officer.sync()
    scene.everybody()
    scene.lead.review(scene.visit, VisitStatus.RETURNED)
    scene.lead.sync()
    assert (scene.at_server(one), scene.stands) == (OverrideStatus.WITHDRAWN, "red")
    scene.officer.sync()
    (step,) = [s for s in scene.officer.all(Step) if s.kind == "outcome_override"]
    assert (step.created_by, step.reason) == ("server", "The visit was returned.")


def test_an_agreement_that_meets_a_return_hears_so_in_a_sentence(scene: Scene) -> None:
    one = scene.ask(scene.officer)
    scene.officer.sync()
    other = scene.council.lead("lou")
    scene.everybody()
    other.sync()
    other.review(scene.visit, VisitStatus.RETURNED)
    other.sync()
    scene.decide(scene.lead, one, AGREED)
    scene.lead.sync()
    assert "it is now withdrawn" in refusals(scene.lead)[0]


def test_one_that_is_asked_while_the_visit_is_returned_is_withdrawn(scene: Scene) -> None:
    scene.lead.review(scene.visit, VisitStatus.RETURNED)
    scene.lead.sync()
    one = scene.ask(scene.officer)
    scene.officer.sync()
    assert (scene.at_server(one), scene.stands) == (OverrideStatus.WITHDRAWN, "")
    (step,) = [s for s in scene.officer.all(Step) if s.kind == "outcome_override"]
    assert "not signed off any more" in step.reason


def test_it_may_come_with_the_sign_off_that_it_is_about_or_before(scene: Scene) -> None:
    """Records go before steps, so an override that was asked offline arrives first."""
    officer = scene.officer
    scene.visit = officer.visit(scene.setting, on=date(2026, 11, 21), plans="met", calls="met")
    officer.sign_off(scene.visit, scene.council.library)
    one = scene.ask(officer)
    officer.sync()
    assert (refusals(officer), scene.at_server(one), scene.stands) == ([], "asked", "red")
    early = create(officer, "outcome_override", **scene.wire(signed_off_at="2027-01-01T09:00:00Z"))
    (result,) = push(officer, early)
    assert (result.status, scene.at_server(early.id)) == ("accepted", "asked")
    assert scene.stands == "red"


def test_nobody_decides_on_their_own_visit_whatever_their_device_sends(scene: Scene) -> None:
    one = scene.ask(scene.lead)
    scene.lead.sync()
    asked = scene.lead.get(OutcomeOverride, one)
    for device in (scene.officer, scene.lead, scene.manager):
        for after in ("agreed", "declined"):
            (result,) = push(device, step_of(device, asked, after))
            assert result.status == "refused", (device.name, after)
    (result,) = push(scene.officer, update("outcome_override", one, rag="amber"))
    assert result.status == "refused"
    assert scene.at_server(one) == OverrideStatus.ASKED


@pytest.mark.parametrize("rag", ["green", "unrated"])
def test_an_override_is_to_another_rating(scene: Scene, rag: str) -> None:
    made = create(scene.officer, "outcome_override", **scene.wire(rag=rag))
    (result,) = push(scene.officer, made)
    assert (result.status, scene.stands) == ("refused", "")


def test_no_device_says_what_the_outcome_was(scene: Scene) -> None:
    made = create(scene.officer, "outcome_override", **scene.wire(outcome_rag="amber"))
    push(scene.officer, made)
    assert (scene.at_server(made.id), scene.stands) == (OverrideStatus.WITHDRAWN, "")
