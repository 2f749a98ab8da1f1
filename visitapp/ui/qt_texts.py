"""Qt's own texts by our catalogue: the buttons of its dialogs, the menus of its fields, the dialog
for files where the system has none.

Qt ships no Welsh, and its English is the language of our keys. Names of keys stay as they are: Qt
reads shortcuts by them.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTranslator

from visitapp.language import translate_in

CONTEXT = "Qt"
"""Under this context the catalogue has them; `packaging/messages` reads them from here."""

_WHERE = frozenset(
    {
        *("QPlatformTheme", "QDialogButtonBox", "QMessageBox", "QLineEdit", "QWidgetTextControl"),
        *("QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider", "QPrintDialog"),
    }
)
"""The parts of Qt that show them, as Qt names them."""

TEXTS = (
    *("OK", "Save", "Save All", "Open", "Close", "Cancel", "Discard", "Help", "Apply", "Reset"),
    *("&Yes", "Yes to &All", "&No", "N&o to All", "Abort", "Retry", "Ignore", "Restore Defaults"),
    *("&Undo", "&Redo", "Cu&t", "&Copy", "&Paste", "Delete", "Select All"),
    *("&Look in:", "Back", "Go back", "Forward", "Go forward", "Parent Directory"),
    *("Go to the parent directory", "Create New Folder", "Create a New Folder", "List View"),
    *("Change to list view mode", "Detail View", "Change to detail view mode", "Sidebar"),
    *("List of places and bookmarks", "Files", "Files of &type:", "Computer", "Drive", "Folder"),
    *("Name", "Size", "Type", "Date Modified", "File &name:", "Directory:", "&Open", "&Save"),
    *("&Choose", "All Files (*)", "Directories", "Show ", "&Rename", "&Delete", "&New Folder"),
    *("Show &hidden files", "Unknown", "New Folder", "Find Directory", "Save As", "Recent Places"),
    *("%1 already exists.\nDo you want to replace it?", "Remove", "Warning", "Print", "&Print"),
    "%1\nFile not found.\nPlease verify the correct file name was given.",
    "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
    "Are you sure you want to delete '%1'?",
    "'%1' is write protected.\nDo you want to delete it anyway?",
    "Could not delete directory.",
)


class QtTexts(QTranslator):
    """Gives Qt each of the texts above in the language now spoken."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = frozenset(TEXTS)

    def isEmpty(self) -> bool:
        """See QTranslator: an empty one is not asked."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """See QTranslator. None where Qt's own text stays."""
        if context not in _WHERE or source not in self._texts:
            return None
        return translate_in(CONTEXT, source)
