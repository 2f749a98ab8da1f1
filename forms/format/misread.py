"""Why a text is not YAML: what its author did, where reading stopped is often elsewhere."""

from __future__ import annotations

import re

CURLY = "\u201c\u201d\u2018\u2019"
_OPEN_QUOTE = re.compile(r"^\s*(?:- )?\s*[\w-]+:\s+(?P<sign>[\"'])")


def misread(text: str, line: int) -> tuple[int, str, str] | None:
    """The true cause of a text that is not YAML: its line, what is wrong and how to mend it.

    `line` is where reading stopped, from 1; None where nothing better can be said.
    """
    lines = text.split("\n")[:line]
    for number, shown in enumerate(lines, start=1):
        opened = _OPEN_QUOTE.match(shown)
        if opened and _is_open(shown[opened.end() :], opened["sign"]):
            what = "A quote opens here and is not closed on this line."
            return number, what, f"Close it with {opened['sign']} at the end of the text."
    for number, shown in reversed(list(enumerate(lines, start=1))[-2:]):
        if "\u00a0" in shown:
            what = "There is a no-break space here, which looks like a space and is not one."
            return number, what, "Type the spaces of this line again."
        if shown.lstrip().startswith(("\u2013", "\u2014")):
            what = "There is a long dash here."
            return number, what, "An item of a list begins with the short dash, `-`."
        if any(sign in shown for sign in CURLY):
            what = "There are curly quotes here, which do not quote."
            return number, what, "Use straight quotes: \" or '."
    return None


def _is_open(rest: str, sign: str) -> bool:
    """Whether a quote that was opened is not closed in the rest of its line."""
    if sign == '"':
        rest = re.sub(r"\\.", "", rest)
    return rest.count(sign) % 2 == 0
