"""The words of choices, by their enum."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.authority.states import ExceptionStatus, OverrideStatus
from visitapp.rules.choices import (
    ActionStatus,
    ConflictStatus,
    Enforcement,
    EventKind,
    EvidenceKind,
    HandOverState,
    NoticeEvent,
    NoticeState,
    PlannedStatus,
    Position,
    PositionSource,
    Priority,
    Purpose,
    Rag,
    RatingCause,
    RatingKind,
    RatingState,
    RegulatorChangeKind,
    Role,
    ServiceType,
    Side,
    VerifiedHow,
    VisitStatus,
)
from visitapp.rules.plans.states import AccuracyStatus, OwnerSide, PlanStatus, UpdateKind
from visitapp.rules.reviews.states import (
    ReviewReason,
    SecondReviewStatus,
)
from visitapp.rules.visiting.campaigns import CampaignTurn
from visitapp.vocabulary.concerns import CONCERN_CHOICES
from visitapp.vocabulary.escalation import ESCALATION_CHOICES
from visitapp.vocabulary.interventions import INTERVENTION_CHOICES
from visitapp.vocabulary.market import MARKET_CHOICES
from visitapp.vocabulary.support import SUPPORT_CHOICES

CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    ActionStatus: {
        ActionStatus.OPEN: message("Open"),
        ActionStatus.IN_PROGRESS: message("In progress"),
        ActionStatus.DONE: message("Done, to be verified"),
        ActionStatus.VERIFIED: message("Verified"),
        ActionStatus.REOPENED: message("Reopened"),
        ActionStatus.WITHDRAWN: message("Withdrawn"),
    },
    CampaignTurn: {
        CampaignTurn.STARTED: message("Started"),
        CampaignTurn.CLOSED: message("Closed"),
        CampaignTurn.WITHDRAWN: message("Withdrawn"),
    },
    ConflictStatus: {
        ConflictStatus.OPEN: message("Open"),
        ConflictStatus.SETTLED: message("Settled"),
    },
    Enforcement: {
        Enforcement.REQUIREMENT_NOTICE: message("Requirement notice"),
        Enforcement.WARNING_NOTICE: message("Warning notice"),
        Enforcement.NOTICE_OF_PROPOSAL: message("Notice of proposal"),
        Enforcement.CONDITIONS: message("Conditions on registration"),
        Enforcement.ADMISSIONS_BAN: message("No new admissions"),
        Enforcement.SPECIAL_MEASURES: message("Special measures"),
        Enforcement.SUSPENSION: message("Registration suspended"),
        Enforcement.CANCELLATION: message("Registration cancelled"),
    },
    EventKind: {
        EventKind.DEATH: message("Unexpected death"),
        EventKind.SERIOUS_INCIDENT: message("Serious incident"),
        EventKind.SAFEGUARDING: message("Safeguarding"),
        EventKind.WHISTLEBLOWING: message("Whistleblowing"),
        EventKind.POLICE: message("Police"),
        EventKind.OUTBREAK: message("Outbreak"),
        EventKind.REGULATOR: message("Regulator"),
        EventKind.LEADERSHIP: message("Change of manager or owner"),
        EventKind.FINANCE: message("Finance"),
        EventKind.AUDIT: message("Themed audit"),
        EventKind.IMPROVEMENT: message("Improvement seen"),
        EventKind.OTHER: message("Other"),
    },
    EvidenceKind: {
        EvidenceKind.DOCUMENT: message("Document"),
        EvidenceKind.CONVERSATION: message("Conversation"),
        EvidenceKind.PHOTO: message("Photo"),
        EvidenceKind.NOTE: message("Note"),
    },
    HandOverState: {
        HandOverState.PLANNED: message("Planned"),
        HandOverState.DONE: message("Carried out"),
        HandOverState.NOT_DONE: message("Not carried out"),
    },
    OverrideStatus: {
        OverrideStatus.ASKED: message("Asked"),
        OverrideStatus.AGREED: message("Agreed"),
        OverrideStatus.DECLINED: message("Declined"),
        OverrideStatus.WITHDRAWN: message("Withdrawn"),
    },
    ExceptionStatus: {
        ExceptionStatus.ASKED: message("Asked"),
        ExceptionStatus.AUTHORISED: message("Authorised"),
        ExceptionStatus.REFUSED: message("Refused"),
        ExceptionStatus.USED: message("Used"),
        ExceptionStatus.VOID: message("Void"),
        ExceptionStatus.EXPIRED: message("Expired"),
    },
    OwnerSide: {
        OwnerSide.PROVIDER: message("Provider"),
        OwnerSide.COUNCIL: message("Council"),
        OwnerSide.PARTNER: message("Partner"),
    },
    AccuracyStatus: {
        AccuracyStatus.OPEN: message("To be answered"),
        AccuracyStatus.ACCEPTED: message("Accepted"),
        AccuracyStatus.PARTLY: message("Partly accepted"),
        AccuracyStatus.NOT_ACCEPTED: message("Not accepted"),
    },
    PlanStatus: {
        PlanStatus.DRAFT: message("Draft"),
        PlanStatus.AGREED: message("Agreed"),
        PlanStatus.MET: message("Met"),
        PlanStatus.NOT_MET: message("Not met"),
        PlanStatus.WITHDRAWN: message("Withdrawn"),
    },
    UpdateKind: {
        UpdateKind.SAID: message("Update"),
        UpdateKind.RAISED_AGAIN: message("Raised again"),
    },
    PlannedStatus: {
        PlannedStatus.PLANNED: message("Planned"),
        PlannedStatus.CONFIRMED: message("Confirmed"),
        PlannedStatus.CANCELLED: message("Cancelled"),
    },
    NoticeEvent: {
        NoticeEvent.RATING_CHANGED: message("Rating changed"),
        NoticeEvent.POSITION_CLOSED: message("Closed to new placements"),
        NoticeEvent.POSITION_CONDITIONAL: message("Open with a condition"),
        NoticeEvent.POSITION_OPEN: message("Open to placements"),
        NoticeEvent.CLUSTER: message("Cluster of concerns"),
        NoticeEvent.STEP_OPENED: message("Step of the ladder"),
    },
    NoticeState: {
        NoticeState.WAITING: message("Waiting to be sent"),
        NoticeState.SENT: message("Sent"),
        NoticeState.FAILED: message("Not sent"),
        NoticeState.UNADDRESSED: message("No e-mail address"),
        NoticeState.HELD: message("Held by an administrator"),
    },
    Position: {
        Position.NOT_ASSESSED: message("Not yet assessed"),
        Position.OPEN: message("Open"),
        Position.CONDITIONAL: message("Open, with a condition"),
        Position.CLOSED: message("Closed to new"),
    },
    PositionSource: {
        PositionSource.RATING: message("The rating"),
        PositionSource.EVENT: message("A significant event"),
        PositionSource.EMBARGO: message("An embargo of the council"),
        PositionSource.REGULATOR: message("The regulator"),
        PositionSource.PROVIDER: message("The provider's own stop"),
        PositionSource.ESCALATION: message("The escalation ladder"),
        PositionSource.CARRIED_OVER: message("Carried over from the rating"),
        PositionSource.HOLD_LAPSED: message("An emergency hold lapsed"),
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
    RatingCause: {
        RatingCause.VISIT: message("Visit"),
        RatingCause.EVENT: message("Significant event"),
    },
    RatingKind: {RatingKind.QUALITY: message("Quality"), RatingKind.CONTRACT: message("Contract")},
    RatingState: {
        RatingState.STANDS: message("Stands"),
        RatingState.PROPOSED: message("Waiting for a team lead"),
        RatingState.NOTED: message("Noted, does not change the rating"),
        RatingState.UNDER_REVIEW: message("Stands, under review"),
        RatingState.WITHDRAWN: message("Withdrawn"),
    },
    ReviewReason: {
        ReviewReason.RED: message("Red"),
        ReviewReason.WORSE: message("Worse than before"),
        ReviewReason.BETTER: message("Better than before"),
        ReviewReason.FIRST_RATING: message("First rating"),
        ReviewReason.PROVISIONAL: message("Provisional outcome"),
        ReviewReason.UNRATED: message("Not rated"),
        ReviewReason.OVERRIDDEN: message("Outcome overridden"),
        ReviewReason.RETURNED: message("Returned before"),
        ReviewReason.NEW_OFFICER: message("One of an officer's first visits"),
        ReviewReason.DRAWN: message("Drawn for review"),
    },
    RegulatorChangeKind: {
        RegulatorChangeKind.NEW_REPORT: message("New report"),
        RegulatorChangeKind.RATING_UP: message("Rating up"),
        RegulatorChangeKind.RATING_DOWN: message("Rating down"),
        RegulatorChangeKind.REGISTERED: message("Registered"),
        RegulatorChangeKind.DEREGISTERED: message("No longer registered"),
        RegulatorChangeKind.HYGIENE_UP: message("Food hygiene up"),
        RegulatorChangeKind.HYGIENE_DOWN: message("Food hygiene down"),
    },
    Role: {
        Role.OFFICER: message("Contract officer"),
        Role.INTERVENTION: message("Intervention officer"),
        Role.LEAD: message("Team lead"),
        Role.MANAGER: message("Senior manager"),
        Role.VIEWER: message("Viewer"),
        Role.ADMIN: message("Administrator"),
    },
    SecondReviewStatus: {
        SecondReviewStatus.ASKED: message("Asked"),
        SecondReviewStatus.AGREED: message("Agreed"),
        SecondReviewStatus.DISAGREED: message("Disagreed"),
        SecondReviewStatus.WITHDRAWN: message("Withdrawn"),
    },
    ServiceType: {
        ServiceType.RESIDENTIAL: message("Residential"),
        ServiceType.NURSING: message("Nursing"),
        ServiceType.HOME_CARE: message("Home care"),
        ServiceType.SUPPORTED_LIVING: message("Supported living"),
        ServiceType.EXTRA_CARE: message("Extra care"),
        ServiceType.SHARED_LIVES: message("Shared lives"),
        ServiceType.DAY: message("Day service"),
        ServiceType.REABLEMENT_BED: message("Reablement bed"),
        ServiceType.MENTAL_HEALTH_RECOVERY: message("Mental health recovery"),
        ServiceType.ADVOCACY: message("Advocacy"),
        ServiceType.CARERS: message("Carers' service"),
        ServiceType.WELLBEING: message("Wellbeing service"),
        ServiceType.SEXUAL_HEALTH: message("Sexual health"),
        ServiceType.PREVENTION: message("Prevention"),
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
        VisitStatus.NOT_SAMPLED: message("Not sampled"),
        VisitStatus.RETURNED: message("Returned"),
        VisitStatus.APPROVED: message("Approved"),
    },
    **CONCERN_CHOICES,
    **ESCALATION_CHOICES,
    **INTERVENTION_CHOICES,
    **SUPPORT_CHOICES,
    **MARKET_CHOICES,
}


VISITS: dict[str, Message] = {
    Purpose.ANNUAL: message("Annual quality visit"),
    Purpose.RISK_LED: message("Risk-led visit"),
    Purpose.THEMED: message("Themed audit"),
    Purpose.INTERVENTION: message("Intervention visit"),
    Purpose.JOINT: message("Joint visit"),
    Purpose.CONTRACT_REVIEW: message("Contract review"),
    Purpose.DESKTOP: message("Desktop review"),
    Purpose.RISK_ASSESSMENT: message("Risk assessment"),
}


PEOPLE: dict[str, Message] = {
    "people": message("People who use the service"),
    "relatives": message("Relatives"),
    "staff": message("Staff"),
    "professionals": message("Professionals"),
}
