"""Typed text made fit for paper, and the few words and dates that every section shares."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, tzinfo
from xml.sax.saxutils import escape

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.rules.text import list_marks

MISSING_GLYPH = "\u25a1"
"""Stands for a character that the typeface cannot draw, so that nobody thinks nothing was there."""

FORM_LANGUAGE = "en-GB"
"""The language of the texts of forms, in whatever language a report is."""

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("\u25cf\u26ab\u2756\u2751\u2752\u27a3", "\u2022"),
        **dict.fromkeys("\u27a2\u27a4\u2794\u279c\u27a1\u21e8", "\u2192"),
        **dict.fromkeys("\u2611\u2705", "\u2713"),
        **dict.fromkeys("\u2612\u2716\u274c", "\u2717"),
    }
)
"""Marks of lists and tick boxes that our typeface lacks, and a sign that prints."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf"})


def plain(text: str) -> str:
    """`text` with only characters that can be drawn, and `\\n` as its only line end.

    Composed first (NFC), so that accents typed apart keep their letter. Control and formatting
    characters go; the bullets, arrows and ticks of Word stay such. Of what the typeface lacks, an
    emoji or other sign becomes its name in brackets, and anything else one empty box.
    """
    drawable = glyphs()  # with signs of its own in the private area, which mean nothing here
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    composed = list_marks(composed).translate(_ALIKE)
    kept: list[str] = []
    for character in composed:
        if character != "\n" and unicodedata.category(character) in _UNSEEN:
            continue
        private = unicodedata.category(character) == "Co"
        if character == "\n" or (ord(character) in drawable and not private):
            kept.append(character)
        elif named := _named(character):
            kept.append(named)
        elif not _joins(character) and (not kept or kept[-1] != MISSING_GLYPH):
            kept.append(MISSING_GLYPH)
    return "".join(kept)


def safe(text: str) -> str:
    """`text` on one line, as markup that a Paragraph prints literally."""
    return escape(" ".join(plain(text).split()))


def lines(text: str) -> list[str]:
    """The lines of `text` that say something, each safe as a Paragraph's markup."""
    return [escape(line.strip()) for line in plain(text).split("\n") if line.strip()]


def moment(value: datetime, zone: tzinfo | None) -> str:
    """`4 November 2026 at 14:31` on the clock of `zone`; None is this machine's own."""
    local = value.astimezone(zone)
    return translate("{day} at {time}", day=long_day(local.date()), time=f"{local:%H:%M}")


def words(code: str) -> str:
    """A stored value such as `risk_led` as words: `Risk led`."""
    return code.replace("_", " ").capitalize()


def _named(character: str) -> str:
    """`[thumbs up sign]` for an emoji, `G` for a letter of a flag; empty for anything else."""
    name = unicodedata.name(character, "")
    if unicodedata.category(character) != "So" or not name:
        return ""
    letter = name.removeprefix("REGIONAL INDICATOR SYMBOL LETTER ")
    return letter if len(letter) == 1 else f"[{name.lower()}]"


def _joins(character: str) -> bool:
    """Whether it only shapes the character before it: a mark, a skin tone."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) in {"Mn", "Sk"}
