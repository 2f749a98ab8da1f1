"""The encoding of a text file, where its first bytes tell it."""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def told_encoding(start: bytes) -> str | None:
    """The encoding that a byte order mark tells, or the empty halves of UTF-16 without one; None
    for every other file."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    first, second = start[0:8:2], start[1:8:2]
    if len(second) == 4 and b"\0" not in first and not any(second):
        return "utf-16-le"
    if len(second) == 4 and b"\0" not in second and not any(first):
        return "utf-16-be"
    return None
