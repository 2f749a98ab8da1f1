"""The large lists of the window, beside a bare table of Qt's over as many ready rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from sqlalchemy import text as statement

from tests.support.benchmarks.bare_table import BareTable
from tests.support.benchmarks.figures import Figure, by_clock_and_processor, ratios
from tests.support.benchmarks.many_settings import fill_actions, fill_contracts, fill_due
from tests.support.desk.desks import Clock, open_desk
from tests.support.desk.keyrings import FolderKeyring
from tests.support.window.windows import AnswerFiles
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.filter_chips import FilterChips
from visitapp.ui.widgets.table import RowTable

SETTINGS, CONTRACTS, ACTIONS, PLANS = 5000, 3000, 70_000, 3800
MOST = 3
"""Times a bare table of the same run."""
MANY = 20_000
"""Rows above which each thing is done once a run: Qt's sorting of more takes many seconds."""

# An alarm that strikes while Qt sorts raises within a callback, and PySide wraps that fault again
# at each of the million callbacks that follow: tens of GB. So a hang ends the process instead.
pytestmark = pytest.mark.timeout(3600, method="thread")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lists")


@pytest.fixture(scope="module")
def services(folder: Path) -> Iterator[Services]:
    """The desk of a lead with every setting, contract and action of several councils."""
    with open_desk(folder / "profile", Clock(), FolderKeyring(folder / "keyring")) as services:
        services.profile.introduce("Lee Example", Role.LEAD)
        fill_due(services, SETTINGS)
        fill_contracts(services, CONTRACTS)
        fill_actions(services, ACTIONS, PLANS)
        yield services


@pytest.fixture(scope="module")
def window(qapp: QApplication, folder: Path, services: Services) -> Iterator[MainWindow]:
    look = Look(qapp, "light")
    window = MainWindow(services, look, Preferences(folder), AnswerFiles(folder))
    window.resize(1440, 900)
    window.show()
    yield window
    window.closing.close_anyway()


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize(
    ("route", "chips", "columns"),
    [
        ("portfolio", ("Red", "All"), ("Outcome", "Setting")),
        ("contracts", ("Ended", "All"), ("Ends", "Annual cost")),
        ("actions", ("Overdue", "All"), ()),
    ],
)
def test_a_large_list(
    window: MainWindow,
    route: str,
    chips: tuple[str, str],
    columns: tuple[str, ...],
    runs: int,
    figures: list[Figure],
) -> None:
    """From the press of a button to the end of the painting. A list without columns that sort has
    one order, which the bare table keeps too."""
    window.go(Route(route))
    page = next(one for one in window.findChildren(Page) if one.isVisible())
    table = next(found for found in page.findChildren(RowTable) if found.isVisible())
    measured = 3 if columns else 2
    works = ours(page, table, chips, columns)[:measured]
    bare = bare_table(table)
    bare.proxy.sort(0, Qt.SortOrder.AscendingOrder)
    works += bares(bare)[:measured]
    rows = len(bare.bare.rows)
    clock, processor = by_clock_and_processor(runs, works, 1 if rows > MANY else 5)
    for place, what in enumerate(("list", "filter", "sort")[:measured]):
        name = f"{what} {rows:,} {route} rows, to a bare table"
        two = ((took[place], took[place + measured]) for took in (clock, processor))
        by_clock, by_processor = (ratios(*pair) for pair in two)
        figures.append(Figure(name, "x", by_clock, by_processor, MOST))
    bare.close()


@pytest.mark.parametrize("what", ["plans", "progress", "plan"])
def test_plans_beside_a_bare_query(
    services: Services, what: str, runs: int, figures: list[Figure]
) -> None:
    """The list of plans, the progress of one and one with its actions and findings, each beside
    the statements that read as much."""
    plans = services.plans
    plan = plans.list()[0].id
    (ours, bare) = {
        "plans": (plans.list, [_OF_PLANS]),
        "progress": (lambda: plans.progress(plan), [_OF_PROGRESS]),
        "plan": (lambda: plans.view(plan), _OF_PLAN),
    }[what]

    def query() -> None:
        with services.desk.reading() as session:
            for one in bare:
                session.execute(statement(one), {"plan": plan} if ":plan" in one else {}).all()

    clock, processor = by_clock_and_processor(runs, [ours, query], 5)
    name = f"{what} with {ACTIONS:,} actions, to a bare query"
    by_clock, by_processor = ratios(*clock), ratios(*processor)
    figures.append(Figure(name, "x", by_clock, by_processor, MOST))


_OF_PLANS = """
SELECT p.*, s.name, count(a.id), sum(a.status = 'verified'), sum(a.due_on < '2026-11-22')
FROM improvement_plan p JOIN setting s ON s.id = p.setting_id
LEFT JOIN action a ON a.plan_id = p.id AND NOT a.deleted AND a.status != 'withdrawn'
WHERE NOT p.deleted GROUP BY p.id ORDER BY p.starts_on
"""
_HERE = "(SELECT setting_id FROM improvement_plan WHERE id = :plan)"
_OF_PLAN = [
    "SELECT p.*, s.name FROM improvement_plan p JOIN setting s ON s.id = p.setting_id "
    "WHERE p.id = :plan",
    "SELECT a.*, s.name, v.visited_on FROM action a JOIN setting s ON s.id = a.setting_id "
    "LEFT JOIN visit v ON v.id = a.visit_id WHERE a.plan_id = :plan AND NOT a.deleted",
    "SELECT u.action_id, u.kind, u.progress FROM action_update u "
    "JOIN action a ON a.id = u.action_id WHERE a.plan_id = :plan AND NOT u.deleted",
    f"SELECT * FROM visit WHERE setting_id = {_HERE} AND NOT deleted",
    f"SELECT question, status, verified_at FROM action WHERE setting_id = {_HERE}",
    f"SELECT * FROM answer WHERE visit_id IN (SELECT id FROM visit WHERE setting_id = {_HERE})",
    "SELECT * FROM local_state",
    "SELECT * FROM user_account",
    "SELECT * FROM published_policy",
]
_OF_PROGRESS = """
SELECT s.created_at, s.day, s.record_id, s.after, a.created_at
FROM step s JOIN action a ON a.id = s.record_id
WHERE s.kind = 'action' AND a.plan_id = :plan AND s.accepted AND NOT s.deleted
ORDER BY s.created_at, s.id
"""


def ours(
    page: Page, table: RowTable, chips: tuple[str, str], columns: tuple[str, ...]
) -> list[Callable[[], None]]:
    """List everything anew, narrow it and take that back, sort."""
    filters = page.findChildren(FilterChips)[0].findChildren(QPushButton)
    buttons = [next(one for one in filters if one.text().startswith(name)) for name in chips]
    titles = [column.title for column in table.rows.columns]
    sections = cycle([titles.index(name) for name in columns] or [0])
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
