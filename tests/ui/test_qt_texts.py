"""What Qt words itself, such as the buttons of its dialogs, speaks the language of the program."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
)

from visitapp.language import choose_language
from visitapp.ui.qt_texts import QtTexts


class Asked(QtTexts):
    """Notes what Qt asks for, and whether it got that."""

    unknown: set[tuple[str, str]]
    _own = ("QPlatformTheme", "QLineEdit", "QWidgetTextControl", "QFileDialog", "QFileSystemModel")

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        found = super().translate(context, source, disambiguation, n)
        if found is None and context in self._own and not source.startswith("Alt+"):
            self.unknown.add((context, source))
        return found


@pytest.fixture
def asked(qapp: QApplication) -> Iterator[Asked]:
    """Qt in Welsh."""
    translator = Asked(qapp)
    translator.unknown = set()
    choose_language("cy")
    qapp.installTranslator(translator)
    yield translator
    qapp.removeTranslator(translator)
    choose_language("en")


def buttons() -> list[str]:
    kind = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(kind.Ok | kind.Cancel | kind.Save | kind.Yes | kind.No)
    return sorted(button.text().replace("&", "") for button in box.buttons())


def test_buttons_are_welsh(asked: Asked) -> None:
    assert buttons() == ["Cadw", "Canslo", "Iawn", "Ie", "Na"]


def test_english_is_as_qt_has_it(asked: Asked) -> None:
    choose_language("en")
    assert buttons() == ["Cancel", "No", "OK", "Save", "Yes"]


def test_the_menu_of_a_field_is_welsh(asked: Asked) -> None:
    for field in (QLineEdit("text"), QPlainTextEdit("text")):
        menu = field.createStandardContextMenu()
        said = " ".join(action.text().replace("&", "") for action in menu.actions())
        assert "Torri" in said
        assert "Dewis y Cyfan" in said
        assert "Select" not in said
    assert asked.unknown == set()


@pytest.mark.parametrize("mode", QFileDialog.AcceptMode)
@pytest.mark.parametrize("files", QFileDialog.FileMode)
def test_the_dialog_for_files_is_welsh(
    asked: Asked, mode: QFileDialog.AcceptMode, files: QFileDialog.FileMode
) -> None:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    dialog.setFileMode(files)
    dialog.show()
    QApplication.processEvents()
    said = [button.text() for button in dialog.findChildren(QPushButton)]
    dialog.close()
    assert "Canslo" in said
    assert asked.unknown == set()


def test_shortcuts_are_read_as_before(asked: Asked) -> None:
    for keys in ("Ctrl+Home", "Alt+Left", "Shift+Delete"):
        assert QKeySequence(QKeySequence(keys).toString()).toString() == keys.replace(
            "Delete", "Del"
        )
