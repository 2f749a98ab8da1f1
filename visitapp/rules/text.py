"""Text that may be kept, and text made comparable for a search."""

from __future__ import annotations

import unicodedata

LONGEST_NOTE = 20_000
"""Characters of a note, a reason or a comment: about eight printed pages."""


def text_fault(text: str, longest: int = LONGEST_NOTE) -> str | None:
    """Why a text cannot be kept, as the end of a sentence ("is too long …"), else None."""
    if len(text) > longest:
        return f"is too long: {len(text):,} characters, where {longest:,} fit"
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "holds characters that are not text"
    return None


_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ŧ": "t",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ŋ": "n",
        "ĸ": "k",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    }
)
"""Small letters that Unicode does not take apart into a letter and a mark."""


def folded(text: str) -> str:
    """`text` as a search compares it: small letters without accents, so Łódź gives lodz."""
    small = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(letter for letter in small if not unicodedata.combining(letter))
