"""Words of an XLSForm made plain: no markup, one line where one line is read out."""

from __future__ import annotations

import re

_TAG = re.compile(
    r"</?(?:a|b|big|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|small|span|strong|sub|sup|table"
    r"|tbody|td|th|tr|u|ul)(?:\s[^<>]{0,500})?/?>",
    re.I,
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|hr)\s*/?>", re.I)
_EMPHASIS = re.compile(
    r"(?<![*_])(\*\*)(?=[^\s*])(.{1,400}?)(?<=[^\s*])\*\*(?!\*)"
    r"|(?<![\w*])(__)(?=[^\s_])(.{1,400}?)(?<=[^\s_])__(?!\w)",
    re.S,
)
"""Two marks around words. Three or more are a line to write on, and marks inside a word are its."""
_HEADING = re.compile(r"^#{1,6}\s+", re.M)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\(([^()\s]{1,500})\)")
_ENTITIES = {"&nbsp;": " ", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&amp;": "&"}
PLACEHOLDER = re.compile(r"%\((?:label|name)[^()]{0,60}\)s")
"""Where a loop writes the label or name of the thing it is at."""
REFERENCE = re.compile(r"\$\{\s*([^{}]{1,100}?)\s*\}")


def plain(text: str) -> str:
    """The text without HTML tags, Markdown marks and runs of spaces. Line breaks stay."""
    text = _TAG.sub("", _BREAK.sub("\n", text))
    for mark, character in _ENTITIES.items():
        text = text.replace(mark, character)
    text = _LINK.sub(_link, _HEADING.sub("", _EMPHASIS.sub(_emphasised, text)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _emphasised(found: re.Match[str]) -> str:
    return found[2] or found[4]


def _link(found: re.Match[str]) -> str:
    words, address = found[1].strip(), found[2]
    return address if not words or words == address else f"{words} ({address})"


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def shortened(text: str, most: int) -> str:
    """At most `most` characters, cut between words and ended with an ellipsis."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > most // 2 else cut).rstrip(" ,;:") + "…"
