"""The words of concerns: their choices and fields."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernKind,
    ConcernSource,
    ConcernStage,
    ConcernStatus,
    Harm,
    Severity,
    UpdateKind,
)

CONCERN_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    ConcernKind: {
        ConcernKind.POOR_PRACTICE: message("Poor practice"),
        ConcernKind.SAFEGUARDING: message("Safeguarding"),
        ConcernKind.COMPLAINT: message("Complaint"),
        ConcernKind.COMPLIMENT: message("Compliment"),
        ConcernKind.CONTRACT: message("Contract concern"),
        ConcernKind.SERIOUS_INCIDENT: message("Serious incident"),
        ConcernKind.NOTIFIABLE_INCIDENT: message("Notifiable incident"),
        ConcernKind.UNEXPECTED_DEATH: message("Unexpected death"),
        ConcernKind.WHISTLEBLOWING: message("Whistleblowing"),
    },
    ConcernSource: {
        ConcernSource.PERSON: message("Person who uses the service"),
        ConcernSource.FAMILY: message("Family or friend"),
        ConcernSource.PRACTITIONER: message("Social care or health practitioner"),
        ConcernSource.STAFF: message("Member of staff"),
        ConcernSource.PARTNER: message("Partner organisation"),
        ConcernSource.REGULATOR: message("Regulator"),
        ConcernSource.PROVIDER: message("Provider"),
        ConcernSource.VISIT: message("Our visit"),
        ConcernSource.ANONYMOUS: message("Anonymous"),
    },
    Severity: {
        Severity.ONE: message("1, no harm"),
        Severity.TWO: message("2, distress or repeated"),
        Severity.THREE: message("3, harm or likely harm"),
        Severity.FOUR: message("4, serious harm, death or several people"),
    },
    ConcernStatus: {
        ConcernStatus.OPEN: message("Open"),
        ConcernStatus.ASKED: message("Provider asked"),
        ConcernStatus.REPLIED: message("Provider replied"),
        ConcernStatus.DECIDED: message("Decided"),
        ConcernStatus.CLOSED: message("Closed"),
    },
    ConcernDecision: {
        ConcernDecision.SUBSTANTIATED: message("Substantiated"),
        ConcernDecision.PARTLY: message("Partly substantiated"),
        ConcernDecision.NOT_SUBSTANTIATED: message("Not substantiated"),
        ConcernDecision.INCONCLUSIVE: message("Inconclusive"),
    },
    ConcernStage: {
        ConcernStage.ACKNOWLEDGED: message("Acknowledged"),
        ConcernStage.ACCEPTED: message("Accepted as a complaint"),
        ConcernStage.REFERRED: message("Referred to safeguarding"),
        ConcernStage.NOTED: message("Need to Know note written"),
        ConcernStage.ANSWERED: message("Provider replied"),
        ConcernStage.DECIDED: message("Decided"),
        ConcernStage.PLANNED: message("Enquiry planned"),
        ConcernStage.INVESTIGATED: message("Investigated"),
        ConcernStage.ASSESSED: message("Enquiry assessed"),
        ConcernStage.LEARNED_FROM: message("Learning meeting held"),
        ConcernStage.REVIEWED: message("Enquiry reviewed"),
        ConcernStage.CHECKED: message("Changes checked at a visit"),
        ConcernStage.CLOSED: message("Closed"),
    },
    Harm: {
        Harm.NONE: message("None"),
        Harm.LOW: message("Low"),
        Harm.MODERATE: message("Moderate"),
        Harm.SEVERE: message("Severe"),
        Harm.DEATH: message("Death"),
    },
    UpdateKind: {
        UpdateKind.NOTE: message("Note"),
        UpdateKind.TOLD: message("Somebody was told"),
        UpdateKind.ACTION: message("An action answers it"),
    },
}

CONCERN_FIELDS: dict[str, Message] = {
    "causes": message("causes"),
    "checked_visit_id": message("visit at which it was checked"),
    "concern_id": message("concern"),
    "decision": message("decision"),
    "handler_id": message("person who handles it"),
    "harm": message("level of harm"),
    "investigator": message("investigator"),
    "learned": message("what was learned"),
    "lesson": message("lesson"),
    "reached": message("stages reached"),
    "received_at": message("received at"),
    "reference": message("reference in the case system"),
    "reopened_count": message("times reopened"),
    "repeat_of_id": message("earlier concern that it repeats"),
    "reply": message("provider's reply"),
    "restricted_to": message("restricted to"),
    "severity": message("severity"),
    "stage": message("stage"),
    "starts_restricted": message("restricted from the start"),
    "themes": message("themes"),
    "told": message("who was told"),
}
