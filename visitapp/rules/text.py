"""Text that may be kept, text made comparable for a search, and names of files."""

from __future__ import annotations

import unicodedata

from visitapp.language import Message, message

TEXT, REASON = message("text"), message("reason")

LONGEST_NOTE = 20_000
"""Characters of a note, a reason or a comment: about eight printed pages."""


def text_fault(text: str, longest: int = LONGEST_NOTE, called: Message = TEXT) -> Message | None:
    """Why a text cannot be kept, in a sentence that calls it `called`; None when it can."""
    if len(text) > longest:
        return message(
            "The {field} is too long: it has {length} characters, and the limit is {longest}.",
            field=called,
            length=f"{len(text):,}",
            longest=f"{longest:,}",
        )
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return message("The {field} contains characters that are not text.", field=called)
    return None


_LIST_MARKS = str.maketrans(
    {
        **dict.fromkeys("\uf0b7\uf06c\uf076\uf0a4\uf09f", "\u2022"),
        **dict.fromkeys("\uf0a7\uf06e", "\u25aa"),
        **dict.fromkeys("\uf0d8\uf0e0\uf0e8\uf0f0", "\u2192"),
        **dict.fromkeys("\uf0fc\uf0fe\uf052", "\u2713"),
        **dict.fromkeys("\uf0fb\uf0fd\uf054", "\u2717"),
    }
)


def list_marks(text: str) -> str:
    """`text` with the marks of Word's lists as signs that every typeface has: bullet, square,
    arrow, tick or cross. Word keeps those of Symbol and Wingdings in Unicode's private area."""
    return text.translate(_LIST_MARKS)


_UNSEEN = frozenset({"Cc", "Zl", "Zp", "Cs"})
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str) -> str:
    """`text` for one line of a terminal. Signs that would move the cursor, begin a line or turn the
    reading direction are written as escapes, so that no name can look like another row."""
    return "".join(map(_visible, text))


def _visible(sign: str) -> str:
    if unicodedata.category(sign) not in _UNSEEN and sign not in _DIRECTIONS:
        return sign
    return sign.encode("unicode_escape").decode("ascii")


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
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
    }
)
"""Small letters that Unicode does not take apart into a letter and a mark."""


def folded(text: str) -> str:
    """`text` as a search compares it: small letters without accents, so Łódź gives lodz."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    return "".join(letter for letter in small if not unicodedata.combining(letter))


_RESERVED = frozenset(
    (
        *("con", "prn", "aux", "nul", "conin$", "conout$"),
        *(
            f"{port}{number}"
            for port in ("com", "lpt")
            for number in "0123456789\u00b9\u00b2\u00b3"
        ),
    )
)
"""Names that Windows keeps for devices, whatever suffix follows."""


def safe_file_name(title: str) -> str:
    """A file's name, without its suffix, that Windows, macOS and Linux take; may be empty."""
    kept = "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in title)
    name = kept.strip(" .")[:80].rstrip(" .")
    return f"{name}-" if name.split(".")[0].rstrip().casefold() in _RESERVED else name


_FORMULA_STARTS = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
_GUARD = "'"


def defused(text: str) -> str:
    """A text of a CSV file that no spreadsheet takes for a formula, whatever it begins with."""
    begins = text.lstrip(" \t\r\n\u00a0")
    may_run = begins.startswith((*_FORMULA_STARTS, _GUARD)) or text.startswith(("\t", "\r"))
    return _GUARD + text if may_run else text


def undefused(text: str) -> str:
    """The text that was `defused`; any other as it is."""
    bare = text.removeprefix(_GUARD)
    return bare if text != bare and defused(bare) == text else text
