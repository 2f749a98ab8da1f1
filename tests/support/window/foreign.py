"""Finds what a screen says in English while the program speaks the pseudo-language.

Every text of the program is in brackets then. What stands outside them must be data: a value of a
record, a text of a form or of the public directories.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import yaml
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from sqlalchemy import String, select

from tests.support.language.pseudo import LETTERS, outside_brackets
from visitapp.language import language_names
from visitapp.records import SYNCED
from visitapp.records.codec import columns
from visitapp.services.services import Services

FORMS = Path(__file__).parents[3] / "forms" / "library"
TEXTS = frozenset({"title", "ask", "look_for", "intro", "label", "suggest", "unit", "source"})
"""Keys of a form whose values are read by people."""
NAMED_TEXTS = frozenset({"key_questions", "owners"})
"""Keys whose values are texts by their names."""
NAMES = frozenset({"visitapp", "https://visits.example.org"})
"""The same in every language."""

_NUMBER = re.compile(r"^\s*\d+(\.\d+)*\s+")
"""Of a question or an area, before its text."""
_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r"\n|\u2028| · |: |; |, |  +|(?<=[.?!]) ")


class Data:
    """The texts that are no words of the program's own."""

    def __init__(self, services: Services) -> None:
        self._texts: set[str] = NAMES | _texts_of_forms()
        self._add_all(list(language_names().values()))
        self._add_all([one.label for one in services.notices.audiences()])
        with services.desk.reading() as session:
            for kind in SYNCED:
                named = [name for name, column in columns(kind).items()
                         if isinstance(column.type, String)]  # fmt: skip
                for row in session.execute(select(*(getattr(kind, name) for name in named))):
                    self._add_all(list(row))

    def add(self, *texts: str) -> None:
        """Further texts that are data, such as the file that a test chose."""
        self._add_all(list(texts))

    def english(self, text: str) -> list[str]:
        """The parts of a shown text that are neither pseudo nor data."""
        plain = unescape(_TAG.sub("\n", text)).strip()
        return [part for part in _outside(plain) if not self._has(part)]

    def _has(self, part: str) -> bool:
        if not LETTERS.search(part):
            return True
        return any(self._is_data(_known(one)) for one in (part, _NUMBER.sub("", part)))

    def _is_data(self, known: str) -> bool:
        """Whether it is one text, or two beside each other."""
        words = known.split()
        pairs = ((" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words)))
        return known in self._texts or any(self._texts.issuperset(pair) for pair in pairs)

    def _add_all(self, found: Any) -> None:
        self._texts |= _parts(found)


@cache
def _texts_of_forms() -> frozenset[str]:
    """Of every form that ships: reading them takes a second."""
    shipped = (yaml.safe_load(file.read_text("utf-8")) for file in FORMS.rglob("*.yaml"))
    return frozenset().union(*map(_texts_of_form, shipped))


def _texts_of_form(found: Any, key: str = "") -> set[str]:
    """The texts of a form, without its ids and its other words for the program."""
    texts: set[str] = set()
    if isinstance(found, dict):
        if {"title", "version"} <= found.keys():
            texts |= _parts(f"{found['title']} {found['version']}")
        for name, one in found.items():
            texts |= _texts_of_form(one, key if key in NAMED_TEXTS else name)
    elif isinstance(found, list):
        for one in found:
            texts |= _texts_of_form(one, key)
    elif key in TEXTS | NAMED_TEXTS:
        texts |= _parts(str(found))
    return texts


def _parts(found: Any) -> set[str]:
    """A text and its parts; of a list, those of each; nothing of another value."""
    if isinstance(found, list):
        return set().union(*map(_parts, found))
    if not isinstance(found, str):
        return set()
    return {_known(found), *map(_known, _BETWEEN.split(found))}


def shown_texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a window that a person or a screen reader meets, with where it stands."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget is root or widget.isVisibleTo(root) or isinstance(widget, QMenu):
            for where, text in _texts(widget):
                if text:
                    yield f"{type(widget).__name__} {where}", text


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "tool tip", widget.toolTip()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton):
        yield "text", widget.text()
    elif isinstance(widget, QLineEdit | QPlainTextEdit):
        yield "placeholder", widget.placeholderText()
    elif isinstance(widget, QComboBox):
        yield from (("item", widget.itemText(place)) for place in range(widget.count()))
    elif isinstance(widget, QTabBar):
        yield from (("tab", widget.tabText(place)) for place in range(widget.count()))
    elif isinstance(widget, QMenu):
        yield from (("menu", action.text()) for action in widget.actions())
    elif isinstance(widget, QListWidget):
        yield from (("item", widget.item(place).text()) for place in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _cells(widget)


def _cells(view: QAbstractItemView) -> Iterator[tuple[str, str]]:
    model = view.model()
    across = Qt.Orientation.Horizontal
    for column in range(model.columnCount()):
        yield "header", str(model.headerData(column, across) or "")
        for row in range(model.rowCount()):
            index = model.index(row, column)
            for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
                         Qt.ItemDataRole.ToolTipRole):  # fmt: skip
                yield "cell", str(model.data(index, role) or "")


def _outside(text: str) -> Iterator[str]:
    """What stands outside the brackets, split where parts are joined."""
    for run in outside_brackets(text):
        yield from _BETWEEN.split(run)


def _known(text: str) -> str:
    return " ".join(text.split()).strip(' .,:;·“”"()○●■▲\u2039\u203a').casefold()
