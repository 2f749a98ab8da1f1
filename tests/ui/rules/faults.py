"""What is wrong with a screen: controls without a name or out of reach, a RAG told by colour alone,
and texts that bypass the catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from tests.support.window.every_screen import REGISTER_TITLES, SENTENCE
from tests.support.window.evidence_openers import FILES
from tests.support.window.foreign import Data, shown_texts
from visitapp.services.services import Services
from visitapp.ui.guide import guide_pages
from visitapp.ui.widgets.rag_chip import RagChip

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
)
INNER = (QCalendarWidget, QComboBox, QAbstractSpinBox, QHeaderView, QAbstractItemView)
"""Controls that bring parts of Qt's own along; the whole has the name."""


def controls(root: QWidget) -> Iterator[QWidget]:
    """The controls in a widget that are ours to name."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, CONTROLS) and not _inner(widget, root):
            yield widget


def _inner(widget: QWidget, root: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not root:
        if isinstance(parent, INNER):
            return True
        parent = parent.parentWidget()
    return False


def nameless(root: QWidget) -> list[str]:
    """Controls with no name to be read out."""
    return [
        f"{type(w).__name__} in {type(w.parent()).__name__} ({w.objectName()}) has no name"
        for w in controls(root)
        if not w.accessibleName()
    ]


def out_of_reach(root: QWidget) -> list[str]:
    """Controls that neither the Tab key reaches nor, in a group of choices, an arrow key."""
    return [
        f"no key reaches {w.accessibleName()}"
        for w in controls(root)
        if w.isVisible()
        and w.isEnabled()
        and not isinstance(w, QProgressBar)
        and not (isinstance(w, QAbstractButton) and w.group() is not None)
        and not w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def by_colour_alone(root: QWidget) -> list[str]:
    """RAGs without their shape or their word."""
    return [
        f"the RAG {chip.text()!r} is {chip.accessibleName()!r}"
        for chip in root.findChildren(RagChip)
        if chip.text()[0] not in "■▲●○" or not chip.accessibleName()
    ]


def bypassing(root: QWidget, services: Services) -> list[str]:
    """Texts that are English while the program speaks the pseudo-language, and are no data."""
    data = Data(services)
    data.add(*services.actions.themes().values())
    data.add(
        SENTENCE, "Mend the roof", "due 12 Dec 2026", "due 25 Nov 2026", "North", "550 No such box"
    )
    data.add("Spoken to sharply at mealtimes", "Rowan House, the deputy manager")
    data.add(*REGISTER_TITLES, *FILES)
    data.add(*(page.title for page in guide_pages()))
    data.add("falls", "The falls log was read with the manager for the last three months.")
    found = {
        f"{where}: {text!r} has {part!r}"
        for where, text in shown_texts(root)
        for part in data.english(text)
    }
    return sorted(found)
