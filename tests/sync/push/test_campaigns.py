"""Campaigns at the server: by whom, what they must say, and their way to the officers."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push
from visitapp.records import Campaign, PlannedVisit, Role, new_id

SAID = {
    "turn": "started",
    "title": "Medicines",
    "form_id": "medicines-audit",
    "starts_on": "2026-12-01",
    "ends_on": "2027-01-29",
    "words": "",
}
PLAN = {
    "purpose": "themed",
    "window_from": "2026-12-01",
    "window_to": "2027-01-29",
    "first_planned_on": "2026-12-03",
}


class Scene:
    """A setting of the East, its officer and the lead."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        council.user("mia", Role.MANAGER)
        self.mia = council.device("mia")
        self.home = self.ann.setting()
        for device in (self.ann, self.lee, self.mia):
            device.sync()

    def send(self, device: Device, **values: Any) -> tuple[str, str]:
        id_ = values.pop("id", new_id())
        made = create(device, "campaign", id_, **{"campaign_id": id_, **SAID, **values})
        (result,) = push(device, made)
        return result.status, result.text


@pytest.fixture
def scene(council: Council) -> Scene:
    return Scene(council)


@pytest.mark.parametrize(("who", "takes"), [("lee", True), ("ann", False), ("mia", False)])
def test_only_those_who_review_start_one(scene: Scene, who: str, takes: bool) -> None:
    status, text = scene.send(getattr(scene, who))
    assert status == ("accepted" if takes else "refused")
    assert ("Only a team lead" in text) is (who == "ann")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"title": " "}, "a title"),
        ({"ends_on": "2026-11-30"}, "before it starts"),
        ({"starts_on": "1926-11-30"}, "2000"),
        ({"campaign_id": "0"}, "does not end a campaign"),
        ({"turn": "closed", "words": "Done"}, "does not end a campaign"),
        ({"turn": "closed", "campaign_id": "0", "words": "Done"}, "does not end a campaign"),
    ],
)
def test_one_that_does_not_hold_is_refused(scene: Scene, values: dict[str, Any], said: str) -> None:
    status, text = scene.send(scene.lee, **values)
    assert status == "refused"
    assert said in text
    assert scene.council.all(Campaign) == []


def test_it_is_ended_with_words_and_as_it_was_started(scene: Scene) -> None:
    id_ = new_id()
    assert scene.send(scene.lee, id=id_)[0] == "accepted"
    end = {"campaign_id": id_, "turn": "closed"}
    assert "in a sentence" in scene.send(scene.lee, **end)[1]
    assert "reason" in scene.send(scene.lee, **{**end, "turn": "withdrawn"})[1]
    assert "does not end" in scene.send(scene.lee, **end, words="Done", title="Other")[1]
    assert scene.send(scene.ann, **end, words="Done")[0] == "refused"
    assert scene.send(scene.lee, **end, words="Storage is the weak point.")[0] == "accepted"
    for device in (scene.ann, scene.mia):
        device.sync()
        assert len(device.all(Campaign)) == 2


def test_its_planned_visits_reach_the_officer_with_it(scene: Scene) -> None:
    id_, plan = new_id(), new_id()
    start = create(scene.lee, "campaign", id_, campaign_id=id_, **SAID)
    about = {"setting_id": scene.home, "campaign_id": id_, **PLAN}
    results = push(scene.lee, start, create(scene.lee, "planned_visit", plan, **about))
    assert [one.status for one in results] == ["accepted", "accepted"]
    scene.ann.sync()
    assert scene.ann.get(PlannedVisit, plan).campaign_id == id_
    nowhere = {**about, "campaign_id": new_id()}
    (result,) = push(scene.lee, create(scene.lee, "planned_visit", new_id(), **nowhere))
    assert result.status == "refused"
