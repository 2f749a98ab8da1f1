"""The forms that can be used, several versions of each. A form is read when it is asked for."""

from __future__ import annotations

import re
from pathlib import Path

from forms.catalogue.read import read_form
from forms.catalogue.sources import PUBLISHED, Folder, FormSummary, FormText, Shelf
from forms.model import Form
from visitapp.errors import BadFile, Code, NotFound, Refused
from visitapp.language import message

__all__ = ["FormSummary", "Library", "shipped"]


class Library:
    """The forms on some shelves; a folder is a shelf.

    Where two shelves hold one version, the first shelf's stands. Safe to use from several threads.
    """

    def __init__(self, *places: Path | Shelf) -> None:
        self._shelves = tuple(Folder(p) if isinstance(p, Path) else p for p in places)
        self._known: dict[tuple[str, str], Form] = {}
        self._read: dict[str, Form] = {}

    def beside(self, shelf: Shelf) -> Library:
        """These forms and, before them, those of another shelf. A text that one has read the other
        does not read again, so a library may be made for each transaction."""
        both = Library(shelf, *self._shelves)
        both._read = self._read
        return both

    def summaries(self) -> list[FormSummary]:
        """Every form that is here now, by id and then from the oldest version."""
        found: dict[tuple[str, str], FormSummary] = {}
        for shelf in self._shelves:
            for summary in shelf.summaries():
                found.setdefault((summary.id, summary.version), summary)
        return sorted(found.values(), key=lambda s: (s.id, version_key(s.version)))

    def versions(self, form_id: str) -> list[str]:
        """The versions of a form that are here, the oldest first."""
        return [summary.version for summary in self.summaries() if summary.id == form_id]

    def rating_forms(self, rating: str) -> frozenset[str]:
        """The ids of the forms whose newest version sets this rating: `quality` or `contract`."""
        newest = {summary.id: summary for summary in self.summaries()}
        return frozenset(one.id for one in newest.values() if self._sets(one) == rating)

    def form(self, form_id: str, version: str | None = None) -> Form:
        """One version of a form, the newest when `version` is None.

        Raises NotFound, and Refused: BadFile FORM_FAULTS when it has faults, FORM_ALTERED when it
        is not what was published.
        """
        named = version or self._newest(form_id)
        if (form_id, named) not in self._known:
            shelf, found = self._find(form_id, named)
            if found.digest not in self._read:
                self._read[found.digest] = _read(shelf, found)
            self._known[form_id, named] = self._read[found.digest]
        return self._known[form_id, named]

    def text(self, form_id: str, version: str) -> str:
        """The text of one version. Raises NotFound, and Refused FORM_ALTERED."""
        return self._find(form_id, version)[1].text

    def _sets(self, summary: FormSummary) -> str:
        """The rating that a version sets. The list of published forms does not say it, so their
        text is read; it is read once."""
        if summary.source != PUBLISHED:
            return summary.sets_rating
        try:
            return self.form(summary.id, summary.version).sets_rating
        except Refused:
            return ""

    def _newest(self, form_id: str) -> str:
        versions = self.versions(form_id)
        if not versions:
            raise _missing(form_id)
        return versions[-1]

    def _find(self, form_id: str, version: str) -> tuple[Shelf, FormText]:
        for shelf in self._shelves:
            found = shelf.text(form_id, version)
            if found is not None:
                return shelf, found
        raise _missing(f"{form_id}, version {version}")


def shipped() -> Library:
    """The forms that come with the program."""
    return Library(Path(__file__).parents[1] / "library")


def _read(shelf: Shelf, found: FormText) -> Form:
    """Reads a form. The council's server checked a published one, so one that this program cannot
    read is of a newer format."""
    try:
        return read_form(found.text, found.name)
    except BadFile as fault:
        if shelf.source != PUBLISHED:
            raise
        raise Refused(
            Code.FORM_FAULTS,
            message("The form {name} needs a newer version of Visitapp.", name=found.name),
            message("Update Visitapp on this computer. Your recorded work is safe."),
        ) from fault


def _missing(named: str) -> NotFound:
    return NotFound(
        message("There is no form {named} on this device.", named=named),
        message("Sync. If the form is still missing, update Visitapp. Your recorded work is safe."),
    )


def version_key(version: str) -> list[tuple[int, int, str]]:
    """A key that puts 2026.2 before 2026.10, and numbers before words."""
    pieces = re.findall(r"\d+|[^\d.]+", version)
    return [(0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces]
