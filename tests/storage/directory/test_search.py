"""Finding a place: by half its name, its postcode, its provider, its location id."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.directory.cqc import HEATHER, LARCH, PLACES, ROWAN, SURGERY, Invented, write_cqc
from tests.support.rows import rows
from visitapp.errors import Code, EnvironmentProblem, NotFound
from visitapp.storage.directory import Directory

SAINT = Invented("1-900005", "St. Anne's Crèche House", "ZZ4 5EE", "1-800004", "Fell Care")
STRASSE = Invented("2-900006", "Żółta Straße", "ZZ5 6FF", "1-800005", "Ærø Care Øst")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Directory:
    folder = tmp_path_factory.mktemp("filled")
    directory = Directory(folder / "directory.db")
    directory.import_file(write_cqc(folder / "ratings.csv", [*PLACES, SAINT, STRASSE]))
    return directory


@rows(
    ("text", "found"),
    [
        ("heat", [HEATHER]),
        ("HEATHER B", [HEATHER]),
        ("bank heather", [HEATHER]),
        ("eather ban", [HEATHER]),
        ("ZZ1 1AA", [HEATHER]),
        ("zz11aa", [HEATHER]),
        ("zz1", [HEATHER, LARCH]),
        ("ZZ1 2", [LARCH]),
        ("moorland", [HEATHER, LARCH]),
        ("1-900003", [ROWAN]),
        ("1-90000", [HEATHER, LARCH, ROWAN, SAINT, SURGERY]),
        ("rowan larch", []),
        ("st anne's", [SAINT]),
        ("st annes creche", [SAINT]),
        ("St. Anne\N{RIGHT SINGLE QUOTATION MARK}s", [SAINT]),
        ("zolta strasse", [STRASSE]),
        ("ŻÓŁTA", [STRASSE]),
        ("aero ost", [STRASSE]),
        ("øst", [STRASSE]),
        ("", []),
        ("  ", []),
        ("%", []),
        ("*", []),
        ('heather" OR "rowan', []),
        ("NEAR(heather bank)", []),
        ("name:heather", []),
    ],
)
def test_words_find_places(filled: Directory, text: str, found: list[Invented]) -> None:
    assert [place.location_id for place in sorted(filled.search(text), key=lambda p: p.name)] == [
        place.location_id for place in sorted(found, key=lambda p: p.name)
    ]


def test_adult_social_care_comes_first(filled: Directory) -> None:
    assert filled.search("1-90000")[-1].location_id == SURGERY.location_id


def test_no_more_are_given_than_asked_for(filled: Directory) -> None:
    assert len(filled.search("1-90000", limit=2)) == 2


@given(text=st.text(max_size=60))
@settings(max_examples=150)
def test_no_text_breaks_a_search(filled: Directory, text: str) -> None:
    assert isinstance(filled.search(text), list)


def test_the_first_half_of_every_real_name_finds_it(
    tmp_path_factory: pytest.TempPathFactory, real_cqc: Path
) -> None:
    directory = Directory(tmp_path_factory.mktemp("real") / "directory.db")
    directory.import_file(real_cqc)
    everyone = directory.search("1", limit=1000)
    assert len(everyone) > 400
    for place in everyone[::20]:
        half = place.name[: len(place.name) // 2]
        assert place in directory.search(half, limit=1000)
        assert place in directory.search(place.postcode.replace(" ", ""))
        assert place in directory.search(place.location_id)


def test_a_location_id_gets_its_place(filled: Directory) -> None:
    assert filled.get("1-900001").name == "Heather Bank"
    assert filled.get(" 1-900001 ").name == "Heather Bank"


def test_an_unknown_location_id_is_not_found(filled: Directory, directory: Directory) -> None:
    for empty_or_not in (filled, directory):
        with pytest.raises(NotFound, match="1-77"):
            empty_or_not.get("1-77")


def test_before_the_first_import_nothing_is_found_and_nothing_made(directory: Directory) -> None:
    assert directory.search("heather") == []
    assert directory.hygiene("ZZ1 1AA") == []
    assert not directory.path.exists()


def test_a_damaged_directory_says_what_to_do(directory: Directory) -> None:
    directory.path.parent.mkdir()
    directory.path.write_bytes(b"x" * 5000)
    with pytest.raises(EnvironmentProblem) as refused:
        directory.search("heather")
    assert refused.value.code == Code.DATABASE_DAMAGED
    assert "Import" in str(refused.value.next_step)
