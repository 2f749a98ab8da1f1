"""Add an action, or bring one up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.errors import Refused
from visitapp.language import translate
from visitapp.rules.lifecycle import Need
from visitapp.rules.plans.states import OwnerSide
from visitapp.services.actions.actions import ActionChanges, Actions, PlanFields
from visitapp.services.views.actions import ActionSuggestion, ActionView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, type_again, whole_number
from visitapp.ui.words import action_statuses, priorities, verified_hows
from visitapp.vocabulary import choice_words


class ActionDialog(Dialog):
    """The fields of an action. `kept` carries the ActionView that was saved."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        heading: str,
        primary: str,
        save: Callable[[ActionDialog], ActionView],
        today: date,
        due_on: Callable[[str], date],
        themes: Mapping[str, str],
    ) -> None:
        super().__init__(parent, heading, primary)
        self._save = save
        self._due_on = due_on
        self._day_chosen = False
        self._first_due = self._today = today
        self._past_said: date | None = None
        self.title = QLineEdit()
        self.title.setPlaceholderText(translate("What will be done"))
        self.owner = QLineEdit()
        self.owner.setPlaceholderText(translate("A role, such as the registered manager"))
        self.priority = choices(translate("Priority"), priorities(), "medium")
        self.due = DayField(translate("Due"), today, ahead=True)
        self.due.show_day(due_on("medium"))
        self.status = choices(translate("Status"), {})
        self._needs: dict[str, frozenset[Need]] = {}
        self.reason = QLineEdit()
        self.how = choices(translate("Verified how"), verified_hows())
        self.note = QLineEdit()
        self.note.setPlaceholderText(translate("What you saw that shows it is done"))
        self.side = choices(translate("Whose action"), choice_words(OwnerSide))
        self.measure, self.target = QLineEdit(), QLineEdit()
        self.measure.setPlaceholderText(translate("Such as 95 % of charts complete for four weeks"))
        self.target.setPlaceholderText(translate("Such as 29, when 29 are to be done"))
        self.theme = choices(translate("Theme"), {"": translate("None"), **themes})
        self.detail = QPlainTextEdit()
        self.detail.setPlaceholderText(translate("What must be seen before it counts as done"))
        self.detail.setMaximumHeight(90)
        self.detail.setTabChangesFocus(True)
        self.add_field(translate("Action"), self.title)
        self.add_field(translate("Owner"), self.owner)
        self.add_field(translate("Priority"), self.priority)
        self.add_field(translate("Due"), self.due)
        self._status_caption = self.add_field(translate("Status"), self.status)
        self._step_fields: list[tuple[Need, QWidget, QWidget]] = [
            (Need.REASON, self.reason, self.add_field(translate("Reason"), self.reason)),
            (Need.HOW, self.how, self.add_field(translate("Verified how"), self.how)),
            (Need.PROOF, self.note, self.add_field(translate("Note"), self.note)),
        ]
        self.add_field(translate("Whose action"), self.side)
        self.add_field(translate("Success measure"), self.measure)
        self.add_field(translate("Progress is counted out of (optional)"), self.target)
        self.add_field(translate("Theme"), self.theme)
        self.add_field(translate("Detail"), self.detail)
        self.due.edited.connect(self._choose_day)
        self.due.edited.connect(self._show_needs)
        self.status.currentIndexChanged.connect(self._show_needs)
        self.priority.currentIndexChanged.connect(self._suggest_day)

    def offer_steps(self, needs: dict[str, frozenset[Need]]) -> None:
        """Offer the statuses that may be chosen, the present one first; a new action has none."""
        self._needs = needs
        self._first_due = self.due.day()
        for status in needs:
            self.status.addItem(action_statuses()[status], status)
        self.status.setVisible(bool(needs))
        self._status_caption.setVisible(bool(needs))
        self._show_needs()

    def choose_step(self, status: str) -> None:
        """Choose a status, and put the caret where something is to be typed for it, else where
        Enter saves. One that does not come next is not chosen, and said so."""
        place = self.status.findData(status)
        if place < 0:
            named_ = action_statuses()[status].lower()
            self.messages.show_text(
                translate("This action cannot become “{status}” from here.", status=named_)
            )
            return
        self.status.setCurrentIndex(place)
        needed = [field for need, field, _ in self._step_fields if need in self._now_needed()]
        typed = (field for field in needed if isinstance(field, QLineEdit))
        next(typed, self.status).setFocus()

    def _now_needed(self) -> set[Need]:
        """What the chosen step needs."""
        return set(self._needs.get(self.status.currentData() or "", ()))

    def _show_needs(self) -> None:
        """Show the fields that the chosen step needs, and a reason when the date moves later."""
        needs = self._now_needed()
        if Need.REASON_FOR_LATER in needs and self._is_later():
            needs.add(Need.REASON)
        for need, field, caption in self._step_fields:
            field.setVisible(need in needs)
            caption.setVisible(need in needs)

    def _is_later(self) -> bool:
        try:
            return self.due.day() > self._first_due
        except Refused:
            return False

    def prefill(self, title: str, priority: str, due_on: date) -> None:
        """Fill in what is suggested or recorded."""
        self.title.setText(title)
        self.priority.setCurrentIndex(list(priorities()).index(priority))
        self.due.show_day(due_on)

    def planned(self) -> PlanFields:
        """What a plan says of the action. Raises Refused for a target that is no number."""
        return {
            "owner_side": self.side.currentData(),
            "success_measure": self.measure.text().strip(),
            "theme": self.theme.currentData(),
            "target": whole_number(self.target.text(), "target"),
        }

    def attempt(self) -> None:
        """Save the action; one newly due on a past day when that is pressed twice."""
        try:
            if self._asks_about_past():
                return
            kept = self._save(self)
        except Refused:
            self._to_missing()
            raise
        self.kept.emit(kept)
        self.accept()

    def _asks_about_past(self) -> bool:
        """Say once that a day just given is past; the same day again is meant."""
        due = self.due.day()
        if due >= self._today or due in (self._first_due, self._past_said):
            return False
        self._past_said = due
        self.messages.show_text(
            translate(
                "This day is past. Press {primary} again to keep it.", primary=self.primary.text()
            )
        )
        type_again(self.due.text)
        return True

    def _to_missing(self) -> None:
        """Put the caret into the first field in view that something must be typed into."""
        steps = [field for _, field, _ in self._step_fields]
        for field in (self.title, *steps):
            if isinstance(field, QLineEdit) and field.isVisible() and not field.text().strip():
                field.setFocus()
                return

    def _choose_day(self) -> None:
        self._day_chosen = True

    def _suggest_day(self) -> None:
        """Another priority has another due day, until a day was chosen by hand."""
        if not self._day_chosen:
            self.due.show_day(self._due_on(self.priority.currentData()))


def new_action(
    parent: QWidget | None,
    actions: Actions,
    today: date,
    *,
    visit_id: str = "",
    setting_id: str = "",
    question: str = "",
    suggestion: ActionSuggestion | None = None,
) -> ActionDialog:
    """A dialog that adds an action to a visit's question, or to a setting's plan."""

    def save(given: ActionDialog) -> ActionView:
        return actions.add(
            visit_id or None,
            setting_id or None,
            given.title.text(),
            given.due.day(),
            given.priority.currentData(),
            owner=given.owner.text().strip(),
            question=question,
            detail=given.detail.toPlainText().strip(),
            **given.planned(),
        )

    heading = translate("Add an action")
    dialog = ActionDialog(
        parent, heading, translate("Add action"), save, today, actions.due_on, actions.themes()
    )
    dialog.offer_steps({})
    if suggestion is not None:
        dialog.prefill(suggestion.title, suggestion.priority, suggestion.due_on)
    return dialog


def edit_action(
    parent: QWidget | None, actions: Actions, today: date, action: ActionView
) -> ActionDialog:
    """A dialog that brings an action up to date."""

    def save(given: ActionDialog) -> ActionView:
        now = _fields(given)
        # What was not touched here may have been changed elsewhere meanwhile.
        changed = cast(ActionChanges, {name: now[name] for name in now if now[name] != was[name]})
        return actions.update(
            action.id,
            reason=given.reason.text(),
            how=given.how.currentData(),
            note=given.note.text(),
            **changed,
        )

    heading = translate("Action at {setting}", setting=action.setting)
    dialog = ActionDialog(
        parent, heading, translate("Save"), save, today, actions.due_on, actions.themes()
    )
    dialog.prefill(action.title, action.priority, action.due_on)
    dialog.owner.setText(action.owner)
    dialog.detail.setPlainText(action.detail)
    dialog.measure.setText(action.success_measure)
    dialog.target.setText("" if action.target is None else str(action.target))
    dialog.side.setCurrentIndex(dialog.side.findData(action.owner_side))
    dialog.theme.setCurrentIndex(max(0, dialog.theme.findData(action.theme)))
    dialog.offer_steps(actions.next_statuses(action.id))
    was = _fields(dialog)
    dialog.watch(lambda: actions.view(action.id))
    return dialog


def _fields(dialog: ActionDialog) -> dict[str, object]:
    """The fields of an action as the dialog shows them."""
    return {
        "title": dialog.title.text().strip(),
        "owner": dialog.owner.text().strip(),
        "priority": dialog.priority.currentData(),
        "due_on": dialog.due.day(),
        "status": dialog.status.currentData(),
        "detail": dialog.detail.toPlainText().strip(),
        **dialog.planned(),
    }
