"""Every version of a plan as it was agreed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.plans.views import PlanVersion
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.widgets.card import Card, clear
from visitapp.ui.widgets.text import label


class VersionsDialog(Dialog):
    """One version at a time, the newest first."""

    def __init__(self, parent: QWidget | None, versions: Sequence[PlanVersion]) -> None:
        super().__init__(parent, translate("Versions of the plan"), translate("Close"), width=640)
        self.cancel.hide()
        self._versions = {str(one.version): one for one in reversed(versions)}
        names = {key: _name(one) for key, one in self._versions.items()}
        self.which = choices(translate("Version"), names)
        self.add_field(translate("Version"), self.which)
        self.which.currentIndexChanged.connect(self._show)
        self._card = Card()
        self.column.addWidget(self._card)
        self._show()

    def _show(self) -> None:
        one = self._versions[self.which.currentData()]
        clear(self._card.column)
        for line in version_texts(one):
            self._card.column.addWidget(label(line, wrap=True))

    def attempt(self) -> None:
        """Close."""
        self.accept()


def version_texts(one: PlanVersion) -> list[str]:
    """A version in lines: the goal, the dates, and each action as it was agreed."""
    plan = one.plan
    dates = translate(
        "{first} to {last}", first=words.day(plan.starts_on), last=words.day(plan.ends_on)
    )
    lines = [
        plan.goal,
        words.joined(dates, plan.provider_people),
        translate("Agreed {day} by {who}", day=words.day(one.agreed_on), who=one.agreed_by),
    ]
    for action in plan.actions:
        measure = action.success_measure or translate("no success measure")
        due = translate("due {day}", day=words.day(action.due_on))
        lines.append(words.joined(f"{action.number} {action.title}", due, measure))
    return lines


def _name(one: PlanVersion) -> str:
    return translate(
        "Version {n}, agreed {day} with {whom}",
        n=one.version,
        day=words.day(one.agreed_on),
        whom=one.agreed_with,
    )
