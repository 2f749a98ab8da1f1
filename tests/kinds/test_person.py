"""A record of one person is on that person's devices, and nobody else's; so is all that follows
from it."""

from __future__ import annotations

import pytest

from tests.kinds.sample import (
    PERSONAL,
    Place,
    created,
    name_of,
    push,
    record_of,
    texts,
    values_of,
)
from tests.support.sync.pushes import step_of, update
from visitapp.errors import Code
from visitapp.records import Conflict, History, Role, Step, Synced

ONES_OWN = pytest.mark.parametrize("kind", PERSONAL, ids=name_of)
EDITED = pytest.mark.parametrize(
    "kind", [kind for kind in PERSONAL if not kind.__kind__.append_only], ids=name_of
)


def made(place: Place, kind: type[Synced]) -> str:
    """A record of the officer's that the server has."""
    message = created(kind, values_of(kind, place.officer, place.home))
    place.officer.add(record_of(kind, message))
    assert place.officer.sync().refused == []
    return message.id


@EDITED
def test_it_reaches_every_device_of_its_user_and_no_other(place: Place, kind: type[Synced]) -> None:
    record = made(place, kind)
    field = texts(kind)[0]
    place.officer.edit(kind, record, **{field: "Changed"})
    place.officer.sync()
    assert push(place.officer, step_of(place.officer, place.officer.get(kind, record), "seen"))
    assert place.officer.user is not None
    second = place.council.device(place.officer.user.name)
    second.sync()
    place.officer.sync()
    for device in (place.officer, second):
        assert getattr(device.get(kind, record), field) == "Changed"
        assert device.get(kind, record).status == "seen"
        for trail in (History, Step):
            about = {row.user_id for row in device.all(trail) if row.record_id == record}
            assert about == {place.officer.user_id}, trail
    for other in (place.lead, place.stranger, *place.by_role.values()):
        if other is not place.officer:
            other.sync()
            assert other.get(kind, record) is None
            about = (row for trail in (History, Step, Conflict) for row in other.all(trail))
            assert record not in {row.record_id for row in about}


@EDITED
@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_nobody_else_writes_it(place: Place, kind: type[Synced], role: Role) -> None:
    record, other = made(place, kind), place.by_role[role]
    before = place.council.get(kind, record)
    for_the_officer = values_of(kind, other, place.home) | {"user_id": place.officer.user_id}
    results = push(
        other,
        update(kind.__tablename__, record, **{texts(kind)[0]: "Theirs"}),
        step_of(other, before, "seen"),
        created(kind, for_the_officer),
    )
    assert [result.code for result in results] == [Code.OUT_OF_SCOPE] * 3
    assert all(result.record is None for result in results)
    assert place.council.get(kind, record).revision == before.revision


@ONES_OWN
def test_nobody_makes_it_for_another(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.lead, place.home) | {"user_id": place.officer.user_id}
    (result,) = push(place.lead, created(kind, values))
    assert (result.status, result.code) == ("refused", Code.OUT_OF_SCOPE)


@ONES_OWN
def test_without_its_user_it_is_refused(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.officer, place.home)
    del values["user_id"]
    (result,) = push(place.officer, created(kind, values))
    assert (result.status, result.code) == ("refused", Code.BAD_VALUE)


@EDITED
def test_a_clash_between_ones_own_devices_is_seen_by_nobody_else(
    place: Place, kind: type[Synced]
) -> None:
    record = made(place, kind)
    assert place.officer.user is not None
    second = place.council.device(place.officer.user.name)
    second.sync()
    for device in (place.officer, second):
        device.edit(kind, record, **{texts(kind)[0]: device.name})
        device.sync()
    place.officer.sync()
    (conflict,) = [c for c in place.officer.all(Conflict) if c.record_id == record]
    assert conflict.user_id == place.officer.user_id
    place.lead.sync()
    assert record not in {c.record_id for c in place.lead.all(Conflict)}
    place.officer.settle(conflict.id, "server")
    assert place.officer.sync().refused == []
    second.sync()
    assert second.get(Conflict, conflict.id).status == "settled"


@EDITED
def test_it_goes_from_every_device_when_its_user_deletes_it(
    place: Place, kind: type[Synced]
) -> None:
    record = made(place, kind)
    assert place.officer.user is not None
    second = place.council.device(place.officer.user.name)
    second.sync()
    place.officer.edit(kind, record, deleted=True)
    place.officer.sync()
    second.sync()
    assert second.get(kind, record).deleted
