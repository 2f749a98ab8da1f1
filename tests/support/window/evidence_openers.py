"""The dialogs of evidence, and how to bring each into view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.desk.pictures import jpeg
from tests.support.window.windows import Desktop
from visitapp.services.evidence.given import Given
from visitapp.services.evidence.marker import open_marker
from visitapp.ui.dialogs.photos.mark import MarkPhotoDialog

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
