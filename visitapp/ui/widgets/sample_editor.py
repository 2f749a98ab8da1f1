"""The answer to a sample: how many were checked, and how many of them met the standard."""

from __future__ import annotations

from forms.model import Question
from visitapp.services.views.visits import AnswerView
from visitapp.ui.widgets.answer_editor import fill
from visitapp.ui.widgets.fields import CountField
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.text import label
from visitapp.ui.widgets.typed_editor import ScoredEditor


class SampleEditor(ScoredEditor):
    """`Sample checked [5] of which met [3] 60%` and what that comes to."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.checked = CountField(self.tr("Sample checked: {ask}").format(ask=question.ask))
        self.met = CountField(self.tr("Of which met: {ask}").format(ask=question.ask))
        self._percent = label(size="small", tone="muted")
        row = Flow()
        fill(self, row)
        for caption, field in (
            (self.tr("Sample checked"), self.checked),
            (self.tr("of which met"), self.met),
        ):
            row.add(beside(caption, field))
            field.setMaximumWidth(64)
            self.watch(field)
        row.add(beside("", self._percent, self.result))
        row.add(self.aside)

    def show_answer(self, answer: AnswerView) -> None:
        self.checked.show_count(answer.checked)
        self.met.show_count(answer.met)
        complete = bool(answer.checked) and answer.met is not None
        self._percent.setText(
            f"{100 * (answer.met or 0) // (answer.checked or 1)}%" if complete else ""
        )
        sample = {"checked": answer.checked, "met": answer.met} if complete else {}
        self.show_result({"value": answer.value} if answer.value is not None else sample)

    def nothing_typed(self) -> dict[str, None]:
        return {"checked": None, "met": None}

    def save(self) -> None:
        checked, met = self.checked.count(), self.met.count()
        if checked is not None and met is not None and met > checked:
            self.invalid.emit(self.tr("More were met than checked. Correct one of the two."))
            return
        self.give_typed(checked=checked, met=met, value=None)
