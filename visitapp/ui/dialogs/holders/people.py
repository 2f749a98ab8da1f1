"""A choice among the people who can hold settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox

from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.services.views.holders import Holder
from visitapp.ui import words
from visitapp.ui.dialogs.fields import choices


def people_box(name: str, people: Sequence[Holder]) -> QComboBox:
    """A box of people, none of them chosen at first."""
    options = {"": translate("Choose a person")}
    options |= {one.id: words.joined(one.title, one.team) for one in people}
    return choices(name, options)


def chosen_person(box: QComboBox) -> str:
    """The id of the person chosen. Raises Refused, with the box in focus, when none is."""
    found = str(box.currentData() or "")
    if not found:
        box.setFocus()
        raise Refused(Code.BAD_VALUE, message("Choose a person."))
    return found
