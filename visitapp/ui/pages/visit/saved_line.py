"""The line at the foot of the side: when the answers were saved, or which are not saved yet."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject

from visitapp.ui import words
from visitapp.ui.pages.visit.sheet import Sheet
from visitapp.ui.pages.visit.sidebar import VisitSidebar


class SavedLine(QObject):
    """It never claims more than the database holds."""

    def __init__(self, sidebar: VisitSidebar) -> None:
        super().__init__()
        self._sidebar = sidebar
        self._sheet: Sheet | None = None
        self._saved_at: datetime | None = None
        self._wrong: set[str] = set()

    def begin(self, sheet: Sheet) -> None:
        """Another visit."""
        self._sheet, self._saved_at = sheet, None
        self._wrong.clear()

    def saved(self, question: str, at: datetime) -> None:
        """An answer is safe on disk."""
        self._wrong.discard(question)
        self._saved_at = at
        self.show()

    def wrong(self, question: str, *, unsaved: bool = True) -> None:
        """What was given to a question is not saved; or it is put right."""
        self._wrong.discard(question)
        if unsaved:
            self._wrong.add(question)
        self.show()

    def typing(self) -> None:
        """Something is being typed."""
        self._sidebar.say_saved(self.tr("Typing. Saved when you pause."))

    def show(self) -> None:
        """Say how it stands."""
        if self._sheet is None:
            return
        if self._sheet.frozen:
            line = self.tr("Signed off. Answers can no longer be changed.")
        elif self._wrong:
            numbers = sorted(self._sheet.form.questions[q].number for q in self._wrong)
            line = self.tr("Not saved yet: {numbers}").format(numbers=", ".join(numbers))
        elif self._saved_at is None:
            line = self.tr("Every answer is saved as you give it.")
        else:
            saved = self.tr("All answers saved on this laptop {time}")
            line = saved.format(time=words.clock(self._saved_at))
        self._sidebar.say_saved(line)
