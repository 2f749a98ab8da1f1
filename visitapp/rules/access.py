"""Who may see and change what, on plain values, for the server and the services.

The source of these rules is docs/architecture.md, Who sees what.

| role | sees | writes |
|---|---|---|
| officer, intervention | settings they hold, or whose contract they hold | what they record there |
| lead | settings of their team | the same, reviews, contracts, forms, who holds or covers what |
| deputy, intervention officer | the setting while the cover or intervention lasts | the same |
| who joined a visit | its setting, while the visit is open | answers, evidence, actions of it |
| manager | everything but answers and evidence | placement positions |
| viewer | providers, settings and ratings | nothing |
| admin | everything | everything but placements, users and other people's names |

Users, ratings and the history are written by the server alone, conflicts are made by it and settled
by people. A form or a policy is published by asking the server (`publishing_refusal`,
`policy_refusal`), never by sending a record.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from msgspec import Struct

from visitapp.language import Message, message
from visitapp.rules.choices import Role
from visitapp.rules.policy.authority import StepAuthority

OFFICER, INTERVENTION, LEAD = Role.OFFICER, Role.INTERVENTION, Role.LEAD
MANAGER, VIEWER, ADMIN = Role.MANAGER, Role.VIEWER, Role.ADMIN

ALL_ROLES = frozenset(Role)
SEES_ALL = frozenset({MANAGER, VIEWER, ADMIN})
WRITERS = frozenset({OFFICER, INTERVENTION, LEAD, ADMIN})
REVIEWERS = frozenset({LEAD, ADMIN})
PUBLISHERS = frozenset({LEAD, ADMIN})
NOBODY: frozenset[Role] = frozenset()
"""Of a step that the server alone takes."""
DECIDERS = frozenset({LEAD, MANAGER})
"""Those who decide on placements. An administrator has no such authority."""

_HANDING_OVER = frozenset({"officer_id", "team"})
REVIEWED = frozenset({"approved", "returned"})
_NOT_IN_REVIEW = frozenset({"draft", "returned", "approved"})

READS_ONLY = message("Your role reads records and does not change them.")


class Actor(Struct, frozen=True):
    """Who asks: a user's id, role and team. `limits`: the steps that the policy in force leaves to
    some roles."""

    id: str
    role: str
    team: str = ""
    limits: tuple[StepAuthority, ...] = ()


class Holding(Struct, frozen=True):
    """What decides who a setting belongs to."""

    officer_id: str | None
    team: str
    contract_officers: frozenset[str] = frozenset()
    """The officers of the contracts that the setting is under."""


class AccessRequest(Struct, frozen=True, kw_only=True):
    """One change of one record.

    fields: those that would change. created_by: of the record. holding: of a setting, as it would
    be after the change; None for every other kind. visit_officer_id: of the visit that is changed,
    or that the record belongs to. visit_status: the state of the visit that it belongs to.
    visit_makers: who made that visit, signed it off or answered on it, where it is reviewed; who
    answered on it, where it is given to another officer. status: the state that a step brings the
    record to, else empty. again: the server was put back from a copy, so that it may have had a new
    record before. second_reviewer_id: whom a second review names. awaited, agreed: the second
    reviewers of a visit that is approved, who have not agreed yet and who have.
    """

    creating: bool
    fields: Set[str]
    created_by: str
    holding: Holding | None = None
    visit_officer_id: str | None = None
    visit_status: str = ""
    visit_makers: Set[str] = frozenset()
    status: str = ""
    again: bool = False
    second_reviewer_id: str | None = None
    awaited: Set[str] = frozenset()
    agreed: Set[str] = frozenset()


WriteRule = Callable[[Actor, AccessRequest], Message | None]
"""Why an actor who may write at all may not do this, in a sentence; None when they may."""


def in_scope(actor: Actor, holding: Holding) -> bool:
    """Whether the actor sees the setting that is held so."""
    if actor.role in SEES_ALL:
        return True
    if actor.role == LEAD:
        return holding.team == actor.team
    return actor.id == holding.officer_id or actor.id in holding.contract_officers


def refusal(
    actor: Actor, request: AccessRequest, rule: WriteRule, writers: Set[Role]
) -> Message | None:
    """Why the actor may not do this, in a sentence; None when they may. `rule` and `writers` are
    the kind's own.

    The setting's scope before the change is the caller's to check, with `in_scope`.
    """
    if actor.role not in writers | WRITERS:
        return READS_ONLY
    if request.creating and request.created_by != actor.id:
        return message("A record that you create must name you as the person who created it.")
    why = rule(actor, request)
    if why is None and actor.role not in writers:
        return message("Your role does not write records of this kind.")
    return why


def publishing_refusal(actor: Actor) -> Message | None:
    """Why the actor may not publish a form, in a sentence; None when they may.

    A form decides how every officer's visits are rated, so an officer does not publish one alone.
    """
    if actor.role in PUBLISHERS:
        return None
    return message("Only a team lead or an administrator can publish a form.")


def policy_refusal(actor: Actor) -> Message | None:
    """Why the actor may not publish a policy, in a sentence; None when they may."""
    if actor.role in PUBLISHERS:
        return None
    return message("Only a team lead or an administrator can publish a policy.")


def write_in_scope(actor: Actor, request: AccessRequest) -> Message | None:
    """Whoever may write and sees the setting."""
    return None


def write_history(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, from what it takes; what it lost comes back from whoever made it."""
    if request.again:
        return None
    return message("History is written by the server, for the changes it accepts.")


def write_rating(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, from a sign-off and from a review."""
    return message("The server works out ratings from signed-off visits and reviews.")


def write_position(actor: Actor, request: AccessRequest) -> Message | None:
    """Whoever decides on placements; `rules.placement_decisions` says who may decide what."""
    if actor.role in DECIDERS:
        return None
    return message("Only a team lead or a senior manager decides on placements.")


def write_user(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone."""
    return message("Users are managed on the server.")


def write_published_form(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, when it is asked to publish."""
    return message("Forms are published on the server. They are not sent as records.")


def write_published_policy(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, when it is asked to publish."""
    return message("Policies are published on the server. They are not sent as records.")


def write_notice(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, when a rating or a placement position changes."""
    return message("The server writes notices when a rating or a placement position changes.")


def write_notice_contact(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review."""
    if actor.role in REVIEWERS:
        return None
    return message("Only a team lead or an administrator can change who receives notices.")


def write_conflict(actor: Actor, request: AccessRequest) -> Message | None:
    """Made by the server, settled by a person's step."""
    if request.creating:
        return message("Conflicts are recorded by the server.")
    return None if request.status else message("A conflict can be settled, but not changed.")


def write_provider(actor: Actor, request: AccessRequest) -> Message | None:
    """A provider or group: added by anybody who adds a setting, changed by those who review."""
    if not request.creating and actor.role not in REVIEWERS:
        return message("Only a team lead can change a provider.")
    return None


def write_contract(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review: a contract, and which settings are under it."""
    return None if actor.role in REVIEWERS else message("Only a team lead can change a contract.")


def write_setting(actor: Actor, request: AccessRequest) -> Message | None:
    """Its officer; those who review hand it over within their team."""
    if actor.role == ADMIN:
        return None
    if request.holding is None or request.holding.team != actor.team:
        return message("A setting stays with your own team. An administrator can move it.")
    if actor.role == LEAD:
        return None
    if request.creating and request.holding.officer_id != actor.id:
        return message("A setting that you add must be held by you.")
    if not request.creating and request.fields & _HANDING_OVER:
        return message("Only a team lead can hand a setting to someone else.")
    return None


def write_joining(actor: Actor, request: AccessRequest) -> Message | None:
    """The visit's officer and those who review."""
    if actor.role in REVIEWERS or request.visit_officer_id == actor.id:
        return None
    return message("Only the officer of a visit or a team lead can choose who joins it.")


def write_visit(actor: Actor, request: AccessRequest) -> Message | None:
    """Its officer; those who review decide on it."""
    if request.creating and actor.role not in REVIEWERS and request.visit_officer_id != actor.id:
        return message("A visit that you start must be in your name.")
    if request.status in REVIEWED:
        return write_review(actor, request)
    if not request.creating and "officer_id" in request.fields:
        return _renaming_refusal(actor, request)
    return None


def _renaming_refusal(actor: Actor, request: AccessRequest) -> Message | None:
    """Why the actor may not give a visit to another officer; None when they may."""
    if actor.role not in REVIEWERS:
        return message("Only a team lead can give a visit to another officer.")
    if actor.id == request.visit_officer_id and request.visit_makers:
        return message(
            "A visit with answers stays in your name. Ask another team lead to hand it over."
        )
    return None


def write_review(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review, but no visit that they made, answered or signed off."""
    if actor.role not in REVIEWERS:
        return message("Only a team lead can approve or return a visit.")
    if actor.id == request.visit_officer_id:
        return message("Nobody reviews their own visit. Ask another team lead.")
    if actor.id in request.visit_makers:
        return message("Nobody reviews a visit that they took part in. Ask another team lead.")
    if request.awaited:
        return message("A second reviewer was asked about this visit and has not agreed yet.")
    if actor.id in request.agreed:
        return message("You agreed as the second reviewer. The other reviewer approves the visit.")
    return None


def write_draw(actor: Actor, request: AccessRequest) -> Message | None:
    """The server alone, at a sign-off."""
    return message("The server draws the visits that are reviewed.")


def write_comment(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review, and the visit's officer."""
    if actor.role in REVIEWERS or actor.id == request.visit_officer_id:
        return None
    return message("Only a team lead or the officer of the visit can comment on its answers.")


def write_second_review(actor: Actor, request: AccessRequest) -> Message | None:
    """Those who review ask another one, who alone agrees or not."""
    if actor.role not in REVIEWERS:
        return message("Only a team lead can ask for a second review.")
    asked = actor.id == request.second_reviewer_id
    if request.creating and request.visit_status in _NOT_IN_REVIEW and not request.again:
        return message("This visit does not wait for a review.")
    if not request.creating and not request.status:
        return message("A second review can be withdrawn, but not changed.")
    if request.creating or request.status == "withdrawn":
        return message("Ask somebody else for the second review.") if asked else None
    if not asked:
        return message("Only the second reviewer can say whether they agree.")
    if actor.id == request.visit_officer_id or actor.id in request.visit_makers:
        return message("Nobody reviews a visit that they took part in. Ask another team lead.")
    return None
