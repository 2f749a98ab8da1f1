"""The page Concerns, one concern, and raising one on a visit, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.support.desk.colleagues import become, bring
from tests.support.window.screens import said
from tests.support.window.windows import Desktop
from visitapp.records import Role
from visitapp.services.concerns.views import ConcernFilter, ConcernRow, NewConcern
from visitapp.ui.dialogs.concerns.columns import ConcernColumnsDialog
from visitapp.ui.dialogs.concerns.concern import ConcernDialog
from visitapp.ui.dialogs.concerns.correct import CorrectConcernDialog
from visitapp.ui.dialogs.concerns.import_concerns import ImportConcernsDialog
from visitapp.ui.dialogs.concerns.log import LogConcernDialog
from visitapp.ui.dialogs.concerns.trends import ConcernTrendsDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def log(desktop: Desktop, setting: str, title: str = "Doses signed, not given") -> str:
    new = NewConcern(
        setting_id=setting,
        kind="poor_practice",
        title=title,
        severity="2",
        source="family",
        themes=["medicines"],
    )
    return desktop.services.concerns.log(new).row.id


def every(desktop: Desktop) -> list[ConcernRow]:
    return desktop.services.concerns.list(ConcernFilter(state="all"))


def choose(desktop: Desktop, dialog: ConcernDialog, what: str) -> None:
    """Choose what happened, by keys from the first field."""
    assert desktop.focus == "What happened"
    for _ in range(dialog.what.findData(what)):
        desktop.press(Qt.Key.Key_Down)
    assert dialog.what.currentData() == what


def test_a_concern_is_logged_by_keys(desktop: Desktop, heather: str) -> None:
    desktop.concerns.go()
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog(LogConcernDialog)
    assert desktop.focus == "Setting", "of several, none is chosen for the person"
    desktop.press(Qt.Key.Key_Return)
    assert "Choose the setting" in dialog.messages.text()
    desktop.type("Heather")
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("Evening doses signed")
    desktop.press(Qt.Key.Key_Return)
    (made,) = every(desktop)
    assert (made.title, made.setting_id, made.status) == ("Evening doses signed", heather, "open")
    assert [row.title for row in desktop.concerns.table.rows] == ["Evening doses signed"]
    assert "Concern logged." in desktop.toast


def test_a_title_is_asked_for(desktop: Desktop, heather: str) -> None:
    log(desktop, heather)
    desktop.concerns.go()
    desktop.press("n", CTRL, SHIFT)
    dialog = desktop.dialog(LogConcernDialog)
    desktop.type("Heather")
    desktop.press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert "Say in a few words" in " ".join(said(dialog))
    assert len(every(desktop)) == 1


def test_a_concern_is_taken_further_by_keys(desktop: Desktop, heather: str) -> None:
    id_ = log(desktop, heather)
    desktop.concerns.go()
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    choose(desktop, dialog, "decided")
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Finding"
    desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Reason for the decision"
    desktop.type("Two of five charts")
    desktop.press(Qt.Key.Key_Return, CTRL)
    found = desktop.services.concerns.view(id_)
    assert (found.row.status, found.row.decision) == ("decided", "partly")
    assert found.reason == "Two of five charts"


def test_an_incident_is_investigated_and_learned_from_by_keys(
    desktop: Desktop, heather: str
) -> None:
    """Its causes, level of harm, investigator and learning meeting."""
    made = NewConcern(
        setting_id=heather,
        kind="serious_incident",
        title="A fall from the bed",
        severity="4",
        source="provider",
    )
    id_ = desktop.services.concerns.log(made).row.id
    desktop.concerns.go()
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    choose(desktop, dialog, "stage:investigated")
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Level of harm"
    for _ in range(dialog.harm.findData("severe")):
        desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("The manager")
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Causes"
    desktop.type("No rails")
    desktop.press(Qt.Key.Key_Return, CTRL)
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    assert {"Level of harm: Severe", "Investigated by The manager", "Causes: No rails"} <= set(
        said(dialog)
    )
    choose(desktop, dialog, "stage:learned_from")
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("Rails are checked each week")
    desktop.press(Qt.Key.Key_Return, CTRL)
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    choose(desktop, dialog, "stage:checked")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert "There is no signed-off visit here" in " ".join(said(dialog))
    found = desktop.services.concerns.view(id_)
    assert (found.harm, found.causes, found.investigator, found.learned) == (
        *("severe", "No rails", "The manager"),
        "Rails are checked each week",
    )


def test_what_was_logged_is_corrected_by_keys(desktop: Desktop, heather: str) -> None:
    id_ = log(desktop, heather)
    desktop.concerns.go()
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    dialog.edit.setFocus()
    desktop.press(Qt.Key.Key_Return)
    desktop.dialog(CorrectConcernDialog)
    desktop.press("a", CTRL)
    desktop.type("Evening doses signed")
    desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Return, CTRL)
    row = desktop.services.concerns.view(id_).row
    assert (row.title, row.severity, row.themes) == ("Evening doses signed", "3", ["medicines"])


def test_a_lead_gives_a_concern_and_lifts_its_restriction(desktop: Desktop, heather: str) -> None:
    id_ = log(desktop, heather)
    desktop.services.concerns.restrict(id_, "The police are told")
    bring(desktop.services, lee=Role.LEAD, ben=Role.OFFICER)
    become(desktop.services, "lee")
    desktop.concerns.go()
    desktop.concerns.table.open(0)
    dialog = desktop.dialog(ConcernDialog)
    choose(desktop, dialog, "give")
    desktop.press(Qt.Key.Key_Tab)
    assert desktop.focus == "Handled by"
    for _ in range(dialog.handler.findData("ben")):
        desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert desktop.services.concerns.view(id_).row.handler == "Ben Doe"
    desktop.concerns.table.open(0)
    choose(desktop, desktop.dialog(ConcernDialog), "lift")
    desktop.press(Qt.Key.Key_Tab)
    desktop.type("The police have finished")
    desktop.press(Qt.Key.Key_Return, CTRL)
    assert not desktop.services.concerns.view(id_).row.restricted


def test_trends_are_shown_by_theme_and_setting(desktop: Desktop, heather: str) -> None:
    for title in ("Evening", "Morning"):
        log(desktop, heather, title)
    desktop.concerns.go()
    desktop.concerns.click("Trends by theme, setting and provider…")
    dialog = desktop.dialog(ConcernTrendsDialog)
    assert desktop.focus == "Counted by"
    assert [(row.label, row.count) for row in dialog.table.rows.rows] == [("Medicines", 2)]
    assert dialog.chart.accessibleDescription().endswith("Nov 26: 2")
    desktop.press(Qt.Key.Key_Down)
    assert [(row.label, row.count) for row in dialog.table.rows.rows] == [("Heather Bank", 2)]
    desktop.press(Qt.Key.Key_Tab)
    desktop.press(Qt.Key.Key_Down)
    assert dialog.heading.text() == "Heather Bank"


def test_the_page_names_a_cluster_and_filters(desktop: Desktop, heather: str) -> None:
    for n in range(3):
        log(desktop, heather, f"Dose {n}")
    desktop.services.concerns.log(
        NewConcern(
            setting_id=heather,
            kind="compliment",
            title="Kind at night",
            severity="1",
            source="family",
        )
    )
    desktop.concerns.go()
    assert "A cluster: 3 concerns about medicines at Heather Bank" in " ".join(
        desktop.concerns.said
    )
    assert len(desktop.concerns.table.rows) == 4
    desktop.concerns.search("kind at")
    assert [row.title for row in desktop.concerns.table.rows] == ["Kind at night"]


def test_a_concern_is_raised_inside_a_visit_with_one_key(
    desktop: Desktop, heather: str, visit_id: str
) -> None:
    desktop.open_visit(visit_id)
    before = desktop.shown
    desktop.press("d")
    dialog = desktop.dialog(LogConcernDialog)
    assert dialog.source.currentData() == "visit"
    desktop.type("Call bell out of reach")
    desktop.press(Qt.Key.Key_Return)
    assert desktop.shown == before
    (made,) = every(desktop)
    view = desktop.services.concerns.view(made.id)
    assert view.visit_id == visit_id
    assert view.question in desktop.services.visits.form(visit_id).questions


def test_the_setting_shows_its_concerns(desktop: Desktop, heather: str) -> None:
    log(desktop, heather)
    desktop.setting.go(heather)
    assert "Acknowledged by" in " ".join(desktop.setting.said)


def test_the_columns_of_a_file_are_mapped_once(
    desktop: Desktop, heather: str, tmp_path: Path
) -> None:
    name = desktop.services.settings.view(heather).row.name
    first, second = (tmp_path / f"cases{n}.csv" for n in (1, 2))
    for number, path in enumerate((first, second)):
        path.write_text(
            f"Reference;Setting;Kind;Received;What it is about;Worker\n"
            f"K-{number};{name};complaint;2026-11-01;Noise;W1\n",
            encoding="utf-8",
        )
    desktop.files.to_open = first
    desktop.window.dialogs.concerns.import_file()
    desktop.until(lambda: bool(desktop.window.findChildren(ConcernColumnsDialog)))
    dialog = desktop.dialog(ConcernColumnsDialog)
    boxes = dialog.columns.boxes
    assert {title: box.currentData() for title, box in boxes.items()} == {
        "Reference": "reference",
        "Setting": "setting",
        "Kind": "kind",
        "Received": "received",
        "What it is about": "",
        "Worker": "",
    }
    desktop.press(Qt.Key.Key_Return)
    assert "Say which column has: Title." in " ".join(said(dialog))
    boxes["What it is about"].setFocus()
    for _ in range(boxes["What it is about"].findData("title")):
        desktop.press(Qt.Key.Key_Down)
    desktop.press(Qt.Key.Key_Return)
    desktop.dialog(ImportConcernsDialog)
    desktop.press(Qt.Key.Key_Return)
    desktop.files.to_open = second
    desktop.window.dialogs.concerns.import_file()
    shown = ImportConcernsDialog
    desktop.until(lambda: any(one.isVisible() for one in desktop.window.findChildren(shown)))
    desktop.dialog(shown)
    desktop.press(Qt.Key.Key_Return)
    assert sorted(row.reference for row in every(desktop)) == ["K-0", "K-1"]
    assert {row.title for row in every(desktop)} == {"Noise"}


@pytest.mark.parametrize("good", [True, False])
def test_a_file_is_shown_before_it_is_taken(
    desktop: Desktop, heather: str, tmp_path: Path, good: bool
) -> None:
    name = desktop.services.settings.view(heather).row.name if good else "Nowhere"
    path = tmp_path / "cases.csv"
    path.write_text(
        f"Reference,Setting,Kind,Received,Title\nK-1,{name},complaint,2026-11-01,Noise\n",
        encoding="utf-8",
    )
    sheet = desktop.services.concern_sheets.preview(path)
    desktop.window.dialogs.concerns.show_sheet(sheet)
    dialog = desktop.dialog(ImportConcernsDialog)
    assert dialog.primary.isEnabled() is good
    desktop.press(Qt.Key.Key_Return)
    assert [row.reference for row in every(desktop)] == (["K-1"] if good else [])
