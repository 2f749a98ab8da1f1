"""The lead's words on a returned visit, with a way to each question they name."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from forms.model import Form
from visitapp.language import translate
from visitapp.records import VisitStatus
from visitapp.services.views.visits import ReviewView
from visitapp.ui import words
from visitapp.ui.pages.visit.visit_state import VisitState
from visitapp.ui.widgets.card import Card, ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label

_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)+(?![\d]|\.\d)")


class _Words(ScrollColumn):
    """As high as its text, and no higher."""

    def __init__(self) -> None:
        super().__init__(translate("Returned for changes"), margins=(0, 0, 0, 0))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Expanding, policy.Maximum)

    def sizeHint(self) -> QSize:
        return QSize(0, self.body.heightForWidth(max(self.viewport().width(), 1)))

    def minimumSizeHint(self) -> QSize:
        least = self.fontMetrics().height() * 3
        return QSize(self.body.minimumSizeHint().width(), min(self.sizeHint().height(), least))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()


class ReturnedCard(QWidget):
    """Shown on top of a visit that was returned: at most a third of its page, so that it covers no
    question; longer words scroll. `asked` carries a question to go to."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        card = Card()
        card.setProperty("tone", "amber")
        self.text = label(wrap=True, strong=True)
        self.comment = label(wrap=True)
        self.questions = Flow()
        self._shown: ReviewView | None = None
        self._words = _Words()
        for part in (self.text, self.comment):
            self._words.column.addWidget(part)
        card.column.addWidget(self._words)
        card.column.addWidget(self.questions)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 0)
        column.addWidget(card)
        self.hide()

    def show_sheet(self, sheet: VisitState) -> None:
        """Show the newest return while the visit is returned and not signed off again."""
        returns = [r for r in sheet.view.reviews if r.decision == VisitStatus.RETURNED]
        shown = sheet.view.summary.status == VisitStatus.RETURNED and bool(returns)
        self.setVisible(shown)
        last = max(returns, key=lambda review: review.at) if shown else None
        if last == self._shown:
            return  # a link may have the focus
        self._shown = last
        self.questions.clear()
        if last is None:
            return
        self.text.setText(
            translate(
                "Returned by {who} on {day}. Correct the visit, then sign it off again.",
                who=last.by,
                day=words.day(last.at.astimezone().date()),
            )
        )
        self.comment.setText(last.comment)
        for question in named_questions(sheet.form, last.comment):
            number = sheet.form.questions[question].number
            link = button(translate("Go to {number}", number=number), kind="chip")
            link.clicked.connect(lambda _on, question=question: self.asked.emit(question))
            self.questions.add(link)
        self.questions.setVisible(bool(self.questions.parts()))
        self._words.updateGeometry()

    def focus_first(self) -> bool:
        """Focus the way to the first question that the words name; false when there is none."""
        for link in self.questions.parts()[:1]:
            link.setFocus()
        return bool(self.questions.parts())


def named_questions(form: Form, comment: str) -> list[str]:
    """The questions that a text names by number, in its order, each once."""
    by_number = {question.number: question.id for question in form.questions.values()}
    found = (by_number.get(number) for number in _NUMBER.findall(comment))
    return list(dict.fromkeys(question for question in found if question is not None))
