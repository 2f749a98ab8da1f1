"""The portfolio: found by typing, narrowed by a filter, sorted by a column, taught when empty."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.services.risk.test_ranking import keep_as_of, sound
from tests.support.desk.colleagues import become, bring
from tests.support.desk.desks import Clock, signed_off_visit
from tests.support.directory.cqc import HEATHER, LARCH, ROWAN, write_cqc
from tests.support.forms.answers import best_answer
from tests.support.terminal.commands import Council
from tests.support.window.screens import PortfolioScreen, Screen, visible
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.errors import Refused
from visitapp.records import Role
from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog
from visitapp.ui.dialogs.sync.connect import ConnectDialog
from visitapp.ui.models.rows import Cell, Column
from visitapp.ui.pages.settings.portfolio_page import PortfolioPage
from visitapp.ui.shell.pages import portfolio_columns, titles
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(desktop: Desktop) -> PortfolioScreen:
    return desktop.portfolio


def test_it_shows_what_one_holds(page: PortfolioScreen) -> None:
    assert page.names == ["Heather Bank", "Larch Nursing Home"]
    assert page.figure("Settings on this laptop") == "2"
    assert "1 residential · 1 nursing" in page.said


def test_typing_finds(desktop: Desktop, page: PortfolioScreen) -> None:
    page.search("larch")
    desktop.until(lambda: page.names == ["Larch Nursing Home"])
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Setting"
    assert desktop.focus == "Start a visit"
    assert not any(one.isVisible() for one in desktop.window.findChildren(Dialog)), "one key, once"


def test_enter_in_the_search_does_not_go_on_into_a_running_visit(
    desktop: Desktop, page: PortfolioScreen, visit_id: str
) -> None:
    page.search("heather")
    desktop.until(lambda: page.names == ["Heather Bank"])
    desktop.press(Qt.Key.Key_Return)
    assert (desktop.shown, desktop.focus) == ("Setting", "Continue the visit")


def test_a_setting_found_by_its_name_comes_before_one_found_by_its_provider(
    desktop: Desktop, page: PortfolioScreen, services: Services
) -> None:
    services.settings.add(ROWAN.location_id)
    provider_word = LARCH.provider.split()[0].lower()
    found = [row.name for row in services.portfolio.rows(text=f"home {provider_word}")]
    assert found[:1] == ["Larch Nursing Home"]
    for row in services.portfolio.rows():
        first, *_ = services.portfolio.rows(text=row.name)
        assert first.name == row.name, "the whole name finds its setting first"


def test_a_search_without_a_match_says_so(desktop: Desktop, page: PortfolioScreen) -> None:
    page.search("zzz")
    desktop.until(lambda: "No setting matches." in page.said)


def test_a_filter_narrows_and_a_header_sorts(desktop: Desktop, page: PortfolioScreen) -> None:
    page.click("Visit due 1")
    assert page.names == ["Larch Nursing Home"], "it was never visited"
    page.click("All 2")
    page.table.sort("Setting")
    page.table.sort("Setting")
    assert page.names == ["Larch Nursing Home", "Heather Bank"]


def test_the_risk_has_its_word_its_score_and_a_shape(
    desktop: Desktop, page: PortfolioScreen, services: Services, heather: str
) -> None:
    assert [page.table.cell(row, "Risk").text for row in (0, 1)] == ["Not assessed"] * 2
    assessment = services.risk.assess(heather, "kent-ten")
    form = services.visits.form(assessment.id)
    for name in assessment.by_hand:
        services.visits.answer(assessment.id, name, **best_answer(form.questions[name]))
    percent = services.risk.sign_off(assessment.id).outcome.percent
    page.go()
    cell = page.table.cell(0, "Risk")
    assert (cell.text, cell.rag) == (f"Low · {percent}, assessed", "green")
    page.table.sort("Risk")
    assert page.names == ["Heather Bank", "Larch Nursing Home"]
    page.click("High risk")
    assert page.names == []


def test_live_risk_of_the_night_stands_before_the_assessment(
    page: PortfolioScreen, services: Services, heather: str
) -> None:
    sound(services, heather, medicines_risk="high")
    keep_as_of(services, heather, services.desk.today())
    page.go()
    (row,) = [one for one in services.portfolio.rows() if one.setting_id == heather]
    cell = page.table.cell(page.names.index("Heather Bank"), "Risk")
    assert cell.rag == row.live_rag != "unrated"
    assert cell.text.endswith(f" · {row.live_percent}")
    assert "Live risk, recorded in the night of" in cell.hint


def test_enter_opens_the_marked_setting(desktop: Desktop, page: PortfolioScreen) -> None:
    page.table.open(1)
    assert "Larch Nursing Home" in desktop.setting.said


def test_a_date_that_is_past_says_how_late(
    desktop: Desktop, page: PortfolioScreen, clock: Clock
) -> None:
    clock.move_to(date(2026, 11, 22))
    page.go()
    due = page.table.cell(1, "Next due")
    assert due.second.endswith("days late")
    assert due.tone == "red"


@pytest.fixture
def first_day(
    empty_services: Services, look: Look, files: AnswerFiles, qtbot: QtBot
) -> Iterator[Desktop]:
    """A window over an empty desk."""
    window = MainWindow(empty_services, look, Preferences(files.folder), files)
    window.resize(1024, 560)
    window.show()
    yield Desktop(window, empty_services, qtbot, files.folder)
    window.close()


def test_the_first_day_teaches_and_offers_to_connect(first_day: Desktop) -> None:
    assert "No settings yet" in first_day.portfolio.said
    assert not any("Offline" in text for text in first_day.portfolio.said), "there is no server"
    first_day.portfolio.click("Connect to your council")
    assert first_day.dialog(ConnectDialog).isVisible()
    assert first_day.focus == "Address of the server"


def test_a_connected_laptop_with_no_setting_does_not_offer_to_connect(
    first_day: Desktop, tmp_path: Path
) -> None:
    council = Council(f"sqlite:///{tmp_path / 'server.db'}")
    council.add_user("officer", "officer", "north")
    with council.serving() as address:
        first_day.services.connection.connect(address, "officer", "officer")
    first_day.open_portfolio()
    assert not first_day.portfolio.offers("Connect to your council")
    assert any("no setting is assigned to you yet" in text for text in first_day.portfolio.said)
    assert first_day.focus == "Add setting"


def test_the_first_day_offers_to_import_and_a_setting_is_added_and_taken_back(
    first_day: Desktop, files: AnswerFiles
) -> None:
    files.to_open = write_cqc(files.folder / "places.csv")
    first_day.portfolio.click("Import a ratings file")
    dialog = first_day.dialog(AddSettingDialog)
    first_day.until(lambda: "Imported" in dialog.messages.text())
    assert "from places.csv" in dialog.messages.text()
    assert str(files.folder) not in dialog.messages.text(), "the name says which, not the path"
    assert first_day.focus == "Search the directory"
    first_day.type("heather")
    first_day.until(lambda: Screen(first_day, dialog).offers("Add to portfolio"))
    marked = dialog.table.current()
    assert marked is not None
    assert marked.name == HEATHER.name, "the first place found is marked"
    first_day.press(Qt.Key.Key_Return)
    assert first_day.shown == "Setting"
    assert [row.name for row in first_day.services.portfolio.rows()] == [HEATHER.name]
    assert first_day.focus == "Start a visit"
    first_day.press("z", CTRL)
    assert first_day.services.portfolio.rows() == []
    assert first_day.shown == "Portfolio"
    first_day.until(lambda: first_day.focus == "Connect to your council")
    first_day.press("z", CTRL)
    assert "is no longer in your portfolio" in first_day.toast
    assert first_day.services.settings.add(HEATHER.location_id).name == HEATHER.name


def test_the_arrows_walk_the_places_found(first_day: Desktop, files: AnswerFiles) -> None:
    first_day.services.directory.import_file(write_cqc(files.folder / "places.csv"))
    first_day.portfolio.click("Add setting")
    dialog = first_day.dialog(AddSettingDialog)
    assert first_day.focus == "Search the directory"
    first_day.type("zz1")
    first_day.until(lambda: len(dialog.table.rows.rows) > 1)
    first_day.press(Qt.Key.Key_Down)
    assert dialog.table.current() == dialog.table.rows.rows[1]
    first_day.press(Qt.Key.Key_Up)
    assert dialog.table.current() == dialog.table.rows.rows[0]


def test_a_file_that_is_no_list_says_so_and_an_empty_list_teaches(
    first_day: Desktop, files: AnswerFiles
) -> None:
    first_day.portfolio.click("Add setting")
    dialog = first_day.dialog(AddSettingDialog)
    first_day.type("heather")
    sentence = "The list is empty. Import the regulator's ratings file first."
    first_day.until(lambda: sentence in Screen(first_day, dialog).said)
    files.to_open = files.folder / "nothing.csv"
    files.to_open.write_bytes(b"")
    Screen(first_day, dialog).click("Import a ratings file")
    first_day.until(lambda: dialog.messages.text() != "")
    assert not dialog.primary.isEnabled()


def test_a_setting_with_records_is_not_taken_back(services: Services, heather: str) -> None:
    with pytest.raises(Refused, match="has records, so"):
        services.settings.take_back(heather)
    assert len(services.portfolio.rows()) == 2


def test_a_setting_added_by_mistake_is_removed_by_keys_and_brought_back(
    desktop: Desktop, services: Services
) -> None:
    larch = next(r.setting_id for r in services.portfolio.rows() if r.name == LARCH.name)
    desktop.setting.go(larch)
    visible(desktop.window, QAbstractButton, "Remove from the portfolio").setFocus()
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == "Portfolio"
    assert LARCH.name not in desktop.portfolio.names
    desktop.press("z", CTRL)
    assert desktop.shown == "Setting"
    assert LARCH.name in desktop.setting.said
    assert len(services.portfolio.rows()) == 2


def test_a_setting_with_records_offers_no_removal(desktop: Desktop, heather: str) -> None:
    desktop.setting.go(heather)
    assert not desktop.setting.offers("Remove from the portfolio")


def test_a_clock_before_the_latest_record_is_said(
    desktop: Desktop, services: Services, heather: str, clock: Clock
) -> None:
    services.actions.add(None, heather, "Mend the roof", services.desk.today())
    services.actions.update(services.actions.list()[0].id, title="Mend the whole roof")
    desktop.window.begin("")
    assert not desktop.window.warning.isVisible()
    clock.move_to(services.desk.today() - timedelta(days=2500))
    desktop.window.begin("")
    assert desktop.window.warning.text().startswith("This laptop's clock says")


def test_ctrl_and_a_number_go_to_a_page(desktop: Desktop) -> None:
    today, *numbered = titles()[:10]
    _, tenth = titles()[10]
    for place, (_, page) in enumerate(numbered, 1):
        desktop.press(str(place), CTRL)
        assert desktop.shown == page
        assert desktop.window.focusWidget() is not None, "the focus is somewhere in view"
    desktop.press("c", CTRL, SHIFT)
    assert desktop.shown == tenth
    desktop.press(Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert desktop.shown == today[1]


def test_the_side_counts_what_waits(desktop: Desktop, visit_id: str) -> None:
    desktop.portfolio.go()
    desktop.until(lambda: Screen(desktop, desktop.window).offers("Visits, 1"))
    desktop.until(lambda: Screen(desktop, desktop.window).offers("Portfolio, 2"))


def test_a_rating_whose_visit_was_returned_is_not_called_never_visited(
    desktop: Desktop, services: Services
) -> None:
    (larch,) = [r.setting_id for r in services.portfolio.rows() if r.name == LARCH.name]
    desktop.window.go(Route("setting", larch))
    assert "never visited" in " ".join(desktop.setting.said)
    visit = signed_off_visit(
        services, larch, registered_manager={"value": "not_met", "note": "None."}
    )
    officer = services.me().id
    bring(services, lee=Role.LEAD)
    become(services, "lee")
    services.reviews.return_(visit.summary.id, "Who leads the home?")
    become(services, officer)
    desktop.press("1", CTRL)
    shown = desktop.portfolio
    row = shown.names.index(LARCH.name)
    assert shown.table.cell(row, "Last visit").text == "Not signed off here"
    desktop.window.go(Route("setting", larch))
    said = " ".join(desktop.setting.said)
    assert "under review" in said
    assert "never visited" not in said
    assert "No signed-off visit on this laptop was rated." not in said


def test_a_column_of_another_subject_is_shown_beside_the_others(
    services: Services, look: Look, qtbot: QtBot, tmp_path: Path
) -> None:
    views = Preferences(tmp_path).views("portfolio")
    concerns = Column("Concerns", lambda row: Cell(f"{row.beds} open"))
    columns = [*portfolio_columns(services.desk.today), concerns]
    page = PortfolioPage(services.portfolio, look, columns, views, connected=lambda: False)
    qtbot.addWidget(page)
    page.refresh()
    rows = page.table.rows
    last = rows.index(0, rows.columnCount() - 1)
    assert rows.data(last, Qt.ItemDataRole.AccessibleTextRole).startswith("Concerns: ")
