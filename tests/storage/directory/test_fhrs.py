"""Food hygiene ratings, a real authority's file and its known oddities."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from tests.support.directory.data import DATA
from visitapp.errors import BadFile, Code
from visitapp.storage.directory import Directory, Problem

PACKED = DATA / "fhrs_north_kesteven_2020.xml.gz"

ESTABLISHMENT = """<EstablishmentDetail><FHRSID>{id}</FHRSID>
<BusinessName>Heather &amp;amp; Bank</BusinessName><BusinessType>Caring Premises</BusinessType>
{postcode}<RatingValue>{rating}</RatingValue>{rated}
<LocalAuthorityName>Northmoor</LocalAuthorityName></EstablishmentDetail>"""


def establishment(
    number: str = "77", rating: str = "5", rated: str = "2026-05-29", postcode: str = "zz11aa"
) -> str:
    return ESTABLISHMENT.format(
        id=number,
        rating=rating,
        rated=f"<RatingDate>{rated}</RatingDate>" if rated else '<RatingDate xsi:nil="true"/>',
        postcode=f"<PostCode>{postcode}</PostCode>" if postcode else "",
    )


def xml(*establishments: str) -> str:
    return (
        '<?xml version="1.0"?><FHRSEstablishment '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Header><ItemCount>1</ItemCount>'
        f"</Header><EstablishmentCollection>{''.join(establishments)}</EstablishmentCollection>"
        "</FHRSEstablishment>"
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "FHRS221en-GB.xml"


def test_a_real_file_is_taken_whole(directory: Directory) -> None:
    report = directory.import_file(PACKED)
    assert (report.kind, report.rows, report.settings) == ("food-hygiene", 914, 914)
    assert (report.social_care, report.problems) == (0, [])


def test_a_rating_is_found_by_its_postcode(directory: Directory, file: Path) -> None:
    file.write_text(xml(establishment()))
    directory.import_file(file)
    (rating,) = directory.hygiene("ZZ1 1AA")
    assert (rating.name, rating.rating) == ("Heather & Bank", "5")
    assert (rating.rated_on, rating.local_authority) == (date(2026, 5, 29), "Northmoor")


@pytest.mark.parametrize("rating", ["Exempt", "AwaitingInspection", "Pass", "Improvement Required"])
def test_a_rating_may_be_a_word(directory: Directory, file: Path, rating: str) -> None:
    file.write_text(xml(establishment(rating=rating, rated="")))
    directory.import_file(file)
    (kept,) = directory.hygiene("ZZ1 1AA")
    assert (kept.rating, kept.rated_on) == (rating, None)


def test_an_establishment_without_a_postcode_is_taken(directory: Directory, file: Path) -> None:
    file.write_text(xml(establishment(postcode="")))
    assert directory.import_file(file).settings == 1


def test_a_later_file_replaces_the_same_establishment(directory: Directory, file: Path) -> None:
    for rating in ("5", "1"):
        file.write_text(xml(establishment(rating=rating)))
        directory.import_file(file)
    assert [kept.rating for kept in directory.hygiene("ZZ1 1AA")] == ["1"]


def test_establishments_that_cannot_be_taken_are_named(directory: Directory, file: Path) -> None:
    file.write_text(
        xml(
            establishment(),
            establishment("x"),
            establishment("8", ""),
            establishment("9", rated="?"),
        )
    )
    assert directory.import_file(file).problems == [
        Problem(2, "The establishment has no FHRS ID."),
        Problem(3, "The establishment has no name or no rating."),
        Problem(4, "The rating date '?' is not a date (day first)."),
    ]


def test_a_file_that_ends_too_soon_is_refused(directory: Directory, file: Path) -> None:
    file.write_bytes(gzip.decompress(PACKED.read_bytes())[:300_000])
    with pytest.raises(BadFile) as refused:
        directory.import_file(file)
    assert refused.value.code == Code.FILE_UNREADABLE
    assert not directory.path.exists()


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE FHRSEstablishment SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE FHRSEstablishment [<!ENTITY a "aaaa">]>',
        '<!-- <a> --><!DOCTYPE FHRSEstablishment [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(
    directory: Directory, file: Path, declared: str, encoding: str
) -> None:
    text = xml(establishment()).replace('<?xml version="1.0"?>', declared)
    file.write_bytes(text.encode(encoding))
    with pytest.raises(BadFile) as refused:
        directory.import_file(file)
    assert refused.value.code == Code.FILE_UNKNOWN


def as_api(path: Path) -> None:
    """As the agency's API answers in XML: everything in a namespace."""
    text = xml(establishment()).replace(
        "<FHRSEstablishment ", '<FHRSEstablishment xmlns="http://schemas.example/fhrs" '
    )
    path.write_text(text, encoding="utf-8")


JSON = {
    "FHRSID": 77,
    "BusinessName": "Heather &amp; Bank",
    "BusinessType": "Caring Premises",
    "PostCode": "zz11aa",
    "RatingValue": "5",
    "RatingDate": "2026-05-29T00:00:00",
    "LocalAuthorityName": "Northmoor",
}


def as_json(path: Path) -> None:
    tree = {"FHRSEstablishment": {"EstablishmentCollection": {"EstablishmentDetail": [JSON]}}}
    path.write_text(json.dumps(tree), encoding="utf-8")


def as_api_json(path: Path) -> None:
    path.write_text(json.dumps({"establishments": [JSON], "meta": {}}), encoding="utf-8-sig")


@pytest.mark.parametrize("write_file", [as_api, as_json, as_api_json])
def test_other_layouts_of_the_agency_say_the_same(directory, tmp_path, write_file) -> None:
    write_file(tmp_path / "hygiene")
    report = directory.import_file(tmp_path / "hygiene")
    assert (report.kind, report.rows, report.settings) == ("food-hygiene", 1, 1)
    assert report.problems == []
    (one,) = directory.hygiene("ZZ1 1AA")
    assert (one.fhrs_id, one.name, one.rating) == ("77", "Heather & Bank", "5")
    assert one.rated_on == date(2026, 5, 29)


@pytest.mark.parametrize("content", ['{"a": 1}', "[1, 2]", '{"FHRSID": ', "[" * 100_000, "{}"])
def test_other_json_is_refused(directory: Directory, tmp_path: Path, content: str) -> None:
    path = tmp_path / "hygiene.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadFile):
        directory.import_file(path)


def test_a_rating_outside_the_scheme_is_a_problem(directory: Directory, tmp_path: Path) -> None:
    path = tmp_path / "hygiene.xml"
    path.write_text(
        xml(
            establishment("1", rating="7"),
            establishment("2"),
            establishment("3", rated="2099-01-01"),
        ),
        encoding="utf-8",
    )
    assert directory.import_file(path).problems == [
        Problem(1, "'7' is not a food hygiene rating."),
        Problem(3, "The rating date '2099-01-01' is after today."),
    ]
