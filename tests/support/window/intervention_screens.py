"""How the dialogs about interventions are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.window.windows import Desktop
from visitapp.services.interventions.views import InterventionView
from visitapp.services.services import Services

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy, Opener


REASON = "Three visits in a row found doses that were signed for and never given to people."


def fill_intervention(services: Services, setting: str) -> None:
    """An intervention that waits for a lead, with one exit criterion."""
    made = services.interventions.refer(setting, REASON, REASON)
    services.exit_criteria.add(made.id, REASON, "reading", 95)


def _one(desktop: Desktop, busy: Busy) -> InterventionView:
    interventions = desktop.services.interventions
    return interventions.view(interventions.list(busy.setting)[0].id)


INTERVENTION_OPENERS: dict[str, Opener] = {
    "ReferDialog": lambda desktop, busy: desktop.window.dialogs.interventions.refer(busy.setting),
    "AcceptDialog": lambda desktop, busy: desktop.window.dialogs.interventions.accept(
        _one(desktop, busy)
    ),
    "InterventionStepDialog": lambda desktop, busy: desktop.window.dialogs.interventions.step(
        _one(desktop, busy)
    ),
    "CriterionDialog": lambda desktop, busy: desktop.window.dialogs.interventions.criterion(
        _one(desktop, busy)
    ),
    "ReadingDialog": lambda desktop, busy: desktop.window.dialogs.interventions.read(
        _one(desktop, busy).criteria[0]
    ),
    "ChangeDialog": lambda desktop, busy: desktop.window.dialogs.interventions.change(
        _one(desktop, busy)
    ),
    "DropCriterionDialog": lambda desktop, busy: desktop.window.dialogs.interventions.drop(
        _one(desktop, busy).criteria[0]
    ),
    "SeriesDialog": lambda desktop, busy: desktop.window.dialogs.interventions.plan(
        _one(desktop, busy)
    ),
}
