"""Slips of the pen: text that can be read, and says something else than its author meant.

They are faults when a form is checked or published. A form that was published before one of these
checks existed can still be read: a visit may be pinned to it.
"""

from __future__ import annotations

from forms.format.faults import Faults
from forms.format.kinds import Kind, Text
from forms.format.misread import CURLY
from forms.format.source import ScalarNode
from visitapp.language import translate


def check_scalar(node: ScalarNode, kind: Kind, name: str, faults: Faults) -> None:
    """A text that ends at a `#`, or stands in curly quotes, is not what its author sees."""
    if not isinstance(kind, Text) or not node.plain:
        return
    if node.remark:
        what = translate(
            "`{name}` ends before `{remark}`: a `#` after a space begins a remark.",
            name=name,
            remark=node.remark[:40],
        )
        faults.advise(node.line, what, translate("Put the whole text in straight quotes."))
    text = node.text.strip()
    if len(text) > 1 and text[0] in CURLY and text[-1] in CURLY:
        what = translate("The curly quotes are part of `{name}`.", name=name)
        faults.advise(node.line, what, translate("Use straight quotes, or none."))
