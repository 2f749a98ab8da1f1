"""The refusal of a form because of its faults."""

from __future__ import annotations

from collections.abc import Sequence

from forms.format.faults import Fault
from visitapp.errors import Code, Refused


class FaultyForm(Refused):
    """A form that was not taken: `faults` holds every one of its faults, at least one. The sentence
    tells the first and how many there are besides."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        first, rest = faults[0], len(faults) - 1
        more = f" ({rest} more)" if rest else ""
        what = f"{first.file}, line {first.line}: {first.what}"
        super().__init__(Code.FORM_FAULTS, what, first.remedy + more)
        self.faults = list(faults)
