"""A form here speaks one language; an XLSForm may speak several. One is chosen, the others told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct

from forms.xlsform.workbook.columns import TRANSLATED, Column

UNNAMED = ""
"""The language of a column that names none."""


class Languages(Struct, frozen=True):
    """The languages of a form as its columns write them, the chosen one first."""

    ordered: tuple[str, ...]

    @property
    def chosen(self) -> str:
        """The language the form is imported in, or empty when its columns name none."""
        return self.ordered[0] if self.ordered else UNNAMED

    @property
    def others(self) -> list[str]:
        """The languages that are left out."""
        return [language for language in self.ordered[1:] if language != UNNAMED]

    def pick(self, texts: Mapping[str, str]) -> str:
        """The text in the chosen language, or else in the next one that has it."""
        return next((texts[name] for name in self.ordered if texts.get(name)), "")


def choose(columns: Iterable[Column], default: str) -> Languages:
    """The settings' default language if a column has it; else the columns without a language;
    else English; else the first."""
    found = list(dict.fromkeys(c.language for c in columns if c.name in TRANSLATED))
    labels = [c.language for c in columns if c.name == "label"]
    candidates = [language for language in found if language in labels] or found
    best = next((one for one in candidates if default and _same(one, default)), None)
    if best is None and UNNAMED in candidates:
        best = UNNAMED
    if best is None:
        best = next((one for one in candidates if _same(one, "English (en)")), None)
    if best is None and candidates:
        best = candidates[0]
    if best is None:
        return Languages((UNNAMED,))
    rest = sorted((one for one in found if one != best), key=lambda one: one != UNNAMED)
    return Languages((best, *rest))


def _same(one: str, other: str) -> bool:
    """Whether two spellings share a name or a code: "English", "en", "English (en)"."""
    return bool(_parts(one) & _parts(other))


def _parts(language: str) -> set[str]:
    return {part for part in re.split(r"[\s()]+", language.lower()) if part}
