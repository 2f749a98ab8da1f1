"""Files that are not what they should be: each is refused at once, in one sentence."""

from __future__ import annotations

import gzip
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.support.forms.sheets import write_ods
from visitapp.errors import BadFile, Code
from visitapp.storage.directory import Directory, tables
from visitapp.storage.directory.content import reading

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
MEGABYTES_100 = 100 * 1024 * 1024
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    "<FHRSEstablishment><EstablishmentCollection/>&b;</FHRSEstablishment>"
)


def missing(path: Path) -> None:
    return


def a_folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def empty(path: Path) -> None:
    path.touch()


def blank(path: Path) -> None:
    path.write_text(" \r\n\t\n")


def random_bytes(path: Path) -> None:
    path.write_bytes(os.urandom(50_000))


def picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + os.urandom(2000))


def prose(path: Path) -> None:
    path.write_text("Dear all,\n\nplease find the ratings attached.\n" * 50)


def another_table(path: Path) -> None:
    path.write_text("Name,Age\n" + "Sam,44\n" * 500)


def json_file(path: Path) -> None:
    path.write_text(json.dumps({"locations": [{"locationId": "1-1"}]}))


def web_page(path: Path) -> None:
    path.write_text("<!DOCTYPE html><html><body>Location ID,Location Name</body></html>")


def other_xml(path: Path) -> None:
    path.write_text("<?xml version='1.0'?><catalogue><book/></catalogue>")


def entity_bomb(path: Path) -> None:
    path.write_text(BOMB)


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("ratings.csv", "Location ID")


def other_sheet(path: Path) -> None:
    write_ods(path, {"Rota": [["Name", "Shift"], ["Sam", "Early"]]})


def cut_sheet(path: Path) -> None:
    write_ods(path, {"Rota": [["Name", "Shift"]]})
    path.write_bytes(path.read_bytes()[:-60])


def spoiled_sheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook><sheets>")


def cut_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress(os.urandom(5000))[:300])


def zeros_100_mb(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MEGABYTES_100)


def text_100_mb(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"a,b,c,d\n" * 131_072)


def one_line_100_mb(path: Path) -> None:
    with path.open("wb") as file:
        for _ in range(100):
            file.write(b"x" * 1024 * 1024)


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(bytes(1024 * 1024))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (missing, Code.FILE_MISSING),
        (a_folder, Code.FILE_UNREADABLE),
        pytest.param(pipe, Code.FILE_UNREADABLE, marks=POSIX),
        pytest.param(device, Code.FILE_UNREADABLE, marks=POSIX),
        (empty, Code.FILE_EMPTY),
        (blank, Code.FILE_EMPTY),
        (random_bytes, Code.FILE_UNKNOWN),
        (picture, Code.FILE_UNKNOWN),
        (pdf, Code.FILE_UNKNOWN),
        (prose, Code.FILE_UNKNOWN),
        (another_table, Code.FILE_UNKNOWN),
        (json_file, Code.FILE_UNKNOWN),
        (web_page, Code.FILE_UNKNOWN),
        (other_xml, Code.FILE_UNKNOWN),
        (entity_bomb, Code.FILE_UNKNOWN),
        (other_zip, Code.FILE_UNKNOWN),
        (other_sheet, Code.FILE_UNKNOWN),
        (cut_sheet, Code.FILE_UNREADABLE),
        (spoiled_sheet, Code.FILE_UNREADABLE),
        (cut_gzip, Code.FILE_UNREADABLE),
        (zeros_100_mb, Code.FILE_UNKNOWN),
        (text_100_mb, Code.FILE_UNKNOWN),
        (one_line_100_mb, Code.FILE_UNKNOWN),
        (gzip_bomb, Code.FILE_UNKNOWN),
    ],
)
def test_it_is_refused_at_once_and_the_directory_stays(
    directory: Directory,
    tmp_path: Path,
    real_cqc: Path,
    make: Callable[[Path], None],
    code: Code,
) -> None:
    directory.import_file(real_cqc)
    before = directory.path.read_bytes()
    wrong = tmp_path / "ratings.csv"
    make(wrong)
    with pytest.raises(BadFile) as refused:
        directory.import_file(wrong)
    assert refused.value.code == code
    assert str(wrong) in str(refused.value)
    assert "\n" not in str(refused.value)
    assert directory.path.read_bytes() == before


def test_what_unpacks_to_more_than_is_allowed_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "large.csv.gz"
    path.write_bytes(gzip.compress(b"Location ID,Location Name\n" * 100_000))
    with pytest.raises(BadFile) as refused, reading(path, most=100_000) as stream:
        stream.read()
    assert refused.value.code == Code.FILE_TOO_LARGE


def test_a_spreadsheet_that_unpacks_to_more_than_is_allowed_is_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_ods(tmp_path / "large.ods", {"Sheet": [["x" * 50_000]]})
    monkeypatch.setattr(tables, "LIMITS", replace(tables.LIMITS, unpacked_bytes=20_000))
    with pytest.raises(BadFile) as refused, tables.sheet_table(path, bool):
        pass
    assert refused.value.code == Code.FILE_TOO_LARGE
