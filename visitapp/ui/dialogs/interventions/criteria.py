"""Set an exit criterion, and write down what was counted for one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.rules.interventions.states import BOUNDS, UNITS, Bound, Measure, Unit
from visitapp.services.interventions.criteria import ExitCriteria
from visitapp.services.interventions.views import CriterionView, InterventionView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import DayField, choices, number, whole_number
from visitapp.ui.widgets.text import label
from visitapp.vocabulary import choice_word, choice_words
from visitapp.vocabulary.interventions import needed_words


class CriterionDialog(Dialog):
    """`kept` carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, criteria: ExitCriteria, one: InterventionView
    ) -> None:
        heading = translate("Set an exit criterion")
        super().__init__(parent, heading, translate("Set it"))
        self._criteria, self._id = criteria, one.id
        self.text, self.needed, self.times = QLineEdit(), QLineEdit(), QLineEdit("1")
        self.checked_by = QLineEdit()
        self.question = choices(translate("Question"), criteria.questions(one.setting_id))
        self.measure = choices(translate("Measured by"), choice_words(Measure), Measure.READING)
        self.bound = choices(translate("Bound"), {})
        self.unit = choices(translate("Unit"), {})
        self.add_field(translate("What must hold"), self.text)
        self.add_field(translate("Measured by"), self.measure)
        self._asked = self.add_field(translate("Question"), self.question)
        self.add_field(translate("Bound"), self.bound)
        self.add_field(translate("Value needed"), self.needed)
        self.add_field(translate("Unit"), self.unit)
        self.add_field(translate("Times running"), self.times)
        self.add_field(translate("Who checks it, and on what (optional)"), self.checked_by)
        self.by_name = {
            "text": self.text,
            "needed": self.needed,
            "times": self.times,
            "question": self.question,
            "how_checked": self.checked_by,
        }
        self.measure.currentIndexChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        """Offer the bounds and units of the measure."""
        measure = Measure(self.measure.currentData())
        self.bound.clear()
        for bound in BOUNDS[measure]:
            self.bound.addItem(choice_word(Bound, bound), bound.value)
        self.unit.clear()
        for unit in UNITS[measure]:
            self.unit.addItem(choice_word(Unit, unit), unit.value)
        for part in (self._asked, self.question):
            part.setVisible(measure is Measure.ANSWER)

    def attempt(self) -> None:
        """Set it."""
        of_answers = self.measure.currentData() == Measure.ANSWER
        found = self._criteria.add(
            self._id,
            self.text.text(),
            self.measure.currentData(),
            number(self.needed.text(), "needed"),
            bound=self.bound.currentData(),
            unit=self.unit.currentData(),
            times=number(self.times.text(), "times"),
            question=(self.question.currentData() or "") if of_answers else "",
            how_checked=self.checked_by.text(),
        )
        self.kept.emit(found)
        self.accept()


class ReadingDialog(Dialog):
    """`kept` carries the InterventionView."""

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self, parent: QWidget | None, criteria: ExitCriteria, one: CriterionView, today: date
    ) -> None:
        super().__init__(parent, translate("Write down a reading"), translate("Save the reading"))
        self._criteria, self._id = criteria, one.id
        self.column.addWidget(label(one.text, strong=True, wrap=True))
        needed = needed_words(one.bound, one.unit, one.needed, one.times)
        self.column.addWidget(label(needed, tone="muted", wrap=True))
        self.counted, self.of, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self.day = DayField(translate("Counted on"), today)
        self.day.show_day(today)
        self.add_field(translate("Counted"), self.counted)
        self.add_field(translate("Of how many (optional for a number)"), self.of)
        self.add_field(translate("Counted on"), self.day)
        self.add_field(translate("Note (optional)"), self.note)
        self.by_name = {"counted": self.counted, "counted_of": self.of, "day": self.day}

    def attempt(self) -> None:
        """Save it."""
        found = self._criteria.read(
            self._id,
            number(self.counted.text(), "counted"),
            whole_number(self.of.text(), "counted_of"),
            day=self.day.day(),
            note=self.note.text(),
        )
        self.kept.emit(found)
        self.accept()


class DropCriterionDialog(Dialog):
    """Asks before a criterion is taken away. `kept` carries the InterventionView."""

    kept = Signal(object)

    def __init__(self, parent: QWidget | None, criteria: ExitCriteria, one: CriterionView) -> None:
        heading = translate("Remove the criterion")
        super().__init__(parent, heading, heading)
        self._criteria, self._id = criteria, one.id
        self.column.addWidget(label(one.text, strong=True, wrap=True))
        what = translate(
            "It no longer counts towards the end of the intervention. Its readings stay in the "
            "history."
        )
        self.column.addWidget(label(what, wrap=True))

    def attempt(self) -> None:
        """Take it away."""
        self.kept.emit(self._criteria.drop(self._id))
        self.accept()
