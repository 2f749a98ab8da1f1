"""A batch that an upgrade makes again, because its reply was lost, meets itself at a server that
had taken it (migrations 0010, 0011 and 0013)."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from tests.support.sync.council import Council, Device
from visitapp.errors import LinkProblem
from visitapp.records import Action, Conflict, History, Setting, Step, Visit, VisitStatus


def send_and_lose_the_reply(device: Device) -> None:
    """Send everything; the server takes it, and the device never hears of it."""
    device.transport.lose_next = 1
    with pytest.raises(LinkProblem):
        device.sync()


def upgrade(device: Device) -> None:
    """What the migrations do."""
    with device.database.applying() as session:
        session.execute(text("UPDATE outbox SET batch = NULL WHERE batch IS NOT NULL"))
        session.execute(text("DELETE FROM sent_batch"))


def test_what_the_server_took_already_meets_itself(any_council: Council) -> None:
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    home = ann.setting()
    kept, edited, gone = (ann.action(home, title) for title in ("Kept", "Old", "Gone"))
    contested = ann.action(home, "Contested")
    signed = ann.visit(home, plans="met", calls="met")
    ann.sync()
    lee.sync()
    lee.edit(Action, contested, title="Lee's")
    lee.sync()
    ann.edit(Action, contested, title="Ann's")
    ann.sync()
    (conflict,) = ann.all(Conflict)

    new = ann.action(home, "New")
    draft = ann.visit(home, plans="partly")
    ann.edit(Setting, home, beds=12)
    ann.edit(Action, edited, title="Edited")
    ann.edit(Action, gone, deleted=True)
    ann.step(kept, "in_progress")
    ann.step(kept, "done")
    ann.settle(conflict.id, "server")
    ann.sign_off(signed, any_council.library)
    send_and_lose_the_reply(ann)
    upgrade(ann)
    told, steps = len(any_council.all(History)), len(any_council.all(Step))
    result = ann.sync()

    assert (result.refused, result.conflicts, ann.outbox()) == ([], 0, [])
    assert [one.id for one in any_council.all(Conflict)] == [conflict.id]
    assert (len(any_council.all(History)), len(any_council.all(Step))) == (told, steps)
    for place in (any_council, ann):
        assert place.get(Action, edited).title == "Edited"
        assert place.get(Action, gone).deleted
        assert place.get(Action, kept).status == "done"
        assert place.get(Action, new).title == "New"
        assert place.get(Setting, home).beds == 12
        assert place.get(Conflict, conflict.id).kept == "server"
        assert place.get(Visit, draft).status == VisitStatus.DRAFT
        assert place.get(Visit, signed).status == VisitStatus.SIGNED_OFF


def test_a_field_that_was_edited_again_meanwhile_keeps_both_values(any_council: Council) -> None:
    """The device cannot know whether the server took the first edit, and neither is lost."""
    ann = any_council.officer("ann")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    ann.edit(Action, action, title="Second", owner="Sam")
    send_and_lose_the_reply(ann)
    ann.edit(Action, action, title="Third")
    upgrade(ann)
    ann.sync()
    values = {any_council.get(Action, action).title}
    values |= {conflict.other_value for conflict in any_council.all(Conflict)}
    assert values == {"Second", "Third"}
    assert any_council.get(Action, action).owner == "Sam"
    assert {conflict.field for conflict in any_council.all(Conflict)} == {"title"}
    assert ann.outbox() == []
