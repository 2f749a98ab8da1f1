"""Finds what a text says in English while the program speaks the pseudo-language.

Every text of the program is in brackets then; what stands outside them must be data.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LETTERS = re.compile(r"[^\W\d_]{2,}")


def left_in_english(text: str, data: Iterable[str]) -> str:
    """What is left of a text without its pseudo parts and the data, of which it is a whole page."""
    left = " ".join("".join(outside_brackets(text)).split())
    for known in sorted({" ".join(one.split()) for one in data}, key=len, reverse=True):
        left = left.replace(known, " ") if len(known) > 1 else left
    return " ".join(word for word in left.split() if LETTERS.search(word))


def outside_brackets(text: str) -> Iterator[str]:
    """The runs of text outside brackets, which may stand in brackets."""
    depth, run = 0, ""
    for letter in text:
        depth += letter == "["
        if depth == 0:
            run += letter
        elif run:
            yield run
            run = ""
        depth = max(0, depth - (letter == "]"))
    yield run
