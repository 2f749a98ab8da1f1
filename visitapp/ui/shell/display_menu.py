"""The menu of themes, text sizes and languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from visitapp.language import language_code, language_names, translate
from visitapp.ui.shell.navigation.commands import Command
from visitapp.ui.shell.preferences import SYSTEM_LANGUAGE, THEMES, Preferences
from visitapp.ui.theme.look import Look
from visitapp.ui.theme.tokens import SCALES


class DisplayMenu(QMenu):
    """Ticks the theme and the text size in force, and keeps what is chosen. say: takes a sentence
    for the person."""

    def __init__(
        self, look: Look, preferences: Preferences, say: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("Theme and text size"))
        self._look, self._preferences = look, preferences
        names = (
            translate("Same as the system"),
            translate("Light"),
            translate("Dark"),
            translate("High contrast"),
        )
        self._themes = {
            theme: self._add(name, partial(self.choose, theme=theme))
            for theme, name in zip(THEMES, names, strict=True)
        }
        self.addSeparator()
        self._scales = {
            scale: self._add(translate("Text {n}%", n=scale), partial(self.choose, scale=scale))
            for scale in SCALES
        }
        for choices in (self._themes, self._scales):
            group = QActionGroup(self)
            for action in choices.values():
                group.addAction(action)
        self._add_languages(say)
        self.show_look()

    def show_look(self) -> None:
        """Tick what is in force now."""
        self._themes[self._look.theme].setChecked(True)
        self._scales[self._look.scale].setChecked(True)

    def choose(self, theme: str = "", scale: int = 0) -> None:
        """Take a theme or a text size."""
        self._look.set(theme=theme or None, scale=scale or None)
        self._keep(theme=theme, scale=scale)

    def step(self, by: int) -> None:
        """Take the next larger or smaller text."""
        self._look.step_scale(by)
        self._keep(scale=self._look.scale)

    def commands(self) -> list[Command]:
        """What the menu offers, for the finder."""
        return [
            Command(translate("Display: {choice}", choice=action.text()), action.trigger)
            for action in self.actions()
            if action.text()
        ]

    def _add_languages(self, say: Callable[[str], None]) -> None:
        """Offer the languages, the chosen one ticked. A choice counts from the next start."""

        def choose(code: str) -> None:
            self._preferences.keep_language(code)
            say(translate("Visitapp speaks this language when you start it again."))

        self.addSeparator()
        system = translate("Language: as the system")
        chosen = self._preferences.language or language_code()
        group = QActionGroup(self)
        for code, name in {SYSTEM_LANGUAGE: system, **language_names()}.items():
            action = self._add(name, partial(choose, code))
            action.setChecked(code == chosen)
            group.addAction(action)

    def _keep(self, theme: str = "", scale: int = 0) -> None:
        self.show_look()
        self._preferences.keep(theme=theme, scale=scale)

    def _add(self, text: str, choose: partial[None]) -> QAction:
        action: QAction = self.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked: choose())
        return action
