"""The page of what regulators' files said anew."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from tests.support.directory.cqc import HEATHER, ROWAN, write_cqc
from tests.support.window.windows import AnswerFiles, Desktop
from visitapp.ui.dialogs.settings.add_setting import AddSettingDialog

JUNE = "06/26/2026"
WORSE = HEATHER._replace(overall="Inadequate", published=JUNE)


def test_a_file_is_imported_and_what_is_new_is_listed(
    desktop: Desktop, files: AnswerFiles, heather: str, tmp_path: Path
) -> None:
    changes = desktop.changes
    changes.go()
    assert "No changes yet" in changes.said
    other = ROWAN._replace(overall="Good", published=JUNE)
    files.to_open = write_cqc(tmp_path / "june.csv", [WORSE, other])
    changes.click("Import a ratings file")
    dialog = desktop.dialog(AddSettingDialog)
    desktop.until(lambda: "Imported 2 settings" in dialog.messages.text())
    assert "changes to your settings: see Changes." in dialog.messages.text()
    desktop.press(Qt.Key.Key_Escape)
    assert {row.setting for row in changes.table.rows} == {"Heather Bank"}
    changes.search("overall")
    assert [row.what for row in changes.table.rows] == ["Overall: from Good to Inadequate"]
    changes.table.open(0)
    assert desktop.shown == "Setting"


def test_an_older_file_is_taken_only_when_asked(
    desktop: Desktop, files: AnswerFiles, heather: str, tmp_path: Path
) -> None:
    desktop.services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE]))
    files.to_open = write_cqc(tmp_path / "may.csv")
    changes = desktop.changes
    changes.go()
    changes.click("Import a ratings file")
    dialog = desktop.dialog(AddSettingDialog)
    desktop.until(lambda: "older than the one" in dialog.messages.text())
    assert desktop.focus == "Import the older file"
    desktop.press(Qt.Key.Key_Return)
    desktop.until(lambda: "Imported 4 settings" in dialog.messages.text())


def test_what_is_not_held_opens_the_regulators_page(
    desktop: Desktop, files: AnswerFiles, heather: str, tmp_path: Path
) -> None:
    other = ROWAN._replace(overall="Good", published=JUNE)
    path = write_cqc(tmp_path / "june.csv", [WORSE, other])
    desktop.services.regulator_files.import_file(path)
    changes = desktop.changes
    changes.go()
    changes.click("Others in my area")
    assert [row.setting for row in changes.table.rows] == ["Rowan Care at Home"]
    changes.table.open(0)
    assert files.links == ["http://www.cqc.org.uk/location/1-900003"]
