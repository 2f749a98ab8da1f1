"""Who may see and change what (DESIGN §1 and §6), on plain values, for the server and the services.

| role | sees | writes |
|---|---|---|
| officer, intervention | settings they hold, or whose contract they hold | what they record there |
| lead | settings of their team | the same, reviews, contracts, forms, who holds a setting |
| who joined a visit | its setting, while the visit is open | answers, evidence, actions of it |
| manager | everything | nothing |
| viewer | providers, settings and ratings | nothing |
| admin | everything | everything but users and other people's names |

Users are written by the server alone, conflicts are made by it and settled by people. A form is
published by asking the server (`publishing_refusal`), never by sending a record.
"""

from __future__ import annotations

from collections.abc import Set

from msgspec import Struct

OFFICER, INTERVENTION, LEAD = "officer", "intervention", "lead"
MANAGER, VIEWER, ADMIN = "manager", "viewer", "admin"

SEES_ALL = frozenset({MANAGER, VIEWER, ADMIN})
WRITERS = frozenset({OFFICER, INTERVENTION, LEAD, ADMIN})
REVIEWERS = frozenset({LEAD, ADMIN})
PUBLISHERS = frozenset({LEAD, ADMIN})
VIEWER_KINDS = frozenset({"provider", "setting", "rating"})
GLOBAL_KINDS = frozenset({"user_account", "published_form", "provider", "contract"})
"""Kinds that belong to no setting: every device of a role that sees the kind has them all."""

JOINT_KINDS = frozenset({"answer", "evidence", "action"})
"""What a user records on a visit that they joined at a setting which is not theirs."""

JOINT_TRAIL = frozenset({"history", "conflict"})
"""What follows from that."""

SETTLING = frozenset({"status", "kept", "settled_by", "settled_at"})
"""The fields of a conflict that a person writes."""

_HANDING_OVER = frozenset({"officer_id", "team", "contract_id"})
_REVIEWED = frozenset({"approved", "returned"})


class Actor(Struct, frozen=True):
    """Who asks: a user's id, role and team."""

    id: str
    role: str
    team: str = ""


class Holding(Struct, frozen=True):
    """What decides who a setting belongs to."""

    officer_id: str | None
    team: str
    contract_officer_id: str | None = None


class Deed(Struct, frozen=True, kw_only=True):
    """One change of one record.

    fields: those that would change. created_by: of the record. holding: of the setting it belongs
    to, as it would be after the change; None for a global kind. visit_officer_id and status:
    of the visit that is changed or reviewed; status is the new one when it changes, else empty.
    """

    kind: str
    creating: bool
    fields: Set[str]
    created_by: str
    holding: Holding | None = None
    visit_officer_id: str | None = None
    status: str = ""


def sees_kind(actor: Actor, kind: str) -> bool:
    """Whether the role sees any record of this kind."""
    return actor.role != VIEWER or kind in VIEWER_KINDS


def in_scope(actor: Actor, holding: Holding) -> bool:
    """Whether the actor sees the setting that is held so."""
    if actor.role in SEES_ALL:
        return True
    if actor.role == LEAD:
        return holding.team == actor.team
    return actor.id in (holding.officer_id, holding.contract_officer_id)


def refusal(actor: Actor, deed: Deed) -> str:
    """Why the actor may not do this, in a sentence; empty when they may.

    The setting's scope before the change is the caller's to check, with `in_scope`.
    """
    if actor.role not in WRITERS:
        return "Your role reads records and does not change them."
    if deed.creating and deed.created_by != actor.id:
        return "A record must name the person who made it, and that is not you."
    if deed.kind == "user_account":
        return "Users are managed on the server."
    rule = _RULES.get(deed.kind)
    return rule(actor, deed) if rule else ""


def publishing_refusal(actor: Actor) -> str:
    """Why the actor may not publish a form, in a sentence; empty when they may.

    A form decides how every officer's visits are rated, so an officer does not publish one alone.
    """
    if actor.role in PUBLISHERS:
        return ""
    return "Only a team lead or an administrator can publish a form."


def _published_form(actor: Actor, deed: Deed) -> str:
    return "A form is published at the server, and not sent as a record."


def _conflict(actor: Actor, deed: Deed) -> str:
    if deed.creating:
        return "Conflicts are recorded by the server."
    if deed.fields - SETTLING:
        return "Only the decision on a conflict can be changed."
    return ""


def _provider(actor: Actor, deed: Deed) -> str:
    if not deed.creating and actor.role not in REVIEWERS:
        return "Only a team lead can change a provider."
    return ""


def _contract(actor: Actor, deed: Deed) -> str:
    return "" if actor.role in REVIEWERS else "Only a team lead can change a contract."


def _setting(actor: Actor, deed: Deed) -> str:
    if actor.role == ADMIN:
        return ""
    if deed.holding is None or deed.holding.team != actor.team:
        return "A setting stays with your own team. An administrator can move it."
    if actor.role == LEAD:
        return ""
    if deed.creating and deed.holding.officer_id != actor.id:
        return "A setting that you add must be held by you."
    if not deed.creating and deed.fields & _HANDING_OVER:
        return "Only a team lead can hand a setting to someone else."
    return ""


def _joining(actor: Actor, deed: Deed) -> str:
    if actor.role in REVIEWERS or deed.visit_officer_id == actor.id:
        return ""
    return "Only the officer of a visit or a team lead can say who joins it."


def joint_refusal(kind: str, visit_id: str | None, joined: Set[str]) -> str:
    """Why a user may not write a record of this kind at a setting that is theirs only through the
    visits in `joined`; empty when they may. `visit_id`: the one that the record belongs to."""
    if kind in JOINT_TRAIL or (kind in JOINT_KINDS and visit_id in joined):
        return ""
    return "You joined a visit here: its answers, evidence and actions are yours to record."


def _visit(actor: Actor, deed: Deed) -> str:
    if deed.creating and actor.role not in REVIEWERS and deed.visit_officer_id != actor.id:
        return "A visit that you start must be in your name."
    if deed.status in _REVIEWED:
        return _review(actor, deed)
    return ""


def _review(actor: Actor, deed: Deed) -> str:
    if actor.role not in REVIEWERS:
        return "Only a team lead can approve or return a visit."
    if deed.visit_officer_id == actor.id:
        return "Nobody reviews their own visit. Ask another team lead."
    return ""


_RULES = {
    "published_form": _published_form,
    "conflict": _conflict,
    "provider": _provider,
    "contract": _contract,
    "setting": _setting,
    "visit": _visit,
    "joining": _joining,
    "review": _review,
}
