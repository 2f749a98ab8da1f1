"""Editions follow one another: what a file names is replaced, all else stays."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.cqc import HEATHER, LARCH, PLACES, ROWAN, write_cqc
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
    groups = {grade.service_group for grade in directory.grades("1-900001")}
    assert groups == {"Overall", "Homecare"}


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
