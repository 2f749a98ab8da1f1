"""Who may see and do what, as the table of roles."""

from __future__ import annotations

import pytest

from tests.support.rows import rows
from visitapp.language import Message
from visitapp.records import KINDS
from visitapp.rules.access import (
    AccessRequest,
    Actor,
    Holding,
    in_scope,
    publishing_refusal,
    refusal,
)
from visitapp.rules.kinds import joint_refusal

OFFICER = Actor("ann", "officer", "East")
INTERVENTION = Actor("ivy", "intervention", "East")
LEAD = Actor("lee", "lead", "East")
MANAGER = Actor("may", "manager")
VIEWER = Actor("vic", "viewer")
ADMIN = Actor("ada", "admin")

ANNS = Holding(officer_id="ann", team="East")
BENS_EAST = Holding(officer_id="ben", team="East")
BENS_WEST = Holding(officer_id="ben", team="West")
ANNS_CONTRACT = Holding(officer_id="ben", team="West", contract_officers=frozenset({"ann"}))
NOBODYS = Holding(officer_id=None, team="")


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        (OFFICER, {ANNS, ANNS_CONTRACT}),
        (INTERVENTION, set()),
        (LEAD, {ANNS, BENS_EAST}),
        (MANAGER, {ANNS, BENS_EAST, BENS_WEST, ANNS_CONTRACT, NOBODYS}),
        (VIEWER, {ANNS, BENS_EAST, BENS_WEST, ANNS_CONTRACT, NOBODYS}),
        (ADMIN, {ANNS, BENS_EAST, BENS_WEST, ANNS_CONTRACT, NOBODYS}),
    ],
    ids=lambda value: value.role if isinstance(value, Actor) else "",
)
def test_scope(actor: Actor, sees: set[Holding]) -> None:
    all_of_them = (ANNS, BENS_EAST, BENS_WEST, ANNS_CONTRACT, NOBODYS)
    assert {holding for holding in all_of_them if in_scope(actor, holding)} == sees


def test_a_viewer_sees_ratings_and_no_visits() -> None:
    assert {name for name, kind in KINDS.items() if kind.__kind__.seen_by("viewer")} == {
        "provider",
        "provider_group",
        "setting",
        "rating",
        "placement_position",
        "list_export",
    }
    hidden = {name for name, kind in KINDS.items() if not kind.__kind__.seen_by("officer")}
    assert hidden == {"legal_hold"}


def refused(kind: str, actor: Actor, *, creating: bool = True, **other: object) -> Message | None:
    request = AccessRequest(
        creating=creating,
        fields=other.pop("fields", frozenset()),
        created_by=str(other.pop("created_by", actor.id)),
        **other,
    )
    declared = KINDS[kind].__kind__
    return refusal(actor, request, declared.write, declared.writers)


RECORDED = ("visit", "answer", "evidence", "action")


@pytest.mark.parametrize("kind", RECORDED)
@pytest.mark.parametrize("actor", [OFFICER, INTERVENTION, LEAD, ADMIN], ids=lambda a: a.role)
def test_who_visits_records(actor: Actor, kind: str) -> None:
    assert refused(kind, actor, visit_officer_id=actor.id) is None


@rows("kind", [*RECORDED, "setting", "conflict", "contract"])
@rows("actor", [MANAGER, VIEWER])
@rows("creating", [True, False])
def test_readers_write_nothing(actor: Actor, kind: str, creating: bool) -> None:
    assert refused(kind, actor, creating=creating, holding=ANNS)


@pytest.mark.parametrize("actor", [OFFICER, LEAD, ADMIN], ids=lambda a: a.role)
def test_nobody_writes_users_or_in_another_name(actor: Actor) -> None:
    assert refused("user_account", actor, creating=False)
    assert refused("answer", actor, created_by="ben")


@pytest.mark.parametrize(
    ("actor", "holding", "fields", "creating", "allowed"),
    [
        (OFFICER, ANNS, {"name"}, True, True),
        (OFFICER, BENS_EAST, {"name"}, True, False),
        (OFFICER, Holding("ann", "West"), {"name"}, True, False),
        (OFFICER, ANNS, {"beds"}, False, True),
        (OFFICER, BENS_EAST, {"officer_id"}, False, False),
        (LEAD, BENS_EAST, {"officer_id"}, False, True),
        (LEAD, BENS_WEST, {"team"}, False, False),
        (ADMIN, BENS_WEST, {"team"}, False, True),
    ],
)
def test_settings(
    actor: Actor, holding: Holding, fields: set[str], creating: bool, allowed: bool
) -> None:
    asked = refused("setting", actor, creating=creating, holding=holding, fields=fields)
    assert (asked is None) == allowed


@pytest.mark.parametrize(
    ("actor", "officer", "allowed"),
    [
        (OFFICER, "ben", False),
        (INTERVENTION, "ben", False),
        (LEAD, "ann", True),
        (LEAD, "lee", False),
        (ADMIN, "ann", True),
        (ADMIN, "ada", False),
    ],
)
@pytest.mark.parametrize("status", ["approved", "returned"])
def test_reviews(actor: Actor, officer: str, allowed: bool, status: str) -> None:
    decided = refused("visit", actor, creating=False, visit_officer_id=officer, status=status)
    assert (decided is None) == allowed


def test_conflicts_are_made_by_the_server_and_settled_by_people() -> None:
    assert refused("conflict", OFFICER)
    assert refused("conflict", OFFICER, creating=False, status="settled") is None
    assert refused("conflict", OFFICER, creating=False, fields=frozenset({"other_value"}))


@pytest.mark.parametrize(
    ("kind", "creating", "officer_may"),
    [("provider", True, True), ("provider", False, False), ("contract", True, False)],
)
def test_what_belongs_to_everybody(kind: str, creating: bool, officer_may: bool) -> None:
    assert (refused(kind, OFFICER, creating=creating) is None) == officer_may
    assert refused(kind, LEAD, creating=creating) is None


def test_a_form_is_published_by_leads_and_administrators_and_never_sent_as_a_record() -> None:
    everybody = (OFFICER, INTERVENTION, LEAD, MANAGER, VIEWER, ADMIN)
    assert {one.role for one in everybody if not publishing_refusal(one)} == {"lead", "admin"}
    assert all(refused("published_form", one) for one in everybody)


@pytest.mark.parametrize("creating", [True, False])
def test_the_officer_of_a_visit_and_leads_say_who_joins_it(creating: bool) -> None:
    for actor, officer, may in (
        (OFFICER, "ann", True),
        (OFFICER, "ben", False),
        (LEAD, "ann", True),
        (ADMIN, "ann", True),
        (MANAGER, "may", False),
    ):
        asked = refused("joining", actor, creating=creating, visit_officer_id=officer)
        assert (asked is None) is may, actor


@pytest.mark.parametrize(
    ("kind", "visit", "may"),
    [
        ("answer", "joined", True),
        ("evidence", "joined", True),
        ("action", "joined", True),
        ("answer", "other", False),
        ("action", None, False),
        ("visit", None, False),
        ("setting", None, False),
        ("rating", "joined", False),
        ("joining", "joined", False),
        ("history", None, True),
        ("conflict", None, True),
    ],
)
def test_who_joined_a_visit_records_on_it_alone(kind: str, visit: str | None, may: bool) -> None:
    assert (joint_refusal(KINDS[kind].__kind__.joint, visit, {"joined"}) is None) is may
