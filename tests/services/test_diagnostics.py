"""The diagnostics file says how the program is, and nothing that a person wrote."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import msgspec
import pytest

from tests.support.desk.desks import FORM
from tests.support.directory.cqc import HEATHER
from visitapp.errors import BadFile
from visitapp.records import Role
from visitapp.services.concerns.views import NewConcern
from visitapp.services.diagnostics import Diagnostics
from visitapp.services.services import Services
from visitapp.storage.logs import LOG_FOLDER, event, log_to_file, stop_logging_to

MARKER = "Quendlewick"


@pytest.fixture
def marked(services: Services) -> Services:
    """A desk on which every text that a person can write has the marker."""
    services.profile.introduce(f"{MARKER} Example", Role.LEAD)
    setting = services.settings.add(HEATHER.location_id).setting_id
    services.setting_editing.edit(setting, name=f"{MARKER} House", address=f"1 {MARKER} Lane")
    visit = services.visits.start(setting, FORM)
    services.visits.answer(visit.id, "registered_manager", value="met", note=f"{MARKER} said so")
    services.actions.add(visit.id, None, f"Mend {MARKER}", date(2026, 12, 1), detail=MARKER)
    services.concerns.log(
        NewConcern(
            setting_id=setting,
            title=f"{MARKER} heading",
            text=MARKER,
            kind="complaint",
            severity="1",
            source="family",
            reference=f"K-{MARKER}",
        )
    )
    return services


def test_it_has_versions_counts_and_the_log(marked: Services, tmp_path: Path) -> None:
    log = log_to_file(tmp_path / "desk" / LOG_FOLDER / "desktop.log", "info")
    event(logging.INFO, "synced", sent=3)
    stop_logging_to(log)
    marked.diagnostics.save(tmp_path / "out.json", {"theme": "dark"})
    found = msgspec.json.decode((tmp_path / "out.json").read_bytes())
    assert found["program"]["python"]
    assert found["libraries"]["SQLAlchemy"]
    assert (found["records"]["visit"], found["records"]["concern"]) == (1, 1)
    assert found["waiting"]["unsent"] > 0
    assert found["role"] == "lead"
    assert found["window"] == {"theme": "dark"}
    assert "synced" in found["logs"]["desktop.log"][-1]


def test_it_has_no_word_that_a_person_wrote(marked: Services, tmp_path: Path) -> None:
    marked.diagnostics.save(tmp_path / "out.json")
    text = (tmp_path / "out.json").read_text(encoding="utf-8")
    assert MARKER.casefold() not in text.casefold()
    assert HEATHER.name not in text
    assert HEATHER.location_id not in text


def test_the_places_of_a_bug_do_not_tell_where_the_program_is(
    services: Services, tmp_path: Path
) -> None:
    folder = tmp_path / MARKER
    (folder / LOG_FOLDER).mkdir(parents=True)
    lines = [
        "2026-12-01T10:00:00.000Z ERROR bug fault=ValueError reference=AB12CD",
        f"    /home/{MARKER}/apps/lib/visitapp/ui/words.py:12 day",
        f"    C:\\Users\\{MARKER}\\site-packages\\msgspec\\json.py:3 decode",
        f"    /home/{MARKER}/start.py:1 <module>",
    ]
    (folder / LOG_FOLDER / "desktop.log").write_text("\n".join(lines), encoding="utf-8")
    found = Diagnostics(services.desk, folder).facts()["logs"]["desktop.log"]
    assert found[0] == lines[0]
    assert found[1] == "    visitapp/ui/words.py:12 day"
    assert found[2].endswith("json.py:3 decode")
    assert found[3] == "    start.py:1 <module>"
    assert MARKER not in str(found)


def test_a_file_that_cannot_be_written_says_so(services: Services, tmp_path: Path) -> None:
    with pytest.raises(BadFile):
        services.diagnostics.save(tmp_path / "nowhere" / "out.json")
