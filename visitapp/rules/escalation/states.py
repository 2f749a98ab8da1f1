"""The steps of the ladder, where a setting stands on it, and what is noted of it.
`visitapp.vocabulary` has their words."""

from __future__ import annotations

from enum import StrEnum


class Rung(StrEnum):
    """The steps of the ladder, the lowest first (papers 000 ¶7.1 and 004 ¶2.1). The policy says
    which a council has, in which order, and who may take each."""

    PEER_SUPPORT = "peer_support"
    IMPROVEMENT_PLAN = "improvement_plan"
    STRATEGY_MEETING = "strategy_meeting"
    DEFAULT_NOTICE = "default_notice"
    SUSPENSION = "suspension"
    SPECIAL_MEASURES = "special_measures"
    TERMINATION = "termination"
    LOSS_OF_PROVIDER = "loss_of_provider"


class EscalationStatus(StrEnum):
    """Where a setting stands: its highest open step; between steps while none is open and nobody
    has ended the escalation (`rules.escalation.ladder_life`)."""

    NOT_ESCALATED = "not_escalated"
    BETWEEN_STEPS = "between_steps"
    PEER_SUPPORT = "peer_support"
    IMPROVEMENT_PLAN = "improvement_plan"
    STRATEGY_MEETING = "strategy_meeting"
    DEFAULT_NOTICE = "default_notice"
    SUSPENSION = "suspension"
    SPECIAL_MEASURES = "special_measures"
    TERMINATION = "termination"
    LOSS_OF_PROVIDER = "loss_of_provider"


class Turn(StrEnum):
    """What a decision does: opens a step, gives an open one other dates, ends one, or ends the
    escalation."""

    OPENED = "opened"
    REVIEWED = "reviewed"
    ENDED = "ended"
    STOOD_DOWN = "stood_down"


class RungOutcome(StrEnum):
    """What came of a step."""

    MET = "met"
    NOT_MET = "not_met"
    WITHDRAWN = "withdrawn"


class LadderNoteKind(StrEnum):
    """What is noted of an escalation beside its decisions."""

    MEETING = "meeting"
    SERVED = "served"
    """How and when a letter was served."""
    PROGRESS = "progress"
    LOG = "log"
    """The daily log of a loss of provider."""


class Funder(StrEnum):
    """Who pays for a person's care."""

    COUNCIL = "council"
    OTHER_COUNCIL = "other_council"
    NHS = "nhs"
    SELF = "self"
