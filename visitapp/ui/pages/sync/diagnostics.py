"""The diagnostics file, which support asks for."""

from __future__ import annotations

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.ui.dialogs.page_dialogs import PageDialogs
from visitapp.ui.files import FileChooser
from visitapp.ui.theme.look import Look

FILE_NAME = "visitapp-diagnostics.json"


class DiagnosticsDialogs(PageDialogs):
    """Asks for a file and writes the diagnostics there."""

    def __init__(self, window: QWidget, services: Services, look: Look, files: FileChooser) -> None:
        super().__init__(window, services)
        self._look, self._files = look, files

    def save_diagnostics(self) -> None:
        """Write versions, counts and the log, and nothing that a person wrote."""
        title = translate("Save a diagnostics file")
        path = self._files.save_file(self._window, title, FILE_NAME)
        if path is not None:
            self._services.diagnostics.save(path, self._facts())
            told = translate(
                "Diagnostics written to {file}. It has no personal data.", file=path.name
            )
            self.said.emit(told, None)

    def _facts(self) -> dict[str, str]:
        screens = QGuiApplication.screens()
        sizes = [(s.size().width(), s.size().height(), s.devicePixelRatio()) for s in screens]
        return {
            "qt": qVersion() or "",
            "platform": QGuiApplication.platformName(),
            "theme": self._look.theme,
            "text": f"{self._look.scale}%",
            "screens": ", ".join(f"{width}x{height} at {ratio}" for width, height, ratio in sizes),
        }
