"""All that a leaver holds goes to another at the server, in one step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sync.server.audit.query import listed
from sync.server.operations.leavers import Leavers
from sync.server.operations.users import People
from tests.support.interventions.on_devices import accept, refer
from tests.support.sync.council import DAY, Council
from tests.support.sync.nights import next_day
from visitapp.errors import NotFound, Refused
from visitapp.records import (
    Contract,
    Cover,
    HandOver,
    HandOverState,
    Intervention,
    Provider,
    Setting,
    Step,
    Visit,
    new_id,
)

WEEK = timedelta(days=7)


def test_everything_a_leaver_holds_moves(any_council: Council) -> None:
    council = any_council
    ann, bob, lee = council.officer("ann"), council.officer("bob", "West"), council.lead("lee")
    setting, other = ann.setting("Alder House"), lee.setting("Birch Lodge")
    ann.visit(setting)
    ann.sync()
    provider, contract = new_id(), new_id()
    lee.add(Provider(id=provider, name="Acorn Care"))
    lee.add(Contract(id=contract, provider_id=provider, number="C1", officer_id=ann.user_id))
    days = {"starts_on": DAY, "ends_on": DAY + WEEK}
    lee.add(Cover(setting_id=other, deputy_id=ann.user_id, **days))
    lee.add(
        HandOver(
            setting_id=other,
            from_officer_id=lee.user_id,
            to_officer_id=ann.user_id,
            starts_on=DAY + WEEK,
        )
    )
    assert lee.sync().refused == []
    leavers = Leavers(council.database, council.clock)
    held = leavers.held("ann")
    assert [one.kind for one in held] == ["setting", "contract", "visit", "cover", "hand_over"]
    assert leavers.hand_over("ann", "bob") == held
    assert leavers.held("ann") == []
    assert {one.kind for one in leavers.held("bob")} == {one.kind for one in held}
    bob.sync()
    assert {home.id for home in bob.all(Setting)} == {setting, other}
    assert (bob.get(Setting, setting).team, bob.all(Contract)[0].officer_id) == (
        "West",
        bob.user_id,
    )
    assert {visit.officer_id for visit in bob.all(Visit)} == {bob.user_id}
    assert {one.deputy_id for one in bob.all(Cover) if one.active} == {bob.user_id}
    next_day(council, 7)
    (done,) = [one for one in council.all(HandOver) if one.state == HandOverState.DONE]
    assert (done.to_officer_id, council.get(Setting, other).officer_id) == (bob.user_id,) * 2
    with council.database.reading() as session:
        events = [entry.what for entry in listed(session.connection())]
    assert {"assigned", "handed_over", "cover_started", "cover_ended"} <= set(events)


def test_nobody_is_handed_their_own_or_what_a_leaver_cannot_hold(council: Council) -> None:
    ann = council.officer("ann")
    council.officer("bob")
    setting = ann.setting()
    ann.sync()
    leavers = Leavers(council.database, council.clock)
    with pytest.raises(Refused, match="Choose somebody else"):
        leavers.hand_over("ann", "ann")
    People(council.database, council.clock).disable("bob")
    with pytest.raises(Refused, match="bob is disabled"):
        leavers.hand_over("ann", "bob")
    with pytest.raises(NotFound):
        leavers.held("zoe")
    assert council.get(Setting, setting).officer_id == ann.user_id


def test_an_open_intervention_of_a_leaver_goes_to_the_heir(council: Council) -> None:
    ann, lee = council.officer("ann"), council.lead("lee")
    irena, iris = (council.officer(name, "West") for name in ("irena", "iris"))
    setting = ann.setting()
    one = refer(ann, setting)
    for device in (ann, lee):
        device.sync()
    accept(lee, one, irena.user_id)
    lee.sync()
    irena.sync()
    leavers = Leavers(council.database, council.clock)
    assert [(held.kind, held.id) for held in leavers.held("irena")] == [("intervention", one)]
    leavers.hand_over("irena", "iris")
    assert leavers.held("irena") == []
    for device in (irena, iris):
        device.sync()
    assert irena.all(Setting) == [], "their laptop no longer has the setting"
    assert iris.get(Intervention, one).officer_id == iris.user_id
    reasons = {step.reason for step in iris.all(Step) if step.record_id == one}
    assert "Handed over with all that its officer held." in reasons
