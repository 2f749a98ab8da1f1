"""What a regulator's file says anew of held settings becomes records, and refreshes their copy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.support.desk.colleagues import become, bring
from tests.support.directory.cqc import HEATHER, LARCH, ROWAN, write_cqc
from tests.support.directory.fhrs import Kitchen, write_fhrs
from visitapp.errors import BadFile
from visitapp.records import RegulatorChange, Role, Setting
from visitapp.services.services import Services

JUNE = "06/26/2026"
WORSE = HEATHER._replace(overall="Inadequate", published=JUNE)


def records(services: Services) -> list[tuple[str, str, str, str]]:
    with services.desk.reading() as session:
        return sorted((o.kind, o.domain, o.before, o.after) for o in session.query(RegulatorChange))


def copy(services: Services, setting_id: str) -> tuple[str, date | None]:
    with services.desk.reading() as session:
        setting = session.get_one(Setting, setting_id)
        return setting.regulator_overall, setting.regulator_published


def test_a_worse_rating_reaches_list_timeline_and_copy(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    report = services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE]))
    assert ("rating_down", "Overall", "Good", "Inadequate") in records(services)
    assert report.held_changes == len(records(services))
    assert copy(services, homes[0]) == ("Inadequate", date(2026, 6, 26))
    assert copy(services, homes[1]) == ("Inadequate", date(2026, 5, 29))
    told = services.regulator_files.changes()
    whole = next(one for one in told if one.domain == "Overall")
    assert (whole.setting, whole.what) == (
        "Heather Bank",
        "Overall: from Good to Inadequate",
    )
    assert (whole.published_on, whole.edition_on) == (date(2026, 6, 26), date(2026, 6, 26))
    assert whole.link == "http://www.cqc.org.uk/location/1-900001"
    lines = [entry.what for entry in services.settings.view(homes[0]).timeline]
    assert "CQC. Overall: from Good to Inadequate." in lines


def test_the_same_file_twice_changes_nothing(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    path = write_cqc(tmp_path / "june.csv", [WORSE])
    services.regulator_files.import_file(path)
    before = records(services)
    with services.desk.reading() as session:
        waiting = session.get_one(Setting, homes[0]).revision
    assert services.regulator_files.import_file(path).held_changes == 0
    assert records(services) == before
    with services.desk.reading() as session:
        assert session.get_one(Setting, homes[0]).revision == waiting


def test_a_device_without_a_directory_tells_by_the_copy(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    services.directory.path.unlink()
    services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE, LARCH]))
    assert records(services) == [("rating_down", "Overall", "Good", "Inadequate")]


def test_an_older_file_is_taken_only_when_asked(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE]))
    before = records(services)
    may = write_cqc(tmp_path / "may.csv", [HEATHER])
    with pytest.raises(BadFile):
        services.regulator_files.import_file(may)
    services.regulator_files.import_file(may, take_older=True)
    assert records(services) == before
    assert copy(services, homes[0]) == ("Inadequate", date(2026, 6, 26))


def test_the_area_has_what_is_not_held(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    better = ROWAN._replace(overall="Good", published=JUNE)
    services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE, better]))
    (one,) = services.regulator_files.area_changes()
    assert (one.setting, one.setting_id, one.kind) == ("Rowan Care at Home", "", "rating_up")


def test_food_hygiene_is_told_of_the_confirmed_kitchen(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    kitchen = Kitchen("77", "Heather Bank", "ZZ1 1AA", "5")
    services.regulator_files.import_file(write_fhrs(tmp_path / "a.xml", [kitchen]))
    services.settings.confirm_hygiene(homes[0], "77")
    worse = kitchen._replace(rating="1", rated="2026-06-03")
    other = Kitchen("78", "Larch Takeaway", "ZZ1 2BB", "1", business_type="Takeaway")
    services.regulator_files.import_file(write_fhrs(tmp_path / "b.xml", [worse, other]))
    assert records(services) == [("hygiene_down", "Food hygiene", "5", "1")]
    assert services.regulator_files.area_changes() == []


@pytest.mark.parametrize("role", [Role.MANAGER, Role.VIEWER])
def test_who_only_reads_records_nothing(
    services: Services, homes: list[str], tmp_path: Path, role: Role
) -> None:
    bring(services, reader=role)
    become(services, "reader")
    report = services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE]))
    assert report.held_changes == 0
    assert records(services) == []
    assert services.directory.get(HEATHER.location_id).overall == "Inadequate"


def test_the_list_of_a_setting_taken_back_is_empty(
    services: Services, homes: list[str], tmp_path: Path
) -> None:
    services.settings.take_back(homes[0])
    services.regulator_files.import_file(write_cqc(tmp_path / "june.csv", [WORSE]))
    assert services.regulator_files.changes() == []
