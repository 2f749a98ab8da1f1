"""The fields of a record in a dialog: a caption, a widget, and how its value is read and shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.ui.dialogs.fields import DayField, choices
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.text import label, named

LONG_HEIGHT = 64


@dataclass(frozen=True)
class Line:
    """One field. `name` is that of the record; `cell` its caption and widget; `wide`: it takes the
    whole width."""

    name: str
    widget: QWidget
    cell: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], object]
    wide: bool = False


class NothingChosen(Refused):
    """Nothing was chosen where something must be."""

    def __init__(self, name: str) -> None:
        super().__init__(Code.BAD_VALUE, message("Choose one from the list."), field=name)


class NotANumber(Refused):
    """What was typed into a field is not a whole number."""

    def __init__(self, name: str, text: str) -> None:
        what = message("“{text}” is not a whole number.", text=text)
        super().__init__(Code.BAD_VALUE, what, field=name)


def text_line(name: str, caption: str, hint: str = "", *, wide: bool = False) -> Line:
    """A text of one line."""
    field = QLineEdit()
    field.setPlaceholderText(hint)

    def show(value: str | None) -> None:
        field.setText(value or "")
        field.setCursorPosition(0)

    return Line(name, field, _cell(caption, field), lambda: field.text().strip(), show, wide)


def long_line(name: str, caption: str, hint: str = "") -> Line:
    """A text of several lines."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setMinimumHeight(LONG_HEIGHT)
    field.setMaximumHeight(2 * LONG_HEIGHT)
    field.setPlaceholderText(hint)

    def read() -> str:
        return field.toPlainText().strip()

    return Line(name, field, _cell(caption, field), read, field.setPlainText, wide=True)


def number_line(name: str, caption: str, hint: str = "") -> Line:
    """A whole number, which may have commas, or nothing."""
    field = QLineEdit()
    field.setPlaceholderText(hint)

    def read() -> int | None:
        typed = field.text().strip()
        plain = typed.replace(",", "").removeprefix("£")
        if not plain:
            return None
        if not (plain.isascii() and plain.isdigit()):
            raise NotANumber(name, typed)
        return int(plain[:12])

    def show(value: int | None) -> None:
        field.setText("" if value is None else f"{value:,}")

    return Line(name, field, _cell(caption, field), read, show)


def day_line(name: str, caption: str, today: date, *, needed: bool = False) -> Line:
    """A day, or nothing unless it is needed."""
    field = DayField(caption, today)

    def read() -> date | None:
        return field.day() if needed or field.text.text().strip() else None

    def show(value: date | None) -> None:
        if value is None:
            field.show_text("")
        else:
            field.show_day(value)

    return Line(name, field, _cell(caption, field), read, show)


def choice_line(
    name: str, caption: str, options: Mapping[str, str], none: str | None = None
) -> Line:
    """One of some choices; `none` words that there is none, which is then read as None."""
    given = {"": none, **options} if none is not None else dict(options)
    field: QComboBox = choices(caption, given)

    def read() -> str | None:
        return field.currentData() or None

    def show(value: str | None) -> None:
        if value and field.findData(value) < 0:
            # What a newer program or another laptop chose is kept, though it cannot be named here.
            field.addItem(translate("as recorded"), value)
        field.setCurrentIndex(max(field.findData(value or ""), 0))

    return Line(name, field, _cell(caption, field), read, show)


def needed_choice(name: str, caption: str, options: Mapping[str, str]) -> Line:
    """One of some choices, of which none is chosen until the person does."""
    line = choice_line(name, caption, options, translate("Choose…"))

    def read() -> str:
        if (chosen := line.read()) is None:
            raise NothingChosen(name)
        return str(chosen)

    return replace(line, read=read)


def tick_line(name: str, caption: str) -> Line:
    """Yes or no."""
    field = named(QCheckBox(caption), caption)
    return Line(name, field, _cell("", field), field.isChecked, field.setChecked)


def picks_line(name: str, caption: str, options: Mapping[str, str]) -> Line:
    """Any number of some choices."""
    field = PickList(caption)

    def show(value: Iterable[str]) -> None:
        field.show_items(options.items(), value)

    show(())
    return Line(name, field, _cell(caption, field), field.ticked, show, wide=True)


def _cell(caption: str, field: QWidget) -> QWidget:
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    if caption:
        words = label(caption, size="small", tone="muted", wrap=True)
        words.setBuddy(field)
        column.addWidget(words)
    column.addWidget(field)
    column.addStretch(1)
    if not field.accessibleName():
        field.setAccessibleName(caption)
    return cell
