"""Slips of the pen: text that can be read, and says something else than its author meant.

They are faults when a form is checked or published. A form that was published before one of these
checks existed can still be read: a visit may be pinned to it.
"""

from __future__ import annotations

from forms.format.faults import Faults
from forms.format.kinds import Kind, Text
from forms.format.misread import CURLY
from forms.format.source import ScalarNode


def check_scalar(node: ScalarNode, kind: Kind, name: str, faults: Faults) -> None:
    """A text that ends at a `#`, or stands in curly quotes, is not what its author sees."""
    if not isinstance(kind, Text) or not node.plain:
        return
    if node.remark:
        what = f"`{name}` ends before `{node.remark[:40]}`: a `#` after a space begins a remark."
        faults.advise(node.line, what, "Put the whole text in straight quotes.")
    text = node.text.strip()
    if len(text) > 1 and text[0] in CURLY and text[-1] in CURLY:
        what = f"The curly quotes are part of `{name}`."
        faults.advise(node.line, what, "Use straight quotes, or none.")
