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
    return choices(name, _options(people))


def show_people(box: QComboBox, people: Sequence[Holder]) -> None:
    """Offer other people. Who was chosen stays chosen, if they are still offered."""
    before = box.currentData()
    box.clear()
    for id_, text in _options(people).items():
        box.addItem(text, id_)
    box.setCurrentIndex(max(box.findData(before), 0))


def _options(people: Sequence[Holder]) -> dict[str, str]:
    offered = {one.id: words.joined(one.title, one.team) for one in people}
    return {"": translate("Choose a person"), **offered}


def chosen_person(box: QComboBox) -> str:
    """The id of the person chosen. Raises Refused, with the box in focus, when none is."""
    found = str(box.currentData() or "")
    if not found:
        box.setFocus()
        raise Refused(Code.BAD_VALUE, message("Choose a person."))
    return found
