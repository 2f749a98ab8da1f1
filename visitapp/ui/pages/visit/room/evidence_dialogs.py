"""The dialogs of evidence: add it, look at it, choose the folder in which photos are looked for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from visitapp.language import plural, translate
from visitapp.rules.visit_life import is_frozen
from visitapp.services.evidence.given import Given
from visitapp.services.evidence.photo_folder import Offered
from visitapp.services.services import Services
from visitapp.services.views.visits import EvidenceView, VisitView
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.photos.folder import PhotoFolderDialog
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog, Keep
from visitapp.ui.dialogs.visits.show_evidence import EvidenceViewDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.visit.room.folder_watch import FolderWatch
from visitapp.ui.shell.operations import Runner
from visitapp.ui.widgets.previews import Previews
from visitapp.ui.widgets.thumbnails import Thumbnails


class EvidenceDialogs(PageDialogs):
    """Adds evidence to the questions of a visit and shows any evidence."""

    def __init__(
        self, window: QWidget, services: Services, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._runner, self._files = runner, files
        self.thumbnails = Thumbnails(services.evidence, self)
        self.previews = Previews(self)
        self.folder_watch = FolderWatch(services.photo_folder, self)
        self.folder_watch.found.connect(self._tell_new)
        self._told = 0

    def stop(self) -> None:
        """The window closes: make no more pictures, and look for none."""
        self.thumbnails.stop()
        self.previews.stop()
        self.folder_watch.stop()

    def add(self, visit_id: str, question: str, given: Sequence[Given] = ()) -> None:
        """Add evidence at a question of a visit: a note of the kind that the form asks for, or
        files; those given are chosen already."""
        dialog = self._made(visit_id, question)
        dialog.title.setFocus()
        dialog.take(given)
        dialog.open()

    def _made(self, visit_id: str, question: str) -> EvidenceDialog:
        visits, evidence = self._services.visits, self._services.evidence
        asked = visits.form(visit_id).questions[question]
        keep = Keep(
            note=lambda kind, title: visits.add_evidence(visit_id, question, kind, title),
            files=lambda files, tell: evidence.add_all(visit_id, question, files, tell),
        )
        wanted = asked.evidence.kind if asked.evidence else ""
        about = f"{asked.number} {asked.ask}"
        dialog = EvidenceDialog(
            self._window, about, wanted, keep, self._files, self._runner, self.previews
        )
        dialog.offer(self.folder_watch.offered)
        dialog.kept.connect(lambda _: self.folder_watch.look())
        dialog.watch(lambda: _at_question(visits.view(visit_id), question))
        dialog.kept.connect(
            lambda pieces: self._saved(
                plural("{n} piece of evidence added.", "{n} pieces of evidence added.", len(pieces))
            )
        )
        return dialog

    def choose_photos(self, visit_id: str, question: str) -> None:
        """Choose from the new photos of the photos folder; without a folder, choose one first."""
        if self.folder_watch.offered.photos:
            dialog = self._made(visit_id, question)
            if dialog.new is not None:
                dialog.new.setFocus()
            dialog.open()
        elif self._services.photo_folder.folder() is None:
            self.choose_folder()
        else:
            told = self.folder_watch.offered.problem or translate("No new photos.")
            self.said.emit(str(told), None)

    def choose_folder(self) -> None:
        """Choose the folder in which new photos are looked for."""
        dialog = PhotoFolderDialog(self._window, self._services.photo_folder, self._files)
        dialog.kept.connect(lambda _: self.folder_watch.look())
        dialog.kept.connect(
            lambda watched: self.said.emit(
                translate("New photos in this folder are offered from now on.")
                if watched
                else translate("No folder is looked into for photos."),
                None,
            )
        )
        dialog.open()

    def show(self, piece: EvidenceView) -> None:
        """Open a photo or document."""
        evidence, frozen = self._services.evidence, True
        if piece.visit_id:
            status = self._services.visits.view(piece.visit_id).summary.status
            frozen = is_frozen(status)
        dialog = EvidenceViewDialog(
            self._window, piece, evidence, self._files, self._runner, frozen=frozen
        )
        dialog.removed.connect(lambda: self._saved(translate("Evidence removed.")))
        dialog.finished.connect(lambda result: self.changed.emit())
        dialog.open()

    def _tell_new(self, offered: Offered) -> None:
        """Say once that there are new photos: the side may be out of view."""
        count = len(offered.photos)
        if count > self._told:
            self.said.emit(
                plural(
                    "{n} new photo in {folder}. Shift P chooses.",
                    "{n} new photos in {folder}. Shift P chooses.",
                    count,
                    folder=offered.name,
                ),
                None,
            )
        self._told = count


def _at_question(view: VisitView, question: str) -> object:
    """What evidence at a question belongs to: the answer, the evidence there is, and whether the
    visit can still be changed."""
    pieces = [piece for piece in view.evidence if piece.question == question]
    return view.answers.get(question), pieces, is_frozen(view.summary.status)
