"""Add evidence at a question: a note of it, or a photo or document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.evidence.evidence import title_from
from visitapp.services.views.visits import EvidenceView
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.fields import choices
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.text import button, label
from visitapp.ui.words import evidence_kinds

PHOTO_ENDINGS = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".heic",
    ".heif",
    ".tif",
    ".tiff",
    ".bmp",
    ".gif",
)
"""Names of pictures. What the file is decides how it is kept; this is for the kind shown before."""


@dataclass(frozen=True)
class Keep:
    """How evidence is saved: a note of a kind, a file, or a picture that was pasted; each with its
    title. They raise VisitappError when it cannot be."""

    note: Callable[[str, str], EvidenceView]
    file: Callable[[Path, str], EvidenceView]
    picture: Callable[[bytes, str], EvidenceView]


class EvidenceDialog(Dialog):
    """What kind it is and what it shows. `kept` carries the EvidenceView that was saved.

    A file is chosen, dropped on the dialog or pasted into it; saving it takes a moment and is done
    by the runner.
    """

    kept = Signal(object)
    keeps_typed = True

    def __init__(
        self,
        parent: QWidget | None,
        about: str,
        wanted: str,
        keep: Keep,
        files: FileChooser,
        runner: Runner,
    ) -> None:
        super().__init__(parent, translate("Add evidence"), translate("Add evidence"))
        self._keep, self._files, self._runner = keep, files, runner
        self._file: Path | None = None
        self._picture: bytes | None = None
        self.setAcceptDrops(True)
        self.column.addWidget(label(about, tone="muted", wrap=True))
        self.choose = button(
            translate("Choose a photo or document…"),
            hint=translate("You can also drop it here, or paste it with Ctrl+V."),
        )
        self.choose.clicked.connect(self._choose)
        self.chosen = label(self.choose.toolTip(), size="small", tone="muted", wrap=True)
        self.column.addWidget(self.choose)
        self.column.addWidget(self.chosen)
        self.kind = choices(translate("Kind"), evidence_kinds(), wanted or "document")
        self.title = _Title(self.paste)
        self.title.setPlaceholderText(translate("Such as: medicine audit of 3 November, plan SU3"))
        self.add_field(translate("Kind"), self.kind)
        self.add_field(translate("Description (codes, never names)"), self.title)
        pasting = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasting.activated.connect(lambda: self.paste())

    def attempt(self) -> None:
        """Save the piece of evidence; a photo is made ready in the background."""
        title, file, picture = self.title.text(), self._file, self._picture
        if file is None and picture is None:
            self._succeed(self._keep.note(self.kind.currentData(), title))
            return

        def work(progress: Progress) -> EvidenceView:
            if file is not None:
                return self._keep.file(file, title)
            return self._keep.picture(picture or b"", title)

        self.primary.setEnabled(False)
        self._runner.run(Operation(translate("Add evidence"), work, self._succeed, self._fail))

    def paste(self) -> bool:
        """Take a picture or file from the clipboard; false when there is none."""
        return self._take(QApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def _choose(self) -> None:
        file = self._files.open_file(self, translate("Choose a photo or document"))
        if file is not None:
            self._take_file(file)

    def _take(self, given: QMimeData) -> bool:
        files = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
        if files:
            self._take_file(files[0])
            return True
        image = given.imageData() if given.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self._file, self._picture = None, as_png(image)
        self._show_chosen(translate("A pasted picture"), translate("Pasted picture"), "photo")
        return True

    def _take_file(self, file: Path) -> None:
        self._file, self._picture = file, None
        kind = "photo" if file.suffix.lower() in PHOTO_ENDINGS else "document"
        self._show_chosen(file.name, title_from(file.name), kind)

    def _show_chosen(self, name: str, title: str, kind: str) -> None:
        self.chosen.setText(translate("Chosen: {name}", name=name))
        self.chosen.setAccessibleName(self.chosen.text())
        self.kind.setCurrentIndex(self.kind.findData(kind))
        self.kind.setEnabled(False)
        if not self.title.text():
            self.title.setText(title)
        self.title.setFocus()
        self.title.selectAll()

    def _succeed(self, piece: EvidenceView) -> None:
        self.kept.emit(piece)
        self.accept()

    def _fail(self, problem: VisitappError) -> None:
        self.primary.setEnabled(True)
        self.messages.show_problem(problem)


class _Title(QLineEdit):
    """Takes pasted text itself, and hands a pasted picture or file on."""

    def __init__(self, paste: Callable[[], bool]) -> None:
        super().__init__()
        self._paste = paste

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (event.matches(QKeySequence.StandardKey.Paste) and self._paste()):
            super().keyPressEvent(event)


def as_png(image: QImage) -> bytes:
    """A picture as PNG, in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
