"""The text is as large as the system's until somebody chooses another size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.theme.system_text import nearest_scale, system_scale


@pytest.mark.parametrize(
    ("ratio", "scale"),
    [(0.8, 100), (1, 100), (1.2, 125), (1.25, 125), (1.3, 125), (1.6, 150), (2.25, 200)],
)
def test_the_nearest_size_that_can_be_chosen(ratio: float, scale: int) -> None:
    assert nearest_scale(ratio) == scale


def test_a_normal_system_has_normal_text(qapp: QApplication) -> None:
    assert system_scale() == 100


def test_only_what_was_chosen_is_kept(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path)
    assert (preferences.theme, preferences.scale) == ("system", None)
    preferences.keep(theme="dark")
    assert (preferences.theme, preferences.scale) == ("dark", None)
    preferences.keep(scale=150)
    assert (preferences.theme, preferences.scale) == ("dark", 150)
