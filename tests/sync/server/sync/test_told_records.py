"""The records in the results of a batch are bounded by bytes; what does not fit comes in a page."""

from __future__ import annotations

import pytest

from sync.server.sync import batch
from tests.support.sync.council import Council
from visitapp.records import Action, Conflict


@pytest.mark.parametrize("room", [0, 1500, 10**6])
def test_a_device_has_the_servers_values_however_many_clash(
    any_council: Council, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    monkeypatch.setattr(batch, "LARGEST_TOLD", room)
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    home = ann.setting()
    actions = [ann.action(home, f"Action {number}") for number in range(5)]
    ann.sync()
    lee.sync()
    for action in actions:
        ann.edit(Action, action, title="Ann's")
        lee.edit(Action, action, title="Lee's", owner="Sam")
    ann.sync()
    assert lee.sync().conflicts == 5
    assert {(one.title, one.owner) for one in lee.all(Action)} == {("Ann's", "Sam")}
    assert len(lee.all(Conflict)) == 5
    ann.sync()
    assert {(one.title, one.owner) for one in ann.all(Action)} == {("Ann's", "Sam")}
    assert (lee.sync().received, lee.sync().sent) == (0, 0)
