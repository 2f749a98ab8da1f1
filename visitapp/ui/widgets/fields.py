"""Small fields: a count, a number, a date."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QDoubleValidator, QIntValidator, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from visitapp.dates import in_english
from visitapp.language import translate
from visitapp.ui.widgets.text import named

DATE_SHAPES = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%Y-%m-%d", "%d-%m-%Y")


class FigureField(QLineEdit):
    """Takes figures only, so that letters stay what they are elsewhere: the page's commands. So
    does Ctrl Z, once nothing is left to undo in the field."""

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self.setProperty("kind", "count")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            letter = event.text().isalpha() and held == Qt.KeyboardModifier.NoModifier
            undo = event.matches(QKeySequence.StandardKey.Undo) and not self.isUndoAvailable()
            if letter or undo:
                event.ignore()
                return False
        return super().event(event)


class CountField(FigureField):
    """A whole number from 0, or nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setValidator(QIntValidator(0, 9999, self))
        self.setMaxLength(4)

    def count(self) -> int | None:
        """The number typed; None when empty."""
        return int(self.text()) if self.text() else None

    def show_count(self, value: int | None) -> None:
        """Show a number; the caret stays where it is when it is shown already."""
        if self.count() != value:
            self.setText("" if value is None else str(value))


class NumberField(FigureField):
    """A decimal number, or nothing. A point is the decimal mark on every machine."""

    def __init__(self, name: str, low: float, high: float) -> None:
        super().__init__(name)
        validator = QDoubleValidator(low, high, 2, self)
        validator.setLocale(QLocale.c())
        validator.setNotation(QDoubleValidator.Notation.StandardNotation)
        self.setValidator(validator)

    def number(self) -> int | float | None:
        """The number typed, whole when it is; None when empty or unfinished."""
        if not self.text() or not self.hasAcceptableInput():
            return None
        value = float(self.text())
        return int(value) if value.is_integer() else value

    def show_number(self, value: float | None) -> None:
        """Show a number; the caret stays where it is when it is shown already."""
        if self.number() != value:
            self.setText("" if value is None else str(value))


def read_date(text: str) -> date | None:
    """The day that a person typed (`23/11/2026`, `23 Nov 2026` …); None when it is not one."""
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(in_english(text.strip()), shape).date()
        except ValueError:
            continue
    return None


def read_day(text: str, today: date) -> date | None:
    """A day as `read_date` takes it, or counted from today (`+14`, `today`, `tomorrow`), or without
    a year (`28/11`, `28 Nov`): then the one nearest to today. None when it is none of these."""
    text = in_english(text.strip())
    ahead = {translate("today").lower(): 0, translate("tomorrow").lower(): 1}.get(text)
    if ahead is None and re.fullmatch(r"\+\s*\d{1,4}", text):
        ahead = int(text.lstrip("+ "))
    if ahead is not None:
        return today + timedelta(days=ahead)
    if re.fullmatch(r"\d{1,2}\s*(?:[/.]\s*\d{1,2}\.?|[a-z]{3,9})", text):
        years = (today.year - 1, today.year, today.year + 1)
        near = [read_date(f"{text.rstrip('.')}{_joint(text)}{year}") for year in years]
        return min((day for day in near if day), key=lambda day: abs(day - today), default=None)
    weekday = re.match(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+(?=\d)", text)
    return read_date(text[weekday.end() :] if weekday else text)


def _joint(text: str) -> str:
    """What stands between a month and its year, as between the day and the month."""
    return "/" if "/" in text else "." if "." in text else " "
