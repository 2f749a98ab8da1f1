"""How each dialog of the ladder is opened, and something to see on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from visitapp.rules.escalation.states import Rung
from visitapp.services.escalation.opening import Opening
from visitapp.services.escalation.views import PersonView, StepView
from visitapp.services.services import Services

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy
    from tests.support.window.windows import Desktop
    from visitapp.ui.pages.escalation.dialogs import EscalationDialogs


def fill_escalation(services: Services, setting: str) -> None:
    """A step that is open, a meeting, and somebody to be moved."""
    reason = "Two of five medicine rounds were late, and nobody told the night staff."
    support = "Rowan House, the deputy manager"
    opening = Opening(reason=reason, support=support)
    services.escalations.open(setting, Rung.PEER_SUPPORT, opening)
    services.escalations.note(setting, Rung.PEER_SUPPORT, "meeting", "Both deputies met.")
    needs = "Two carers and a hoist for every move, day and night"
    services.people.add(setting, "P31", needs, "council", critical="Insulin at 8 and at 18")


def _dialogs(desktop: Desktop) -> EscalationDialogs:
    return desktop.window.dialogs.escalation


def _step(desktop: Desktop, busy: Busy) -> StepView:
    return desktop.services.escalations.view(busy.setting).open_steps()[0]


def _person(desktop: Desktop, busy: Busy) -> PersonView:
    return desktop.services.people.view(busy.setting).people[0]


ESCALATION_OPENERS: dict[str, Callable[[Desktop, Busy], None]] = {
    "OpenStepDialog": lambda desktop, busy: _dialogs(desktop).open_step(
        busy.setting, Rung.DEFAULT_NOTICE
    ),
    "ReviewStepDialog": lambda desktop, busy: _dialogs(desktop).review(
        busy.setting, _step(desktop, busy)
    ),
    "EndStepDialog": lambda desktop, busy: _dialogs(desktop).end(
        busy.setting, _step(desktop, busy)
    ),
    "StandDownDialog": lambda desktop, busy: _dialogs(desktop).stand_down(busy.setting),
    "LadderNoteDialog": lambda desktop, busy: _dialogs(desktop).note(
        busy.setting, Rung.PEER_SUPPORT
    ),
    "PersonDialog": lambda desktop, busy: _dialogs(desktop).person(busy.setting, None),
    "MovePersonDialog": lambda desktop, busy: _dialogs(desktop).move(_person(desktop, busy)),
}
