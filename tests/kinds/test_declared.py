"""What holds of every kind by its declaration alone."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest

from sync.server.records.record_tables import records_page
from tests.kinds.sample import TESTED, name_of
from visitapp import vocabulary
from visitapp.language import Message
from visitapp.records import Synced
from visitapp.records.codec import columns
from visitapp.records.declared import derived_fields, sent_fields
from visitapp.rules.access import AccessRequest, Actor, refusal
from visitapp.rules.choices import Role
from visitapp.rules.kinds import Joint, Restore, joint_refusal
from visitapp.rules.lifecycle import Lifecycle, StepFault, Taken

EVERY = pytest.mark.parametrize("kind", TESTED, ids=name_of)
WITH_STEPS = pytest.mark.parametrize(
    "kind", [k for k in TESTED if k.__kind__.lifecycle], ids=name_of
)


def life_of(kind: type[Synced]) -> Lifecycle:
    life = kind.__kind__.lifecycle
    assert life is not None
    return life


@EVERY
def test_readers_write_nothing_and_nobody_makes_records_for_another(kind: type[Synced]) -> None:
    def why_not(created_by: str, role: Role, *, creating: bool) -> Message | None:
        request = AccessRequest(creating=creating, fields=frozenset(), created_by=created_by)
        return refusal(
            Actor("me", role, "East"), request, kind.__kind__.write, kind.__kind__.writers
        )

    for role in Role:
        if role not in kind.__kind__.writers:
            assert why_not("me", role, creating=True), role
            assert why_not("me", role, creating=False), role
        assert why_not("somebody else", role, creating=True), role


@EVERY
def test_who_joined_a_visit_writes_what_is_declared(kind: type[Synced]) -> None:
    joint = kind.__kind__.joint
    assert (joint_refusal(joint, "joined", {"joined"}) is None) is (joint is not Joint.NOTHING)
    assert (joint_refusal(joint, "other", {"joined"}) is None) is (joint is Joint.TRAIL)
    assert (joint_refusal(joint, None, {"joined"}) is None) is (joint is Joint.TRAIL)


@EVERY
def test_what_the_server_alone_makes_is_brought_back_by_nobody(kind: type[Synced]) -> None:
    request = AccessRequest(creating=True, fields=frozenset(), created_by="me")
    nobody = all(
        refusal(Actor("me", role, "East"), request, kind.__kind__.write, kind.__kind__.writers)
        for role in (Role.OFFICER, Role.LEAD, Role.ADMIN)
    )
    if kind.__kind__.restore is Restore.SERVER:
        assert nobody


@WITH_STEPS
def test_every_pair_of_states_is_a_step_or_refused(kind: type[Synced]) -> None:
    life = life_of(kind)
    assert life.starts <= set(life.states)
    for before, after, role in itertools.product(life.states, life.states, Role):
        rule = life.rule(before, after)
        fault = life.fault(Taken(before=before, after=after, by="me", at=None), role)  # type: ignore[arg-type]  # no rule looks at the moment
        if rule is None:
            assert fault is not None
            assert fault.problem == "no_step"
        elif role not in rule.roles:
            assert fault is not None
            assert fault.problem == "role"
            assert after == before or after not in life.next_states(before, role)
        else:
            assert after in life.next_states(before, role)
            assert (fault is None) or fault.problem in rule.needs


@WITH_STEPS
def test_every_state_can_be_reached(kind: type[Synced]) -> None:
    life = life_of(kind)
    reached = set(life.starts)
    for _ in life.states:
        reached |= {rule.after for rule in life.rules if rule.before in reached}
    assert reached == set(life.states)


@EVERY
def test_everything_has_its_words(kind: type[Synced]) -> None:
    vocabulary.require_words(kind)
    life = kind.__kind__.lifecycle
    for state in life.states if life else ():
        step = Taken(before=state, after=state, by="me", at=datetime(2026, 11, 30, tzinfo=UTC))
        for problem in ("no_step", "role", "reason"):
            said = str(vocabulary.step_refused(kind, step, StepFault(problem)))
            assert said.endswith(".")
            assert "{" not in said


@EVERY
def test_the_documents_have_a_row_for_every_field(kind: type[Synced]) -> None:
    page = records_page()
    _, _, section = page.partition(f"\n## `{name_of(kind)}`\n")
    section, _, _ = section.partition("\n## ")
    for field in columns(kind):
        assert section.count(f"\n| `{field}` |") == 1
    assert section.count("worked out by the server") == len(derived_fields(kind))


@EVERY
def test_fields_are_sent_or_derived(kind: type[Synced]) -> None:
    assert sent_fields(kind) | derived_fields(kind) == columns(kind).keys()
    assert {"created_at", "created_by", "deleted"} <= sent_fields(kind)
