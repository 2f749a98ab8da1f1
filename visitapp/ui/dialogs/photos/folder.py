"""Choose the folder in which new photos are looked for during a visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from visitapp.language import translate
from visitapp.services.evidence.photo_folder import PhotoFolder
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.widgets.text import button, label


class PhotoFolderDialog(Dialog):
    """`kept` carries whether a folder is watched now."""

    kept = Signal(bool)

    def __init__(self, parent: QWidget | None, folder: PhotoFolder, files: FileChooser) -> None:
        super().__init__(parent, translate("Photos folder"), translate("Save"))
        self._folder, self._files = folder, files
        told = translate(
            "While a visit is open, new photos in this folder are offered beside the questions. "
            "You choose which to add. Nothing is taken, moved or deleted by itself. It is for this "
            "laptop alone."
        )
        self.column.addWidget(label(told, tone="muted", wrap=True))
        self.folder = QLineEdit(str(folder.folder() or ""))
        self.folder.setPlaceholderText(translate("Such as the DCIM folder of a camera card"))
        self.add_field(translate("Folder"), self.folder)
        empty = translate("Leave it empty to look into no folder.")
        self.column.addWidget(label(empty, size="small", tone="muted", wrap=True))
        self.choose = button(translate("Choose a folder…"), hint=translate("Ctrl O"))
        self.choose.clicked.connect(self._choose)
        self.column.addWidget(self.choose)
        QShortcut(QKeySequence("Ctrl+O"), self).activated.connect(self._choose)

    def attempt(self) -> None:
        """Watch the folder."""
        self._folder.choose(self.folder.text())
        self.kept.emit(bool(self.folder.text().strip()))
        self.accept()

    def _choose(self) -> None:
        folder = self._files.open_folder(self, translate("Photos folder"))
        if folder is not None:
            self.folder.setText(str(folder))
            self.folder.setFocus()
