"""The columns of a file from a case system, by the titles that such files have."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from forms.spreadsheet.limits import Limits
from visitapp.errors import Code, Refused
from visitapp.language import Message, message
from visitapp.services.sheets.reading import Expected, Places, by_title

COLUMNS: dict[str, Message] = {
    "reference": message("Reference"),
    "setting": message("Setting"),
    "kind": message("Kind"),
    "received": message("Received"),
    "happened": message("Happened"),
    "severity": message("Severity"),
    "source": message("Source"),
    "themes": message("Themes"),
    "person": message("Person's code"),
    "title": message("Title"),
    "text": message("Text"),
}
NEEDED = ("reference", "setting", "kind", "received", "title")

_ALSO = {
    "reference": ("case reference", "case number", "case id", "ref"),
    "setting": ("service", "location", "location id", "home", "provider location"),
    "kind": ("type", "case type", "concern type"),
    "received": ("date received", "received on", "received at", "date raised"),
    "happened": ("date of incident", "incident date", "happened on"),
    "severity": ("level", "severity level"),
    "source": ("raised by", "reported by", "source of concern"),
    "themes": ("theme", "category", "categories"),
    "person": ("person code", "client code", "person"),
    "title": ("summary", "subject"),
    "text": ("details", "description"),
}


def titled(mapped: Mapping[str, str]) -> Expected:
    """Any file with titles, of which somebody says what they are."""
    known = _found(mapped)

    def places(cells: list[object]) -> dict[str, int] | None:
        return known(cells) if sum(bool(text) for text in by_title(cells)) > 1 else None

    return replace(
        expected(mapped),
        places=places,
        unknown=(
            message("This file has no row with the titles of its columns."),
            message("Save it from the case system with titles, and choose it again."),
        ),
    )


def expected(mapped: Mapping[str, str]) -> Expected:
    """What such a file should hold. `mapped`: fields by the titles that somebody mapped; empty for
    a column that is not read."""
    unknown = sorted(set(mapped.values()) - COLUMNS.keys() - {""})
    if unknown:
        raise Refused(
            Code.BAD_VALUE,
            message("“{field}” is not a field of a concern.", field=unknown[0]),
            message("The fields are: {known}.", known=", ".join(COLUMNS)),
        )
    return Expected(
        limits=Limits(
            holds=message("a list of concerns"),
            file_bytes=20_000_000,
            unpacked_bytes=200_000_000,
            parts=2_000,
            cells=2_000_000,
        ),
        places=_places(mapped),
        too_large=message("The file is too large to be a list of concerns."),
        unknown=(
            message("This is not a list of concerns: a column is missing that each one needs."),
            message(
                "It needs the columns {needed}. Map a column that has another title.",
                needed=", ".join(str(COLUMNS[name]) for name in NEEDED),
            ),
        ),
    )


def _places(mapped: Mapping[str, str]) -> Places:
    known = _found(mapped)

    def places(cells: list[object]) -> dict[str, int] | None:
        found = known(cells)
        return found if set(NEEDED) <= found.keys() else None

    return places


def _found(mapped: Mapping[str, str]) -> Callable[[list[object]], dict[str, int]]:
    """Where the fields are in a row of titles, as far as they are known."""
    own = {title.casefold(): field for title, field in mapped.items()}

    def places(cells: list[object]) -> dict[str, int]:
        named = by_title(cells)
        found: dict[str, int] = {}
        for name, title in COLUMNS.items():
            mine = [title_ for title_, field in own.items() if field == name]
            spellings = (str(title).casefold(), title.template.casefold(), name, *_ALSO[name])
            free = [spelling for spelling in spellings if spelling not in own]
            at = next((named[word] for word in (*mine, *free) if word in named), None)
            if at is not None:
                found[name] = at
        return found

    return places
