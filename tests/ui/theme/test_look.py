"""Changing the theme or the text size styles what is in view, and nothing when it is unchanged."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QMenu,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.support.window.windows import Desktop
from visitapp.ui.shell.routes import Route
from visitapp.ui.theme.contrast import contrast
from visitapp.ui.theme.look import Look

CTRL = Qt.KeyboardModifier.ControlModifier


class Styled(QObject):
    """Watches widgets being styled."""

    def __init__(self, widgets: list[QWidget]) -> None:
        super().__init__()
        self.seen: list[QObject] = []
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.StyleChange:
            self.seen.append(watched)
        return False


@pytest.fixture(autouse=True)
def usual_look(look: Look) -> Iterator[None]:
    yield
    look.set(theme="light", scale=100)


def test_only_what_is_in_view_is_styled_again(desktop: Desktop, visit_id: str, look: Look) -> None:
    visit = desktop.open_visit(visit_id)
    desktop.until(lambda: visit.page.area.ready)
    shown = [w for w in desktop.window.findChildren(QWidget) if w.isVisible()]
    hidden = desktop.hidden_pages
    cards = [w for page in hidden for w in page.findChildren(QWidget)]
    others = [
        w
        for place in range(visit.page.area.count())
        if (area := visit.page.area.widget(place)) is not visit.page.area.currentWidget()
        for w in area.findChildren(QWidget)
    ]
    assert len(others) > 1000 > len(shown)
    styled = Styled([*cards, *others])
    look.set(scale=125)
    assert styled.seen == []
    desktop.press(Qt.Key.Key_PageDown)
    assert styled.seen, "the next area is styled when it is shown"


def test_nothing_is_styled_when_nothing_changes(desktop: Desktop, look: Look) -> None:
    styled = Styled(desktop.window.findChildren(QWidget))
    changed: list[bool] = []
    look.changed.connect(lambda: changed.append(True))
    look.set(theme="light", scale=100)
    for _ in range(3):
        desktop.press("-", CTRL)
    assert (styled.seen, changed) == ([], [])


@pytest.mark.parametrize("page", ["portfolio", "visits", "actions", "review", "sync"])
def test_every_widget_in_view_wears_the_sheet_in_force(
    desktop: Desktop, look: Look, page: str
) -> None:
    look.set(theme="dark", scale=150)
    desktop.window.go(Route(page))
    desktop.press(Qt.Key.Key_F1)
    look.set(theme="light", scale=125)
    bare = [
        widget
        for widget in desktop.window.findChildren(QWidget)
        if widget.isVisible() and not widget.children() and not wears(widget, "font-size: 25px")
    ]
    assert bare == [], "125 % of 20 px is the size of titles"


def wears(widget: QWidget | None, rule: str) -> bool:
    while widget is not None:
        if rule in widget.styleSheet():
            return True
        widget = widget.parentWidget()
    return False


def test_the_menu_follows_the_keys_and_ctrl_0_goes_back(desktop: Desktop, look: Look) -> None:
    def ticked() -> list[str]:
        menu = desktop.window.navigation.display.menu()
        assert isinstance(menu, QMenu)
        actions: list[QAction] = menu.actions()
        return [action.text() for action in actions if action.isChecked()]

    desktop.press("=", CTRL)
    desktop.press("=", CTRL)
    assert ticked() == ["Light", "Text 150%", "English"]
    desktop.press("0", CTRL)
    assert ticked() == ["Light", "Text 100%", "English"]
    assert look.scale == 100
    assert QApplication.font().pixelSize() == look.px(14)


def test_high_contrast_and_dark_follow_the_system(
    look: Look, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    look.set(theme="system")
    hints = qapp.styleHints()
    wanted = Qt.ContrastPreference.HighContrast
    accessibility = hints.accessibility()
    monkeypatch.setattr(type(accessibility), "contrastPreference", lambda _self: wanted)
    accessibility.contrastPreferenceChanged.emit(wanted)
    assert look.colours.name == "contrast"
    wanted = Qt.ContrastPreference.NoPreference
    accessibility.contrastPreferenceChanged.emit(wanted)
    assert look.colours.name != "contrast"
    look.set(theme="light")
    wanted = Qt.ContrastPreference.HighContrast
    accessibility.contrastPreferenceChanged.emit(wanted)
    assert look.colours.name == "light", "a theme that was chosen stays"


def test_high_contrast_is_chosen_from_the_menu_and_remembered(desktop: Desktop, look: Look) -> None:
    menu = desktop.window.navigation.display.menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == "High contrast").trigger()
    assert look.colours.name == "contrast"
    assert desktop.reopened_preferences().theme == "contrast"


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("ticked", [False, True], ids=["empty", "ticked"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_the_box_of_a_choice_stands_out(
    qtbot: QtBot, look: Look, kind: type[QCheckBox] | type[QRadioButton], ticked: bool, theme: str
) -> None:
    """Read from the picture: Fusion's own edge is 1.2 to 1 on a dark ground."""
    look.set(theme=theme)
    ground = QDialog()
    qtbot.addWidget(ground)
    choice = kind(parent=ground)
    choice.setAutoExclusive(False)
    choice.setChecked(ticked)
    look.dress(ground)
    ground.show()
    choice.adjustSize()

    picture = ground.grab(choice.geometry()).toImage()
    middle = picture.height() // 2
    row = {picture.pixelColor(x, middle).name() for x in range(picture.width())}
    assert max(contrast(colour, look.colours.page) for colour in row) >= 3


def test_a_part_of_a_page_is_styled_when_it_comes_into_view(look: Look, qtbot: QtBot) -> None:
    """Also one that is not hidden itself, but stands beside a stack on a page out of view."""
    window, header, page = QStackedWidget(), QWidget(), QWidget()
    column = QVBoxLayout(page)
    column.addWidget(header)
    column.addWidget(QStackedWidget())
    window.addWidget(QWidget())
    window.addWidget(page)
    qtbot.addWidget(window)
    look.dress(window)
    window.show()
    assert (header.isHidden(), header.styleSheet()) == (False, "")
    window.setCurrentWidget(page)
    assert header.styleSheet()
