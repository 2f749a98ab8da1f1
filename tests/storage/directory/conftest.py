"""A directory of its own for each test, and the files to fill it with."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.directory.data import DATA
from visitapp.storage.directory import Directory

Write = Callable[..., Path]


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    return Directory(tmp_path / "profile" / "directory.db")


@pytest.fixture(scope="session")
def real_cqc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real latest ratings of one county, as published."""
    path = tmp_path_factory.mktemp("cqc") / "ratings.csv"
    path.write_bytes(
        gzip.decompress((DATA / "cqc_latest_ratings_lincolnshire.csv.gz").read_bytes())
    )
    return path


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write rows of plain cells as a text file with a delimiter and an encoding."""

    def write_rows(
        rows: Sequence[Sequence[str]],
        *,
        name: str = "file.csv",
        delimiter: str = ",",
        encoding: str = "utf-8",
        newline: str = "\r\n",
    ) -> Path:
        path = tmp_path / name
        quoted = [[_cell(cell, delimiter) for cell in row] for row in rows]
        text = "".join(delimiter.join(row) + newline for row in quoted)
        path.write_bytes(text.encode(encoding))
        return path

    return write_rows


def _cell(text: str, delimiter: str) -> str:
    if any(mark in text for mark in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text
