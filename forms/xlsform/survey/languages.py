"""A form here has one language; an XLSForm may have several. One is chosen, the others are listed.

A language is written in many ways: "English", "english", "English (en)" and "en" are one, in every
sheet. Two spellings are one language when they share a name or a code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from forms.xlsform.workbook.columns import TRANSLATED, Column
from visitapp.language import Message, message

UNNAMED = ""
"""The language of a column that names none."""

_NAMES = {
    "ar": "arabic",
    "bg": "bulgarian",
    "bn": "bengali bangla",
    "cs": "czech",
    "cy": "welsh cymraeg",
    "da": "danish",
    "de": "german deutsch",
    "el": "greek",
    "en": "english",
    "es": "spanish español espanol",
    "fa": "persian farsi",
    "fr": "french français francais",
    "ga": "irish gaeilge",
    "gd": "gaelic gàidhlig gaidhlig",
    "gu": "gujarati",
    "hi": "hindi",
    "hu": "hungarian",
    "it": "italian italiano",
    "ku": "kurdish",
    "lt": "lithuanian",
    "lv": "latvian",
    "nl": "dutch nederlands",
    "pa": "punjabi panjabi",
    "pl": "polish polski",
    "ps": "pashto",
    "pt": "portuguese português portugues",
    "ro": "romanian română romana",
    "ru": "russian",
    "sk": "slovak",
    "so": "somali",
    "sw": "swahili kiswahili",
    "ta": "tamil",
    "tr": "turkish",
    "uk": "ukrainian",
    "ur": "urdu",
    "zh": "chinese",
}
_CODES = {name: code for code, names in _NAMES.items() for name in names.split()}
_SPELLING = re.compile(r"\s*([^()]*?)\s*(?:\(\s*([^()]*?)\s*\))?\s*")
_CODE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]+)*")


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

    def pick(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """The text in the chosen language, or else in the next one that has it; and that language.

        Both are empty when there is no text.
        """
        found = next((name for name in self.ordered if texts.get(name)), None)
        return ("", "") if found is None else (texts[found], found)

    def fallback(self, language: str) -> dict[str, str | Message]:
        """The places `wanted` and `given` of a sentence about words in another language than the
        chosen one."""
        wanted = self.chosen or message("the form's main language")
        return {"wanted": wanted, "given": language or message("the column that names no language")}


def one_spelling(columns: Iterable[Column]) -> dict[str, str]:
    """For each spelling of a language, the first spelling of the same language."""
    groups: list[tuple[list[str], set[str]]] = []
    for language in dict.fromkeys(c.language for c in columns if c.name in TRANSLATED):
        spellings, marks = [language], set(_marks(language))
        apart = []
        for group in groups:
            if group[1] & marks:
                spellings, marks = group[0] + spellings, group[1] | marks
            else:
                apart.append(group)
        groups = [*apart, (spellings, marks)]
    return {spelling: spellings[0] for spellings, _ in groups for spelling in spellings}


def choose(survey: Sequence[Column], choices: Sequence[Column], default: str) -> Languages:
    """The settings' default language if a column has it; else the columns without a language;
    else English; else the first. The labels of the questions decide, not those of the choices.
    After it come the same language of another country, then the columns without a language."""
    found = list(dict.fromkeys(c.language for c in [*survey, *choices] if c.name in TRANSLATED))
    labels = [c.language for c in survey if c.name == "label"]
    candidates = [language for language in found if language in labels] or found
    best = _written_as(default, candidates) if default else None
    if best is None and UNNAMED in candidates:
        best = UNNAMED
    if best is None:
        best = _written_as("English (en)", candidates)
    if best is None and candidates:
        best = candidates[0]
    if best is None:
        return Languages((UNNAMED,))
    own = _language(best)
    rest = [one for one in found if one != best]
    rest.sort(key=lambda one: (_language(one) != own, one != UNNAMED))
    return Languages((best, *rest))


def _written_as(wanted: str, candidates: Sequence[str]) -> str | None:
    """The candidate that is the wanted language; else the first that is it, of any country."""
    exact = [one for one in candidates if _same(one, wanted)]
    near = [one for one in candidates if one and _language(one) == _language(wanted)]
    return next(iter([*exact, *near]), None)


def _language(spelling: str) -> str:
    """The code or name of a language without its country: "en" for "English (UK)" and "en-GB"."""
    name = re.split(r"[(_-]", spelling.casefold())[0].strip()
    return _CODES.get(name, name)


def _same(one: str, other: str) -> bool:
    """Whether two spellings share a name or a code: "English", "en", "English (en)"."""
    return bool(_marks(one) & _marks(other))


def _marks(language: str) -> frozenset[str]:
    """The names and codes in a spelling. What else stands in brackets tells languages apart, as in
    "Chinese (Simplified)" and "Chinese (Traditional)"."""
    found = _SPELLING.fullmatch(language.casefold())
    if found is None:
        return frozenset((language.casefold(),))
    name, inside = " ".join(found[1].split()), found[2] or ""
    code = re.split("[-_]", inside)[0] if _CODE.fullmatch(inside) else ""
    if inside and (not code or _CODES.get(name, code) != code):
        name, code = f"{name} ({inside})", ""
    marks = {mark for mark in (name, code, _CODES.get(name, "")) if mark}
    if name in _NAMES:
        marks.add(_NAMES[name].split()[0])
    return frozenset(marks)
