"""The large lists of the window, beside a bare table of Qt's over as many ready rows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.support.benchmarks.bare_table import BareTable
from tests.support.benchmarks.figures import Figure, in_turns, ratios
from tests.support.benchmarks.many_settings import fill_contracts, fill_due
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from tests.support.window.windows import AnswerFiles
from visitapp.records import Role
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable

SETTINGS, CONTRACTS = 5000, 3000
MOST = 3
"""Times a bare table of the same run."""


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """The window of a lead with every setting and contract of several councils."""
    folder: Path = tmp_path_factory.mktemp("lists")
    with open_desk(folder / "profile", Clock(), FolderKeyring(folder / "keyring")) as services:
        services.profile.introduce("Lee Example", Role.LEAD)
        fill_due(services, SETTINGS)
        fill_contracts(services, CONTRACTS)
        look = Look(qapp, "light")
        window = MainWindow(services, look, Preferences(folder), AnswerFiles(folder))
        window.resize(1440, 900)
        window.show()
        yield window
        window.closing.close_anyway()


@pytest.mark.timeout(600)
@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize(
    ("route", "chips", "columns"),
    [
        ("portfolio", ("Red", "All"), ("Outcome", "Setting")),
        ("contracts", ("Ended", "All"), ("Ends", "Annual cost")),
    ],
)
def test_a_large_list(
    window: MainWindow,
    route: str,
    chips: tuple[str, str],
    columns: tuple[str, str],
    runs: int,
    figures: list[Figure],
) -> None:
    """From the press of a button to the end of the painting."""
    window.go(Route(route))
    page = next(one for one in window.findChildren(Page) if one.isVisible())
    table = next(found for found in page.findChildren(RowTable) if found.isVisible())
    bare = bare_table(table)
    works = [*ours(page, table, chips, columns), *bares(bare)]
    clock, processor = (
        in_turns(runs, timer, works, 5) for timer in (time.perf_counter, time.process_time)
    )
    for place, what in enumerate(("list", "filter", "sort")):
        name = f"{what} {len(bare.bare.rows):,} {route} rows, to a bare table"
        two = ((took[place], took[place + 3]) for took in (clock, processor))
        by_clock, by_processor = (ratios(*pair) for pair in two)
        figures.append(Figure(name, "x", by_clock, by_processor, MOST))
    bare.close()


def ours(
    page: Page, table: RowTable, chips: tuple[str, str], columns: tuple[str, str]
) -> list[Callable[[], None]]:
    """List everything anew, narrow it and take that back, sort."""
    filters = page.findChildren(FilterChips)[0].findChildren(QPushButton)
    buttons = [next(one for one in filters if one.text().startswith(name)) for name in chips]
    titles = [column.title for column in table.rows.columns]
    sections = cycle(titles.index(name) for name in columns)
    buttons[-1].click()

    def refresh() -> None:
        page.refresh()
        QApplication.processEvents()

    def narrow() -> None:
        for button in buttons:
            button.click()
            QApplication.processEvents()

    def sort() -> None:
        table.horizontalHeader().sectionClicked.emit(next(sections))
        QApplication.processEvents()

    return [refresh, narrow, sort]


def bare_table(table: RowTable) -> BareTable:
    """As large, with the same texts."""
    bare = BareTable()
    bare.resize(1200, 700)
    model = table.rows
    bare.bare.show(
        [
            [model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]
    )
    bare.show()
    return bare


def bares(bare: BareTable) -> list[Callable[[], None]]:
    """The same three of a bare table."""
    rows, columns = bare.bare.rows, cycle([1, 0])
    bare.proxy.setFilterKeyColumn(1)

    def refresh() -> None:
        bare.bare.show(rows)
        QApplication.processEvents()

    def narrow() -> None:
        for text in (rows[0][1], ""):
            bare.proxy.setFilterFixedString(text)
            QApplication.processEvents()

    def sort() -> None:
        bare.proxy.sort(next(columns), Qt.SortOrder.AscendingOrder)
        QApplication.processEvents()

    return [refresh, narrow, sort]
