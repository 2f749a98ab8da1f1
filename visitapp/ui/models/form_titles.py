"""The titles of forms, for lists that hold many visits."""

from __future__ import annotations

from forms.catalogue.catalogue import Library


class FormTitles:
    """Reads the library's list once, and again for a form it did not hold then."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._titles: dict[tuple[str, str], str] = {}

    def __call__(self, form_id: str, version: str) -> str:
        """The title of a form; its id when this device does not hold that version."""
        key = (form_id, version)
        if key not in self._titles:
            self._titles = {(s.id, s.version): s.title for s in self._library.summaries()}
            self._titles.setdefault(key, form_id)
        return self._titles[key]
