"""Asking the person for a file, and showing them one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from visitapp.language import translate


class FileChooser(QObject):
    """The system's own file dialogs."""

    def open_file(self, parent: QWidget, title: str, patterns: Sequence[str] = ()) -> Path | None:
        """A file to read; None when the person changed their mind.

        patterns: such as `*.csv`, of the files listed first; all can be listed as well.
        """
        name, _ = QFileDialog.getOpenFileName(parent, title, "", _offered(patterns))
        return Path(name) if name else None

    def open_files(self, parent: QWidget, title: str, patterns: Sequence[str] = ()) -> list[Path]:
        """Files to read, several at once; none when the person changed their mind. patterns: as of
        `open_file`."""
        names, _ = QFileDialog.getOpenFileNames(parent, title, "", _offered(patterns))
        return [Path(name) for name in names]

    def open_folder(self, parent: QWidget, title: str) -> Path | None:
        """A folder to put files into; None when the person changed their mind."""
        name = QFileDialog.getExistingDirectory(parent, title, str(Path.home()))
        return Path(name) if name else None

    def save_file(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        """Where to put a file; None when the person changed their mind."""
        name, _ = QFileDialog.getSaveFileName(parent, title, str(Path.home() / suggested))
        return Path(name) if name else None

    def save_list(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        """Where to put a list, as XLSX or CSV; None when the person changed their mind."""
        kinds = {translate("Excel (*.xlsx)"): ".xlsx", translate("CSV (*.csv)"): ".csv"}
        start = str(Path.home() / suggested)
        name, kind = QFileDialog.getSaveFileName(parent, title, start, ";;".join(kinds))
        path = Path(name)
        if path.suffix.lower() not in kinds.values():
            path = path.with_name(path.name + kinds.get(kind, ".xlsx")) if name else path
        return path if name else None

    def save_pdf(self, parent: QWidget, title: str, suggested: str) -> Path | None:
        """Where to put a PDF; None when the person changed their mind."""
        start = str(Path.home() / suggested)
        name, _ = QFileDialog.getSaveFileName(parent, title, start, translate("PDF (*.pdf)"))
        return Path(name).with_suffix(".pdf") if name else None

    def open_link(self, address: str) -> bool:
        """Open a page of the web in the system's browser; whether there is one."""
        return QDesktopServices.openUrl(QUrl(address))

    def print(self, parent: QWidget, file: Path) -> bool:
        """Print a PDF on a printer that the person chooses; False when they changed their mind."""
        # Late: the start needs no printer.
        from visitapp.ui.printing import ask_and_print

        return ask_and_print(parent, file)

    def show(self, file: Path) -> bool:
        """Open a file with the system's own program for it; whether there is one."""
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))


def _offered(patterns: Sequence[str]) -> str:
    every = translate("All files (*)")
    fitting = translate("Supported files ({patterns})", patterns=" ".join(patterns))
    return f"{fitting};;{every}" if patterns else every
