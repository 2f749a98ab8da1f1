"""The states of an improvement plan, and whose an action is. `visitapp.vocabulary` has their
words."""

from __future__ import annotations

from enum import StrEnum


class PlanStatus(StrEnum):
    """The states of an improvement plan (`rules.plans.plan_life`)."""

    DRAFT = "draft"
    AGREED = "agreed"
    MET = "met"
    NOT_MET = "not_met"
    WITHDRAWN = "withdrawn"


OPEN_PLAN_STATUSES = frozenset({PlanStatus.DRAFT, PlanStatus.AGREED})
"""Somebody still works on the plan, and new actions of its setting join it."""


class AccuracyStatus(StrEnum):
    """The states of a comment on a report's accuracy (`rules.plans.accuracy_life`)."""

    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY = "partly"
    NOT_ACCEPTED = "not_accepted"


class OwnerSide(StrEnum):
    """Whose an action is, and who speaks in an update."""

    PROVIDER = "provider"
    COUNCIL = "council"
    PARTNER = "partner"


class UpdateKind(StrEnum):
    """What an update of an action tells."""

    SAID = "said"
    """What somebody said or did."""
    RAISED_AGAIN = "raised_again"
    """A later visit found the same thing."""
