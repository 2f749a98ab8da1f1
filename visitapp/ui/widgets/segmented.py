"""The answer to a choice: every value of the scale side by side."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton

from forms.model import ScaleValue
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.text import button
from visitapp.ui.words import SHAPES


class SegmentedChoice(Flow):
    """One button for each value; the chosen one carries the shape and colour of its RAG."""

    chosen = Signal(str)

    def __init__(self, name: str, values: tuple[ScaleValue, ...]) -> None:
        super().__init__(gap=-1)
        self.setAccessibleName(name)
        self._values = values
        self._group = QButtonGroup(self)
        self._buttons = [self._button(name, place) for place in range(len(values))]
        for segment in self._buttons:
            self.add(segment)

    def _button(self, name: str, place: int) -> QPushButton:
        value = self._values[place]
        segment = button(value.label, kind="segment", name=f"{name}: {value.label}")
        segment.setProperty("rag", value.rag or "unrated")
        ends = {0: "first", len(self._values) - 1: "last"}
        segment.setProperty("place", ends.get(place, "middle"))
        segment.setCheckable(True)
        segment.clicked.connect(lambda: self.chosen.emit(value.value))
        self._group.addButton(segment)
        return segment

    def show_value(self, chosen: str | None) -> None:
        """Show which value is recorded; none when there is no answer."""
        self._group.setExclusive(False)
        for value, segment in zip(self._values, self._buttons, strict=True):
            checked = value.value == chosen
            segment.setChecked(checked)
            shape = SHAPES[value.rag or "unrated"]
            segment.setText(f"{shape} {value.label}" if checked else value.label)
        self._group.setExclusive(True)

    def choose(self, place: int) -> None:
        """Choose by place, from 0, as the number keys do; a place that is not there is ignored."""
        if 0 <= place < len(self._buttons) and self.isEnabled():
            self._buttons[place].setFocus()
            self._buttons[place].click()
