"""The line at the foot of the side: when the answers were saved, or which are not saved yet."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from PySide6.QtCore import QObject

from visitapp.language import translate
from visitapp.ui import words
from visitapp.ui.pages.visit.sidebar import VisitSidebar
from visitapp.ui.pages.visit.visit_state import VisitState


class SavedLine(QObject):
    """It never claims more than the database holds."""

    def __init__(self, sidebar: VisitSidebar) -> None:
        super().__init__()
        self._sidebar = sidebar
        self._sheet: VisitState | None = None
        self._saved_at: datetime | None = None

    def begin(self, sheet: VisitState) -> None:
        """Another visit."""
        self._sheet, self._saved_at = sheet, None

    def saved(self, at: datetime) -> None:
        """An answer is safe on disk."""
        self._saved_at = at

    def typing(self) -> None:
        """Something is being typed."""
        self._sidebar.say_saved(translate("Typing. Saved every two seconds."))

    def show(self, unsaved: Collection[str]) -> None:
        """Say which questions, by number, are not saved, or when everything was."""
        if self._sheet is None:
            return
        if self._sheet.frozen:
            line = translate("Signed off. Answers can no longer be changed.")
        elif unsaved:
            line = translate("Not saved yet: {numbers}", numbers=", ".join(unsaved))
        elif self._saved_at is None:
            line = translate("Every answer is saved as you give it.")
        else:
            line = translate(
                "All answers saved on this laptop {time}", time=words.clock(self._saved_at)
            )
        self._sidebar.say_saved(line)
