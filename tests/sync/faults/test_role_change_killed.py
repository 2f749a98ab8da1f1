"""A laptop whose power goes at any moment of a change of role ends as if it had not gone."""

from __future__ import annotations

from contextlib import suppress

import pytest

from tests.support.sync.council import KEY, Council, Device
from tests.support.sync.troubles import PowerCut, crashing
from tests.sync.scope.test_role_change import AGREED, Changing
from visitapp.records import Answer, Role, User, Visit
from visitapp.storage.database import open_device


def sync_through_power_cuts(device: Device) -> int:
    """Sync, with the power gone at the first commit, then at the second of the next run, and so on,
    until a run gets through; the cuts. The database is opened again after each."""
    cuts = 0
    while True:
        with crashing(device.database.engine, cuts + 1) as commits, suppress(PowerCut):
            device.sync(**AGREED)
        if len(commits) <= cuts:
            return cuts
        cuts += 1
        device.database.close()
        device.database = open_device(device.folder, KEY, device.clock)


@pytest.mark.parametrize(
    ("before", "after"),
    [(Role.OFFICER, Role.MANAGER), (Role.OFFICER, Role.VIEWER), (Role.MANAGER, Role.OFFICER)],
)
def test_a_device_ends_with_what_a_new_one_has(council: Council, before: Role, after: Role) -> None:
    council.server.rounds._page = 3
    changing = Changing(council, before)
    changing.becomes(after)
    assert sync_through_power_cuts(changing.zoe) >= 3
    assert changing.zoe.get(User, changing.zoe.user_id).role == after
    changing.require_as_new()


def test_what_waits_is_still_there_and_goes_when_the_role_comes_back(council: Council) -> None:
    changing = Changing(council, Role.OFFICER)
    zoe = changing.zoe
    typed = zoe.visit(changing.home, plans="partly", calls="met")
    waiting = [(row.kind, row.record_id) for row in zoe.outbox()]
    changing.becomes(Role.MANAGER)
    assert sync_through_power_cuts(zoe) >= 3
    assert [(row.kind, row.record_id) for row in zoe.outbox()] == waiting
    assert {one.value for one in zoe.all(Answer) if one.visit_id == typed} == {"partly", "met"}
    changing.becomes(Role.OFFICER)
    with zoe.database.applying() as session:
        for row in zoe.outbox():
            row.refused_code = None
            session.merge(row)
    sync_through_power_cuts(zoe)
    assert zoe.outbox() == []
    assert council.get(Visit, typed) is not None
    changing.require_as_new()
