"""The language of the window: chosen under Display, spoken from the next start."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QMenu

from tests.support.window.windows import Desktop
from visitapp.language import choose_language, language_code, translate
from visitapp.ui.shell.app import speak


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    before = QLocale()
    yield
    choose_language("en")
    QLocale.setDefault(before)


def test_a_language_is_chosen_in_the_window_and_spoken_from_the_next_start(
    desktop: Desktop,
) -> None:
    menu = desktop.window.navigation.display.menu()
    assert isinstance(menu, QMenu)
    [welsh] = [action for action in menu.actions() if action.text() == "Cymraeg (drafft)"]
    welsh.trigger()
    assert welsh.isChecked()
    assert desktop.window.toast.text() == "Visitapp speaks this language when you start it again."
    assert translate("Today") == "Today"

    speak(desktop.reopened_preferences().language)
    assert translate("Today") == "Heddiw"
    assert QLocale().language() == QLocale.Language.Welsh


@pytest.mark.parametrize(
    ("system", "spoken"), [(["cy-GB", "en"], "cy"), (["en-GB"], "en"), (["fr-FR"], "en")]
)
def test_as_the_system_is_its_first_language_that_visitapp_speaks(
    system: list[str], spoken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_language("cy")
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _self: system)
    speak("system")
    assert language_code() == spoken


@pytest.mark.parametrize("kept", ["", "xx"])
def test_without_a_choice_the_configured_language_stays(kept: str) -> None:
    choose_language("cy")
    speak(kept)
    assert language_code() == "cy"
