"""The dialogs of documents."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.rules.text import safe_file_name
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.services.services import Services
from visitapp.storage.evidence.intake import SUFFIXES
from visitapp.ui.dialogs.documents.document import DocumentDialog
from visitapp.ui.dialogs.documents.edit import (
    AddDocumentDialog,
    EditDocumentDialog,
    WithdrawDocumentDialog,
)
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.dialogs.records.dialog import Kept
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.operations import Operation, Progress, Runner


class DocumentDialogs(PageDialogs):
    """Adds, shows, replaces, edits and withdraws documents."""

    def __init__(
        self, window: QWidget, services: Services, runner: Runner, files: FileChooser
    ) -> None:
        super().__init__(window, services)
        self._runner, self._files = runner, files

    def add(self, owner: DocumentOwner, old: DocumentView | None = None) -> None:
        """Add a document, or the next edition of one."""
        dialog = AddDocumentDialog(self._window, self._services, self._files, owner, old)
        dialog.kept.connect(self._added)
        dialog.open()

    def show(self, document_id: str) -> None:
        """Show a document."""
        documents = self._services.documents
        one = documents.view(document_id)
        dialog = DocumentDialog(self._window, one, may_change=documents.may_add())
        dialog.copy_requested.connect(lambda: self.save_copy(one))
        dialog.replacement_requested.connect(lambda: self.add(one.owner, one))
        dialog.edit_requested.connect(lambda: self._edit(one))
        dialog.withdrawal_requested.connect(lambda: self._withdraw(one))
        dialog.return_requested.connect(lambda: self._put_back(one))
        dialog.open()

    def save_copy(self, one: DocumentView) -> None:
        """Put its file where the person chooses; it comes from the server when it is not here."""
        title = translate("Save a copy")
        name = (safe_file_name(one.title) or "document") + SUFFIXES.get(one.media_type, ".bin")
        path = self._files.save_file(self._window, title, name)
        if path is None:
            return
        documents = self._services.documents

        def work(progress: Progress) -> Path:
            documents.fetch(one.id, progress)
            return documents.export(one.id, path)

        def failed(problem: VisitappError) -> None:
            raise problem

        def done(file: Path) -> None:
            self._saved(translate("Saved {file}.", file=file.name))

        self._runner.run(Operation(title, work, done, failed))

    def _added(self, kept: Kept) -> None:
        one = kept.saved

        def undo() -> None:
            self._services.documents.take_back(one.id)
            self._saved(translate("{title} has been removed.", title=one.title))

        self.said.emit(translate("{title} is recorded.", title=one.title), undo)
        self.changed.emit()

    def _edit(self, one: DocumentView) -> None:
        def kept(kept: Kept) -> None:
            def undo() -> None:
                self._services.documents.edit(one.id, **kept.before)
                self._saved(translate("Change undone."))

            self.said.emit(translate("{title} is saved.", title=kept.saved.title), undo)
            self.changed.emit()

        dialog = EditDocumentDialog(self._window, self._services, one)
        dialog.kept.connect(kept)
        dialog.open()

    def _withdraw(self, one: DocumentView) -> None:
        def kept() -> None:
            said = translate("{title} is withdrawn.", title=one.title)
            self.said.emit(said, lambda: self._put_back(one))
            self.changed.emit()

        dialog = WithdrawDocumentDialog(self._window, self._services, one)
        dialog.kept.connect(kept)
        dialog.open()

    def _put_back(self, one: DocumentView) -> None:
        self._services.documents.put_back(one.id)
        self._saved(translate("{title} is current again.", title=one.title))
