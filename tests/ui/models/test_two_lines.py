"""The words of a cell take a second line before they are cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from visitapp.ui.models.delegate import two_lines

WORDS = st.lists(st.text("abcdefg", min_size=1, max_size=9), min_size=1, max_size=12)


@given(WORDS, st.integers(80, 400))
def test_nothing_is_lost_while_two_lines_hold_it(words: list[str], width: int) -> None:
    QApplication.instance() or QApplication([])
    metrics = QFontMetrics(QFont("Inter"))
    text = " ".join(words)
    lines = two_lines(text, metrics, width)
    assert len(lines) <= 2
    assert all(metrics.horizontalAdvance(line) <= width for line in lines)
    if not lines[-1].endswith("\u2026"):
        assert " ".join(lines) == text
