"""The menu of a list: what keys do there, each with its key beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from visitapp.language import translate
from visitapp.ui.shell.shortcuts import KEY
from visitapp.ui.widgets.table import RowTable
from visitapp.ui.widgets.text import Button, named

Entry = tuple[str, str, Callable[[], object]]
"""What an entry says, its key, and what it does."""


def context_menu(page: QWidget, entries: list[Entry], at: QPoint) -> QMenu:
    """The menu of a page at a point of the screen: open the row there, what the page's keys do, and
    save the list. It goes when it is closed."""
    menu = named(QMenu(page), translate("What can be done here"))
    table = _table(page, at)
    if table is not None and table.current() is not None:
        _add(
            menu,
            (translate("Open"), translate("Enter"), lambda: table.opened.emit(table.current())),
        )
    for entry in (*_buttons(page), *entries):
        _add(menu, entry)
    if table is not None and table.rows.rows:
        menu.addSeparator()
        export = translate("Export this list…")
        _add(menu, (export, translate("Ctrl Shift E"), table.export_requested.emit))
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def _add(menu: QMenu, entry: Entry) -> None:
    says, key, run = entry
    menu.addAction(f"{says}\t{key}").triggered.connect(lambda _checked: run())


def _buttons(page: QWidget) -> Iterator[Entry]:
    for one in page.findChildren(Button):
        if one.property(KEY) and one.isVisible() and one.isEnabled():
            yield one.text(), one.property(KEY), one.click


def _table(page: QWidget, at: QPoint) -> RowTable | None:
    """The table at that point, or the one that has the focus."""
    widget = QApplication.widgetAt(at) or QApplication.focusWidget()
    while widget is not None and widget is not page:
        if isinstance(widget, RowTable):
            return widget
        widget = widget.parentWidget()
    focused = QApplication.focusWidget()
    return focused if isinstance(focused, RowTable) and page.isAncestorOf(focused) else None
