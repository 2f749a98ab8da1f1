"""Another role on a device that is in use: it ends with what a new device of that role has."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from sync.client.evidence.ledger import offer_again
from sync.client.round.position import Position
from sync.server.operations.users import People
from sync.wire import RoundReply
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import Keeper, digest, evidence_record, some_bytes
from tests.support.sync.rounds import after_each_round
from visitapp.errors import Code, Refused
from visitapp.records import (
    KINDS,
    NOT_REFUSED,
    Action,
    Answer,
    Contract,
    Evidence,
    Outbox,
    Provider,
    Role,
    Setting,
    User,
    Visit,
    new_id,
)
from visitapp.records.codec import columns

PHOTO = some_bytes(1000, seed=3)
ROLES = (Role.OFFICER, Role.MANAGER, Role.VIEWER)
AGREED = {"confirm_removal": lambda *_: True}


class Changing:
    """Zoe, whose role changes, and a lead, at a council where something of most kinds is."""

    def __init__(self, council: Council, role: Role) -> None:
        self.council = council
        council.user("zoe", Role.OFFICER)
        maker, self.lee = council.device("zoe"), council.lead("lee")
        self.home = maker.setting()
        maker.sync()
        self.lee.sync()
        self._contract()
        self.visit = maker.visit(self.home, plans="met", calls="met")
        self.action = maker.action(self.home)
        evidence_record(maker, self.home, PHOTO)
        maker.sync()
        self.lee.sync()
        for device in (self.lee, maker):
            device.answer(self.visit, "plans", note=device.name)
            device.edit(Action, self.action, owner=device.name)
            device.sync()
        maker.step(self.action, "done")
        maker.sign_off(self.visit, council.library)
        maker.sync()
        self.becomes(role)
        self.zoe = council.device("zoe")
        self.zoe.sync()

    def _contract(self) -> None:
        provider, contract = new_id(), new_id()
        self.lee.add(Provider(id=provider, name="Acorn Care"))
        self.lee.add(Contract(id=contract, provider_id=provider, number="C1"))
        self.lee.sync()
        self.lee.edit(Setting, self.home, provider_id=provider)
        self.lee.under(contract, self.home)
        assert self.lee.sync().refused == []

    def becomes(self, role: Role) -> None:
        People(self.council.database, self.council.clock).set_role("zoe", role)

    def require_as_new(self) -> None:
        new = self.council.device("zoe")
        new.sync()
        assert contents(self.zoe) == contents(new)


def contents(device: Device) -> dict[str, dict[str, dict[str, Any]]]:
    """Every record by kind and id; not the revision of the user's own, which signing in makes."""
    return {
        name: {
            record.id: {field: getattr(record, field) for field in columns(kind)}
            | {"revision": 0 if kind is User else record.revision}
            for record in device.all(kind)
        }
        for name, kind in KINDS.items()
    }


def send_refused_again(device: Device) -> None:
    with device.database.applying() as session:
        session.execute(update(Outbox).values(NOT_REFUSED))
        offer_again(session.connection())


@pytest.mark.parametrize(("before", "after"), [*permutations(ROLES, 2)])
def test_a_device_ends_with_what_a_new_one_has(
    any_council: Council, before: Role, after: Role
) -> None:
    any_council.server.rounds._page = 2
    changing = Changing(any_council, before)
    changing.becomes(after)
    changing.zoe.sync(**AGREED)
    changing.require_as_new()
    assert changing.zoe.get(User, changing.zoe.user_id).role == after
    rounds = changing.zoe.transport.rounds
    changing.zoe.sync()
    assert changing.zoe.transport.rounds == rounds + 1


@pytest.mark.parametrize("through", [Role.MANAGER, Role.VIEWER])
def test_there_and_back(any_council: Council, through: Role) -> None:
    changing = Changing(any_council, Role.OFFICER)
    for role in (through, Role.OFFICER, through, Role.OFFICER):
        changing.becomes(role)
        changing.zoe.sync(**AGREED)
        changing.require_as_new()
    assert len(changing.zoe.all(Answer)) == 2


def test_what_waits_stays_until_it_is_settled(any_council: Council) -> None:
    """A manager may not write, so the server refuses what waited; it stays, with its answers."""
    changing = Changing(any_council, Role.OFFICER)
    zoe = changing.zoe
    other = zoe.setting("Birch Lodge")
    zoe.visit(other, plans="met")
    zoe.sync()
    typed = zoe.visit(changing.home, plans="partly")
    changing.becomes(Role.MANAGER)
    assert Code.NOT_ALLOWED in {entry.code for entry in zoe.sync(**AGREED).refused}
    assert {answer.visit_id for answer in zoe.all(Answer)} == {changing.visit, typed}
    assert zoe.all(Evidence) != []
    changing.becomes(Role.OFFICER)
    send_refused_again(zoe)
    assert zoe.sync().refused == []
    assert zoe.outbox() == []
    assert any_council.get(Visit, typed) is not None
    changing.require_as_new()


def test_the_bytes_of_evidence_go_and_come(any_council: Council, tmp_path: Path) -> None:
    changing = Changing(any_council, Role.OFFICER)
    keeper = Keeper(changing.zoe, tmp_path / "evidence")
    sent, unsent = some_bytes(500, seed=4), some_bytes(600, seed=5)
    keeper.add(changing.home, sent)
    keeper.sync()
    keeper.add(changing.home, unsent)
    changing.zoe.sync()
    changing.becomes(Role.MANAGER)
    changing.zoe.sync(**AGREED)
    keeper.engine().run()
    assert keeper.files.hashes() == {digest(sent), digest(unsent)}
    assert len(changing.zoe.all(Evidence)) == 3
    changing.becomes(Role.OFFICER)
    keeper.sync()
    send_refused_again(changing.zoe)
    keeper.sync()
    changing.becomes(Role.MANAGER)
    changing.zoe.sync(**AGREED)
    keeper.engine().run()
    assert changing.zoe.all(Evidence) == []
    assert keeper.files.hashes() == set()
    changing.becomes(Role.OFFICER)
    keeper.sync()
    assert keeper.engine().fetch(digest(unsent), len(unsent)) == unsent


def test_a_great_removal_is_asked_about(any_council: Council) -> None:
    changing = Changing(any_council, Role.OFFICER)
    for _ in range(30):
        changing.zoe.visit(changing.home, plans="met", calls="met")
    changing.zoe.sync()
    changing.becomes(Role.MANAGER)
    with pytest.raises(Refused) as refused:
        changing.zoe.sync()
    assert refused.value.code == Code.MASS_REMOVAL
    assert len(changing.zoe.all(Answer)) == 62
    changing.zoe.sync(**AGREED)
    changing.require_as_new()


def test_news_during_the_catching_up_is_not_missed(any_council: Council) -> None:
    any_council.server.rounds._page = 2
    changing = Changing(any_council, Role.VIEWER)
    lee, news = changing.lee, iter(range(4))

    def with_news(_number: int, _reply: RoundReply) -> None:
        number = next(news, None)
        if number is not None:
            lee.edit(Action, changing.action, owner=str(number))
            lee.sync()
        if number == 2:
            changing.becomes(Role.MANAGER)

    changing.becomes(Role.OFFICER)
    after_each_round(changing.zoe, with_news)
    changing.zoe.sync(**AGREED)
    changing.zoe.sync(**AGREED)
    changing.require_as_new()


def test_a_first_push_hides_nothing_after_its_first_round(any_council: Council) -> None:
    """Only while nothing is to be hidden does the next batch go ahead of a reply."""
    ann = any_council.officer("ann")
    home = ann.setting()
    for _ in range(20):
        ann.visit(home, plans="met", calls="met")
    hiding: list[bool] = []

    def look(_number: int, _reply: RoundReply) -> None:
        with ann.database.viewing() as connection:
            hiding.append(Position.load(connection).hiding)

    after_each_round(ann, look)
    ann.sync(batch_bytes=2000)
    assert len(hiding) > 2
    assert not any(hiding[1:])
    assert ann.outbox() == []
