"""The answer to a choice: every value of the scale side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton

from forms.model import ScaleValue
from visitapp.language import translate
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.option_keys import OptionKeys
from visitapp.ui.widgets.text import named
from visitapp.ui.words import SHAPES

KEY_SHARE = 0.8
"""The size of a key's letter beside the label's."""


class KeyButton(QPushButton):
    """A button that shows the key that presses it, small and to the right of its text."""

    def __init__(self, text: str, keys: OptionKeys, *, kind: str, name: str) -> None:
        super().__init__(text)
        self.keys = keys
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        named(self, name)
        if keys.shown:
            hint = translate("Key {key}", key=keys.shown)
            self.setAccessibleDescription(hint)
            self.setToolTip(hint)

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(2 * self._key_width(), 0)

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint() + QSize(2 * self._key_width(), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.keys.shown or not self.isEnabled():
            return
        painter = QPainter(self)
        painter.setFont(self._key_font())
        painter.setPen(self.palette().color(self.palette().ColorRole.PlaceholderText))
        edge = self.fontMetrics().horizontalAdvance(" ")
        room = QRect(self.rect()).adjusted(0, 0, -2 * edge, 0)
        painter.drawText(
            room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.keys.shown
        )
        painter.end()

    def _key_width(self) -> int:
        """What is free at either side of the text, which stays in the middle. A digit stands
        partly in the padding."""
        width = round(KEY_SHARE * self.fontMetrics().horizontalAdvance(self.keys.shown))
        return width if len(self.keys.shown) > 1 else width // 2

    def _key_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(max(9, round(KEY_SHARE * self.fontInfo().pixelSize())))
        font.setWeight(QFont.Weight.Normal)
        return font


class SegmentedChoice(Flow):
    """One button for each value; the chosen one carries the shape and colour of its RAG.

    `chosen` carries the value.
    """

    chosen = Signal(str)

    def __init__(
        self, name: str, values: tuple[ScaleValue, ...], keys: Sequence[OptionKeys]
    ) -> None:
        super().__init__(gap=-1)
        self.setAccessibleName(name)
        self._values = values
        self._group = QButtonGroup(self)
        self._buttons = [self._button(name, place, own) for place, own in enumerate(keys)]
        for segment in self._buttons:
            self.add(segment)

    def _button(self, name: str, place: int, keys: OptionKeys) -> KeyButton:
        value = self._values[place]
        segment = KeyButton(value.label, keys, kind="segment", name=f"{name}: {value.label}")
        segment.setProperty("rag", value.rag or "unrated")
        ends = {0: "first", len(self._values) - 1: "last"}
        segment.setProperty("place", ends.get(place, "middle"))
        segment.setCheckable(True)
        segment.setAutoExclusive(True)  # a screen reader then calls it a radio button
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

    def press(self, key: str) -> bool:
        """Choose the option that the key is for; false when it is for none."""
        for segment in self._buttons:
            if key in segment.keys.keys and self.isEnabled():
                segment.setFocus()
                segment.click()
                return True
        return False

    def begin(self) -> None:
        """Put the focus on the option that is chosen, or on the first."""
        first = next((one for one in self._buttons if one.isChecked()), self._buttons[0])
        first.setFocus()
