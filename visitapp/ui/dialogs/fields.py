"""Fields that several dialogs use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.dates import short_weekday, typed_day, weekday
from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.rules.visiting.working_days import is_weekend
from visitapp.ui.widgets.choice_box import ChoiceBox
from visitapp.ui.widgets.fields import read_day
from visitapp.ui.widgets.text import label, named, set_tone
from visitapp.ui.words import day

DAYS_BY_KEY = {
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_PageUp: 7,
    Qt.Key.Key_PageDown: -7,
}
"""How far a key moves a day."""


def choices(name: str, options: Mapping[str, str], chosen: str = "") -> QComboBox:
    """A list of which one is chosen; `currentData` is its key."""
    box = named(ChoiceBox(), name)
    for key, text in options.items():
        box.addItem(text, key)
    if chosen in options:
        box.setCurrentIndex(list(options).index(chosen))
    return box


def text_field(text: str = "") -> QPlainTextEdit:
    """A field of a few lines, which Tab leaves."""
    field = QPlainTextEdit(text)
    field.setTabChangesFocus(True)
    field.setFixedHeight(64)
    return field


def type_again(field: QLineEdit) -> None:
    """Put the caret into a field whose value was refused, so that typing replaces it."""
    field.setFocus()
    field.selectAll()


class NotADay(Refused):
    """What was typed into a field is not a day."""

    def __init__(self, field: DayField) -> None:
        super().__init__(
            Code.BAD_VALUE,
            message("“{text}” is not a day.", text=field.text.text()),
            message("Type it as 28/11, 28/11/2026 or +14 (days from today)."),
        )
        self.widget = field


class DayField(QWidget):
    """A day, typed as people write it, with what it is taken for below. The arrow keys move it by
    a day, Page Up and Page Down by a week.

    `edited` says that a person changed it. With `ahead` the day should not be past nor on a
    weekend, as the due day of an action; that is said, and not refused.
    """

    edited = Signal()

    def __init__(self, name: str, today: date, *, ahead: bool = False) -> None:
        super().__init__()
        self._today, self._ahead = today, ahead
        self.text = named(_DayText(self._move), name)
        self.text.setPlaceholderText(translate("Such as 28/11, 28/11/2026 or +14"))
        self.hint = label(size="small", tone="muted", wrap=True)
        self.text.textEdited.connect(self._typed)
        self.setFocusProxy(self.text)
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.text)
        column.addWidget(self.hint)

    def show_day(self, shown: date) -> None:
        """Show a day."""
        self.text.setText(f"{short_weekday(shown)} {typed_day(shown)}")
        self._show_hint()

    def show_text(self, typed: str) -> None:
        """Show what somebody typed, or nothing for a day that nobody chose yet."""
        self.text.setText(typed)
        self._show_hint()

    def day(self) -> date:
        """The day typed. Raises NotADay."""
        found = read_day(self.text.text(), self._today)
        if found is None:
            raise NotADay(self)
        return found

    def _typed(self) -> None:
        self._show_hint()
        self.edited.emit()

    def _move(self, days: int) -> None:
        found = read_day(self.text.text(), self._today) or self._today
        self.show_day(found + timedelta(days=days))
        self.edited.emit()

    def _show_hint(self) -> None:
        found = read_day(self.text.text(), self._today)
        text, tone = self._said(found)
        self.hint.setText(text)
        self.hint.setVisible(bool(text))
        set_tone(self.hint, tone)
        self.text.setAccessibleDescription(text)

    def _said(self, found: date | None) -> tuple[str, str]:
        if not self.text.text().strip():
            return "", "muted"
        if found is None:
            return translate("Type a day, such as 28/11, 28/11/2026 or +14."), "amber"
        away = (found - self._today).days
        when = f"{weekday(found)} {day(found)}, {_distance(away)}"
        if self._ahead and away < 0:
            return translate("{when}. This day is past.", when=when), "amber"
        if self._ahead and is_weekend(found):
            return translate("{when}. This is a weekend.", when=when), "amber"
        return when, "muted"


class _DayText(QLineEdit):
    def __init__(self, move: Callable[[int], None]) -> None:
        super().__init__()
        self._move = move

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in DAYS_BY_KEY:
            self._move(DAYS_BY_KEY[key])
            return
        super().keyPressEvent(event)


def _distance(days: int) -> str:
    if days == 0:
        return translate("today")
    if days > 0:
        return plural("in {n} day", "in {n} days", days)
    return plural("{n} day ago", "{n} days ago", -days)


def whole_number(text: str, field: str) -> int | None:
    """The number in a field; None when it is empty. Raises Refused BAD_VALUE for anything else."""
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        what = message("“{text}” is not a whole number.", text=text[:40])
        raise Refused(Code.BAD_VALUE, what, field=field)
    return int(text)


def number(text: str, field: str) -> int:
    """The number in a field that must have one: nobody meant 0 by leaving it empty. Raises Refused
    BAD_VALUE."""
    found = whole_number(text, field)
    if found is None:
        raise Refused(Code.BAD_VALUE, message("Type a whole number."), field=field)
    return found
