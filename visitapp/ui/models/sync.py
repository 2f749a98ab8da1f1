"""The columns of conflicts and of rejected changes, as files have them."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.records import Conflict
from visitapp.ui.models.rows import Cell, Column
from visitapp.vocabulary import state_word


def conflict_columns() -> list[Column]:
    """Setting, what it is about, both values with who wrote them, status."""
    return [
        Column(translate("Setting"), lambda one: Cell(one.setting)),
        Column(translate("About"), lambda one: Cell(one.about)),
        Column(translate("The server's value"), lambda one: Cell(one.server_text, one.server_by)),
        Column(translate("The other value"), lambda one: Cell(one.other_text, one.other_by)),
        Column(translate("Status"), lambda one: Cell(state_word(Conflict, one.status))),
    ]


def refused_columns() -> list[Column]:
    """What it is about, why it was rejected, what would be given up."""
    return [
        Column(translate("About"), lambda one: Cell(one.about)),
        Column(translate("Reason"), lambda one: Cell(one.text)),
        Column(translate("Your value"), lambda one: Cell(one.ours)),
        Column(translate("The server's value"), lambda one: Cell(one.theirs)),
    ]
