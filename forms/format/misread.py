"""Why a text is not YAML: what its author did, where reading stopped is often elsewhere."""

from __future__ import annotations

import re

CURLY = "\u201c\u201d\u2018\u2019"
_OPEN_QUOTE = re.compile(r"^\s*(?:- )?\s*[\w-]+:\s+(?P<sign>[\"'])")

_WRITTEN = re.compile(r"\s*[^\s#]")
_DASH_ALONE = re.compile(r"\s*-(?:\{|\[|[A-Za-z_]+:)")
_ITEM = re.compile(r"(\s*)- +(\S.*)")
_BEGINNING = re.compile(r"(\s*)([\w]+:|[\[{\"'])")
"""How a line begins: its indent, and its key or opening sign."""
_FIRST_KEYS = ("id:", "value:", "rag:")
"""Keys that only items of lists begin with."""


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
    return _dashless(text.split("\n")[: line + 1], line)


def _dashless(lines: list[str], line: int) -> tuple[int, str, str] | None:
    """An item of a list that has no dash, or no space after it, at `line` or in the two lines
    with words above it."""
    remedy = "An item of a list begins with `- `, a dash and a space."
    written = [n for n, shown in enumerate(lines[:line], 1) if _WRITTEN.match(shown)]
    for number in written[-3:]:
        shown = lines[number - 1]
        if _DASH_ALONE.match(shown):
            return number, "There is no space after the dash here.", remedy
        if _lacks_dash(lines, number):
            return number, "There is no dash before this item of a list.", remedy
    return None


def _lacks_dash(lines: list[str], number: int) -> bool:
    """Whether line `number` begins as the items above it do, or, where none stands above, as an
    item whose other keys are set further in; and has no dash."""
    begun = _BEGINNING.match(lines[number - 1])
    if begun is None:
        return False
    indent = len(begun[1])
    above = [line for line in lines[: number - 1] if line.strip() and _indent(line) <= indent]
    item = _ITEM.match(above[-1]) if above else None
    if item is not None:
        sibling = _BEGINNING.match(item[2])
        return sibling is not None and sibling[2] == begun[2]
    below = lines[number] if number < len(lines) else ""
    return (
        bool(above)
        and above[-1].rstrip().endswith(":")
        and begun[2] in _FIRST_KEYS
        and _indent(below) > indent
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_open(rest: str, sign: str) -> bool:
    """Whether a quote that was opened is not closed in the rest of its line."""
    if sign == '"':
        rest = re.sub(r"\\.", "", rest)
    return rest.count(sign) % 2 == 0
