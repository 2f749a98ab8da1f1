"""What can be recorded of a concern, and what its text is then called."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.rules.concerns.states import ConcernStage, ConcernStatus

NOTE, TOLD, RESTRICT, LIFT, GIVE = "note", "told", "restrict", "lift", "give"
FINDINGS, ACTION, NEW_ACTION, REPEATS = "findings", "action", "new_action", "repeats"
CHECKED = f"stage:{ConcernStage.CHECKED}"
INVESTIGATED = f"stage:{ConcernStage.INVESTIGATED}"


def captions() -> dict[str, str]:
    """What the text is, by what is done."""
    return {
        NOTE: translate("What happened. It cannot be changed afterwards."),
        TOLD: translate("How, and what was said"),
        RESTRICT: translate("Reason for restricting it"),
        LIFT: translate(
            "Reason for lifting it. Everybody who sees the setting is given all of it."
        ),
        FINDINGS: translate("Causes"),
        NEW_ACTION: translate("What must be done"),
        CHECKED: translate("What was seen"),
        ConcernStatus.ASKED: translate("What was asked"),
        ConcernStatus.REPLIED: translate("What the provider says"),
        ConcernStatus.DECIDED: translate("Reason for the decision"),
        ConcernStatus.CLOSED: translate(
            "What is to be learned. Write “none” where there is nothing."
        ),
        ConcernStatus.OPEN: translate("Reason for reopening"),
        INVESTIGATED: translate("Causes"),
        f"stage:{ConcernStage.LEARNED_FROM}": translate("What was learned"),
    }
