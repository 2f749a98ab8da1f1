"""Answers of the visit that this version of its form does not take."""

from __future__ import annotations

from collections.abc import Sequence

from visitapp.language import translate
from visitapp.services.views.form_upgrade import KeptAside
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.text import label


class KeptAsideCard(Card):
    """Hidden when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def show_answers(self, kept: Sequence[KeptAside]) -> None:
        """Show each with what was recorded."""
        clear(self.column)
        self.setVisible(bool(kept))
        heading = translate("Answers kept, not counted  {n}", n=len(kept))
        self.column.addWidget(label(heading, size="small", strong=True))
        about = translate("Recorded on another version of the form. Kept, but not counted.")
        self.column.addWidget(label(about, size="small", tone="muted", wrap=True))
        for one in kept:
            self.column.addWidget(rule())
            for line in kept_aside_lines(one):
                self.column.addWidget(label(line, size="small", wrap=True))


def kept_aside_lines(kept: KeptAside) -> list[str]:
    """The question, what was recorded, and why it is not counted, a line each."""
    why = {
        "gone": translate("This version does not ask this question."),
        "other_kind": translate("This version needs a different kind of answer."),
    }
    asked = f"{kept.number} {kept.ask}".strip() or kept.question
    recorded = words.joined(kept.answer, kept.note, kept.reason, *kept.evidence)
    return [line for line in (asked, recorded, why.get(kept.why, "")) if line]
