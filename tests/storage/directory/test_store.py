"""Editions follow one another: what a file names is replaced, all else stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.directory.cqc import HEATHER, LARCH, PLACES, ROWAN, write_cqc
from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.directory import Directory


def ids(directory: Directory) -> list[str]:
    return sorted(place.location_id for place in directory.search("1-90000"))


def test_files_of_several_areas_live_together(directory: Directory, tmp_path: Path) -> None:
    directory.import_file(write_cqc(tmp_path / "north.csv", [HEATHER]))
    directory.import_file(write_cqc(tmp_path / "south.csv", [LARCH, ROWAN]))
    assert ids(directory) == ["1-900001", "1-900002", "1-900003"]


def test_a_later_edition_replaces_the_locations_it_names(
    directory: Directory, tmp_path: Path
) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv"))
    renamed = HEATHER._replace(name="Heather Court", overall="Inadequate", group="Homecare")
    directory.import_file(write_cqc(tmp_path / "june.csv", [renamed]))
    assert len(ids(directory)) == len(PLACES)
    assert directory.get("1-900001").overall == "Inadequate"
    assert directory.search("Heather Bank") == []
    assert [p.name for p in directory.search("Heather Court")] == ["Heather Court"]
    assert directory.get("1-900001").service_types == ["Homecare"]
    kept = {(grade.service_group, grade.rating) for grade in directory.grades("1-900001")}
    assert ("Homecare", "Inadequate") in kept
    assert ("Overall", "Good") not in kept


def test_importing_twice_changes_nothing(directory: Directory, tmp_path: Path) -> None:
    path = write_cqc(tmp_path / "may.csv")
    first = directory.import_file(path)
    places = directory.search("ZZ")
    assert directory.import_file(path) == first
    assert directory.search("ZZ") == places


def test_a_damaged_directory_is_made_anew(directory: Directory, tmp_path: Path) -> None:
    directory.path.parent.mkdir()
    directory.path.write_bytes(b"not a database" * 500)
    directory.import_file(write_cqc(tmp_path / "may.csv"))
    assert len(ids(directory)) == len(PLACES)


def test_a_directory_of_another_version_is_made_anew(directory: Directory, tmp_path: Path) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv", [HEATHER]))
    with closing(sqlite3.connect(directory.path)) as kept:
        kept.execute("PRAGMA user_version = 999")
    directory.import_file(write_cqc(tmp_path / "june.csv", [LARCH]))
    assert ids(directory) == ["1-900002"]


def test_only_the_directory_is_left_in_its_folder(directory: Directory, tmp_path: Path) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv"))
    left = {file.name for file in directory.path.parent.iterdir()} - {"visitapp.lock"}
    assert left == {"directory.db"}


def test_a_reader_sees_the_old_or_the_new_never_half(directory: Directory, tmp_path: Path) -> None:
    directory.import_file(write_cqc(tmp_path / "may.csv", [HEATHER]))
    with closing(sqlite3.connect(directory.path)) as reader:
        directory.import_file(write_cqc(tmp_path / "june.csv"))
        assert reader.execute("SELECT count(*) FROM location").fetchone() == (1,)
    assert len(ids(directory)) == len(PLACES)


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "profile").write_text("not a folder")
    with pytest.raises(EnvironmentProblem) as refused:
        Directory(tmp_path / "profile" / "directory.db").import_file(
            write_cqc(tmp_path / "may.csv")
        )
    assert refused.value.code == Code.FOLDER_UNUSABLE


VERSION_1 = """
    CREATE TABLE location (regulator TEXT, location_id TEXT, name TEXT, postcode TEXT,
        provider TEXT, provider_id TEXT, local_authority TEXT, address TEXT, overall TEXT,
        published TEXT, service_types TEXT, service_type TEXT, beds INTEGER, social_care INTEGER,
        plain_name TEXT, joined_postcode TEXT, PRIMARY KEY (regulator, location_id));
    CREATE TABLE grade (regulator TEXT, location_id TEXT, service_group TEXT, domain TEXT,
        rating TEXT, published TEXT, inherited INTEGER);
    CREATE TABLE hygiene (fhrs_id TEXT PRIMARY KEY, name TEXT, business_type TEXT, postcode TEXT,
        local_authority TEXT, rating TEXT, rated_on TEXT);
    CREATE VIRTUAL TABLE location_fts USING FTS5 (name, plain_name, postcode, joined_postcode,
        provider, location_id, tokenize='unicode61 remove_diacritics 2', content=location);
    INSERT INTO location VALUES ('cqc', '1-900009', 'Łódź House', 'ZZ9 9ZZ', 'Søren''s Care',
        '1-8', 'Northmoor', '', 'Good', '2026-05-29', '["Care Homes"]', 'residential', NULL, 1,
        'Łódź House', 'ZZ99ZZ');
    INSERT INTO grade VALUES ('cqc', '1-900009', 'Overall', 'Safe', 'Good', '2026-05-29', 0);
    INSERT INTO hygiene VALUES ('77', 'Łódź Kitchen', '', 'ZZ9 9ZZ', 'Northmoor', '5', NULL);
    INSERT INTO location_fts (location_fts) VALUES ('rebuild');
    PRAGMA user_version = 1;
"""


@pytest.mark.parametrize("first", ["search", "import"])
def test_a_directory_of_an_earlier_version_keeps_all_it_has(
    directory: Directory, tmp_path: Path, first: str
) -> None:
    directory.path.parent.mkdir()
    with closing(sqlite3.connect(directory.path)) as old:
        old.executescript(VERSION_1)
    if first == "import":
        directory.import_file(write_cqc(tmp_path / "may.csv"))
    for text in ("lodz", "Łódź", "sorens"):
        assert [place.name for place in directory.search(text)] == ["Łódź House"]
    assert directory.get("1-900009").status == ""
    assert [grade.domain for grade in directory.grades("1-900009")] == ["Safe"]
    assert directory.hygiene_of("77").extracted is None
    assert [one.fhrs_id for one in directory.hygiene_named(frozenset({"lodz"}))] == ["77"]
    directory.import_file(write_cqc(tmp_path / "june.csv"))
    assert len(ids(directory)) == len(PLACES) + 1
