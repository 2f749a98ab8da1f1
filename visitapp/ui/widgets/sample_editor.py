"""The answer to a sample: how many were checked, and how many of them met the standard."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit

from forms.model import Question
from visitapp.language import translate
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import fill
from visitapp.ui.widgets.fields import CountField
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.option_keys import OptionKeys
from visitapp.ui.widgets.segmented import KeyButton
from visitapp.ui.widgets.text import label
from visitapp.ui.widgets.typed_editor import ScoredEditor

ALL_MET = OptionKeys(("M",), "M")


class SampleEditor(ScoredEditor):
    """`Sample checked [5] of which met [3] 60%` and what that comes to."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.checked = CountField(translate("Sample checked: {ask}", ask=question.ask))
        self.met = CountField(translate("Of which met: {ask}", ask=question.ask))
        name = translate("All met: {ask}", ask=question.ask)
        self.all_met = KeyButton(translate("All met"), ALL_MET, kind="chip", name=name)
        self.all_met.clicked.connect(self._set_all_met)
        self._percent = label(size="small", tone="muted")
        row = Flow()
        fill(self, row)
        for field in (self.checked, self.met):
            field.setMaximumWidth(64)
            self.watch(field)
        row.add(beside(translate("Sample checked"), self.checked))
        row.add(beside(translate("of which met"), self.met, self.all_met))
        row.add(beside("", self._percent, self.result))
        row.add(self.aside)
        row.add(self.hint)

    def show_fields(self, answer: AnswerView) -> None:
        self.checked.show_count(answer.checked)
        self.met.show_count(answer.met)
        complete = bool(answer.checked) and answer.met is not None
        self._percent.setText(
            f"{100 * (answer.met or 0) // (answer.checked or 1)}%" if complete else ""
        )
        sample = {"checked": answer.checked, "met": answer.met} if complete else {}
        self.show_result({"value": answer.value} if answer.value is not None else sample)

    def shows(self, answer: AnswerView) -> bool:
        return (self.checked.count(), self.met.count()) == (answer.checked, answer.met)

    def problem(self) -> str:
        checked, met = self.checked.count(), self.met.count()
        if met is not None and checked is None:
            return translate("Say how many were checked.")
        if checked is not None and met is not None and met > checked:
            return translate("More were met than checked. Correct one of the two.")
        return ""

    def typed(self) -> dict[str, Any]:
        return {"checked": self.checked.count(), "met": self.met.count(), "value": None}

    def needs(self, field: QLineEdit) -> bool:
        return field is self.met and not self.met.text()

    def nothing_typed(self) -> dict[str, None]:
        return {"checked": None, "met": None}

    def press(self, key: str) -> bool:
        if key in ALL_MET.keys and self.isEnabled():
            self._set_all_met()
            return True
        return super().press(key)

    def _fit_result(self) -> None:
        super()._fit_result()
        self._percent.setVisible(not self.problem())

    def _set_all_met(self) -> None:
        """As many were met as were checked; with none checked yet, that is asked first."""
        if not self.checked.count():
            self.begin()
            return
        self.met.setText(self.checked.text())
        self.met.setFocus()
        self._typed()
        self.flush()
