"""What earlier visits left to do, to be verified, reopened or moved on site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from visitapp.language import plural, translate
from visitapp.rules.choices import ActionStatus
from visitapp.services.views.visits import OpenAction
from visitapp.ui import words
from visitapp.ui.widgets.card import Card, clear, rule
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button, label, named

SOON = timedelta(days=14)
"""An action in progress that is due later than this waits behind “Show”."""

STEPS = {Qt.Key.Key_V: "verify", Qt.Key.Key_R: "not_yet", Qt.Key.Key_X: "extend"}
"""The keys of an action in focus."""


class OpenActionLine(QFrame):
    """One action with its steps. `asked` carries the step."""

    asked = Signal(str)

    def __init__(self, opened: OpenAction, today: date) -> None:
        super().__init__()
        self.opened = opened
        action = opened.action
        self.done = action.status == ActionStatus.DONE
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        named(self, translate("Action: {line}", line=action.title))
        self.setProperty("kind", "action")
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        column.addWidget(label(action.title, size="small", strong=True, wrap=True))
        column.addWidget(label(self._told(today), size="small", tone=self._tone(), wrap=True))
        steps = Flow()
        for key, (step, text) in zip("VRX", self._offers().items(), strict=True):
            if step == "not_yet" and not self.done:
                continue
            shown = f"{text} ({key})"
            way = button(shown, kind="chip", name=f"{text}: {action.title}")
            way.clicked.connect(lambda _checked=False, step=step: self.asked.emit(step))
            steps.add(way)
        column.addWidget(steps)

    @staticmethod
    def _offers() -> dict[str, str]:
        return {
            "verify": translate("Verified"),
            "not_yet": translate("Not yet"),
            "extend": translate("Extend"),
        }

    def _told(self, today: date) -> str:
        action, count = self.opened.action, len(self.opened.evidence)
        attached = plural("{n} attached", "{n} attached", count) if count else ""
        if self.done and action.done_on is not None:
            done = translate("Done {day}", day=words.near_day(action.done_on, today))
            return words.joined(done, attached)
        due = translate("Due {day}", day=words.near_day(action.due_on, today))
        late = action.overdue_days
        overdue = plural("{n} day overdue", "{n} days overdue", late) if late else ""
        return words.joined(due, overdue, attached)

    def _tone(self) -> str:
        return "red" if self.opened.action.overdue_days else "muted"

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the steps from the page, whose answers have the same letters."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in STEPS
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() or event.isAutoRepeat():
            super().keyPressEvent(event)
        elif step != "not_yet" or self.done:
            self.asked.emit(step)


class OpenActionsCard(Card):
    """The open actions of a visit's setting. `asked` carries one of them and a step."""

    asked = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._title = label(size="small", strong=True)
        self.column.addWidget(self._title)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.column.addLayout(self._list)
        self._shown: tuple[Sequence[OpenAction], bool] | None = None
        self._all = False
        self._lines: list[OpenActionLine] = []
        self._today = date.min

    def lines(self) -> list[OpenActionLine]:
        """What is shown, in order."""
        return self._lines

    def focus_first(self) -> bool:
        """Focus the first action; false when there is none."""
        lines = self.lines()
        if lines:
            # A line just made is shown by the event loop, and what is not shown takes no focus.
            lines[0].show()
            lines[0].setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(lines)

    def show_actions(self, opened: Sequence[OpenAction], today: date, *, frozen: bool) -> None:
        """Show what is left to do; nothing on a visit that is signed off."""
        self.setVisible(bool(opened) and not frozen)
        if self._shown == (opened, self._all):
            return
        self._shown, self._today = (opened, self._all), today
        now = [one for one in opened if self._all or self._is_now(one)]
        waiting = sum(one.action.status == ActionStatus.DONE for one in opened)
        title = translate("Open actions from earlier: {n}", n=len(opened))
        verify = translate("{n} to verify", n=waiting) if waiting else ""
        self._title.setText(words.joined(title, verify))
        clear(self._list)
        self._lines = []
        for place, one in enumerate(now):
            if place:
                self._list.addWidget(rule())
            line = OpenActionLine(one, today)
            line.asked.connect(lambda step, one=one: self.asked.emit(one, step))
            self._list.addWidget(line)
            self._lines.append(line)
        if rest := len(opened) - len(now):
            text = plural("Show {n} more that is not due", "Show {n} more that are not due", rest)
            more = button(text, kind="link")
            more.clicked.connect(self._show_all)
            self._list.addWidget(more)

    def _is_now(self, one: OpenAction) -> bool:
        done = one.action.status == ActionStatus.DONE
        return done or one.action.due_on <= self._today + SOON

    def _show_all(self) -> None:
        opened = self._shown[0] if self._shown else ()
        self._all = True
        self.show_actions(opened, self._today, frozen=False)
        self.focus_first()
