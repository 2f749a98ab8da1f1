"""One named result of an outcome: its title, its rating, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from forms.levels import outcome_label
from forms.model import Form
from forms.rating.outcome import ResultOutcome
from visitapp.ui import words
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.rag_chip import RagChip
from visitapp.ui.widgets.text import label


class ResultRow(QWidget):
    """A chip of its own beside the title; the reasons below."""

    def __init__(self, form: Form, result: ResultOutcome) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(2)
        head = Flow()
        word = words.graded(result.rag, outcome_label(form, result))
        percent = "" if result.percent is None else f"{result.percent}%"
        head.add(label(words.joined(result.title, percent), size="small", strong=True))
        head.add(RagChip(result.rag, word))
        column.addWidget(head)
        for reason in result.because:
            column.addWidget(label(reason.text, size="small", wrap=True))
