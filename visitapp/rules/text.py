"""What text may be kept: what every database and every reader can hold."""

from __future__ import annotations

LONGEST_NOTE = 20_000
"""Characters of a note, a reason or a comment: about eight printed pages."""


def text_fault(text: str, longest: int = LONGEST_NOTE) -> str | None:
    """Why a text cannot be kept, as the end of a sentence ("is too long …"), else None."""
    if len(text) > longest:
        return f"is too long: {len(text):,} characters, where {longest:,} fit"
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        return "holds characters that are not text"
    return None
