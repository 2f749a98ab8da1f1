"""The words of kinds of record, their fields and their choices, once for every front.

The window, the terminal, paper, history, conflicts and the server all read them here. A synced
kind, a field or a choice without its words fails at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from visitapp.errors import Code, Refused
from visitapp.records import KINDS as RECORDS
from visitapp.records import SYNCED, Synced
from visitapp.records.codec import columns
from visitapp.rules.choices import (
    ActionStatus,
    ConflictStatus,
    Decision,
    EvidenceKind,
    Priority,
    Purpose,
    Rag,
    RatingKind,
    RatingState,
    Role,
    ServiceType,
    Side,
    VerifiedHow,
    VisitStatus,
)
from visitapp.rules.lifecycle import Need, Problem, StepFault, Taken

_KINDS = {
    "user_account": "user",
    "published_form": "published form",
    "provider": "provider",
    "contract": "contract",
    "setting": "setting",
    "visit": "visit",
    "joining": "joint visitor",
    "answer": "answer",
    "action": "action",
    "evidence": "evidence",
    "step": "step",
    "review": "review",
    "rating": "rating",
    "conflict": "conflict",
    "history": "history entry",
}

_FIELDS = {
    "accepted": "accepted",
    "action_id": "action",
    "active": "active",
    "address": "address",
    "after": "to",
    "announced": "announced",
    "applies_to": "service types",
    "base_value": "value before",
    "beds": "beds",
    "before": "from",
    "checked": "number checked",
    "comment": "comment",
    "contract_id": "contract",
    "created_at": "created at",
    "created_by": "created by",
    "day": "day",
    "decision": "decision",
    "deleted": "deleted",
    "detail": "detail",
    "digest": "digest",
    "discard_reason": "reason for discarding it",
    "done_on": "done on",
    "due_on": "due date",
    "ends_on": "end date",
    "evidence_id": "evidence",
    "facts": "facts at sign-off",
    "field": "field",
    "fields": "values",
    "first_due_on": "first due date",
    "form_id": "form",
    "form_text": "form text",
    "form_version": "form version",
    "hygiene_id": "food hygiene establishment",
    "item": "sample item",
    "joined_by": "who came along",
    "kept": "value kept",
    "kind": "kind",
    "local_authority": "local authority",
    "location_id": "regulator's location id",
    "media_type": "media type",
    "met": "number met",
    "moved_count": "times moved",
    "name": "name",
    "new": "new value",
    "note": "note",
    "number": "number",
    "officer_id": "officer",
    "old": "old value",
    "other_at": "other value written at",
    "other_by": "other value written by",
    "other_device": "other device",
    "other_value": "other value",
    "outcome": "outcome",
    "owner": "owner",
    "percent": "percentage",
    "postcode": "postcode",
    "priority": "priority",
    "policy_version": "policy version",
    "provider_id": "provider",
    "provisional": "provisional",
    "purpose": "purpose",
    "question": "question",
    "rag": "rating",
    "reason": "reason",
    "record_id": "record",
    "regulator": "regulator",
    "regulator_overall": "regulator's rating",
    "regulator_published": "regulator's report date",
    "reopened_count": "times reopened",
    "role": "role",
    "server_at": "server's value written at",
    "server_by": "server's value written by",
    "server_value": "server's value",
    "service_type": "service type",
    "setting_id": "setting",
    "settled_at": "settled at",
    "settled_by": "settled by",
    "sha256": "SHA-256",
    "signed_off_at": "signed off at",
    "signed_off_by": "signed off by",
    "since": "since",
    "size": "size",
    "source": "source",
    "starts_on": "start date",
    "state": "state",
    "status": "status",
    "step_id": "step set aside",
    "team": "team",
    "text": "text",
    "title": "title",
    "user_id": "user",
    "value": "answer",
    "verified_at": "verified at",
    "verified_by": "verified by",
    "verified_how": "verified how",
    "verified_note": "verification note",
    "version": "version",
    "visit_id": "visit",
    "visited_on": "date of the visit",
    "was": "values before",
}
"""By the field's name, which means the same in every kind that has it."""

_CHOICES: dict[type[StrEnum], dict[str, str]] = {
    ActionStatus: {
        ActionStatus.OPEN: "Open",
        ActionStatus.IN_PROGRESS: "In progress",
        ActionStatus.DONE: "Done, to be verified",
        ActionStatus.VERIFIED: "Verified",
        ActionStatus.REOPENED: "Reopened",
        ActionStatus.WITHDRAWN: "Withdrawn",
    },
    ConflictStatus: {ConflictStatus.OPEN: "Open", ConflictStatus.SETTLED: "Settled"},
    Decision: {Decision.APPROVED: "Approved", Decision.RETURNED: "Returned"},
    EvidenceKind: {
        EvidenceKind.DOCUMENT: "Document",
        EvidenceKind.CONVERSATION: "Conversation",
        EvidenceKind.PHOTO: "Photo",
        EvidenceKind.NOTE: "Note",
    },
    Priority: {
        Priority.IMMEDIATE: "Immediate",
        Priority.HIGH: "High",
        Priority.MEDIUM: "Medium",
        Priority.LOW: "Low",
    },
    Purpose: {
        Purpose.ANNUAL: "Annual quality",
        Purpose.RISK_LED: "Risk-led",
        Purpose.THEMED: "Themed audit",
        Purpose.INTERVENTION: "Intervention",
        Purpose.JOINT: "Joint",
        Purpose.CONTRACT_REVIEW: "Contract review",
        Purpose.DESKTOP: "Desktop (out of county)",
        Purpose.RISK_ASSESSMENT: "Risk assessment",
    },
    Rag: {Rag.RED: "Red", Rag.AMBER: "Amber", Rag.GREEN: "Green", Rag.UNRATED: "Not rated"},
    RatingKind: {RatingKind.QUALITY: "Quality", RatingKind.CONTRACT: "Contract"},
    RatingState: {
        RatingState.STANDS: "Stands",
        RatingState.PROPOSED: "Waiting for a team lead",
        RatingState.NOTED: "Noted, does not change the rating",
        RatingState.UNDER_REVIEW: "Stands, under review",
        RatingState.WITHDRAWN: "Withdrawn",
    },
    Role: {
        Role.OFFICER: "Contract officer",
        Role.INTERVENTION: "Intervention officer",
        Role.LEAD: "Team lead",
        Role.MANAGER: "Senior manager",
        Role.VIEWER: "Viewer",
        Role.ADMIN: "Administrator",
    },
    ServiceType: {
        ServiceType.RESIDENTIAL: "Residential",
        ServiceType.NURSING: "Nursing",
        ServiceType.HOME_CARE: "Home care",
        ServiceType.SUPPORTED_LIVING: "Supported living",
        ServiceType.DAY: "Day service",
        ServiceType.OTHER: "Other service",
    },
    Side: {Side.SERVER: "The server's", Side.OTHER: "The other"},
    VerifiedHow: {
        VerifiedHow.VISIT: "On a visit",
        VerifiedHow.DESK_CHECK: "Desk check",
        VerifiedHow.DOCUMENT: "Document",
    },
    VisitStatus: {
        VisitStatus.DRAFT: "In progress",
        VisitStatus.SIGNED_OFF: "Signed off",
        VisitStatus.RETURNED: "Returned",
        VisitStatus.APPROVED: "Approved",
    },
}

_VISITS: dict[str, str] = {
    Purpose.ANNUAL: "Annual quality visit",
    Purpose.RISK_LED: "Risk-led visit",
    Purpose.THEMED: "Themed audit",
    Purpose.INTERVENTION: "Intervention visit",
    Purpose.JOINT: "Joint visit",
    Purpose.CONTRACT_REVIEW: "Contract review",
    Purpose.DESKTOP: "Desktop review",
    Purpose.RISK_ASSESSMENT: "Risk assessment",
}

_STEPS: dict[str, str] = {
    Problem.NO_STEP: "This {kind} is {before} and cannot become {after}.",
    Problem.ROLE: "Your role cannot make this {kind} {after}.",
    Problem.FIELD: "A step to {after} has a value that does not fit.",
    Need.DAY: "Say on which day the {kind} became {after}.",
    Need.REASON: "Give a reason: the {kind} becomes {after}.",
    Need.KEPT: "Say which of the two values to keep.",
    Need.HOW: "Say how the {kind} was verified: {how}.",
    Need.PROOF: "A verified {kind} needs a note or evidence.",
    Need.REASON_FOR_LATER: "Give a reason: the due date moves to a later day.",
}

PEOPLE_GROUPS = {
    "people": "People who use the service",
    "relatives": "Relatives",
    "staff": "Staff",
    "professionals": "Professionals",
}
"""Who was spoken to, by what a `people` answer counts."""


def kind_word(kind: type[Synced]) -> str:
    """`action`."""
    return _KINDS[kind.__tablename__]


def field_word(field: str) -> str:
    """`due date` for `due_on`."""
    return _FIELDS[field]


def choice_words(choices: type[StrEnum]) -> dict[str, str]:
    """Every value of an enum, in its order, with its word: `{"high": "High", …}`."""
    words = _CHOICES[choices]
    return {choice.value: words[choice] for choice in choices}


def choice_word(choices: type[StrEnum], value: str) -> str:
    """`In progress` for `in_progress`; a value of a newer program stands for itself."""
    return _CHOICES[choices].get(value, value)


def visit_word(purpose: str) -> str:
    """What a visit with this purpose is called: `Annual quality visit`, `Contract review`."""
    return _VISITS.get(purpose, purpose)


def state_word(kind: type[Synced], state: str) -> str:
    """`in progress`, within a sentence."""
    life = kind.__kind__.lifecycle
    return choice_word(life.states, state).lower() if life else state


def step_refused(kind: type[Synced], step: Taken, fault: StepFault) -> Refused:
    """The refusal of a step, with one sentence for window, terminal and server."""
    names = {
        "kind": str(kind.__tablename__),
        "before": step.before,
        "after": step.after,
        "problem": fault.problem,
    }
    return Refused(Code.STEP_REFUSED, step_sentence(names), parameters=names)


def refusal_text(code: str, parameters: Mapping[str, str], text: str) -> str:
    """The sentence for a refusal of the server, in the words of this program where it knows them;
    else `text`, in the server's."""
    if code == Code.STEP_REFUSED and parameters.get("kind") in RECORDS:
        try:
            return step_sentence(parameters)
        except KeyError:
            return text
    return text


def step_sentence(parameters: Mapping[str, str]) -> str:
    """Why a step is refused, by the parameters of the refusal."""
    kind = RECORDS[parameters["kind"]]
    before = state_word(kind, parameters["before"])
    after = state_word(kind, parameters["after"])
    return _STEPS[parameters["problem"]].format(
        kind=kind_word(kind), before=before, after=after, how=_listed_choices(VerifiedHow)
    )


def _listed_choices(choices: type[StrEnum]) -> str:
    words = [word.lower() for word in choice_words(choices).values()]
    return f"{', '.join(words[:-1])} or {words[-1]}"


def declare_words(
    kind: type[Synced],
    word: str,
    fields: Mapping[str, str],
    choices: Mapping[type[StrEnum], dict[str, str]],
) -> None:
    """Add the words of a kind that is declared elsewhere. Raises KeyError as `require_words`."""
    _KINDS[kind.__tablename__] = word
    _FIELDS.update(fields)
    _CHOICES.update(choices)
    require_words(kind)


def require_words(kind: type[Synced]) -> None:
    """Raise KeyError unless a kind, its fields and its choices all have words."""
    kind_word(kind)
    for field, column in columns(kind).items():
        field_word(field)
        if "choices" in column.info:
            choice_words(column.info["choices"])


for _kind in SYNCED:
    require_words(_kind)
