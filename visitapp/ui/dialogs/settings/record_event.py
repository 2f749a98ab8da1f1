"""Record a significant event at a setting, which may change its rating at once."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.rules.choices import EventKind, Rag
from visitapp.services.events.events import Events
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_words


class EventDialog(Dialog):
    """`recorded` carries the EventView. What the user may not change is said before it is typed."""

    recorded = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        events: Events,
        setting: tuple[str, str, str],
        today: date,
    ) -> None:
        """`setting`: its id, its name and the rating that stands."""
        heading = translate("Record a significant event")
        super().__init__(parent, heading, translate("Record"), width=560)
        self._events = events
        self._id, name, rag = setting
        self.column.addWidget(label(name, strong=True, wrap=True))
        now = translate("Rating now: {rag}", rag=words.rag_word(rag))
        self.column.addWidget(label(now, tone="muted", wrap=True))
        kinds = choice_words(EventKind)
        del kinds[EventKind.AUDIT]
        self.kind = choices(translate("Kind of event"), kinds, EventKind.SERIOUS_INCIDENT)
        self.day = DayField(translate("Date"), today)
        self.day.show_day(today)
        self.text, self.reason = QPlainTextEdit(), QPlainTextEdit()
        self.source = QLineEdit()
        rags: dict[str, str] = {"": translate("The rating stays")}
        rags |= {one: words.rag_word(one) for one in (Rag.RED, Rag.AMBER, Rag.GREEN)}
        self.rag = choices(translate("Rating from now on"), rags)
        self._objection = label(tone="red", wrap=True)
        self.review = DayField(translate("Review on"), today, ahead=True)
        self.review.show_day(events.latest_review())
        self._lay_out()
        self.by_name = {"text": self.text, "source": self.source, "reason": self.reason}
        self.rag.currentIndexChanged.connect(self._rag_chosen)
        self._rag_chosen()

    def _lay_out(self) -> None:
        for text in (self.text, self.reason):
            text.setTabChangesFocus(True)
            text.setMinimumHeight(64)
        self.add_field(translate("Kind of event"), self.kind)
        self.add_field(translate("Date"), self.day)
        self.add_field(translate("What happened"), self.text)
        self.add_field(translate("Reported by (a role, not a person's name)"), self.source)
        self.add_field(translate("Rating from now on"), self.rag)
        self.column.addWidget(self._objection)
        self._reason_caption = self.add_field(
            translate("Reason for changing the rating"), self.reason
        )
        self._review_caption = self.add_field(translate("Review on"), self.review)

    def _rag_chosen(self) -> None:
        rag = self.rag.currentData()
        for caption in (self._reason_caption, self._review_caption):
            caption.setVisible(bool(rag))
        self.reason.setVisible(bool(rag))
        self.review.setVisible(bool(rag))
        why = self._events.objection(self._id, rag) if rag else ""
        self._objection.setText(why)
        self._objection.setVisible(bool(why))
        self.primary.setEnabled(not why)

    def at_fault(self, problem: VisitappError) -> QWidget | None:
        """The first field that lacks what it must say."""
        for field in (self.text, self.reason):
            if field.isVisible() and not field.toPlainText().strip():
                return field
        return super().at_fault(problem)

    def attempt(self) -> None:
        """Record it."""
        rag = self.rag.currentData() or None
        self.recorded.emit(
            self._events.record(
                self._id,
                self.kind.currentData(),
                self.text.toPlainText(),
                happened_on=self.day.day(),
                source=self.source.text(),
                rag=rag,
                reason=self.reason.toPlainText() if rag else "",
                review_on=self.review.day() if rag else None,
            )
        )
        self.accept()
