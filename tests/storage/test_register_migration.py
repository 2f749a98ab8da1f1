"""A setting's one contract becomes a record: the same on devices and servers, and what waits to be
sent waits on."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.support.storage.postgres import fresh_database
from tests.support.sync.wire_values import to_wire
from visitapp.records import Contract, ContractSetting, Outbox, Setting
from visitapp.records.ids import contract_setting_id
from visitapp.storage.database import Database, migrate_server, open_device, open_server
from visitapp.storage.migrations import Migrations

BEFORE = "0020"
_MADE = "'2026-11-01 09:00:00', 'ann', false"
OLD_PROVIDER = f"""
INSERT INTO provider (id, created_at, created_by, deleted, revision, field_revisions, name,
    regulator, number)
VALUES ('p', {_MADE}, 1, '{{}}', 'Acorn Care', '', '')
"""
OLD_CONTRACT = f"""
INSERT INTO contract (id, created_at, created_by, deleted, revision, field_revisions, provider_id,
    number, title)
VALUES (:id, {_MADE}, 2, '{{}}', 'p', :id, '')
"""
OLD_SETTING = f"""
INSERT INTO setting (id, created_at, created_by, deleted, revision, field_revisions, name,
    service_type, team, address, postcode, local_authority, regulator, location_id,
    regulator_overall, hygiene_id, contract_id)
VALUES (:id, {_MADE}, :revision, :stamps, :id, 'residential', 'East', '', '', '', '', '', '', '',
    :contract)
"""
OLD_HISTORY = f"""
INSERT INTO history (id, created_at, created_by, deleted, revision, field_revisions, setting_id,
    kind, record_id, field, old, new)
VALUES ('h', {_MADE}, 8, '{{}}', 'moved', 'setting', 'moved', 'contract_id', '"a"', '"b"')
"""
WAITS = """
INSERT INTO outbox (kind, record_id, setting_id, created, fields, changed_at, batch)
VALUES ('setting', :id, :id, :created, :fields, '2026-11-03 09:00:00', :batch)
"""


def old_market(database: Database) -> None:
    """One setting under contract a, one that moved from a to b, and one under none."""
    with database.applying() as session:
        session.execute(text(OLD_PROVIDER))
        for contract in ("a", "b"):
            session.execute(text(OLD_CONTRACT), {"id": contract})
        stamps = json.dumps({"*": [3, "ann", "m"], "contract_id": [8, "lee", "m"]})
        for id_, contract in (("stays", "a"), ("moved", "b"), ("none", None)):
            given = {"id": id_, "contract": contract, "revision": 9, "stamps": stamps}
            session.execute(text(OLD_SETTING), given)
        session.execute(text(OLD_HISTORY))
    database.close()


def test_devices_and_servers_make_the_same_links(
    tmp_path: Path, key: bytes, postgres: str, program: Callable[[str], Migrations]
) -> None:
    urls = (f"sqlite:///{tmp_path / 'old.db'}", fresh_database(postgres))
    for url in urls:
        old_market(open_server(url, migrations=program(BEFORE)))
        migrate_server(url)
    old_market(open_device(tmp_path / "profile", key, migrations=program(BEFORE)))
    made = []
    for upgraded in (*map(open_server, urls), open_device(tmp_path / "profile", key)):
        with upgraded.reading() as session:
            links = session.scalars(select(ContractSetting).order_by(ContractSetting.id)).all()
            assert {link.field_revisions["*"][0] for link in links} == {8}
            assert session.get_one(Setting, "moved").status == "open"
            assert session.get_one(Contract, "a").status == "live"
            made.append({link.id: (link.revision, to_wire(link)) for link in links})
        upgraded.close()
    assert made[0] == made[1] == made[2]
    told = {
        (wire["contract_id"], wire["setting_id"]): (wire["ended"], wire.get("ends_on"))
        for _, wire in made[0].values()
    }
    assert told == {
        ("a", "stays"): (False, None),
        ("b", "moved"): (False, None),
        ("a", "moved"): (True, "2026-11-01"),
    }
    assert {revision for revision, _ in made[0].values()} == {9}


def mark(old: str | None) -> str:
    return json.dumps({"contract_id": {"old": old, "base": 9}})


@pytest.mark.parametrize(
    ("setting", "created", "fields", "expected"),
    [
        ("moved", False, mark("a"), {("a", "moved"): ["ended", "ends_on"], ("b", "moved"): []}),
        ("stays", False, mark(None), {("a", "stays"): []}),
        ("none", False, mark("a"), {("a", "none"): ["ended", "ends_on"]}),
        ("stays", True, "{}", {("a", "stays"): []}),
        ("none", True, "{}", {}),
    ],
)
def test_a_change_of_contract_that_waits_waits_on(
    tmp_path: Path,
    key: bytes,
    program: Callable[[str], Migrations],
    setting: str,
    created: bool,
    fields: str,
    expected: dict[tuple[str, str], list[str]],
) -> None:
    old_market(open_device(tmp_path / "profile", key, migrations=program(BEFORE)))
    older = open_device(tmp_path / "profile", key, migrations=program(BEFORE))
    with older.applying() as session:
        given = {"id": setting, "created": created, "fields": fields, "batch": 1}
        session.execute(text(WAITS), given)
    older.close()
    upgraded = open_device(tmp_path / "profile", key)
    with upgraded.reading() as session:
        rows = session.scalars(select(Outbox).order_by(Outbox.sequence)).all()
    upgraded.close()
    assert {row.batch for row in rows} <= {None}
    assert [row.kind for row in rows if row.kind == "setting"] == ["setting"] * created
    waiting = {
        row.record_id: [] if row.created else sorted(row.fields)
        for row in rows
        if row.kind == "contract_setting"
    }
    assert waiting == {contract_setting_id(*pair, None): names for pair, names in expected.items()}
