"""Legal holds at the server: by whom, on what, and that nobody lifts what was not set."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.pushes import create, push
from visitapp.records import LegalHold, Role, new_id


class Scene:
    """A setting of the East, and a device for each role that may or may not."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.lou = council.lead("lou", team="West")
        council.user("mia", Role.MANAGER)
        council.user("ada", Role.ADMIN)
        self.mia, self.ada = council.device("mia"), council.device("ada")
        self.home = self.ann.setting()
        for device in (self.ann, self.lee, self.lou, self.mia, self.ada):
            device.sync()

    def send(self, device: Device, **values: Any) -> tuple[str, str]:
        id_ = values.pop("id", new_id())
        given = {"hold_id": id_, "subject": "setting", "subject_id": self.home, "reason": "Why"}
        (result,) = push(device, create(device, "legal_hold", id_, **{**given, **values}))
        return result.status, result.text


@pytest.fixture
def scene(council: Council) -> Scene:
    return Scene(council)


@pytest.mark.parametrize(
    ("who", "code"),
    [("lee", ""), ("mia", ""), ("ann", "role"), ("ada", "role"), ("lou", "portfolio")],
)
def test_who_may_set_a_hold(scene: Scene, who: str, code: str) -> None:
    status, text = scene.send(getattr(scene, who))
    said = {"": "", "role": "Only a team lead", "portfolio": "not in your portfolio"}[code]
    assert status == ("refused" if code else "accepted")
    assert said in text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"reason": " "}, "Give the reason"),
        ({"subject": "person", "subject_id": "", "person": "Mabel"}, "looks like a name"),
        ({"subject": "person"}, "one setting, provider, contract or person"),
        ({"person": "P31"}, "one setting, provider, contract or person"),
        ({"subject_id": "0"}, "is not on the server"),
        ({"subject": "contract"}, "is not on the server"),
        ({"active": False}, "does not lift"),
        ({"hold_id": "0"}, "does not lift"),
    ],
)
def test_a_hold_that_does_not_hold_is_refused(
    scene: Scene, values: dict[str, Any], said: str
) -> None:
    status, text = scene.send(scene.lee, **values)
    assert status == "refused"
    assert said in text
    assert scene.council.all(LegalHold) == []


def test_a_hold_is_lifted_as_it_was_set_and_reaches_those_who_decide(scene: Scene) -> None:
    hold = new_id()
    assert scene.send(scene.lee, id=hold)[0] == "accepted"
    lift = {"hold_id": hold, "active": False}
    assert (
        "does not lift"
        in scene.send(scene.mia, **lift, subject="person", subject_id="", person="P31")[1]
    )
    assert "not in your portfolio" in scene.send(scene.lou, **lift)[1]
    assert scene.send(scene.mia, **lift)[0] == "accepted"
    for device in (scene.lee, scene.mia, scene.ada, scene.ann):
        device.sync()
    assert [len(one.all(LegalHold)) for one in (scene.lee, scene.mia, scene.ada)] == [2, 2, 2]
    assert scene.ann.all(LegalHold) == []
