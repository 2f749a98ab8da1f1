"""The menu of themes, text sizes and languages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from visitapp.language import language_code, language_names, translate
from visitapp.ui.shell.preferences import SYSTEM_LANGUAGE, THEMES, Preferences
from visitapp.ui.theme.look import Look
from visitapp.ui.theme.tokens import SCALES


class DisplayMenu(QMenu):
    """Ticks the theme and the text size in force. `choose` takes `theme` or `scale`."""

    def __init__(self, look: Look, choose: Callable[..., None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(translate("Theme and text size"))
        self._look = look
        names = (
            translate("Same as the system"),
            translate("Light"),
            translate("Dark"),
            translate("High contrast"),
        )
        self._themes = {
            theme: self._add(name, partial(choose, theme=theme))
            for theme, name in zip(THEMES, names, strict=True)
        }
        self.addSeparator()
        self._scales = {
            scale: self._add(translate("Text {n}%", n=scale), partial(choose, scale=scale))
            for scale in SCALES
        }
        for choices in (self._themes, self._scales):
            group = QActionGroup(self)
            for action in choices.values():
                group.addAction(action)
        self.show_look()

    def show_look(self) -> None:
        """Tick what is in force now."""
        self._themes[self._look.theme].setChecked(True)
        self._scales[self._look.scale].setChecked(True)

    def add_languages(self, preferences: Preferences, say: Callable[[str], None]) -> None:
        """Offer the languages, the chosen one ticked. A choice counts from the next start."""

        def choose(code: str) -> None:
            preferences.keep_language(code)
            say(translate("Visitapp speaks this language when you start it again."))

        self.addSeparator()
        system = translate("Language: as the system")
        chosen = preferences.language or language_code()
        group = QActionGroup(self)
        for code, name in {SYSTEM_LANGUAGE: system, **language_names()}.items():
            action = self._add(name, partial(choose, code))
            action.setChecked(code == chosen)
            group.addAction(action)

    def _add(self, text: str, choose: Callable[[], None]) -> QAction:
        action: QAction = self.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked: choose())
        return action
