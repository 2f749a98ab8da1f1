"""Reads a form from its text."""

from __future__ import annotations

from hashlib import sha256

from forms.format.build import build_form
from forms.format.check import examine
from forms.model import Form
from visitapp.errors import BadFile, Code


def read_form(text: str, file: str) -> Form:
    """The form that `text` describes. `file` names it in a fault.

    Raises BadFile (FORM_FAULTS) that tells the first fault and how many there are.
    """
    examined = examine(text, file)
    if examined.faults or examined.part is None:
        first = examined.faults[0]
        more = len(examined.faults) - 1
        what = first.what if not more else f"{first.what} There {_are(more)} besides."
        raise BadFile(Code.FORM_FAULTS, what, first.remedy, file=file, row=first.line)
    return build_form(examined.part, digest(text))


def digest(text: str) -> str:
    """The SHA-256 of a form's text, the same whatever its line ends."""
    alike = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(alike.encode("utf-8", "surrogatepass")).hexdigest()


def _are(count: int) -> str:
    return "is 1 more fault" if count == 1 else f"are {count} more faults"
