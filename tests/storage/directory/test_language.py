"""What an import says of the rows that it leaves out is in the catalogue."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.storage.directory.conftest import Write
from tests.support.directory.cqc import HEADER, write_cqc
from tests.support.language.pseudo import left_in_english
from visitapp.storage.directory import Directory

COLUMN = {name: at for at, name in enumerate(HEADER)}
SPOILED = {
    "Location ID": "no where",
    "Location Name": "",
    "Domain": "",
    "Latest Rating": "Splendid",
    "Publication Date": "02/29/2027",
}


@pytest.mark.usefixtures("pseudo_language")
def test_every_problem_of_a_row_is_in_the_catalogue(
    directory: Directory, tmp_path: Path, write: Write
) -> None:
    with write_cqc(tmp_path / "published.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    spoiled = [
        [*row[: COLUMN[name]], value, *row[COLUMN[name] + 1 :]]
        for row, (name, value) in zip(rows, SPOILED.items(), strict=False)
    ]
    report = directory.import_file(
        write([header, *rows, *spoiled, rows[-1], ["a note"], rows[0][:4], rows[-1]])
    )
    said = [problem.what for problem in report.problems]
    assert len(said) == len(SPOILED) + 4
    data = ["no where", "Splendid", "02/29/2027", "a note"]
    assert [text for text in said if left_in_english(text, data)] == []
