"""What an earlier visit recorded for a question, and a way to confirm that it is unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.visits import LastTime
from visitapp.ui import words
from visitapp.ui.pages.visit.question.card_lines import QuietLine, offer
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Quote
from visitapp.ui.widgets.text import label


class LastTimeLines(QWidget):
    """`confirmed`: the answer of then was found unchanged."""

    confirmed = Signal()

    def __init__(self, question: Question, last: LastTime, sheet: VisitState) -> None:
        super().__init__()
        self._question, self._sheet = question, sheet
        self.offer = offer(
            translate("Unchanged (key {key})", key="="),
            translate("Confirm as unchanged: {a}", a=question.ask),
        )
        self.offer.setProperty("tone", "")
        self.offer.clicked.connect(self.confirmed)
        self._line = QuietLine("green")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        told = last_time_line(last, sheet.form.kind, sheet.view.previous_visit_on)
        column.addWidget(Quote(told))
        column.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._line)

    def show_sheet(self) -> None:
        """Offer the confirmation while nothing is answered, or say that it was given."""
        day = self._sheet.answer(self._question.id).confirmed_from
        can = bool(self._sheet.confirmable(self._question.id)) and not self._sheet.frozen
        self.offer.setVisible(can and not self._sheet.answered(self._question))
        confirmed = translate("Confirmed unchanged since {day}.", day=words.day(day)) if day else ""
        self._line.say(confirmed)


def last_time_line(last: LastTime, kind: str, previous: date | None) -> QLabel:
    """What the last visit, or the last assessment on a form of another kind, recorded.

    `previous` is the day of the visit before, which may not have asked this question.
    """
    day = words.day(last.visited_on)
    if last.visited_on != previous:
        told = translate("Last answer, {day}:", day=day)
    elif kind == "visit":
        told = translate("Last visit, {day}:", day=day)
    else:
        told = translate("Last assessment, {day}:", day=day)
    line = escape(told)
    line += f" <b>{escape(last.label)}</b>"
    if last.answer.note:
        line += escape(f", “{last.answer.note}”")
    if last.measured_differently:
        line += escape(" " + translate("(measured differently)"))
    made = label(size="small", wrap=True)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText("<br>".join([line, *_with_it(last)]))
    return made


def _with_it(last: LastTime) -> Iterator[str]:
    """The evidence of then, and the actions as they are now."""
    if last.evidence:
        yield escape(translate("Evidence: {titles}", titles="; ".join(last.evidence)))
    statuses = words.action_statuses()
    for action in last.actions:
        told = translate(
            "Action: {title}. {status}, due {day}.",
            title=action.title.rstrip("."),
            status=statuses[action.status],
            day=words.day(action.due_on),
        )
        yield escape(told)
