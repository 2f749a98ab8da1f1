"""Fields that several dialogs use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, QSize
from PySide6.QtWidgets import QComboBox, QDateEdit

from visitapp.ui.widgets.text import named


class ChoiceBox(QComboBox):
    """Asks for the width of its longest choice, and makes do with less."""

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 24), hint.height())


def choices(name: str, options: Mapping[str, str], chosen: str = "") -> QComboBox:
    """A list of which one is chosen; `currentData` is its key."""
    box = named(ChoiceBox(), name)
    for key, text in options.items():
        box.addItem(text, key)
    if chosen in options:
        box.setCurrentIndex(list(options).index(chosen))
    return box


def day_field(name: str, day: date) -> QDateEdit:
    """A day, typed or picked from a calendar."""
    field = named(QDateEdit(QDate(day.year, day.month, day.day)), name)
    field.setDisplayFormat("ddd d MMM yyyy")
    field.setCalendarPopup(True)
    field.calendarWidget().setAccessibleName(name)
    return field


def chosen_day(field: QDateEdit) -> date:
    """The day of a day field."""
    day = field.date()
    return date(day.year(), day.month(), day.day())
