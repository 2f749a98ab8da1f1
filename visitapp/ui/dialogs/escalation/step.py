"""Open a step of the ladder, review or end one, end the escalation, note what happened."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.choices import Position
from visitapp.rules.escalation.states import LadderNoteKind, Rung, RungOutcome
from visitapp.services.escalation.escalations import Escalations
from visitapp.services.escalation.opening import Opening
from visitapp.services.escalation.views import Draft, StepView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, text_field
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word, choice_words


class OpenStepDialog(Dialog):
    """`kept` carries the EscalationView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        escalations: Escalations,
        setting_id: str,
        draft: Draft,
        today: date,
    ) -> None:
        heading = translate("Open: {step}", step=choice_word(Rung, draft.rung))
        super().__init__(parent, heading, translate("Open the step"), width=640)
        self._escalations, self._id, self._draft = escalations, setting_id, draft
        self.reason, self.remedy, self.skip = text_field(), text_field(), text_field()
        self.support, self.authority = QLineEdit(), QLineEdit()
        self.clause = QLineEdit(draft.clause)
        self.day = DayField(translate("Decided on"), today)
        self.day.show_day(today)
        self.due = DayField(translate("Due"), today, ahead=True)
        self.review = DayField(translate("Review on"), today, ahead=True)
        self.contract = choices(translate("Contract"), draft.contracts)
        self.also = PickList(translate("Also decided for"))
        self.also.show_items(draft.others.items(), ())
        self._lay_out()
        self.by_name = {"reason": self.reason}

    def _lay_out(self) -> None:
        draft = self._draft
        if draft.closes:
            teaching = translate(
                "A suspension closes the setting to new placements until it ends. People who live "
                "there stay."
            )
            self.column.addWidget(label(teaching, tone="amber", wrap=True))
        self.add_field(translate("Reason"), self.reason)
        if draft.skipped:
            over = ", ".join(choice_word(Rung, rung) for rung in draft.skipped)
            self.column.addWidget(label(translate("Passes over: {steps}.", steps=over), wrap=True))
            self.add_field(translate("Why are they passed over?"), self.skip)
        if draft.remedied:
            self.add_field(translate("What must be put right"), self.remedy)
        if draft.rung == Rung.PEER_SUPPORT:
            self.add_field(translate("Support from, with contact"), self.support)
        if draft.rung == Rung.LOSS_OF_PROVIDER:
            self.add_field(translate("Commanders, gold and silver, by role"), self.support)
        self.add_field(translate("Decided on"), self.day)
        for field, day in ((self.due, draft.due_on), (self.review, draft.review_on)):
            if day is not None:
                field.show_day(day)
                self.add_field(field.accessibleName(), field)
        if len(draft.contracts) > 1:
            self.add_field(translate("Contract"), self.contract)
        self.add_field(translate("Clause of the contract (a letter needs it)"), self.clause)
        self.add_field(_authority(draft), self.authority)
        if draft.others:
            self.add_field(translate("Also decided for (Space ticks)"), self.also)

    def attempt(self) -> None:
        """Open it."""
        draft = self._draft
        opening = Opening(
            reason=self.reason.toPlainText(),
            on=self.day.day(),
            contract_id=self.contract.currentData() if draft.contracts else None,
            clause=self.clause.text(),
            remedy=self.remedy.toPlainText(),
            support=self.support.text(),
            authority=self.authority.text(),
            due_on=self.due.day() if draft.due_on else None,
            review_on=self.review.day() if draft.review_on else None,
            skip_reason=self.skip.toPlainText(),
        )
        also = self.also.ticked()
        self.kept.emit(self._escalations.open(self._id, draft.rung, opening, also))
        self.accept()


def _authority(draft: Draft) -> str:
    if draft.on_authority_of:
        return translate("Delegation or minute of {who}", who=draft.on_authority_of)
    return translate("Delegation or minute (optional)")


class ReviewStepDialog(Dialog):
    """`kept` carries the EscalationView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        escalations: Escalations,
        setting_id: str,
        step: StepView,
        today: date,
    ) -> None:
        heading = translate("Review: {step}", step=step.word)
        super().__init__(parent, heading, translate("Record the review"))
        self._escalations, self._id, self._step = escalations, setting_id, step
        self.reason = text_field()
        self._reviewed = step.review_on is not None
        name = translate("Review again on") if self._reviewed else translate("New due date")
        self.day = DayField(name, today, ahead=True)
        self.add_field(translate("What was seen, and why it goes on"), self.reason)
        self.add_field(name, self.day)
        self.by_name = {"reason": self.reason}

    def attempt(self) -> None:
        """Record it."""
        day = self.day.day()
        view = self._escalations.review(
            *(self._id, self._step.rung, self.reason.toPlainText()),
            due_on=None if self._reviewed else day,
            review_on=day if self._reviewed else None,
        )
        self.kept.emit(view)
        self.accept()


class EndStepDialog(Dialog):
    """`kept` carries the EscalationView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        escalations: Escalations,
        setting_id: str,
        step: StepView,
    ) -> None:
        super().__init__(
            parent, translate("End: {step}", step=step.word), translate("End the step")
        )
        self._escalations, self._id, self._step = escalations, setting_id, step
        self.outcome = choices(translate("What came of it"), choice_words(RungOutcome))
        self.reason, self.condition = text_field(), text_field()
        options = choice_words(Position)
        del options[Position.NOT_ASSESSED]
        self.position = choices(translate("New placements from now on"), options, Position.OPEN)
        self.add_field(translate("What came of it"), self.outcome)
        self.add_field(translate("Reason"), self.reason)
        self._closes = step.rung == Rung.SUSPENSION
        if self._closes:
            self.add_field(translate("New placements from now on"), self.position)
            self._caption = self.add_field(translate("Condition, in words"), self.condition)
            self.position.currentIndexChanged.connect(self._position_chosen)
            self._position_chosen()
        self.by_name = {"reason": self.reason, "condition": self.condition}

    def _position_chosen(self) -> None:
        conditional = self.position.currentData() == Position.CONDITIONAL
        self._caption.setVisible(conditional)
        self.condition.setVisible(conditional)

    def attempt(self) -> None:
        """End it."""
        conditional = self.position.currentData() == Position.CONDITIONAL
        view = self._escalations.end(
            *(self._id, self._step.rung, self.outcome.currentData(), self.reason.toPlainText()),
            position=self.position.currentData(),
            condition=self.condition.toPlainText() if conditional else "",
        )
        self.kept.emit(view)
        self.accept()


class StandDownDialog(Dialog):
    """`kept` carries the EscalationView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(self, parent: QWidget | None, escalations: Escalations, setting_id: str) -> None:
        heading = translate("End the escalation")
        super().__init__(parent, heading, heading)
        self._escalations, self._id = escalations, setting_id
        self.reason = text_field()
        self.add_field(translate("Reason"), self.reason)
        self.by_name = {"reason": self.reason}

    def attempt(self) -> None:
        """End it."""
        self.kept.emit(self._escalations.stand_down(self._id, self.reason.toPlainText()))
        self.accept()


class LadderNoteDialog(Dialog):
    """`kept` carries the EscalationView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        escalations: Escalations,
        setting_id: str,
        rung: str,
        today: date,
    ) -> None:
        super().__init__(parent, translate("Add a note"), translate("Add the note"))
        self._escalations, self._id = escalations, setting_id
        teaching = translate("A note stays as written. Correct a mistake with another one.")
        self.column.addWidget(label(teaching, tone="muted", wrap=True))
        self.text, self.with_whom = text_field(), QLineEdit()
        self.kind = choices(translate("Kind of note"), choice_words(LadderNoteKind))
        self.rung = choices(translate("Step"), choice_words(Rung), rung)
        self.day = DayField(translate("Date"), today)
        self.day.show_day(today)
        self.add_field(translate("What happened"), self.text)
        self.add_field(translate("Kind of note"), self.kind)
        self.add_field(translate("Step"), self.rung)
        self.add_field(translate("With whom, by role (optional)"), self.with_whom)
        self.add_field(translate("Date"), self.day)
        self.by_name = {"text": self.text, "held_on": self.day, "with_whom": self.with_whom}

    def attempt(self) -> None:
        """Add it."""
        view = self._escalations.note(
            self._id,
            self.rung.currentData(),
            self.kind.currentData(),
            self.text.toPlainText(),
            with_whom=self.with_whom.text(),
            on=self.day.day(),
        )
        self.kept.emit(view)
        self.accept()
