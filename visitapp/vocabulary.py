"""The words of kinds of record, their fields and their choices, once for every front.

The window, the terminal, paper, history, conflicts and the server all read them here. A synced
kind, a field or a choice without its words fails at import.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from visitapp.errors import Code, Refused
from visitapp.language import Message, either, message, verbatim
from visitapp.records import SYNCED, Synced
from visitapp.records.codec import columns
from visitapp.rules.choices import (
    ActionStatus,
    ConflictStatus,
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

_KINDS: dict[str, Message] = {
    "user_account": message("user"),
    "published_form": message("published form"),
    "provider": message("provider"),
    "contract": message("contract"),
    "setting": message("setting"),
    "visit": message("visit"),
    "joining": message("joint visitor"),
    "answer": message("answer"),
    "action": message("action"),
    "evidence": message("evidence"),
    "step": message("step"),
    "rating": message("rating"),
    "conflict": message("conflict"),
    "history": message("history entry"),
}

_FIELDS: dict[str, Message] = {
    "accepted": message("accepted"),
    "action_id": message("action"),
    "active": message("active"),
    "address": message("address"),
    "after": message("to"),
    "announced": message("announced"),
    "applies_to": message("service types"),
    "base_value": message("value before"),
    "beds": message("beds"),
    "before": message("from"),
    "checked": message("number checked"),
    "contract_id": message("contract"),
    "created_at": message("created at"),
    "created_by": message("created by"),
    "day": message("day"),
    "deleted": message("deleted"),
    "detail": message("detail"),
    "digest": message("digest"),
    "discard_reason": message("reason for discarding it"),
    "done_on": message("done on"),
    "due_on": message("due date"),
    "ends_on": message("end date"),
    "evidence_id": message("evidence"),
    "facts": message("facts at sign-off"),
    "field": message("field"),
    "fields": message("values"),
    "first_due_on": message("first due date"),
    "form_id": message("form"),
    "form_text": message("form text"),
    "form_version": message("form version"),
    "hygiene_id": message("food hygiene establishment"),
    "item": message("sample item"),
    "joined_by": message("who came along"),
    "kept": message("value kept"),
    "kind": message("kind"),
    "local_authority": message("local authority"),
    "location_id": message("regulator's location id"),
    "media_type": message("media type"),
    "met": message("number met"),
    "moved_count": message("times moved"),
    "name": message("name"),
    "new": message("new value"),
    "note": message("note"),
    "number": message("number"),
    "officer_id": message("officer"),
    "old": message("old value"),
    "other_at": message("other value written at"),
    "other_by": message("other value written by"),
    "other_device": message("other device"),
    "other_value": message("other value"),
    "outcome": message("outcome"),
    "owner": message("owner"),
    "percent": message("percentage"),
    "postcode": message("postcode"),
    "priority": message("priority"),
    "policy_version": message("policy version"),
    "provider_id": message("provider"),
    "provisional": message("provisional"),
    "purpose": message("purpose"),
    "question": message("question"),
    "rag": message("rating"),
    "reason": message("reason"),
    "record_id": message("record"),
    "regulator": message("regulator"),
    "regulator_overall": message("regulator's rating"),
    "regulator_published": message("regulator's report date"),
    "reopened_count": message("times reopened"),
    "role": message("role"),
    "server_at": message("server's value written at"),
    "server_by": message("server's value written by"),
    "server_value": message("server's value"),
    "service_type": message("service type"),
    "setting_id": message("setting"),
    "settled_at": message("settled at"),
    "settled_by": message("settled by"),
    "sha256": message("SHA-256"),
    "signed_off_at": message("signed off at"),
    "signed_off_by": message("signed off by"),
    "since": message("since"),
    "size": message("size"),
    "source": message("source"),
    "starts_on": message("start date"),
    "state": message("state"),
    "status": message("status"),
    "step_id": message("step set aside"),
    "team": message("team"),
    "text": message("text"),
    "title": message("title"),
    "user_id": message("user"),
    "value": message("answer"),
    "verified_at": message("verified at"),
    "verified_by": message("verified by"),
    "verified_how": message("verified how"),
    "verified_note": message("verification note"),
    "version": message("version"),
    "visit_id": message("visit"),
    "visited_on": message("date of the visit"),
    "was": message("values before"),
}
"""By the field's name, which means the same in every kind that has it."""

_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    ActionStatus: {
        ActionStatus.OPEN: message("Open"),
        ActionStatus.IN_PROGRESS: message("In progress"),
        ActionStatus.DONE: message("Done, to be verified"),
        ActionStatus.VERIFIED: message("Verified"),
        ActionStatus.REOPENED: message("Reopened"),
        ActionStatus.WITHDRAWN: message("Withdrawn"),
    },
    ConflictStatus: {
        ConflictStatus.OPEN: message("Open"),
        ConflictStatus.SETTLED: message("Settled"),
    },
    EvidenceKind: {
        EvidenceKind.DOCUMENT: message("Document"),
        EvidenceKind.CONVERSATION: message("Conversation"),
        EvidenceKind.PHOTO: message("Photo"),
        EvidenceKind.NOTE: message("Note"),
    },
    Priority: {
        Priority.IMMEDIATE: message("Immediate"),
        Priority.HIGH: message("High"),
        Priority.MEDIUM: message("Medium"),
        Priority.LOW: message("Low"),
    },
    Purpose: {
        Purpose.ANNUAL: message("Annual quality"),
        Purpose.RISK_LED: message("Risk-led"),
        Purpose.THEMED: message("Themed audit"),
        Purpose.INTERVENTION: message("Intervention"),
        Purpose.JOINT: message("Joint"),
        Purpose.CONTRACT_REVIEW: message("Contract review"),
        Purpose.DESKTOP: message("Desktop (out of county)"),
        Purpose.RISK_ASSESSMENT: message("Risk assessment"),
    },
    Rag: {
        Rag.RED: message("Red"),
        Rag.AMBER: message("Amber"),
        Rag.GREEN: message("Green"),
        Rag.UNRATED: message("Not rated"),
    },
    RatingKind: {RatingKind.QUALITY: message("Quality"), RatingKind.CONTRACT: message("Contract")},
    RatingState: {
        RatingState.STANDS: message("Stands"),
        RatingState.PROPOSED: message("Waiting for a team lead"),
        RatingState.NOTED: message("Noted, does not change the rating"),
        RatingState.UNDER_REVIEW: message("Stands, under review"),
        RatingState.WITHDRAWN: message("Withdrawn"),
    },
    Role: {
        Role.OFFICER: message("Contract officer"),
        Role.INTERVENTION: message("Intervention officer"),
        Role.LEAD: message("Team lead"),
        Role.MANAGER: message("Senior manager"),
        Role.VIEWER: message("Viewer"),
        Role.ADMIN: message("Administrator"),
    },
    ServiceType: {
        ServiceType.RESIDENTIAL: message("Residential"),
        ServiceType.NURSING: message("Nursing"),
        ServiceType.HOME_CARE: message("Home care"),
        ServiceType.SUPPORTED_LIVING: message("Supported living"),
        ServiceType.DAY: message("Day service"),
        ServiceType.OTHER: message("Other service"),
    },
    Side: {Side.SERVER: message("The server's"), Side.OTHER: message("The other")},
    VerifiedHow: {
        VerifiedHow.VISIT: message("On a visit"),
        VerifiedHow.DESK_CHECK: message("Desk check"),
        VerifiedHow.DOCUMENT: message("Document"),
    },
    VisitStatus: {
        VisitStatus.DRAFT: message("In progress"),
        VisitStatus.SIGNED_OFF: message("Signed off"),
        VisitStatus.RETURNED: message("Returned"),
        VisitStatus.APPROVED: message("Approved"),
    },
}

_VISITS: dict[str, Message] = {
    Purpose.ANNUAL: message("Annual quality visit"),
    Purpose.RISK_LED: message("Risk-led visit"),
    Purpose.THEMED: message("Themed audit"),
    Purpose.INTERVENTION: message("Intervention visit"),
    Purpose.JOINT: message("Joint visit"),
    Purpose.CONTRACT_REVIEW: message("Contract review"),
    Purpose.DESKTOP: message("Desktop review"),
    Purpose.RISK_ASSESSMENT: message("Risk assessment"),
}

_STEPS: dict[str, Message] = {
    Problem.NO_STEP: message("This {kind} is {before} and cannot become {after}."),
    Problem.ROLE: message("Your role cannot make this {kind} {after}."),
    Problem.FIELD: message("A step to {after} has a value that does not fit."),
    Problem.STALE: message(
        "Somebody else changed this {kind} first: it is {before} now, and does not become {after}."
    ),
    Need.DAY: message("Say on which day the {kind} became {after}."),
    Need.REASON: message("Give a reason: the {kind} becomes {after}."),
    Need.KEPT: message("Say which of the two values to keep."),
    Need.OUTCOME: message("A {kind} that becomes {after} needs its outcome."),
    Need.HOW: message("Say how the {kind} was verified: {how}."),
    Need.PROOF: message("A verified {kind} needs a note or evidence."),
    Need.REASON_FOR_LATER: message("Give a reason: the due date moves to a later day."),
}

_PEOPLE: dict[str, Message] = {
    "people": message("People who use the service"),
    "relatives": message("Relatives"),
    "staff": message("Staff"),
    "professionals": message("Professionals"),
}


def kind_word(kind: type[Synced]) -> str:
    """`action`."""
    return str(_KINDS[kind.__tablename__])


def field_word(field: str) -> str:
    """`due date` for `due_on`."""
    return str(_FIELDS[field])


def kind_message(kind: type[Synced]) -> Message:
    """The word of a kind, within a message."""
    return _KINDS[kind.__tablename__]


def field_message(field: str) -> Message:
    """The word of a field, within a message."""
    return _FIELDS[field]


def choice_message(choices: type[StrEnum], value: str) -> Message:
    """The word of a choice, within a message; a value of a newer program stands for itself."""
    return (_CHOICES[choices].get(value) or verbatim(value)).lower()


def visit_message(purpose: str) -> Message:
    """What a visit with this purpose is called, within a message."""
    return (_VISITS.get(purpose) or verbatim(purpose)).lower()


def state_message(kind: type[Synced], state: str) -> Message:
    """The word of a state, within a message."""
    life = kind.__kind__.lifecycle
    return choice_message(life.states, state) if life else verbatim(state)


def choice_words(choices: type[StrEnum]) -> dict[str, str]:
    """Every value of an enum, in its order, with its word: `{"high": "High", …}`."""
    words = _CHOICES[choices]
    return {choice.value: str(words[choice]) for choice in choices}


def choice_word(choices: type[StrEnum], value: str) -> str:
    """`In progress` for `in_progress`; a value of a newer program stands for itself."""
    return str(_CHOICES[choices].get(value, value))


def visit_word(purpose: str) -> str:
    """What a visit with this purpose is called: `Annual quality visit`, `Contract review`."""
    return str(_VISITS.get(purpose, purpose))


def people_groups() -> dict[str, str]:
    """Who was spoken to, by what a `people` answer counts."""
    return {group: str(word) for group, word in _PEOPLE.items()}


def state_word(kind: type[Synced], state: str) -> str:
    """`in progress`, within a sentence."""
    return str(state_message(kind, state))


def step_refused(kind: type[Synced], step: Taken, fault: StepFault) -> Refused:
    """The refusal of a step, with one sentence for window, terminal and server."""
    what = _STEPS[fault.problem].filled(
        kind=kind_message(kind),
        before=state_message(kind, step.before),
        after=state_message(kind, step.after),
        how=either([word.lower() for word in _CHOICES[VerifiedHow].values()]),
    )
    return Refused(Code.STEP_REFUSED, what)


def declare_words(
    kind: type[Synced],
    word: Message,
    fields: Mapping[str, Message],
    choices: Mapping[type[StrEnum], dict[str, Message]],
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
