"""Scales made of choice lists. They have no scores: an XLSForm says nothing of what is good."""

from __future__ import annotations

from msgspec import Struct

from forms.xlsform.names import Names
from forms.xlsform.survey.choices import Choice

OTHER = "other"


class Scale(Struct, frozen=True):
    """A scale: its id, its values with their labels, and the XLSForm's name of each value."""

    id: str
    labels: dict[str, str]
    names: dict[str, str]


class Scales:
    """Makes one scale of each list that is used, in the order of use."""

    def __init__(self) -> None:
        self._names = Names("scale")
        self._made: dict[tuple[str, bool], Scale] = {}

    def of(self, list_name: str, choices: list[Choice], or_other: bool) -> Scale:
        """The scale of a list, with a value "Other" when its question asks for it."""
        key = (list_name, or_other)
        if key not in self._made:
            labels = {choice.value: choice.label for choice in choices}
            names = {choice.value: choice.name for choice in choices}
            if or_other and OTHER not in labels:
                labels[OTHER] = "Other"
                names[OTHER] = OTHER
            wanted = f"{list_name}_or_other" if or_other else list_name
            self._made[key] = Scale(self._names.any(wanted), labels, names)
        return self._made[key]

    def ticks(self) -> Scale:
        """Yes and No, for the choices of a "select multiple"."""
        yes_no = {"yes": "Yes", "no": "No"}
        return self._fixed("ticked", yes_no)

    def acknowledged(self) -> Scale:
        """The one answer of an "acknowledge" question."""
        return self._fixed("acknowledged", {"OK": "OK"})

    def _fixed(self, name: str, labels: dict[str, str]) -> Scale:
        key = (f" {name}", False)
        if key not in self._made:
            names = {value: value for value in labels}
            self._made[key] = Scale(self._names.any(name), labels, names)
        return self._made[key]

    def used(self) -> list[Scale]:
        """Every scale that some question uses."""
        return list(self._made.values())
