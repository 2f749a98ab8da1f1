"""However much waits, the rows of one record are looked up and not searched for."""

from __future__ import annotations

from tests.support.storage.statements import asked_of
from tests.support.sync.council import Council, Device
from tests.support.sync.rounds import before_each_round
from visitapp.records import Action

LOOKED_UP = "USING INDEX ix_outbox_record (kind=? AND setting_id=? AND record_id=?)"


def plans(device: Device, statements: list[str]) -> dict[str, str]:
    """How SQLite goes about what is asked of the outbox by record."""
    with device.database.engine.connect() as connection:
        return {
            asked: " / ".join(
                step[-1]
                for step in connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {asked}", (None,) * asked.count("?")
                )
            )
            for asked in statements
            if asked.startswith("SELECT") and "FROM outbox" in asked and "record_id" in asked
        }


def test_an_edit_finds_what_waits_of_its_record(council: Council) -> None:
    ann = council.officer("ann")
    action = ann.action(ann.setting())
    with asked_of(ann.database) as asked:
        ann.edit(Action, action, owner="The manager")
    (plan,) = plans(ann, asked).values()
    assert LOOKED_UP in plan
    assert [row.created for row in ann.outbox() if row.record_id == action] == [True]


def test_settling_finds_what_was_edited_meanwhile(council: Council) -> None:
    ann = council.officer("ann")
    action = ann.action(ann.setting())
    owners = iter(["The manager"])

    def edit(_number: int, _body: bytes) -> None:
        for owner in owners:
            ann.edit(Action, action, owner=owner)

    before_each_round(ann, edit)
    with asked_of(ann.database) as asked:
        ann.sync()
    later = [plan for asked, plan in plans(ann, asked).items() if "EXISTS" in asked]
    assert later
    assert all(LOOKED_UP in plan for plan in later)
    assert [one.owner for one in council.all(Action)] == ["The manager"]
