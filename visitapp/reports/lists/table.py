"""A list as it is shown, for a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from visitapp.dates import short_day
from visitapp.language import plural, translate

Value = str | int | float | date | None
LONGEST = 32_767
"""Characters of a cell in a spreadsheet."""
_KEPT = frozenset("\n\t")


class ListTable(Struct, frozen=True, kw_only=True):
    """A list: the columns and rows as shown, `filters` in words, and who writes it when.

    typed: filters that a person typed, such as a search: at the top of the file, and in no log.
    personal: it says something of people or of what was found, so that its export is in the audit
    log. Lists are unless they say otherwise.
    """

    name: str
    filters: Sequence[str]
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    by: str
    at: datetime
    typed: Sequence[str] = ()
    personal: bool = True

    @property
    def head(self) -> list[str]:
        """The lines above the columns."""
        filters = [*self.filters, *self.typed]
        moment = self.at.astimezone()
        return [
            self.name,
            translate("Filters: {filters}", filters="; ".join(filters) or translate("none")),
            translate(
                "Exported by {who} on {day} at {time}",
                who=self.by,
                day=short_day(moment.date()),
                time=f"{moment:%H:%M}",
            ),
            plural("{n} row", "{n} rows", len(self.rows)),
        ]


def plain(text: str) -> str:
    """A text as a cell may hold it: without control characters, and not too long."""
    kept = "".join(
        letter if _may_stand(letter) else "\N{REPLACEMENT CHARACTER}"
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
    )
    return kept if len(kept) <= LONGEST else kept[: LONGEST - 1] + "\N{HORIZONTAL ELLIPSIS}"


def _may_stand(letter: str) -> bool:
    code = ord(letter)
    if letter in _KEPT:
        return True
    control = code < 0x20 or 0x7F <= code < 0xA0
    return not (control or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF))
