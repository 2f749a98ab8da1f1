"""The dialogs of evidence and of writing on a visit, and how to bring each into view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.support.desk.pictures import jpeg
from tests.support.window.windows import Desktop
from visitapp.services.evidence.given import Given
from visitapp.services.evidence.marker import open_marker
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.photos.mark import MarkPhotoDialog
from visitapp.ui.dialogs.visits.own_words import OwnWordsDialog
from visitapp.ui.dialogs.visits.show_outcome import ShowOutcomeDialog
from visitapp.ui.dialogs.visits.snippets import SnippetDialog, SnippetsDialog

if TYPE_CHECKING:
    from tests.support.window.every_screen import Busy

QUESTION = "registered_manager"
FILES = ("IMG_0.jpg", "IMG_1.jpg")


def _add(desktop: Desktop, busy: Busy) -> None:
    given = [Given(name, data=jpeg(200, 150)) for name in FILES]
    desktop.window.dialogs.evidence.add(busy.visit, QUESTION, given)


def _show(desktop: Desktop, busy: Busy) -> None:
    piece = desktop.services.visits.view(busy.visit).evidence[0]
    desktop.window.dialogs.evidence.show(piece)


def _mark(desktop: Desktop, busy: Busy) -> MarkPhotoDialog:
    marker = open_marker(Given("IMG_1.jpg", data=jpeg(400, 300)))
    return MarkPhotoDialog(desktop.window, "IMG_1.jpg", marker)


EVIDENCE_OPENERS = {
    "MarkPhotoDialog": _mark,
    "EvidenceDialog": _add,
    "EvidenceViewDialog": _show,
    "PhotoFolderDialog": lambda desktop, busy: desktop.window.dialogs.evidence.choose_folder(),
}


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
