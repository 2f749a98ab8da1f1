"""Reads a form from its text."""

from __future__ import annotations

from hashlib import sha256

from forms.format.build import build_form
from forms.format.check import examine
from forms.format.faults import first_remedy
from forms.model import Form
from visitapp.errors import BadFile, Code
from visitapp.language import verbatim


def read_form(text: str, file: str) -> Form:
    """The form that `text` describes. `file` names it in a fault.

    Raises BadFile (FORM_FAULTS) that tells the first fault and how many there are.
    """
    examined = examine(text, file)
    if examined.faults or examined.part is None:
        first = examined.faults[0]
        remedy = first_remedy(examined.faults)
        raise BadFile(Code.FORM_FAULTS, verbatim(first.what), remedy, file=file, row=first.line)
    return build_form(examined.part, digest(text))


def digest(text: str) -> str:
    """The SHA-256 of a form's text, the same whatever its line ends."""
    alike = text.replace("\r\n", "\n").replace("\r", "\n")
    return sha256(alike.encode("utf-8", "surrogatepass")).hexdigest()
