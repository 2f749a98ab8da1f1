"""A batch that an upgrade makes again, because its reply was lost, meets itself at a server that
had taken it (migrations 0010, 0011 and 0013)."""

from __future__ import annotations

import pytest

from tests.support.sync.council import Council, Device
from tests.support.sync.troubles import BadLink, Trouble, make_again
from visitapp.errors import LinkProblem
from visitapp.records import Action, Conflict, History, Setting, Step, Visit, VisitStatus


@pytest.fixture(autouse=True)
def _bad_link(any_council: Council) -> None:
    any_council.transport = lambda: BadLink(any_council.server)


def send_and_lose(device: Device, lost: Trouble = Trouble.LOST_REPLY) -> None:
    """Send everything, and never hear of it: the server takes it unless the request was lost."""
    device.transport.trouble = lost
    with pytest.raises(LinkProblem):
        device.sync()


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
    send_and_lose(ann)
    make_again(ann)
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


@pytest.mark.parametrize("lost", [Trouble.LOST_REQUEST, Trouble.LOST_REPLY])
@pytest.mark.parametrize("was_new", [True, False], ids=["new", "edited"])
def test_what_was_edited_again_meanwhile_is_no_conflict_with_oneself(
    any_council: Council, was_new: bool, lost: Trouble
) -> None:
    ann = any_council.officer("ann")
    action = ann.action(ann.setting(), "First")
    if not was_new:
        ann.sync()
        ann.edit(Action, action, title="Second", owner="Sam")
    send_and_lose(ann, lost)
    ann.edit(Action, action, title="Third", owner="")
    make_again(ann)
    result = ann.sync()
    assert (result.conflicts, result.refused, ann.outbox()) == (0, [], [])
    assert any_council.all(Conflict) == []
    for place in (any_council, ann):
        record = place.get(Action, action)
        assert (record.title, record.owner) == ("Third", "")


def test_somebody_elses_value_in_between_is_a_conflict(any_council: Council) -> None:
    ann, lee = any_council.officer("ann"), any_council.lead("lee")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    ann.edit(Action, action, title="Second", owner="Sam")
    send_and_lose(ann)
    lee.sync()
    lee.edit(Action, action, title="Lee's")
    lee.sync()
    ann.edit(Action, action, title="Third")
    make_again(ann)
    ann.sync()
    (conflict,) = any_council.all(Conflict)
    assert (conflict.server_value, conflict.other_value) == ("Lee's", "Third")
    assert any_council.get(Action, action).owner == "Sam"
    assert ann.outbox() == []


def test_a_value_that_this_device_never_saw_is_a_conflict(any_council: Council) -> None:
    """A copy of the data folder has the same device's name, and not what was sent from the other:
    what it replaces is not what the server holds."""
    ann, tablet = any_council.officer("ann"), any_council.device("ann")
    action = ann.action(ann.setting(), "First")
    ann.sync()
    tablet.sync()
    ann.edit(Action, action, title="Laptop's")
    ann.sync()
    tablet.edit(Action, action, title="Tablet's")
    tablet.sync()
    (conflict,) = any_council.all(Conflict)
    assert (conflict.server_value, conflict.other_value) == ("Laptop's", "Tablet's")
