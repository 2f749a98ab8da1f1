"""Look at a piece of evidence: the photo full size, what it is, where it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.evidence.evidence import EvidenceKeeping, file_name
from visitapp.services.evidence.states import EvidenceState
from visitapp.services.views.visits import EvidenceView
from visitapp.ui import words
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.evidence_tag import size_words, state_words
from visitapp.ui.widgets.text import button, label


class EvidenceViewDialog(Dialog):
    """`removed` says that the piece was taken back. Its bytes are only in memory here; a copy on
    the disk is made when the person asks for one."""

    removed = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        piece: EvidenceView,
        evidence: EvidenceKeeping,
        files: FileChooser,
        runner: Runner,
        *,
        frozen: bool,
    ) -> None:
        super().__init__(parent, piece.title, translate("Save a copy…"), width=640)
        self._piece, self._evidence = piece, evidence
        self._files, self._runner = files, runner
        self.cancel.setText(translate("Close"))
        self.cancel.setAccessibleName(self.cancel.text())
        kind = words.evidence_kinds().get(piece.kind, piece.kind)
        self.about = label(
            words.joined(kind, size_words(piece.size), state_words(piece)), tone="muted", wrap=True
        )
        self.column.addWidget(self.about)
        if piece.refused:
            self.column.addWidget(label(piece.refused, tone="amber", wrap=True))
        self.picture = QLabel()
        self.picture.setAccessibleName(translate("Photo: {title}", title=piece.title))
        self._room = QScrollArea()
        self._room.setWidget(self.picture)
        self._room.setWidgetResizable(True)
        self._room.setMinimumHeight(360)
        self._room.hide()
        self.column.addWidget(self._room, 1)
        self.remove = button(translate("Remove"), name=translate("Remove this evidence"))
        self.remove.setVisible(not frozen)
        self.remove.clicked.connect(self._remove)
        self.again = button(translate("Send it again"))
        self.again.setVisible(piece.state == EvidenceState.SET_ASIDE)
        self.again.clicked.connect(self._send_again)
        for way in (self.again, self.remove):
            self.add_way(way)
        self.primary.setEnabled(False)
        self._load()

    def attempt(self) -> None:
        """Save a copy that any program can read."""
        title = translate("Save a copy")
        out = self._files.save_file(self, title, file_name(self._piece))
        if out is not None:
            self._evidence.export(self._piece.id, out)
            self.messages.show_text(translate("Copy saved to {file}.", file=out))

    def _load(self) -> None:
        """Read the bytes, from the server when they are not here."""
        if self._piece.state == EvidenceState.AWAY:
            self.about.setText(translate("Fetching it from the server…"))
        is_photo = self._piece.kind == "photo"

        def work(progress: Progress) -> QImage | None:
            data = self._evidence.fetch(self._piece.id, progress)
            return QImage.fromData(QByteArray(data)) if is_photo else None

        show, fail = self._shown(self._show), self._shown(self._fail)
        running = self._runner.run(Operation(translate("Open evidence"), work, show, fail))
        running.progressed.connect(self._tell)

    def _shown(self, then: Callable[[object], None]) -> Callable[[object], None]:
        """Do nothing when the dialog was closed meanwhile."""

        def only_if_open(value: object) -> None:
            if self.isVisible():
                then(value)

        return only_if_open

    def _tell(self, came: int, size: int) -> None:
        if size and self.isVisible():
            part = translate("Fetching it from the server: {n}%", n=100 * came // size)
            self.about.setText(part)

    def _show(self, image: object) -> None:
        kind = words.evidence_kinds().get(self._piece.kind, self._piece.kind)
        now = self._evidence.view(self._piece.id)
        self.about.setText(words.joined(kind, size_words(now.size), state_words(now)))
        self.primary.setEnabled(True)
        if isinstance(image, QImage) and not image.isNull():
            self.picture.setPixmap(QPixmap.fromImage(image))
            self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._room.show()

    def _fail(self, problem: object) -> None:
        self.about.setText(state_words(self._piece))
        if isinstance(problem, VisitappError):
            self.messages.show_problem(problem)

    def _send_again(self) -> None:
        self._evidence.send_again(self._piece.id)
        self.again.hide()
        self.about.setText(state_words(self._evidence.view(self._piece.id)))

    def _remove(self) -> None:
        try:
            self._evidence.remove(self._piece.id)
        except VisitappError as problem:
            self.messages.show_problem(problem)
            return
        self.removed.emit()
        self.accept()
