"""The values that a field with choices may hold. `visitapp.vocabulary` has their words."""

from __future__ import annotations

from enum import StrEnum

from forms.model import EvidenceKind, Priority


class Role(StrEnum):
    """What a user may do (`visitapp.rules.access`)."""

    OFFICER = "officer"
    INTERVENTION = "intervention"
    LEAD = "lead"
    MANAGER = "manager"
    VIEWER = "viewer"
    ADMIN = "admin"


class ServiceType(StrEnum):
    """The service that a setting gives; a form's `applies_to` names these."""

    RESIDENTIAL = "residential"
    NURSING = "nursing"
    HOME_CARE = "home_care"
    SUPPORTED_LIVING = "supported_living"
    EXTRA_CARE = "extra_care"
    SHARED_LIVES = "shared_lives"
    DAY = "day"
    REABLEMENT_BED = "reablement_bed"
    MENTAL_HEALTH_RECOVERY = "mental_health_recovery"
    ADVOCACY = "advocacy"
    CARERS = "carers"
    WELLBEING = "wellbeing"
    SEXUAL_HEALTH = "sexual_health"
    PREVENTION = "prevention"
    OTHER = "other"


class Purpose(StrEnum):
    """Why a visit is made (`purposes` in docs/form-format.md).

    A risk model that is filled in for a setting is kept as a visit too, so that history, sync and
    re-rating work for both; its purpose tells it apart (`ASSESSMENTS`).
    """

    ANNUAL = "annual"
    RISK_LED = "risk_led"
    THEMED = "themed"
    INTERVENTION = "intervention"
    JOINT = "joint"
    CONTRACT_REVIEW = "contract_review"
    DESKTOP = "desktop"
    RISK_ASSESSMENT = "risk_assessment"


ASSESSMENTS = frozenset({Purpose.RISK_ASSESSMENT})
"""Purposes of records that are not visits: no list of visits shows them, they set no rating."""


class VisitStatus(StrEnum):
    """The states of a visit. Signed off, not sampled and approved visits are frozen."""

    DRAFT = "draft"
    SIGNED_OFF = "signed_off"
    NOT_SAMPLED = "not_sampled"
    """The server did not draw it for review (`rules.reviews.sampling`). A lead may still review
    it."""
    RETURNED = "returned"
    APPROVED = "approved"


FROZEN = frozenset({VisitStatus.SIGNED_OFF, VisitStatus.NOT_SAMPLED, VisitStatus.APPROVED})


class PlannedStatus(StrEnum):
    """The states of a planned visit. Whether it was made or missed follows from the visits and the
    day (`visitapp.rules.visiting.planned_visit_life`)."""

    PLANNED = "planned"
    """Offered, and not agreed yet."""
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class ActionStatus(StrEnum):
    """The states of an action: done is the provider's word, verified is the officer's."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    VERIFIED = "verified"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


class VerifiedHow(StrEnum):
    """How an officer verified an action."""

    VISIT = "visit"
    DESK_CHECK = "desk_check"
    DOCUMENT = "document"


class Rag(StrEnum):
    """A rating that stands for a setting."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    UNRATED = "unrated"


class RatingKind(StrEnum):
    """What a rating is about: the quality of a setting, or the delivery of a contract."""

    QUALITY = "quality"
    CONTRACT = "contract"


class RatingState(StrEnum):
    """What a rating row says of the rating of a visit."""

    STANDS = "stands"
    PROPOSED = "proposed"
    """It waits for a team lead."""
    NOTED = "noted"
    """It never stands: a provisional outcome improves nothing."""
    UNDER_REVIEW = "under_review"
    """It stands, although the visit was returned: it was worse than the rating before it."""
    WITHDRAWN = "withdrawn"


class HandOverState(StrEnum):
    """What became of a hand-over."""

    PLANNED = "planned"
    DONE = "done"
    NOT_DONE = "not_done"
    """Its day came, and somebody else held the setting or contract, or the new officer could not
    sign in."""


class RegulatorChangeKind(StrEnum):
    """What a new file of a regulator says of a location."""

    NEW_REPORT = "new_report"
    RATING_UP = "rating_up"
    RATING_DOWN = "rating_down"
    REGISTERED = "registered"
    DEREGISTERED = "deregistered"
    HYGIENE_UP = "hygiene_up"
    HYGIENE_DOWN = "hygiene_down"


class Position(StrEnum):
    """Whether a setting takes new placements."""

    NOT_ASSESSED = "not_assessed"
    OPEN = "open"
    CONDITIONAL = "conditional"
    CLOSED = "closed"


class PositionSource(StrEnum):
    """What led to a decision on placements."""

    RATING = "rating"
    EVENT = "event"
    EMBARGO = "embargo"
    REGULATOR = "regulator"
    PROVIDER = "provider"
    """The provider itself stopped taking people."""
    ESCALATION = "escalation"
    """A step of the escalation ladder: a suspension, its review or its end."""
    CARRIED_OVER = "carried_over"
    """Nobody decided it: it was what the rating meant before positions were decided."""
    HOLD_LAPSED = "hold_lapsed"
    """Nobody confirmed an emergency hold, so the position before it is back."""


class RatingCause(StrEnum):
    """What a rating row is of."""

    VISIT = "visit"
    EVENT = "event"


class EventKind(StrEnum):
    """What kind of significant event it is."""

    DEATH = "death"
    SERIOUS_INCIDENT = "serious_incident"
    SAFEGUARDING = "safeguarding"
    WHISTLEBLOWING = "whistleblowing"
    POLICE = "police"
    OUTBREAK = "outbreak"
    REGULATOR = "regulator"
    LEADERSHIP = "leadership"
    FINANCE = "finance"
    AUDIT = "audit"
    IMPROVEMENT = "improvement"
    OTHER = "other"


class Enforcement(StrEnum):
    """What a regulator did."""

    REQUIREMENT_NOTICE = "requirement_notice"
    WARNING_NOTICE = "warning_notice"
    NOTICE_OF_PROPOSAL = "notice_of_proposal"
    CONDITIONS = "conditions"
    ADMISSIONS_BAN = "admissions_ban"
    SPECIAL_MEASURES = "special_measures"
    SUSPENSION = "suspension"
    CANCELLATION = "cancellation"


STOPS_ADMISSIONS = frozenset(
    {Enforcement.ADMISSIONS_BAN, Enforcement.SUSPENSION, Enforcement.CANCELLATION}
)
"""What a regulator does that nobody may be placed against."""


class ConflictStatus(StrEnum):
    """The states of a conflict: open until a person settles it."""

    OPEN = "open"
    SETTLED = "settled"


class NoticeEvent(StrEnum):
    """What a notice is about."""

    RATING_CHANGED = "rating_changed"
    POSITION_CLOSED = "position_closed"
    POSITION_CONDITIONAL = "position_conditional"
    POSITION_OPEN = "position_open"
    CLUSTER = "cluster"
    STEP_OPENED = "step_opened"
    """A step of the escalation ladder."""


class NoticeState(StrEnum):
    """What became of a notice. Each of its messages is sent or not by itself."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    UNADDRESSED = "unaddressed"
    """Nobody with an e-mail address receives it; it is on the list, and can be printed."""
    HELD = "held"
    """The server was put back from a backup, and may have sent it before."""


class Side(StrEnum):
    """The two values of a conflict."""

    SERVER = "server"
    OTHER = "other"


__all__ = [
    "ASSESSMENTS",
    "FROZEN",
    "STOPS_ADMISSIONS",
    "ActionStatus",
    "ConflictStatus",
    "Enforcement",
    "EventKind",
    "EvidenceKind",
    "NoticeEvent",
    "NoticeState",
    "PlannedStatus",
    "Position",
    "PositionSource",
    "Priority",
    "Purpose",
    "Rag",
    "RatingCause",
    "RatingKind",
    "RatingState",
    "RegulatorChangeKind",
    "Role",
    "ServiceType",
    "Side",
    "VerifiedHow",
    "VisitStatus",
]
