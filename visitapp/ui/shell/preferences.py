"""How this person likes the desktop: theme, text size, window. An INI file beside the data."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from visitapp.storage.private import private_file
from visitapp.ui.saved_views import SavedViews
from visitapp.ui.theme.tokens import SCALES

MOST_PLACES = 50
"""Visits of which the place is remembered."""

THEMES = ("system", "light", "dark", "contrast")
SYSTEM_LANGUAGE = "system"


class Preferences:
    """Read once at the start, written when something is chosen."""

    def __init__(self, folder: Path) -> None:
        file = folder / "desktop.ini"
        private_file(file)
        self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> str:
        """`system`, `light`, `dark` or `contrast`."""
        kept = str(self._store.value("theme", "system"))
        return kept if kept in THEMES else "system"

    @property
    def language(self) -> str:
        """The code of the language, `system`, or empty while nothing is chosen."""
        return str(self._store.value("language", ""))

    def keep_language(self, code: str) -> None:
        """Remember it for the next start."""
        self._store.setValue("language", code)

    @property
    def scale(self) -> int | None:
        """Text size in per cent; None while nobody chose one."""
        kept = str(self._store.value("scale", ""))
        return int(kept) if kept in {str(scale) for scale in SCALES} else None

    @property
    def geometry(self) -> QByteArray:
        """Where the window was; empty the first time."""
        kept = self._store.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    @property
    def sync_by_itself(self) -> bool:
        """Whether syncs happen in the background, or only when asked."""
        return str(self._store.value("sync_by_itself", "true")) != "false"

    def keep_sync_by_itself(self, yes: bool) -> None:
        """Remember it."""
        self._store.setValue("sync_by_itself", "true" if yes else "false")

    @property
    def goes_on(self) -> bool:
        """Whether the Visit page goes to the next question after a choice by key."""
        return str(self._store.value("goes_on", "false")) == "true"

    def keep_goes_on(self, yes: bool) -> None:
        """Remember it."""
        self._store.setValue("goes_on", "true" if yes else "false")

    def place(self, visit_id: str) -> str:
        """The question at which a visit was left on this laptop; empty when that is not known."""
        return dict(self._places()).get(visit_id, "")

    def keep_place(self, visit_id: str, question: str) -> None:
        """Remember it, for the visits opened last."""
        if self._places()[:1] == [(visit_id, question)]:
            return
        others = [kept for kept in self._places() if kept[0] != visit_id]
        newest = [(visit_id, question), *others][:MOST_PLACES]
        self._store.setValue("places", " ".join("=".join(kept) for kept in newest))

    def _places(self) -> list[tuple[str, str]]:
        kept = str(self._store.value("places", ""))
        pairs = (pair.partition("=") for pair in kept.split())
        return [(visit, question) for visit, _, question in pairs]

    def views(self, page: str) -> SavedViews:
        """The views of a page's list that are kept."""
        key = f"views/{page}"
        return SavedViews(
            lambda: str(self._store.value(key, "")), lambda text: self._store.setValue(key, text)
        )

    def keep(self, *, theme: str = "", scale: int = 0) -> None:
        """Remember the theme or the text size that was chosen."""
        if theme:
            self._store.setValue("theme", theme)
        if scale:
            self._store.setValue("scale", scale)

    def keep_geometry(self, geometry: QByteArray) -> None:
        """Remember where the window was."""
        self._store.setValue("geometry", geometry)
