"""Scope: what a device gets, what it never gets, and what happens when a portfolio changes."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from sync.server.operations.nightly import run_nightly
from sync.server.sync import late_work as late
from sync.wire import PROTOCOL, CatchUp, Round, RoundReply
from tests.support.sync.council import Clock, Council, Device
from tests.support.sync.rounds import after_each_round
from visitapp.errors import Code
from visitapp.records import (
    SYNCED,
    Action,
    Answer,
    Conflict,
    Contract,
    ContractSetting,
    PlacementPosition,
    Provider,
    Rating,
    RegulatorAction,
    Role,
    Setting,
    SignificantEvent,
    Visit,
    new_id,
)


def ask(device: Device, **asked: object) -> RoundReply:
    """One round past the engine, as a client of somebody else's might send it."""
    round_ = Round(protocol=PROTOCOL, **asked)
    return device.transport.sync(msgspec.json.encode(round_), device.state("access_token"))


def held(device: Device) -> set[str]:
    return {setting.id for setting in device.all(Setting)}


def settings_of_all_records(device: Device) -> set[str | None]:
    return {
        getattr(record, "setting_id", None)
        for kind in SYNCED
        if kind is not Setting
        for record in device.all(kind)
    } | held(device)


@pytest.fixture
def two_officers(any_council: Council) -> tuple[Device, Device, str, str]:
    """Ann in the East and Ben in the West, each with a setting, a visit and an action."""
    ann, ben = any_council.officer("ann", "East"), any_council.officer("ben", "West")
    settings = []
    for device in (ann, ben):
        setting = device.setting(f"Home of {device.name}")
        device.visit(setting, plans="met")
        device.action(setting)
        device.sync()
        settings.append(setting)
    ann.sync()
    return ann, ben, settings[0], settings[1]


def test_an_officer_gets_nothing_of_anothers(
    two_officers: tuple[Device, Device, str, str],
) -> None:
    ann, ben, anns, bens = two_officers
    assert settings_of_all_records(ann) - {None} == {anns}
    assert settings_of_all_records(ben) - {None} == {bens}


def test_asking_for_anothers_setting_gives_nothing(
    two_officers: tuple[Device, Device, str, str],
) -> None:
    ann, _, _, bens = two_officers
    reply = ask(ann, cursor=ann.state("cursor"), catch_up=CatchUp(settings=[bens]))
    assert reply.caught_up is not None
    assert reply.caught_up.records == []
    whole = ask(ann, cursor=0)
    assert bens not in {record.id for record in whole.page.records}
    assert bens not in {record.values.get("setting_id") for record in whole.page.records}


@pytest.mark.parametrize("role", [Role.LEAD, Role.MANAGER, Role.ADMIN, Role.OFFICER])
def test_each_role_gets_its_settings(
    any_council: Council, two_officers: tuple[Device, Device, str, str], role: Role
) -> None:
    _, _, anns, bens = two_officers
    any_council.user("zoe", role, "West")
    zoe = any_council.device("zoe")
    zoe.sync()
    expected = {
        Role.LEAD: {bens},
        Role.MANAGER: {anns, bens},
        Role.ADMIN: {anns, bens},
        Role.OFFICER: set(),
    }[role]
    assert held(zoe) == expected
    assert {visit.setting_id for visit in zoe.all(Visit)} == expected


def test_a_viewer_gets_settings_and_ratings_and_nothing_else(any_council: Council) -> None:
    ann = any_council.officer("ann")
    lee = any_council.lead("lee")
    provider, contract = new_id(), new_id()
    lee.add(Provider(id=provider, name="Acorn Care"))
    lee.add(Contract(id=contract, provider_id=provider, number="C1"))
    lee.sync()
    setting = ann.setting()
    visit = ann.visit(setting, plans="not_met")
    ann.sign_off(visit, any_council.library)
    ann.sync()
    lee.sync()
    lee.edit(Setting, setting, provider_id=provider)
    lee.under(contract, setting)
    lee.sync()
    any_council.user("vic", Role.VIEWER)
    vic = any_council.device("vic")
    vic.sync()
    assert held(vic) == {setting}
    assert [rating.rag for rating in vic.all(Rating)] == ["red"]
    assert vic.all(Rating)[0].contract_id is None
    assert [position.position for position in vic.all(PlacementPosition)] == ["closed"]
    hidden = (Visit, Answer, Action, Contract, ContractSetting, SignificantEvent, RegulatorAction)
    assert not any(vic.all(kind) for kind in hidden)


def test_a_contracts_officer_sees_its_settings(any_council: Council) -> None:
    ann, cat, lee = (
        any_council.officer("ann"),
        any_council.officer("cat", "West"),
        any_council.lead("lee"),
    )
    setting = ann.setting()
    ann.sync()
    lee.sync()
    provider, contract = new_id(), new_id()
    lee.add(Provider(id=provider, name="Acorn Care"))
    lee.add(Contract(id=contract, provider_id=provider, number="C1", officer_id=cat.user_id))
    lee.under(contract, setting)
    assert lee.sync().refused == []
    cat.sync()
    assert held(cat) == {setting}
    lee.edit(Contract, contract, officer_id=None)
    lee.sync()
    cat.sync()
    assert held(cat) == set()


def test_an_ended_contract_or_place_under_it_shows_its_settings_no_more(
    any_council: Council,
) -> None:
    ann, cat, lee = (
        any_council.officer("ann"),
        any_council.officer("cat", "West"),
        any_council.lead("lee"),
    )
    homes = [ann.setting(name) for name in ("Alder House", "Birch House", "Cedar House")]
    ann.sync()
    lee.sync()
    provider, contract = new_id(), new_id()
    lee.add(Provider(id=provider, name="Acorn Care"))
    lee.add(Contract(id=contract, provider_id=provider, number="C1", officer_id=cat.user_id))
    links = [lee.under(contract, home) for home in homes]
    lee.sync()
    cat.sync()
    assert held(cat) == set(homes)
    late = cat.action(homes[0], "Seen by the contract's officer")

    lee.edit(ContractSetting, links[0], ended=True, ends_on=date(2026, 11, 21))
    lee.edit(ContractSetting, links[1], ends_on=date(2026, 11, 22))
    lee.sync()
    assert cat.sync().refused == []
    assert any_council.get(Action, late) is not None, "late work is taken"
    assert held(cat) == set(homes[1:])
    any_council.clock.now += timedelta(days=1)
    assert "Settings that left a contract: 1." in run_nightly(
        any_council.database, any_council.clock
    )
    assert "Settings that left a contract: 0." in run_nightly(
        any_council.database, any_council.clock
    )
    cat.connect("cat")
    cat.sync()
    assert held(cat) == {homes[2]}

    lee.connect("lee")
    lee.step(contract, "ended", kind=Contract, reason="Handed back")
    assert lee.sync().refused == []
    cat.sync()
    assert held(cat) == set()
    assert cat.get(Contract, contract).status == "ended", "its officer keeps the contract itself"


@pytest.mark.parametrize("page", [2, 4000])
def test_a_reassigned_setting_moves_with_its_whole_history(
    any_council: Council, two_officers: tuple[Device, Device, str, str], page: int
) -> None:
    any_council.server.rounds._page = page
    ann, ben, anns, bens = two_officers
    for _ in range(3):
        ann.visit(anns, plans="met", calls="partly")
    ann.sync()
    assert any_council.admin.assign("ben", [anns]) == 1
    ben.sync()
    assert held(ben) == {anns, bens}
    assert len([visit for visit in ben.all(Visit) if visit.setting_id == anns]) == 4
    assert ben.get(Setting, anns).team == "West"
    gone = ann.sync()
    assert gone.removed > 0
    assert settings_of_all_records(ann) - {None} == set()
    any_council.admin.assign("ann", [anns])
    ann.sync()
    ben.sync()
    assert held(ann) == {anns}
    assert len(ann.all(Visit)) == 4
    assert held(ben) == {bens}


def test_changes_during_the_catching_up_are_not_missed(any_council: Council) -> None:
    any_council.server.rounds._page = 2
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    setting = ann.setting()
    visits = [ann.visit(setting, plans="met") for _ in range(4)]
    ann.sync()
    other = ben.setting("Birch Lodge")
    ben.sync()
    any_council.user("lee", Role.LEAD, "East")
    lee = any_council.device("lee")
    lee.sync()
    any_council.admin.assign("ben", [setting])
    edits = iter(visits)

    def with_news(_number: int, _reply: RoundReply) -> None:
        visit = next(edits, None)
        if visit is not None:
            lee.edit(Visit, visit, joined_by="Safeguarding")
            lee.sync()

    after_each_round(ben, with_news)
    ben.sync()
    ben.sync()
    assert held(ben) == {setting, other}
    assert {visit.joined_by for visit in ben.all(Visit)} == {"Safeguarding"}
    assert len(ben.all(Answer)) == 4


def test_what_waits_for_a_lost_setting_is_still_taken_then_it_goes(
    two_officers: tuple[Device, Device, str, str], any_council: Council
) -> None:
    ann, _, anns, _ = two_officers
    late = ann.visit(anns, plans="not_met")
    any_council.admin.assign("ben", [anns])
    result = ann.sync()
    assert (result.refused, ann.outbox()) == ([], [])
    assert any_council.get(Visit, late).officer_id == ann.user_id
    assert settings_of_all_records(ann) - {None} == set()


@pytest.mark.parametrize(
    ("lead_is", "later", "taken"),
    [(-365, 0, True), (-365, 31, False), (365, 0, True), (365, 31, False), (None, 31, False)],
)
def test_how_late_work_is_goes_by_the_servers_clock(
    any_council: Council,
    monkeypatch: pytest.MonkeyPatch,
    lead_is: int | None,
    later: int,
    taken: bool,
) -> None:
    """The lead's laptop, whose clock is so many days off, or the command hands a setting over."""
    monkeypatch.setattr(late, "TAKEN_FOR", timedelta(days=30))
    ann, ben = any_council.officer("ann"), any_council.officer("ben")
    setting = ann.setting()
    ann.sync()
    typed = ann.action(setting)
    if lead_is is None:
        any_council.admin.assign("ben", [setting])
    else:
        any_council.user("lee", Role.LEAD)
        clock = Clock()
        clock.now += timedelta(days=lead_is)
        lee = any_council.device("lee", clock=clock)
        lee.sync()
        lee.edit(Setting, setting, officer_id=ben.user_id)
        assert lee.sync().refused == []
    any_council.clock.now += timedelta(days=later)
    refused = [] if taken else [Code.OUT_OF_SCOPE]
    assert [entry.code for entry in ann.sync().refused] == refused
    assert (any_council.get(Action, typed) is not None) == taken


def test_late_work_is_not_prolonged_by_who_sends_it(any_council: Council) -> None:
    ann = any_council.officer("ann")
    any_council.user("ben", Role.OFFICER, "West")
    home = ann.setting()
    ann.sync()
    second = any_council.device("ann")
    second.sync()
    any_council.admin.assign("ben", [home])
    ann.action(home, "In time")
    any_council.clock.now += late.TAKEN_FOR - timedelta(days=1)
    ann.connect("ann")
    assert ann.sync().refused == []
    any_council.clock.now += timedelta(days=2)
    second.connect("ann")
    second.action(home, "Too late")
    assert [one.code for one in second.sync().refused] == [Code.OUT_OF_SCOPE]


def test_late_work_is_given_nothing_back(
    two_officers: tuple[Device, Device, str, str], any_council: Council
) -> None:
    ann, ben, anns, _ = two_officers
    action = ann.all(Action)[0].id
    any_council.admin.assign("ben", [anns])
    ben.sync()
    ben.edit(Action, action, owner="A name that Ann must not see", detail="Private")
    ben.sync()
    ann.edit(Action, action, owner="The manager")
    heard: list[RoundReply] = []
    after_each_round(ann, lambda _number, reply: heard.append(reply))
    assert ann.sync().conflicts == 1
    assert b"must not see" not in msgspec.json.encode(heard)
    ben.sync()
    assert [conflict.other_value for conflict in ben.all(Conflict)] == ["The manager"]


def test_a_stranger_may_not_write_into_a_setting(
    two_officers: tuple[Device, Device, str, str], any_council: Council
) -> None:
    _, ben, anns, _ = two_officers
    setting = any_council.get(Setting, anns)
    with ben.database.applying() as session:
        session.merge(setting)
    visit = ben.visit(anns, plans="met")
    result = ben.sync()
    assert {refused.code for refused in result.refused} == {Code.OUT_OF_SCOPE}
    assert any_council.get(Visit, visit) is None


def test_nothing_is_removed_while_something_refused_waits(
    two_officers: tuple[Device, Device, str, str], any_council: Council
) -> None:
    ann, _, anns, _ = two_officers
    ann.edit(Setting, anns, officer_id=None)
    assert [refused.code for refused in ann.sync().refused] == [Code.NOT_ALLOWED]
    any_council.admin.assign("ben", [anns])
    ann.sync()
    assert held(ann) == {anns}
