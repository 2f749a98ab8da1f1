"""What a round with nothing to do costs, counted and not timed."""

from __future__ import annotations

import pytest

from tests.support.storage.statements import asked_of, heard_of
from tests.support.sync.council import Council, Device
from visitapp.records import Setting


@pytest.fixture
def ann(any_council: Council) -> Device:
    ann = any_council.officer("ann")
    ann.setting()
    ann.sync()
    ann.sync()
    return ann


def test_the_server_asks_its_database_once(any_council: Council, ann: Device) -> None:
    with asked_of(any_council.server.database) as asked:
        ann.sync()
    assert len(asked) == 1
    assert asked[0].startswith("SELECT")


def test_the_device_flushes_nothing(ann: Device) -> None:
    before = ann.state("last_synced")
    with heard_of(ann.database) as heard:
        ann.sync()
    assert ("BEGIN IMMEDIATE" in heard, "PRAGMA synchronous = FULL" in heard) == (True, False)
    assert ann.state("last_synced") > before
    with heard_of(ann.database) as heard:
        ann.setting("Beech House")
    assert heard[:2] == ["PRAGMA synchronous = FULL", "BEGIN IMMEDIATE"]


def test_a_scope_that_was_read_is_read_again_when_it_changed(
    any_council: Council, ann: Device
) -> None:
    ben = any_council.officer("ben")
    ben.sync()
    lead = any_council.lead("lee")
    lead.sync()
    (setting,) = ann.all(Setting)
    lead.edit(Setting, setting.id, officer_id=ben.user_id)
    lead.sync()
    ann.sync()
    ben.sync()
    assert ann.all(Setting) == []
    assert [kept.id for kept in ben.all(Setting)] == [setting.id]
