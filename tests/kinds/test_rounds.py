"""Real rounds for every kind, on both kinds of database."""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any

import msgspec
import pytest

from forms import rate
from forms.catalogue.read import read_form
from sync.wire import Create, Creates, Edit, Update
from tests.kinds.sample import (
    BY_SETTING,
    MADE_BY_PEOPLE,
    OTHER_HOME,
    SHARED,
    TESTED,
    Home,
    Place,
    created,
    make,
    name_of,
    push,
    record_of,
    texts,
    values_of,
)
from tests.support.desk.exceptions import RISK
from tests.support.escalation.on_devices import ladder_fields
from tests.support.sync.council import FORM, Device
from tests.support.sync.pushes import AT, update
from tests.support.sync.wire_values import to_wire
from visitapp.errors import Code
from visitapp.records import KINDS, Conflict, History, Intervention, Role, Synced, new_id
from visitapp.records.codec import columns
from visitapp.records.declared import fields_with, sent_fields, trail_of
from visitapp.rules.kinds import joint_refusal
from visitapp.rules.lifecycle import Lifecycle, Need, Stale, Taken
from visitapp.vocabulary import step_refused

EVERY = pytest.mark.parametrize("kind", TESTED, ids=name_of)
OF_SETTINGS = pytest.mark.parametrize("kind", BY_SETTING, ids=name_of)
EDITED = pytest.mark.parametrize(
    "kind", [k for k in MADE_BY_PEOPLE if not k.__kind__.append_only and texts(k)], ids=name_of
)
STEPPED = pytest.mark.parametrize("kind", [k for k in TESTED if k.__kind__.lifecycle], ids=name_of)


def sent(device: Device, kind: type[Synced], values: dict[str, Any]) -> tuple[str, str]:
    (result,) = push(device, created(kind, values))
    return result.status, result.code


@OF_SETTINGS
def test_out_of_scope_is_refused(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.stranger, place.home)
    assert sent(place.stranger, kind, values) == ("refused", Code.OUT_OF_SCOPE)


@pytest.mark.parametrize(
    "place", ["sqlite", pytest.param("postgresql", marks=pytest.mark.soak)], indirect=True
)
@EVERY
@pytest.mark.parametrize("role", Role)
def test_the_server_agrees_with_the_rules_for_each_role(
    place: Place, kind: type[Synced], role: Role
) -> None:
    device, home = place.by_role[role], place.home_of(role)
    if kind.__tablename__ == "step":
        home = Home(
            place.officer if role is not Role.INTERVENTION else device, place.council.library
        )
    values = values_of(kind, device, home)
    why_not = place.why_not(kind, device, values, home)
    status, code = sent(device, kind, values)
    if kind.__tablename__ == "step" and role is Role.MANAGER:
        # The lifecycle says which steps a manager takes: none of an action.
        assert (status, code) == ("refused", Code.STEP_REFUSED)
        return
    assert (status, code) == (("refused", Code.NOT_ALLOWED) if why_not else ("accepted", ""))


@OF_SETTINGS
def test_a_record_with_no_scope_is_refused(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.officer, place.home)
    del values["setting_id"]
    status, code = sent(place.officer, kind, values)
    assert (status, code) == ("refused", Code.BAD_VALUE)


@EVERY
def test_a_bad_choice_is_refused(place: Place, kind: type[Synced]) -> None:
    for field in sent_fields(kind):
        if "choices" in columns(kind)[field].info:
            values = {**values_of(kind, place.officer, place.home), field: "no such"}
            assert sent(place.officer, kind, values) == ("refused", Code.BAD_VALUE), field


@EVERY
def test_a_day_that_has_not_come_is_refused(place: Place, kind: type[Synced]) -> None:
    """But for one day, by which a laptop's clock may be ahead."""
    for field in sent_fields(kind) & fields_with(kind, "past"):
        values = values_of(kind, place.officer, place.home)
        assert sent(place.officer, kind, {**values, field: "2026-11-24"}) == (
            *("refused", Code.BAD_VALUE),
        ), field


@EVERY
def test_a_reference_to_nothing_is_refused(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.officer, place.home)
    for field in columns(kind):
        if columns(kind)[field].foreign_keys and field in values:
            status, _ = sent(place.officer, kind, {**values, field: new_id()})
            assert status == "refused", field


def editors(place: Place, kind: type[Synced]) -> list[tuple[Device, Create]]:
    """Two who may edit the record that the first of them makes."""
    makers = list(place.writers(kind, place.home))
    message = created(kind, values_of(kind, makers[0], place.home))
    (result,) = push(makers[0], message)
    assert result.status == "accepted", result
    place.put_in_use(kind, message.id, place.home)
    changes = {texts(kind)[0]: "Another"}
    may = [
        (device, message)
        for device in (place.officer, place.lead, place.by_role[Role.ADMIN])
        if not place.why_not(
            kind, device, {**message.values, **changes}, place.home, made_by=makers[0].user_id
        )
    ]
    assert len(may) > 1
    return may[:2]


@EDITED
def test_edits_merge_conflict_and_are_settled(place: Place, kind: type[Synced]) -> None:
    (first, message), (second, _) = editors(place, kind)
    made = place.council.get(kind, message.id)
    field, *others = texts(kind)

    def edit(device: Device, base: int, **new: Any) -> str:
        there = to_wire(place.council.get(kind, message.id))
        edits = {n: Edit(base=base, old=there.get(n), new=value) for n, value in new.items()}
        made = Update(kind=name_of(kind), id=message.id, at=AT, edits=edits)
        (result,) = push(device, made)
        return result.status

    assert edit(first, made.revision, **{field: "One"}) == "accepted"
    if others:
        assert edit(second, made.revision, **{others[0]: "Two"}) == "merged"
    assert edit(second, made.revision, **{field: "Three"}) == "conflict"
    stands = place.council.get(kind, message.id)
    assert getattr(stands, field) == "One"
    assert not others or getattr(stands, others[0]) == "Two"

    (conflict,) = [c for c in place.council.all(Conflict) if c.record_id == message.id]
    assert (conflict.kind, conflict.field, conflict.other_value) == (name_of(kind), field, "Three")
    assert edit(second, stands.revision, **{field: "Three"}) == "accepted"
    about = created(KINDS["conflict"], to_wire(conflict))
    settled = a_step(second, KINDS["conflict"], about, "open", "settled", of=conflict.id)
    (result,) = push(second, settled)
    assert result.status == "accepted", result
    assert getattr(place.council.get(kind, message.id), field) == "Three"


@EVERY
def test_what_is_written_once_or_fixed_does_not_change(place: Place, kind: type[Synced]) -> None:
    maker = next(place.writers(kind, place.home), place.officer)
    home = Home(place.officer, place.council.library)
    message = created(kind, values_of(kind, maker, home))
    make(place, maker, kind, message)
    before = to_wire(place.council.get(kind, message.id))
    fixed = sent_fields(kind) if kind.__kind__.append_only else kind.__kind__.fixed
    for field in fixed & message.values.keys():
        push(maker, update(name_of(kind), message.id, **{field: "other"}))
    assert to_wire(place.council.get(kind, message.id)) == before


@OF_SETTINGS
def test_late_work_is_taken_where_that_is_declared(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.officer, place.handed_over)
    why_not = place.why_not(kind, place.officer, values, place.handed_over)
    status, code = sent(place.officer, kind, values)
    if not kind.__kind__.late:
        assert (status, code) == ("refused", Code.OUT_OF_SCOPE)
    else:
        assert (status == "accepted") is (why_not is None)


@OF_SETTINGS
def test_joint_work_is_taken_where_that_is_declared(place: Place, kind: type[Synced]) -> None:
    values = values_of(kind, place.stranger, place.joint)
    visit = place.joint.visit if "visit_id" in values or kind is KINDS["step"] else None
    joint = joint_refusal(kind.__kind__.joint, visit, {place.joint.visit})
    why_not = joint or place.why_not(kind, place.stranger, values, place.joint)
    status, code = sent(place.stranger, kind, values)
    assert (status, code) == (("refused", Code.NOT_ALLOWED) if why_not else ("accepted", ""))


@pytest.mark.parametrize("kind", MADE_BY_PEOPLE, ids=name_of)
def test_a_record_and_its_history_reach_a_colleague(place: Place, kind: type[Synced]) -> None:
    makers = [d for d in place.writers(kind, place.home) if d is not place.by_role[Role.ADMIN]]
    maker, home = makers[0], Home(place.officer, place.council.library)
    place.lead.sync()
    message = created(kind, values_of(kind, maker, home))
    if kind is KINDS["step"]:
        maker.step(home.action, "withdrawn", reason="Made twice")
    else:
        maker.add(record_of(kind, message))
    assert maker.sync().refused == []
    place.put_in_use(kind, message.id, home)
    colleagues = (place.officer, place.lead, place.by_role[Role.MANAGER])
    reader = next(d for d in colleagues if d is not maker and _sees(kind, d))
    reader.sync()
    if kind is not KINDS["step"]:
        assert reader.get(kind, message.id) is not None
    if kind.__kind__.append_only or not texts(kind):
        return
    field = texts(kind)[0]
    if place.why_not(kind, maker, {field: "Changed"} | message.values, home, made_by=maker.user_id):
        return
    maker.edit(kind, message.id, **{field: "Changed"})
    assert maker.sync().refused == []
    reader.sync()
    assert getattr(reader.get(kind, message.id), field) == "Changed"
    (entry,) = [h for h in reader.all(History) if h.record_id == message.id]
    assert (entry.kind, entry.field, entry.new) == (name_of(kind), field, "Changed")


OUTCOME = msgspec.to_builtins(rate(read_form(FORM, "short"), {}, {}))
"""Of a visit without answers."""


AGREED = {
    "goal": "Safe medicines",
    "starts_on": "2026-11-22",
    "ends_on": "2027-02-22",
    "provider_people": "",
    "actions": [],
}
"""A version of a plan without actions."""


def taker(place: Place, kind: type[Synced], before: str, after: str) -> Device:
    """Somebody who may take a step."""
    rule = life_of(kind).rule(before, after)
    assert rule is not None
    if name_of(kind) == "second_review":
        return place.by_role[Role.ADMIN]  # who was asked
    roles = (Role.OFFICER, Role.LEAD, Role.MANAGER)
    return next(place.by_role[role] for role in roles if role in rule.roles)


def life_of(kind: type[Synced]) -> Lifecycle:
    life = kind.__kind__.lifecycle
    assert life is not None
    return life


def a_step(
    device: Device, kind: type[Synced], message: Create, before: str, after: str, of: str = ""
) -> Create:
    life = life_of(kind)
    given = {"how": "visit", "note": "Seen", "kept": "other", "outcome": OUTCOME}
    given |= {"planned_on": "2026-12-01"}
    given |= {"extended_to": "2028-03-31", "ended_on": "2028-03-31", "merged_into_id": OTHER_HOME}
    given |= {"assessment": msgspec.structs.asdict(RISK), "assessed_at": AT}
    given |= {"valid_to": "2026-11-25"}
    given |= {"agreed": AGREED, "agreed_with": "The owner"}
    if kind is Intervention:
        day = "2026-11-22"
        given |= {"officer_id": device.user_id, "starts_on": day, "planned_to": day}
        given |= {"sustain_months": 3, "result": "achieved", "summary": "From Red to Green"}
    given |= {"reply": "We will look", "decision": "partly", "lesson": "None"}
    if name_of(kind) == "escalation":
        given |= ladder_fields(before, after)
    record_id = of or message.id
    scope = trail_of(kind, lambda field: record_id if field == "id" else message.values.get(field))
    values = {
        **{field: id_ for field, id_ in scope.items() if id_ is not None},
        "kind": name_of(kind),
        "record_id": record_id,
        "before": before,
        "after": after,
        "day": "2026-11-22",
        "reason": "Because",
        "created_at": AT,
        "created_by": device.user_id,
        "fields": {name: value for name, value in given.items() if name in life.derived.sets},
    }
    return Create(kind="step", id=new_id(), at=AT, values=values)


@STEPPED
def test_a_forbidden_step_is_refused_in_one_sentence(place: Place, kind: type[Synced]) -> None:
    life, maker = life_of(kind), next(place.writers(kind, place.home), place.officer)
    message = created(kind, values_of(kind, maker, place.home))
    make(place, maker, kind, message)
    (start,) = life.starts
    for after in life.states:
        if life.rule(start, after) is None:
            (result,) = push(maker, a_step(maker, kind, message, start, after))
            taken = Taken(before=start, after=after, by=maker.user_id, at=maker.clock())
            fault = life.fault(taken, place.actor(maker).role)
            assert fault is not None
            at_desk = step_refused(kind, taken, fault)
            assert (result.status, result.code) == ("refused", Code.STEP_REFUSED)
            assert result.text == str(at_desk)
    assert place.council.get(kind, message.id).status == start


@STEPPED
def test_a_state_is_never_taken_as_a_field(place: Place, kind: type[Synced]) -> None:
    maker = next(place.writers(kind, place.home), place.officer)
    message = created(kind, values_of(kind, maker, place.home))
    make(place, maker, kind, message)
    before = to_wire(place.council.get(kind, message.id))
    for state in life_of(kind).states:
        assert sent(maker, kind, {**message.values, "status": state})[0] == "refused"
        (result,) = push(maker, update(name_of(kind), message.id, status=state))
        assert result.status == "refused"
    assert to_wire(place.council.get(kind, message.id)) == before


@STEPPED
@pytest.mark.parametrize("grouped", [False, True])
def test_several_offline_steps_are_replayed(
    place: Place, kind: type[Synced], grouped: bool
) -> None:
    life, maker = life_of(kind), next(place.writers(kind, place.home), place.officer)
    message = created(kind, values_of(kind, maker, place.home))
    states = [next(iter(life.starts))]
    stays = life.rule(states[0], states[0])
    if stays is not None and Need.ASSESSMENT in stays.needs:
        states *= 2
    while len(states) < 6:
        rules = [rule for rule in life.rules if rule.before == states[-1] and rule.roles]
        further = [rule.after for rule in rules if rule.after not in states]
        if not further:
            break
        states.append(further[0])
    make(place, maker, kind, message)
    for device, pairs in groupby(pairwise(states), lambda pair: taker(place, kind, *pair)):
        results = push(device, *(a_step(device, kind, message, *pair) for pair in pairs))
        assert {result.status for result in results} == {"accepted"}, results
    assert place.council.get(kind, message.id).status == states[-1]
    slow = place.lead if kind in SHARED else maker
    late = a_step(slow, kind, message, states[0], states[1])
    late.values["day"] = "2026-11-21"  # or it may be the step that led to where the record is
    (result,) = push(slow, _group(late) if grouped else late)
    assert place.council.get(kind, message.id).status == states[-1]
    set_aside = [c.step_id for c in place.council.all(Conflict) if c.record_id == message.id]
    assert (result.status, set_aside) == {
        Stale.CONFLICT: ("conflict", [late.id]),
        Stale.REFUSED: ("refused", []),
        Stale.FIRST: ("merged", []),
    }[life.stale]


def _group(change: Create) -> Creates:
    fields = {n: msgspec.Raw(msgspec.json.encode([v])) for n, v in change.values.items()}
    return Creates(kind=change.kind, ids=[change.id], at=[change.at], fields=fields)


def _sees(kind: type[Synced], device: Device) -> bool:
    assert device.user is not None
    return kind.__kind__.seen_by(device.user.role)
