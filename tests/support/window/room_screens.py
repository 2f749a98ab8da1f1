"""How the dialogs of a visit in the room are opened, for rules that hold for every dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.visits.own_words import OwnWordsDialog
from visitapp.ui.dialogs.visits.show_outcome import ShowOutcomeDialog
from visitapp.ui.dialogs.visits.snippets import SnippetDialog, SnippetsDialog


def _snippets(desktop: Desktop, busy: Any) -> Dialog:
    snippets = desktop.services.snippets
    if not snippets.all():
        snippets.keep("falls", "The falls log was read with the manager for the last three months.")
    return SnippetsDialog(desktop.window, snippets)


ROOM_OPENERS: dict[str, Callable[[Desktop, Any], Dialog | None]] = {
    "OverrideDialog": lambda desktop, busy: desktop.window.dialogs.visit.override(busy.visit),
    "WithdrawOverrideDialog": lambda desktop, busy: desktop.window.dialogs.visit.withdraw_override(
        "1"
    ),
    "ShowOutcomeDialog": lambda desktop, busy: ShowOutcomeDialog(
        desktop.window, desktop.services.visits, busy.visit
    ),
    "SnippetsDialog": _snippets,
    "OwnWordsDialog": lambda desktop, busy: OwnWordsDialog(
        desktop.window, desktop.services.spelling
    ),
    "SnippetDialog": lambda desktop, busy: SnippetDialog(
        desktop.window, desktop.services.snippets, None
    ),
}
