"""Who has the list of people to be moved: those who move people at the setting, and nobody else who
sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from sqlalchemy import text

from sync.scope import people_of
from sync.wire import PROTOCOL, CatchUp, Round
from tests.support.escalation.on_devices import decides, ends, opens
from tests.support.interventions.on_devices import accept, refer
from tests.support.sync.council import DAY, Council, Device
from tests.support.sync.pushes import push, update
from visitapp.errors import Code
from visitapp.records import (
    AffectedPerson,
    Conflict,
    Escalation,
    History,
    Joining,
    Role,
    Setting,
    new_id,
)
from visitapp.records.ids import escalation_id, joining_id
from visitapp.rules.escalation.decision import LadderDecision
from visitapp.rules.escalation.states import EscalationStatus, Funder, Rung, Turn

MARKER = "insulin-at-eight-MARKER"


class Scene:
    """Ann holds a setting of Lee's team with one person on its list. Ben may join a visit there.
    Max is a senior manager."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.ben = council.officer("ben")
        council.user("max", Role.MANAGER)
        self.max = council.device("max")
        self.home = self.ann.setting()
        self.person = new_id()
        self.ann.add(
            AffectedPerson(
                id=self.person,
                setting_id=self.home,
                person="P31",
                needs="Hoist",
                critical=MARKER,
                funder=Funder.COUNCIL,
            )
        )
        self.meet()

    def meet(self) -> None:
        for device in (self.ann, self.lee, self.ben, self.max) * 2:
            device.sync()

    def join(self) -> None:
        visit = self.ann.visit(self.home)
        id_ = joining_id(visit, self.ben.user_id)
        given = {"setting_id": self.home, "visit_id": visit, "user_id": self.ben.user_id}
        self.ann.add(Joining(id=id_, **given))
        self.meet()


@pytest.fixture
def scene(any_council: Council) -> Iterator[Scene]:
    return Scene(any_council)


def has_list(device: Device) -> bool:
    """Whether any word of the list is on a device, in whatever table; all of it, or nothing."""
    with device.database.reading() as session:
        names = session.scalars(text("select name from sqlite_master where type = 'table'")).all()
        words = "".join(
            str(row) for name in names for row in session.execute(text(f'select * from "{name}"'))
        )
    whole = bool(device.all(AffectedPerson)), MARKER in words
    assert whole in ((True, True), (False, False)), whole
    trail = [one for one in device.all(History) if one.kind == "affected_person"]
    assert whole[0] or not trail
    return whole[0]


def received(device: Device, **asked: Any) -> list[str]:
    """The kinds of the records that a device is given, asked past the engine."""
    body = msgspec.json.encode(Round(protocol=PROTOCOL, **asked))
    reply = device.transport.sync(body, device.state("access_token"))
    pages = (reply.page, reply.caught_up)
    return [record.kind for page in pages if page for record in page.records]


def test_its_officer_and_lead_have_it_and_no_manager_before_it_is_escalated(scene: Scene) -> None:
    assert [has_list(one) for one in (scene.ann, scene.lee)] == [True, True]
    assert scene.max.get(Setting, scene.home) is not None
    assert not has_list(scene.max)


def test_a_colleague_who_joined_a_visit_sees_the_setting_and_not_its_list(scene: Scene) -> None:
    scene.join()
    assert scene.ben.get(Setting, scene.home) is not None
    assert not has_list(scene.ben)
    scene.lee.edit(AffectedPerson, scene.person, alternatives="Rowan House")
    scene.meet()
    assert not has_list(scene.ben)
    for asked in (
        {},
        {"cursor": 1, "catch_up": CatchUp(settings=[people_of(scene.home), scene.home])},
        {"cursor": 1, "catch_up": CatchUp(settings=[], whole=True)},
    ):
        assert "affected_person" not in received(scene.ben, **asked), asked
    change = update("affected_person", scene.person, 1, moved_to=MARKER)
    (result,) = push(scene.ben, change)
    assert (result.status, result.code) == ("refused", Code.NOT_ALLOWED)
    assert result.record is None


def test_it_comes_with_the_setting_and_leaves_with_it(scene: Scene) -> None:
    """Ben sees the setting all the while, as he joined a visit there."""
    scene.join()
    scene.lee.edit(Setting, scene.home, officer_id=scene.ben.user_id)
    scene.meet()
    assert has_list(scene.ben)
    assert scene.ann.get(Setting, scene.home) is None
    scene.ben.edit(AffectedPerson, scene.person, alternatives="Rowan House")
    scene.meet()
    scene.lee.edit(Setting, scene.home, officer_id=scene.ann.user_id)
    scene.meet()
    assert has_list(scene.ann)
    assert scene.ben.get(Setting, scene.home) is not None
    assert not has_list(scene.ben)


def test_what_a_manager_wrote_after_the_end_is_settled_by_those_who_have_it(scene: Scene) -> None:
    opens(scene.lee, scene.home, Rung.PEER_SUPPORT)
    scene.meet()
    assert has_list(scene.max)
    ends(scene.lee, scene.home, Rung.PEER_SUPPORT)
    _stand_down(scene)
    scene.max.edit(AffectedPerson, scene.person, moved_to="Hazel Court", moved_on=DAY)
    assert scene.max.sync().refused == []
    scene.max.sync()
    assert not has_list(scene.max)
    scene.lee.sync()
    aside = {one.field: one.other_value for one in scene.lee.all(Conflict)}
    assert aside == {"moved_to": "Hazel Court", "moved_on": DAY.isoformat()}
    assert scene.max.all(Conflict) == []


def test_a_manager_has_it_while_the_setting_is_on_the_ladder(scene: Scene) -> None:
    opens(scene.lee, scene.home, Rung.PEER_SUPPORT)
    scene.meet()
    assert has_list(scene.max)
    ends(scene.lee, scene.home, Rung.PEER_SUPPORT)
    _stand_down(scene)
    scene.meet()
    assert not has_list(scene.max)
    assert has_list(scene.ann)


def test_an_intervention_officer_has_it_while_the_intervention_is_open(scene: Scene) -> None:
    scene.council.user("irena", Role.INTERVENTION, "West")
    irena = scene.council.device("irena")
    id_ = refer(scene.ann, scene.home)
    scene.meet()
    accept(scene.lee, id_, irena.user_id)
    scene.lee.sync()
    irena.sync()
    assert has_list(irena)


def _stand_down(scene: Scene) -> None:
    decides(scene.lee, scene.home, LadderDecision(turn=Turn.STOOD_DOWN))
    scene.lee.sync()
    status = scene.council.get(Escalation, escalation_id(scene.home)).status
    assert status == EscalationStatus.NOT_ESCALATED
