"""Page objects of every page but the visit's: what a person sees, and does with real input."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QRadioButton,
    QTableView,
    QWidget,
)

from visitapp.ui.pages.decisions.page import DecisionsPage
from visitapp.ui.pages.escalation.page import EscalationPage
from visitapp.ui.pages.interventions.page import InterventionPage
from visitapp.ui.pages.plans.page import PlanPage
from visitapp.ui.pages.review.page import ReviewPage
from visitapp.ui.pages.settings.setting_page import SettingPage
from visitapp.ui.pages.today.page import TodayPage
from visitapp.ui.shell.pages import NUMBERED
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.table import RowTable

if TYPE_CHECKING:
    from tests.support.window.windows import Desktop

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier


def visible(root: QWidget, kind: type[AnyWidget], name: str) -> AnyWidget:
    """The control in view of that kind and accessible name. Fails unless there is exactly one."""
    QApplication.processEvents()
    shown = [w for w in root.findChildren(kind) if w.isVisible()]
    found = [w for w in shown if w.accessibleName() == name]
    names = sorted({w.accessibleName() for w in shown})
    assert len(found) == 1, f"{len(found)} controls are named {name!r}; in view: {names}"
    return found[0]


def said(root: QWidget) -> list[str]:
    """Every text in view in a widget."""
    QApplication.processEvents()
    return [one.text() for one in root.findChildren(QLabel) if one.isVisible() and one.text()]


class Screen:
    """A part of the window, by the names that a screen reader reads."""

    def __init__(self, desktop: Desktop, root: QWidget) -> None:
        self._desktop = desktop
        self.root = root

    @property
    def said(self) -> list[str]:
        """Every text in view."""
        return said(self.root)

    def offers(self, name: str) -> bool:
        """Whether a button of that name is in view and can be pressed."""
        QApplication.processEvents()
        buttons = self.root.findChildren(QAbstractButton)
        return any(b.isVisible() and b.isEnabled() and b.accessibleName() == name for b in buttons)

    @property
    def buttons(self) -> list[str]:
        """The names of the buttons in view."""
        QApplication.processEvents()
        found = self.root.findChildren(QAbstractButton)
        return [button.accessibleName() for button in found if button.isVisible()]

    def click(self, name: str) -> None:
        """Click the button of that name."""
        button = visible(self.root, QAbstractButton, name)
        if isinstance(button, QCheckBox | QRadioButton):
            words = QPoint(button.sizeHint().width() // 2, button.height() // 2)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=words)
        else:
            self._desktop.click(button)

    def field(self, kind: type[AnyWidget], name: str) -> AnyWidget:
        """The field of that name."""
        return visible(self.root, kind, name)


class TableScreen:
    """A table in view."""

    def __init__(self, desktop: Desktop, table: RowTable) -> None:
        self._desktop, self._table = desktop, table

    @property
    def rows(self) -> list[Any]:
        """The views behind the rows, in the order shown."""
        return list(self._table.rows.rows)

    @property
    def columns(self) -> list[str]:
        """The titles of the columns in view."""
        shown = range(len(self._table.rows.columns))
        return [
            self._table.rows.columns[place].title
            for place in shown
            if not self._table.isColumnHidden(place)
        ]

    def cell(self, row: int, column: str) -> Any:
        """The Cell of a row in a column."""
        shown = next(c for c in self._table.rows.columns if c.title == column)
        return shown.cell(self.rows[row])

    def told(self, row: int, column: str, role: Qt.ItemDataRole) -> str:
        """What a cell says under the pointer, or to assistive technology."""
        place = next(i for i, c in enumerate(self._table.rows.columns) if c.title == column)
        return str(self._table.rows.data(self._table.rows.index(row, place), role))

    def open(self, row: int) -> None:
        """Go to a row with the arrow keys and press Enter."""
        self._table.setFocus()
        self._desktop.press(Qt.Key.Key_Home, CTRL)
        for _ in range(row):
            self._desktop.press(Qt.Key.Key_Down)
        self._desktop.press(Qt.Key.Key_Return)

    def sort(self, column: str) -> None:
        """Click the heading of a column."""
        place = next(i for i, c in enumerate(self._table.rows.columns) if c.title == column)
        header = self._table.horizontalHeader()
        middle = QPoint(
            header.sectionViewportPosition(place) + header.sectionSize(place) // 2,
            header.height() // 2,
        )
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=middle)


KEYS = {"contracts": "c", "concerns": "k", "providers": "s", "interventions": "i", "policies": "y"}
"""With Ctrl and Shift, of the pages that have no number."""


class ListScreen(Screen):
    """A page whose centre is a table with filters and a search."""

    def __init__(self, desktop: Desktop, root: QWidget, table: str, route: str) -> None:
        super().__init__(desktop, root)
        self._table, self._route = table, route

    def go(self) -> None:
        """Go there with the key of the page."""
        if self._route in KEYS:
            self._desktop.press(KEYS[self._route], CTRL, Qt.KeyboardModifier.ShiftModifier)
        else:
            self._desktop.press(str(NUMBERED.index(self._route) + 1), CTRL)

    @property
    def table(self) -> TableScreen:
        """The table in view."""
        return TableScreen(self._desktop, visible(self.root, RowTable, self._table))

    def search(self, text: str) -> None:
        """Type into the search, which Ctrl F reaches."""
        self._desktop.press("f", CTRL)
        self._desktop.type(text)


class PortfolioScreen(ListScreen):
    """The portfolio."""

    @property
    def names(self) -> list[str]:
        """The settings listed, in order."""
        table = next(t for t in self.root.findChildren(QTableView))
        assert isinstance(table, RowTable)
        return [row.name for row in table.rows.rows]

    def figure(self, caption: str) -> str:
        """The figure of the card with that caption."""
        lines = self.said
        return lines[lines.index(caption) + 1]


class ReviewScreen(Screen):
    """The review page."""

    def __init__(self, desktop: Desktop) -> None:
        self.page: ReviewPage = desktop.window.pages.review
        super().__init__(desktop, self.page)

    @property
    def detail(self) -> list[str]:
        """Every text in view of the visit under review."""
        return said(self.page.detail)


class DecisionsScreen(Screen):
    """The page Decisions."""

    def __init__(self, desktop: Desktop) -> None:
        self.page: DecisionsPage = desktop.window.pages.decisions
        super().__init__(desktop, self.page)

    @property
    def is_empty(self) -> bool:
        """Whether the page teaches, because nothing waits."""
        return self.page.empty.isVisible()


class TodayScreen(Screen):
    """The page Today."""

    def __init__(self, desktop: Desktop) -> None:
        self.page: TodayPage = desktop.window.pages.today
        super().__init__(desktop, self.page)


class SettingScreen(Screen):
    """One setting."""

    def __init__(self, desktop: Desktop) -> None:
        self.page: SettingPage = desktop.window.pages.setting
        super().__init__(desktop, self.page)

    def go(self, setting_id: str) -> None:
        """Go to a setting."""
        self._desktop.window.go(Route("setting", setting_id))

    def table(self, name: str) -> TableScreen:
        """A table of one of its tabs, in view."""
        return TableScreen(self._desktop, visible(self.root, RowTable, name))


def escalation_page(desktop: Desktop, setting_id: str) -> EscalationPage:
    """The page Escalation of a setting, gone to."""
    desktop.window.go(Route("escalation", setting_id))
    desktop.settle()
    return desktop.window.pages.escalation


def plan_page(desktop: Desktop, setting_id: str) -> PlanPage:
    """The page of the improvement plan of a setting, gone to."""
    desktop.window.go(Route("plan", setting_id))
    desktop.settle()
    return desktop.window.pages.plan


def intervention_page(desktop: Desktop, setting_id: str) -> InterventionPage:
    """The page of the intervention of a setting, gone to."""
    desktop.window.go(Route("intervention", setting_id))
    desktop.settle()
    return desktop.window.pages.intervention
