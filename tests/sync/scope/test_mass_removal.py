"""What is asked before records go: more than 50, and more than a tenth; and what a no holds up."""

from __future__ import annotations

import pytest

from sync.client.round.removal import ALWAYS, SHARE, require_agreement
from tests.support.sync.council import Council, Device
from visitapp.errors import Code, Refused
from visitapp.records import KINDS, Action, Role, Setting, Visit


def test_a_tenth_and_fifty_are_meant() -> None:
    assert (SHARE, ALWAYS) == (10, 50)


@pytest.mark.parametrize(
    ("going", "total"),
    [(50, 50), (50, 51), (51, 510), (51, 511), (60, 600), (1000, 10_000), (0, 0)],
)
def test_fifty_and_a_tenth_are_not_asked_about(going: int, total: int) -> None:
    def agree(_going: int, _of: int) -> bool:
        raise AssertionError("nobody is asked")

    require_agreement(going, total, agree)
    require_agreement(going, total, None)


@pytest.mark.parametrize(("going", "total"), [(51, 51), (51, 509), (61, 609), (1001, 10_000)])
def test_one_more_is_asked_about(going: int, total: int) -> None:
    asked: list[tuple[int, int]] = []

    def agree(*told: int) -> bool:
        asked.append((told[0], told[1]))
        return len(asked) == 2

    for agreed in (None, agree):
        with pytest.raises(Refused) as refused:
            require_agreement(going, total, agreed)
        assert refused.value.code == Code.MASS_REMOVAL
    require_agreement(going, total, agree)
    assert asked == [(going, total)] * 2


def deleted_elsewhere(council: Council, others: int, going: int) -> Device:
    """A laptop with that many actions to be marked deleted, and the others, which stay."""
    ann, other = council.officer("ann"), council.device("ann")
    setting = ann.setting()
    ids = [ann.action(setting, f"Action {number}") for number in range(others + going)]
    for device in (ann, other):
        device.sync()
    with ann.work() as session:
        for id_ in ids[:going]:
            session.get_one(Action, id_).deleted = True
    ann.sync()
    return other


def records(device: Device) -> int:
    return sum(len(device.all(kind)) for kind in KINDS.values())


@pytest.mark.parametrize(
    ("others", "going", "asked"), [(0, 50, False), (0, 51, True), (457, 51, False), (456, 51, True)]
)
def test_a_device_counts_what_it_holds(
    council: Council, others: int, going: int, asked: bool
) -> None:
    """A user and a setting count too: 2 and 457 and 51 make 510."""
    device = deleted_elsewhere(council, others, going)
    assert records(device) == 2 + others + going
    if asked:
        with pytest.raises(Refused) as refused:
            device.sync()
        assert refused.value.code == Code.MASS_REMOVAL
    else:
        device.sync()
    gone = sum(action.deleted for action in device.all(Action))
    assert gone == (0 if asked else going)


def test_a_great_removal_is_asked_about(any_council: Council) -> None:
    ann = any_council.officer("ann")
    any_council.user("ben", Role.OFFICER, "West")
    setting = ann.setting()
    for _ in range(20):
        ann.visit(setting, plans="met", calls="met")
    ann.sync()
    any_council.admin.assign("ben", [setting])
    with pytest.raises(Refused) as refused:
        ann.sync()
    assert refused.value.code == Code.MASS_REMOVAL
    assert len(ann.all(Visit)) == 20
    asked: list[tuple[int, int]] = []

    def agree(going: int, of: int) -> bool:
        asked.append((going, of))
        return True

    ann.sync(confirm_removal=agree)
    assert asked[0][0] > 50
    assert ann.all(Visit) == []


def test_a_great_deletion_is_asked_about(any_council: Council) -> None:
    other = deleted_elsewhere(any_council, others=0, going=60)
    with pytest.raises(Refused) as refused:
        other.sync()
    assert refused.value.code == Code.MASS_REMOVAL
    assert not any(action.deleted for action in other.all(Action))
    other.sync(confirm_removal=lambda going, of: True)
    assert all(action.deleted for action in other.all(Action))


def test_what_waits_is_sent_though_a_great_deletion_is_declined(any_council: Council) -> None:
    other = deleted_elsewhere(any_council, others=0, going=60)
    (home,) = (setting.id for setting in other.all(Setting))
    typed = [other.action(home, f"Typed {number}") for number in range(40)]
    with pytest.raises(Refused) as refused:
        other.sync(batch_bytes=2000)
    assert refused.value.code == Code.MASS_REMOVAL
    assert other.outbox() == []
    assert {action.id for action in any_council.all(Action) if not action.deleted} == {*typed}
    assert len([action for action in other.all(Action) if not action.deleted]) == 100
    other.sync(confirm_removal=lambda going, of: True)
    assert {action.id for action in other.all(Action) if not action.deleted} == {*typed}
