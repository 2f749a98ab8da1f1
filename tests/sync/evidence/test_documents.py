"""Documents of providers, contracts and settings: their bytes go to whoever sees them, and are
taken for such a record alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sync.client.evidence.ledger import note, settings_with_unsent
from tests.support.sync.council import Council, Device
from tests.support.sync.evidence import Keeper, digest, some_bytes
from tests.support.sync.pushes import create, push, update
from visitapp.errors import Code, Refused
from visitapp.records import Contract, Document, Provider, Setting, new_id
from visitapp.rules.market_choices import DocumentKind

DATA = some_bytes(5000, seed=7)


class Market:
    """An officer and a lead of one team, with a home whose provider has a contract over it; and an
    officer of another team."""

    def __init__(self, council: Council, folder: Path) -> None:
        self.folder = folder
        self.ann, self.lee = council.officer("ann"), council.lead("lee")
        self.max = council.officer("max", "West")
        self.setting, self.provider, self.contract = self.ann.setting(), new_id(), new_id()
        self.ann.add(Provider(id=self.provider, name="Willow Care"))
        self.ann.edit(Setting, self.setting, provider_id=self.provider)
        self.ann.sync()
        self.lee.sync()
        self.lee.add(Contract(id=self.contract, provider_id=self.provider, number="C1"))
        self.lee.sync()
        self.lee.under(self.contract, self.setting)
        for device in (self.lee, self.ann, self.max):
            assert device.sync().refused == []

    def keeper(self, device: Device) -> Keeper:
        return Keeper(device, self.folder / device.name)

    def owner(self, scope: str) -> dict[str, str]:
        return {f"{scope}_id": getattr(self, scope)}

    def add(self, keeper: Keeper, scope: str, **fields: Any) -> str:
        """A document with the bytes DATA, as the service adds it; its id."""
        sha256 = keeper.files.put(DATA)
        values = {"kind": DocumentKind.POLICY, "title": "DBS", **self.owner(scope), **fields}
        made = Document(id=new_id(), sha256=sha256, size=len(DATA), media_type="pdf", **values)
        keeper.device.add(made)
        with keeper.device.database.applying() as session:
            note(session.connection(), sha256, len(DATA), keeper.device.clock())
        return made.id


@pytest.fixture
def market(council: Council, tmp_path: Path) -> Market:
    return Market(council, tmp_path)


@pytest.mark.parametrize("scope", ["setting", "provider", "contract"])
def test_the_bytes_of_a_document_reach_whoever_sees_it_and_nobody_else(
    every_council: Council, tmp_path: Path, scope: str
) -> None:
    market = Market(every_council, tmp_path)
    ann = market.keeper(market.ann)
    id_ = market.add(ann, scope)
    assert ann.sync().sent == 1
    lee = market.keeper(market.lee)
    lee.sync()
    assert market.lee.get(Document, id_).title == "DBS"
    assert lee.engine().fetch(digest(DATA), len(DATA)) == DATA
    max_ = market.keeper(market.max)
    max_.sync()
    assert market.max.get(Document, id_) is None
    with pytest.raises(Refused) as refused:
        max_.engine().fetch(digest(DATA), len(DATA))
    assert refused.value.code == Code.NOT_FOUND


def test_bytes_without_a_record_in_reach_are_not_taken(market: Market) -> None:
    named = {"kind": "policy", "title": "DBS", "sha256": digest(DATA), "size": len(DATA)}
    for scope in ("setting", "provider", "contract"):
        (result,) = push(market.max, create(market.max, "document", **named, **market.owner(scope)))
        assert (result.status, result.code) == ("refused", Code.OUT_OF_SCOPE)


def test_a_document_belongs_to_exactly_one(market: Market) -> None:
    values = {"kind": "policy", "title": "DBS"}
    both = {**market.owner("setting"), **market.owner("provider")}
    none, two = push(
        market.ann,
        create(market.ann, "document", **values),
        create(market.ann, "document", **values, **both),
    )
    for result in (none, two):
        assert (result.status, result.code) == ("refused", Code.BAD_VALUE)


def test_what_a_document_belongs_to_and_its_bytes_never_change(market: Market) -> None:
    ann = market.keeper(market.ann)
    id_ = market.add(ann, "provider")
    ann.sync()
    for fields in (market.owner("setting"), {"sha256": "0" * 64}, {"instead_of_id": new_id()}):
        (result,) = push(market.ann, update("document", id_, **fields))
        assert result.status == "refused"


def test_unsent_bytes_of_a_provider_keep_its_settings_here(market: Market) -> None:
    ann = market.keeper(market.ann)
    market.add(ann, "provider")
    with market.ann.database.reading() as session:
        assert settings_with_unsent(session.connection()) == {market.setting}
    ann.sync()
    with market.ann.database.reading() as session:
        assert settings_with_unsent(session.connection()) == set()
