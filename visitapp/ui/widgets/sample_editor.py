"""The answer to a sample: how many were checked, and how many of them met the standard."""

from __future__ import annotations

from forms.answers import scale_value
from forms.model import Question
from visitapp.services.views import AnswerView
from visitapp.ui.widgets.answer_editor import AnswerEditor, fill
from visitapp.ui.widgets.fields import CountField
from visitapp.ui.widgets.flow import Flow, beside
from visitapp.ui.widgets.idle import IdleSaver
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label


class SampleEditor(AnswerEditor):
    """`Sample checked [5] of which met [3] 60%` and what that comes to."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._question = question
        self.checked = CountField(self.tr("Sample checked: {ask}").format(ask=question.ask))
        self.met = CountField(self.tr("Of which met: {ask}").format(ask=question.ask))
        self._percent = label(size="small", tone="muted")
        self._result = RagChip("unrated")
        self._saver = IdleSaver(self._save, self)
        row = Flow()
        fill(self, row)
        for caption, field in (
            (self.tr("Sample checked"), self.checked),
            (self.tr("of which met"), self.met),
        ):
            row.add(beside(caption, field))
        row.add(beside("", self._percent, self._result))
        for field in (self.checked, self.met):
            field.setMaximumWidth(64)
            field.textEdited.connect(self._typed)
            field.editingFinished.connect(self._saver.flush)

    def show_answer(self, answer: AnswerView) -> None:
        self.checked.show_count(answer.checked)
        self.met.show_count(answer.met)
        complete = bool(answer.checked) and answer.met is not None
        self._percent.setText(
            f"{100 * (answer.met or 0) // (answer.checked or 1)}%" if complete else ""
        )
        value = (
            scale_value(self._question, {"checked": answer.checked, "met": answer.met})
            if complete
            else None
        )
        self._result.setVisible(value is not None)
        if value is not None:
            self._result.set_rag(value.rag or "unrated", value.label)

    def press(self, digit: int) -> None:
        self.begin()
        self.checked.setText(str(digit))
        self.checked.setModified(True)
        self.checked.deselect()
        self._typed()

    def begin(self) -> None:
        self.checked.setFocus()
        self.checked.selectAll()

    def flush(self) -> None:
        self._saver.flush()

    def _typed(self) -> None:
        self.typing.emit()
        self._saver.typed()

    def _save(self) -> None:
        checked, met = self.checked.count(), self.met.count()
        if checked is not None and met is not None and met > checked:
            self.invalid.emit(self.tr("More were met than checked. Correct one of the two."))
            return
        for field in (self.checked, self.met):
            field.setModified(False)
        self.give(checked=checked, met=met)
