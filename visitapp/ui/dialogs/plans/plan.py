"""Begin an improvement plan, change one, agree it, end it."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.plans.states import PlanStatus
from visitapp.services.plans.plans import Plans
from visitapp.services.plans.views import PlanView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word

USUAL_LENGTH = timedelta(weeks=26)


class PlanDialog(Dialog):
    """The goal, dates and people of a plan. `kept` carries the PlanView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        plans: Plans,
        setting_id: str,
        today: date,
        plan: PlanView | None = None,
    ) -> None:
        heading = translate("Change the plan") if plan else translate("Begin an improvement plan")
        super().__init__(
            parent, heading, translate("Save") if plan else translate("Begin the plan")
        )
        self._plans, self._setting, self._plan = plans, setting_id, plan
        self.goal = text_field(plan.goal if plan else "")
        self.goal.setPlaceholderText(translate("What will be true when the plan is met"))
        self.starts = DayField(translate("Starts"), today, ahead=True)
        self.ends = DayField(translate("Ends"), today, ahead=True)
        self.starts.show_day(plan.starts_on if plan else today)
        self.ends.show_day(plan.ends_on if plan else today + USUAL_LENGTH)
        self.people = QLineEdit(plan.provider_people if plan else "")
        self.people.setPlaceholderText(translate("Role and name, one or more"))
        self.add_field(translate("Goal"), self.goal)
        self.add_field(translate("Starts"), self.starts)
        self.add_field(translate("Ends"), self.ends)
        self.add_field(translate("Who answers for it at the provider"), self.people)
        self.by_name = {"goal": self.goal, "ends_on": self.ends, "provider_people": self.people}

    def attempt(self) -> None:
        """Save the plan."""
        goal, people = self.goal.toPlainText(), self.people.text()
        starts, ends = self.starts.day(), self.ends.day()
        if self._plan is None:
            view = self._plans.draft(self._setting, goal, starts, ends, people)
        else:
            view = self._plans.change(
                self._plan.id, goal=goal, starts_on=starts, ends_on=ends, provider_people=people
            )
        self.kept.emit(view)
        self.accept()


class AgreeDialog(Dialog):
    """`agreed` carries the PlanView."""

    agreed = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, plans: Plans, plan: PlanView, today: date) -> None:
        heading = translate("Agree version {n}", n=plan.version + 1)
        super().__init__(parent, heading, translate("Agree the plan"))
        self._plans, self._id = plans, plan.id
        teaching = translate(
            "This keeps the plan as it stands. What you change later waits for the next version."
        )
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        for what in plan.changed:
            self.column.addWidget(label(what, wrap=True))
        self.agreed_with = QLineEdit()
        self.agreed_with.setPlaceholderText(translate("Role and name"))
        self.day = DayField(translate("Agreed on"), today)
        self.day.show_day(today)
        self.add_field(translate("Agreed with"), self.agreed_with)
        self.add_field(translate("Agreed on"), self.day)
        self.by_name = {"agreed_with": self.agreed_with, "day": self.day}

    def attempt(self) -> None:
        """Agree it."""
        self.agreed.emit(self._plans.agree(self._id, self.agreed_with.text(), self.day.day()))
        self.accept()


class EndPlanDialog(Dialog):
    """Ends a plan, or reopens an ended one. `ended` carries the PlanView."""

    ended = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, plans: Plans, plan: PlanView) -> None:
        self._again = plan.status in (PlanStatus.MET, PlanStatus.NOT_MET)
        heading = translate("Reopen the plan") if self._again else translate("End the plan")
        super().__init__(parent, heading, heading)
        self._plans, self._id = plans, plan.id
        ends = [after for after in plan.next_states[1:] if after != PlanStatus.AGREED]
        self.after = choices(
            translate("How it ends"), {after: choice_word(PlanStatus, after) for after in ends}
        )
        if not self._again:
            self.add_field(translate("How it ends"), self.after)
        self.reason = text_field()
        self.add_field(translate("Reason"), self.reason)

    def attempt(self) -> None:
        """End it, or reopen it."""
        reason = self.reason.toPlainText()
        if self._again:
            self.ended.emit(self._plans.reopen(self._id, reason))
        else:
            self.ended.emit(self._plans.end(self._id, self.after.currentData(), reason))
        self.accept()
