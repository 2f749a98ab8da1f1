"""Files spoiled at random: each is taken, with its problems named, or refused. Nothing else."""

from __future__ import annotations

import gzip
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.directory.cqc import write_cqc
from tests.support.directory.data import DATA
from tests.support.forms.sheets import write_ods, write_xlsx
from visitapp.errors import BadFile
from visitapp.storage.directory.importing import nothing_in_it, read_file
from visitapp.storage.directory.places import Edition

BITS = st.binary(min_size=0, max_size=6) | st.sampled_from([b'"', b"\n", b"\0", b",", b"<", b"&x;"])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module", params=["csv", "xml", "csv.gz"])
def good(request: pytest.FixtureRequest, folder: Path) -> bytes:
    if request.param == "xml":
        packed = (DATA / "fhrs_north_kesteven_2020.xml.gz").read_bytes()
        return gzip.decompress(packed)[:9000] + b"</EstablishmentCollection></FHRSEstablishment>"
    content = write_cqc(folder / "good.csv").read_bytes()
    return gzip.compress(content) if request.param == "csv.gz" else content


def taken_or_refused(path: Path) -> None:
    taken = read_or_refusal(path)
    if isinstance(taken, BadFile):
        assert "\n" not in str(taken)
    else:
        assert taken.rows > 0
        assert all(problem.what and problem.row > 0 for problem in taken.problems)


def read_or_refusal(path: Path) -> Edition | BadFile:
    try:
        with read_file(path, None, date(2026, 11, 29)) as edition:
            if not [*edition.listings, *edition.hygiene]:
                return nothing_in_it(path, edition)
            return edition
    except BadFile as refused:
        return refused


@given(data=st.data())
@settings(max_examples=150)
def test_a_spoiled_file(folder: Path, good: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(good)))
    gone = data.draw(st.sampled_from([0, 1, 7, len(good)]))
    path = folder / "spoiled"
    path.write_bytes(good[:at] + data.draw(BITS) + good[at + gone :])
    taken_or_refused(path)


@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes(folder: Path, content: bytes) -> None:
    path = folder / "any"
    path.write_bytes(content)
    taken_or_refused(path)


@pytest.mark.parametrize("writer", [write_ods, write_xlsx])
@given(data=st.data())
@settings(max_examples=60)
def test_a_spoiled_spreadsheet(folder: Path, writer, data: st.DataObject) -> None:
    good = writer(folder / "good", {"Sheet": [["Location ID", "Name"], ["1-1", "Heather"]]})
    path = folder / "spoiled"
    with zipfile.ZipFile(good) as archive, zipfile.ZipFile(path, "w") as spoiled:
        for part in archive.infolist():
            content = archive.read(part)
            at = data.draw(st.integers(0, len(content)))
            gone = data.draw(st.sampled_from([0, 1, 7, len(content)]))
            spoiled.writestr(part.filename, content[:at] + data.draw(BITS) + content[at + gone :])
    taken_or_refused(path)
