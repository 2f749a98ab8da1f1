"""The values that a field of a concern may hold. `visitapp.vocabulary.concerns` has their words."""

from __future__ import annotations

from enum import StrEnum


class ConcernKind(StrEnum):
    """What was brought to the council."""

    POOR_PRACTICE = "poor_practice"
    SAFEGUARDING = "safeguarding"
    COMPLAINT = "complaint"
    COMPLIMENT = "compliment"
    CONTRACT = "contract"
    SERIOUS_INCIDENT = "serious_incident"
    NOTIFIABLE_INCIDENT = "notifiable_incident"
    UNEXPECTED_DEATH = "unexpected_death"
    WHISTLEBLOWING = "whistleblowing"


class ConcernSource(StrEnum):
    """Who brought it."""

    PERSON = "person"
    FAMILY = "family"
    PRACTITIONER = "practitioner"
    STAFF = "staff"
    PARTNER = "partner"
    REGULATOR = "regulator"
    PROVIDER = "provider"
    VISIT = "visit"
    ANONYMOUS = "anonymous"


class Severity(StrEnum):
    """How much harm: 1 none; 2 distress, or repeated; 3 harm or likely harm; 4 serious harm, death
    or several people."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


class ConcernStatus(StrEnum):
    """Where a concern stands (`rules.concerns.concern_life`)."""

    OPEN = "open"
    ASKED = "asked"
    REPLIED = "replied"
    DECIDED = "decided"
    CLOSED = "closed"


class ConcernDecision(StrEnum):
    """What was found."""

    SUBSTANTIATED = "substantiated"
    PARTLY = "partly"
    NOT_SUBSTANTIATED = "not_substantiated"
    INCONCLUSIVE = "inconclusive"


class ConcernStage(StrEnum):
    """What a time limit of the policy waits for. Noted: the Need to Know note is written; answered:
    by the provider; learned from: in a meeting with the provider."""

    ACKNOWLEDGED = "acknowledged"
    ACCEPTED = "accepted"
    REFERRED = "referred"
    NOTED = "noted"
    ANSWERED = "answered"
    DECIDED = "decided"
    PLANNED = "planned"
    INVESTIGATED = "investigated"
    ASSESSED = "assessed"
    LEARNED_FROM = "learned_from"
    REVIEWED = "reviewed"
    CHECKED = "checked"
    CLOSED = "closed"


class Harm(StrEnum):
    """The level of harm of an incident."""

    NONE = "none"
    LOW = "low"
    MODERATE = "moderate"
    SEVERE = "severe"
    DEATH = "death"


class UpdateKind(StrEnum):
    """What an update of a concern is."""

    NOTE = "note"
    TOLD = "told"
    """Somebody was told of it."""
    ACTION = "action"
    """An action answers it."""


INCIDENTS = frozenset(
    {
        ConcernKind.SERIOUS_INCIDENT,
        ConcernKind.NOTIFIABLE_INCIDENT,
        ConcernKind.UNEXPECTED_DEATH,
    }
)
"""Kinds that are investigated, with causes and a level of harm."""

OPEN_CONCERNS = frozenset(set(ConcernStatus) - {ConcernStatus.CLOSED})

UPHELD = frozenset({ConcernDecision.SUBSTANTIATED, ConcernDecision.PARTLY})
