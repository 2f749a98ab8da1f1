"""The words of the escalation ladder: its choices and fields."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.escalation.states import (
    EscalationStatus,
    Funder,
    LadderNoteKind,
    Rung,
    RungOutcome,
    Turn,
)

_RUNGS: dict[str, Message] = {
    Rung.PEER_SUPPORT: message("Peer support"),
    Rung.IMPROVEMENT_PLAN: message("Improvement plan"),
    Rung.STRATEGY_MEETING: message("Provider strategy meeting"),
    Rung.DEFAULT_NOTICE: message("Default notice"),
    Rung.SUSPENSION: message("Suspension"),
    Rung.SPECIAL_MEASURES: message("Special measures plan"),
    Rung.TERMINATION: message("Termination"),
    Rung.LOSS_OF_PROVIDER: message("Loss of provider"),
}

ESCALATION_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    Rung: _RUNGS,
    EscalationStatus: {
        EscalationStatus.NOT_ESCALATED: message("Not escalated"),
        EscalationStatus.BETWEEN_STEPS: message("Between steps"),
        **_RUNGS,
    },
    Turn: {
        Turn.OPENED: message("Opened"),
        Turn.REVIEWED: message("Reviewed"),
        Turn.ENDED: message("Ended"),
        Turn.STOOD_DOWN: message("Escalation ended"),
    },
    RungOutcome: {
        RungOutcome.MET: message("Met"),
        RungOutcome.NOT_MET: message("Not met"),
        RungOutcome.WITHDRAWN: message("Withdrawn"),
    },
    LadderNoteKind: {
        LadderNoteKind.MEETING: message("Meeting"),
        LadderNoteKind.SERVED: message("Letter served"),
        LadderNoteKind.PROGRESS: message("Progress"),
        LadderNoteKind.LOG: message("Log"),
    },
    Funder: {
        Funder.COUNCIL: message("This council"),
        Funder.OTHER_COUNCIL: message("Another council"),
        Funder.NHS: message("NHS"),
        Funder.SELF: message("Pays themselves"),
    },
}

ESCALATION_FIELDS: dict[str, Message] = {
    "alternatives": message("alternatives"),
    "critical": message("tasks that cannot wait"),
    "decisions": message("decisions"),
    "escalation_id": message("escalation"),
    "funder": message("who pays"),
    "held_on": message("day"),
    "latest": message("latest decision"),
    "moved_on": message("moved on"),
    "moved_to": message("moved to"),
    "needs": message("needs"),
    "next_on": message("next date"),
    "off_list": message("why they are off the list"),
    "rung": message("step"),
    "rungs": message("steps"),
    "with_whom": message("with"),
}
