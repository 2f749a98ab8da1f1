"""What is known of one concern."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.rules.choices import ActionStatus
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernStage,
    ConcernStatus,
    Harm,
)
from visitapp.services.concerns.views import ConcernView, LimitView
from visitapp.ui import words
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_word


class ConcernFacts(QWidget):
    """`evidence_opened` carries an EvidenceView."""

    evidence_opened = Signal(object)

    def __init__(self, one: ConcernView, themes: Mapping[str, str]) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._show_said(one, themes)
        self._show_tied(one)
        for limit in one.limits:
            tone = "red" if limit.late else "muted"
            self._column.addWidget(label(_limit(limit), size="small", tone=tone, wrap=True))
        for line in one.updates:
            at = words.day(line.at.astimezone().date())
            told = translate("told: {who}", who=line.told) if line.told else ""
            text = words.joined(at, line.by, told, line.text)
            self._column.addWidget(label(text, size="small", wrap=True))

    def _show_said(self, one: ConcernView, themes: Mapping[str, str]) -> None:
        row = one.row
        for text in (
            ", ".join(themes.get(theme, theme) for theme in row.themes),
            words.joined(row.person, row.reference),
        ):
            if text:
                self._column.addWidget(label(text, tone="muted", wrap=True))
        for text in (
            one.text,
            _said(translate("Provider's reply: {text}"), one.reply),
            _said(translate("Lesson: {text}"), one.lesson),
            _said(translate("Handled by {text}"), row.handler),
            _said(
                translate("Level of harm: {text}"), choice_word(Harm, one.harm) if one.harm else ""
            ),
            _said(translate("Investigated by {text}"), one.investigator),
            _said(translate("Causes: {text}"), one.causes),
            _said(translate("Learned: {text}"), one.learned),
        ):
            if text:
                self._column.addWidget(label(text, wrap=True))
        state = choice_word(ConcernStatus, row.status)
        if row.decision:
            state = words.joined(state, choice_word(ConcernDecision, row.decision), one.reason)
        self._column.addWidget(label(state, strong=True, wrap=True))

    def _show_tied(self, one: ConcernView) -> None:
        """The concerns, actions and evidence that it is tied to."""
        lines = [
            _said(translate("Repeats: {text}"), one.repeat_of),
            *(_said(translate("Repeated by: {text}"), later) for later in one.repeated_by),
            *(
                translate(
                    "Action: {title}, due {day}, {state}",
                    title=action.title,
                    day=words.day(action.due_on),
                    state=choice_word(ActionStatus, action.status).lower(),
                )
                for action in one.actions
            ),
        ]
        for text in filter(None, lines):
            self._column.addWidget(label(text, wrap=True))
        for piece in one.evidence:
            name = translate("Evidence: {title}", title=piece.title)
            way = button(name, kind="link")
            way.clicked.connect(lambda _=False, shown=piece: self.evidence_opened.emit(shown))
            self._column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)


def _said(template: str, text: str) -> str:
    return template.format(text=text) if text else ""


def _limit(limit: LimitView) -> str:
    stage, day = choice_word(ConcernStage, limit.stage), words.day(limit.due_on)
    due = translate("{stage}: due {day}", stage=stage, day=day)
    if limit.due_at is not None:
        due = translate("{due} at {time}", due=due, time=f"{limit.due_at.astimezone():%H:%M}")
    done = translate("done") if limit.done else ""
    late = translate("late") if limit.late else ""
    information = "" if limit.counts else translate("for information")
    return words.joined(due, done, late, information)
