"""A server that is newer than this program though it speaks the same protocol: nothing of its page
is taken, and what waits goes on waiting. And a server that is another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from msgspec import Raw

from sync.wire import PROTOCOL, Batch, Edit, Group, Round, RoundReply, Update
from tests.support.sync.council import Council, Device
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code, EnvironmentProblem, Refused, VisitappError
from visitapp.records import SYNCED, Action

Altered = Callable[[RoundReply], RoundReply]


@pytest.fixture
def pair(council: Council) -> tuple[Device, Device, str]:
    """Ann's two laptops, both with an action: the first changed it and sent that, the second has a
    setting that waits."""
    ann, tablet = council.officer("ann"), council.device("ann")
    action = ann.action(ann.setting())
    for device in (ann, tablet):
        device.sync()
    ann.edit(Action, action, title="Mend all call bells")
    ann.sync()
    tablet.setting("Birch House")
    return ann, tablet, action


def altering(device: Device, alter: Altered) -> None:
    """Have the replies that come to a device altered."""
    plain = device.transport.sync

    def sync(body: bytes, token: str) -> RoundReply:
        return alter(plain(body, token))

    device.transport.sync = sync


def everything(device: Device) -> Any:
    """All that a device holds, what waits and where it stands."""
    records = {kind: [(to_wire(r), r.revision) for r in device.all(kind)] for kind in SYNCED}
    waits = [(row.kind, row.record_id, row.created, row.fields) for row in device.outbox()]
    return records, waits, device.state("cursor"), device.state("server_id")


def unchanged_by(device: Device, alter: Altered) -> VisitappError:
    """What a sync with altered replies raises; it changes nothing here, and a plain one after it
    brings all to its end."""
    before = everything(device)
    plain = device.transport.sync
    altering(device, alter)
    with pytest.raises(EnvironmentProblem) as raised:
        device.sync()
    assert everything(device) == before
    device.transport.sync = plain
    device.sync()
    assert device.outbox() == []
    return raised.value


def with_groups(reply: RoundReply, groups: list[Group]) -> RoundReply:
    return msgspec.structs.replace(reply, page=msgspec.structs.replace(reply.page, groups=groups))


def one_more_kind(reply: RoundReply) -> RoundReply:
    """As from a server that keeps records of a kind that is not known here."""
    later = Group(kind="mood", ids=["a"], revisions=[1], fields={})
    return with_groups(reply, [*reply.page.groups, later])


def one_more_field(reply: RoundReply) -> RoundReply:
    """As from a server whose actions have a field that is not known here."""

    def wider(group: Group) -> Group:
        told = Raw(msgspec.json.encode(["high"] * len(group.ids)))
        return msgspec.structs.replace(group, fields={**group.fields, "urgency": told})

    assert [group.kind for group in reply.page.groups].count("action") == 1
    return with_groups(reply, [wider(g) if g.kind == "action" else g for g in reply.page.groups])


@pytest.mark.parametrize("alter", [one_more_kind, one_more_field])
def test_what_a_newer_server_knows_more_of_is_not_taken(
    pair: tuple[Device, Device, str], alter: Altered
) -> None:
    _, tablet, action = pair
    assert unchanged_by(tablet, alter).code == Code.SERVER_TOO_NEW
    assert tablet.get(Action, action).title == "Mend all call bells"


def test_a_reply_of_another_server_changes_nothing(pair: tuple[Device, Device, str]) -> None:
    """The device's own check: this server took the round, and a proxy gave another's answer."""
    _, tablet, _ = pair
    other = unchanged_by(tablet, lambda reply: msgspec.structs.replace(reply, server_id="another"))
    assert other.code == Code.OTHER_SERVER


def test_a_round_for_another_server_is_refused_by_the_server(
    council: Council, pair: tuple[Device, Device, str]
) -> None:
    """The server's own check: no program of ours stands before it."""
    ann, _, action = pair
    before = [(to_wire(row), row.revision) for row in council.all(Action)]
    seen = council.get(Action, action)
    edits = {"title": Edit(base=seen.revision, old=seen.title, new="Of another server")}
    change = Update(kind="action", id=action, at="2026-11-22T09:30:00Z", edits=edits)
    asked = Round(protocol=PROTOCOL, server_id="another", batch=Batch(id="one", changes=[change]))
    with pytest.raises(Refused) as refused:
        council.server.rounds.answer(str(ann.state("access_token")), asked)
    assert refused.value.code == Code.OTHER_SERVER
    assert [(to_wire(row), row.revision) for row in council.all(Action)] == before
