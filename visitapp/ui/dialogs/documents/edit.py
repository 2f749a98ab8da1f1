"""Add a document, replace one by its next edition, edit what is recorded of it, or withdraw it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.language import translate
from visitapp.rules.market_choices import DocumentKind
from visitapp.services.documents.views import DocumentOwner, DocumentView
from visitapp.services.services import Services
from visitapp.ui.dialogs.records.dialog import Part, RecordDialog
from visitapp.ui.dialogs.records.lines import Line, day_line, long_line, needed_choice, text_line
from visitapp.ui.files import FileChooser
from visitapp.ui.widgets.text import button, label
from visitapp.vocabulary import choice_words


class AddDocumentDialog(RecordDialog):
    """A new document, or with `old` its next edition. `kept` carries the DocumentView."""

    def __init__(
        self,
        parent: QWidget | None,
        services: Services,
        files: FileChooser,
        owner: DocumentOwner,
        old: DocumentView | None = None,
    ) -> None:
        documents = services.documents

        def save(given: dict[str, Any]) -> DocumentView:
            file = given.pop("file")
            if old is not None:
                return documents.replace(old.id, file=file, **given)
            return documents.add(owner, given.pop("kind"), file=file, **given)

        lines = _lines(services, with_kind=old is None)
        lines.insert(0, _file_line(self, files))
        heading = translate("Replace a document") if old else translate("Add a document")
        primary = translate("Replace it") if old else translate("Add the document")
        about = [translate("The edition before stays on record as replaced.")] if old else []
        super().__init__(
            parent, (heading, primary), [Part("", lines)], save, about=[owner.name, *about]
        )
        if old is not None:
            self.lines["title"].show(old.title)


class EditDocumentDialog(RecordDialog):
    """`kept` carries the DocumentView."""

    def __init__(self, parent: QWidget | None, services: Services, one: DocumentView) -> None:
        def save(given: dict[str, Any]) -> DocumentView:
            return services.documents.edit(one.id, **given)

        names = ("kind", "title", "issued_on", "expires_on", "note")
        values = {name: getattr(one, name) for name in names}
        texts = (translate("Edit a document"), translate("Save"))
        super().__init__(parent, texts, [Part("", _lines(services, with_kind=True))], save, values)
        self.watch(lambda: services.documents.view(one.id))


class WithdrawDocumentDialog(RecordDialog):
    """`kept` carries the DocumentView."""

    def __init__(self, parent: QWidget | None, services: Services, one: DocumentView) -> None:
        def save(given: dict[str, Any]) -> DocumentView:
            return services.documents.withdraw(one.id, given["reason"])

        texts = (translate("Withdraw a document"), translate("Withdraw it"))
        about = [one.title, translate("It stays on record, and is no longer due.")]
        lines = [long_line("reason", translate("Reason"))]
        super().__init__(parent, texts, [Part("", lines)], save, about=about)


def _lines(services: Services, *, with_kind: bool) -> list[Line]:
    today = services.desk.today()
    kind = [needed_choice("kind", translate("Kind"), choice_words(DocumentKind))]
    return [
        *(kind if with_kind else []),
        text_line("title", translate("Title"), translate("Leave empty to use the file name")),
        day_line("issued_on", translate("Issued on"), today),
        day_line("expires_on", translate("Expires on"), today),
        long_line("note", translate("Note")),
    ]


def _file_line(dialog: QWidget, files: FileChooser) -> Line:
    """The file that is chosen, or none: the document was seen."""
    chosen: dict[str, Path | None] = {"file": None}
    choose = button(translate("Choose a file…"))
    said = label(translate("No file: it was seen"), tone="muted", wrap=True)

    def ask() -> None:
        path = files.open_file(dialog, translate("Choose a file"))
        if path is not None:
            show(path)

    def show(path: Path | None) -> None:
        chosen["file"] = path
        said.setText(path.name if path else translate("No file: it was seen"))
        choose.setAccessibleDescription(said.text())

    choose.clicked.connect(ask)
    cell = QWidget()
    column = QVBoxLayout(cell)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(label(translate("File"), size="small", tone="muted"))
    row = QHBoxLayout()
    row.addWidget(choose)
    row.addWidget(said, 1)
    column.addLayout(row)
    return Line("file", choose, cell, lambda: chosen["file"], show, wide=True)
