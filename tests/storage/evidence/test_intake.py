"""What is taken as evidence: real, cut off, hostile and enormous files."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.support.desk.pictures import GPS, heic, jpeg, png
from visitapp.errors import BadFile, Code
from visitapp.rules.evidence import LONGEST_SIDE, MOST_BYTES
from visitapp.storage.evidence.intake import SUFFIXES, take_in


def opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def office(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_a_photo_is_made_smaller_and_says_nothing_but_the_picture() -> None:
    given_one = jpeg(4000, 3000, gps=True, comment=b"taken by a person")
    assert Image.open(io.BytesIO(given_one)).getexif().get_ifd(GPS)
    kept = take_in(given_one, "photo.jpg")
    picture = opened(kept.data)
    assert (kept.kind, kept.media_type, picture.format) == ("photo", "image/jpeg", "JPEG")
    assert max(picture.size) == LONGEST_SIDE
    assert picture.size == (2048, 1536)
    assert not dict(picture.getexif())
    assert "comment" not in picture.info
    for trace in (b"Exif", b"taken by a person", b"Camera of a person", b"ICC_PROFILE"):
        assert trace not in kept.data


def test_a_small_photo_keeps_its_size() -> None:
    assert opened(take_in(jpeg(640, 480), "photo.jpg").data).size == (640, 480)


def test_a_photo_is_turned_upright_before_its_marks_go() -> None:
    """Orientation 6: the camera was turned, so the left of the file is the top of the picture."""
    picture = opened(take_in(jpeg(400, 200, orientation=6), "photo.jpg").data)
    assert picture.size == (200, 400)
    red, green, _ = picture.getpixel((100, 20))
    assert red > 200 > green


def test_a_png_stays_a_png_without_its_texts() -> None:
    kept = take_in(png(3000, 100, text="made by a person"), "photo.jpg")
    picture = opened(kept.data)
    assert (kept.media_type, picture.format, picture.size) == ("image/png", "PNG", (2048, 68))
    assert b"made by a person" not in kept.data


def test_content_decides_not_the_name() -> None:
    assert take_in(b"%PDF-1.7\n", "photo.jpg").media_type == "application/pdf"
    assert take_in(jpeg(10, 10), "plan.pdf").kind == "photo"


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (b"%PDF-1.4\n1 0 obj", ".pdf"),
        ("Seen: Ærø, Łódź\n".encode(), ".txt"),
        (office(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), ".docx"),
        (office(("xl/workbook.xml", b"<x/>")), ".xlsx"),
        (office(("mimetype", b"application/vnd.oasis.opendocument.text")), ".odt"),
    ],
)
def test_documents_are_kept_as_they_are(data: bytes, suffix: str) -> None:
    kept = take_in(data, "file")
    assert (kept.data, kept.kind, SUFFIXES[kept.media_type]) == (data, "document", suffix)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it has this many pixels."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (jpeg(800, 600)[:-4000], Code.FILE_UNREADABLE),
        (jpeg(800, 600)[:20], Code.FILE_UNREADABLE),
        (png(200, 200)[:-200], Code.FILE_UNREADABLE),
        (b"\xff\xd8\xff" + b"not a picture" * 10, Code.FILE_UNREADABLE),
        (bomb(9_000, 9_000), Code.FILE_TOO_LARGE),
        (bomb(60_000, 60_000), Code.FILE_TOO_LARGE),
        (b"MZ\x90\x00" + bytes(200), Code.FILE_UNKNOWN),
        (b"\x7fELF" + bytes(200), Code.FILE_UNKNOWN),
        (b"#!/bin/sh\nrm -r *\n", Code.FILE_UNKNOWN),
        (b"GIF89a" + bytes(20), Code.FILE_UNKNOWN),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), Code.FILE_UNREADABLE),
        (heic()[:-100], Code.FILE_UNREADABLE),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), Code.FILE_UNKNOWN),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(8), Code.FILE_UNREADABLE),
        (office(("word/document.xml", b""), ("word/vbaProject.bin", b"")), Code.FILE_UNKNOWN),
        (office(("anything.exe", b"MZ")), Code.FILE_UNKNOWN),
        (b"PK\x03\x04 cut off", Code.FILE_UNKNOWN),
        ("in another encoding: é".encode("latin-1"), Code.FILE_UNKNOWN),
        (b"%PDF-1.7" + bytes(MOST_BYTES), Code.FILE_TOO_LARGE),
    ],
)
def test_what_is_not_taken(data: bytes, code: Code) -> None:
    with pytest.raises(BadFile) as refused:
        take_in(data, "the file")
    assert refused.value.code == code
    assert str(refused.value).startswith("the file: ")


def test_a_heic_photo_becomes_a_jpeg() -> None:
    kept = take_in(heic(), "IMG_1.HEIC")
    picture = opened(kept.data)
    assert (kept.kind, kept.media_type, picture.size) == ("photo", "image/jpeg", (96, 64))
    red, _, blue = picture.getpixel((10, 30))
    assert red > 180 > blue
    red, _, blue = picture.getpixel((80, 30))
    assert blue > 180 > red


def written(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "colour", "media_type"),
    [("RGB", (200, 20, 20), "image/jpeg"), ("RGBA", (200, 20, 20, 90), "image/png")],
)
def test_webp_is_taken(mode: str, colour: tuple[int, ...], media_type: str) -> None:
    kept = take_in(written(Image.new(mode, (3000, 300), colour), "WEBP"), "photo.webp")
    picture = opened(kept.data)
    assert (kept.media_type, picture.size, picture.mode) == (media_type, (2048, 205), mode)
    assert abs(picture.getpixel((50, 50))[0] - 200) < 12


def barred(mode: str, dark: object, light: object) -> Image.Image:
    """A light picture with a dark bar."""
    if mode == "I;16":
        rows = [dark if 20 <= n % 120 < 40 and 20 <= n // 120 < 60 else light for n in range(9600)]
        return Image.frombytes(mode, (120, 80), struct.pack("<9600H", *rows))
    made = Image.new(mode, (120, 80), light)
    made.paste(dark, (20, 20, 40, 60))
    return made


@pytest.mark.parametrize(
    "picture",
    [
        barred("1", 0, 1),
        barred("L", 30, 220),
        barred("LA", (30, 255), (220, 255)),
        barred("I;16", 7_680, 56_320),
        barred("RGB", (30, 30, 30), (220, 220, 220)),
        barred("RGBA", (30, 30, 30, 255), (220, 220, 220, 255)),
        barred("L", 30, 220).convert("P"),
    ],
    ids=lambda picture: picture.mode,
)
def test_every_depth_of_colour_keeps_its_sense(picture: Image.Image) -> None:
    kept = opened(take_in(written(picture, "PNG"), "scan.png").data).convert("L")
    assert kept.getpixel((30, 40)) <= 30
    assert kept.getpixel((100, 40)) >= 220


@pytest.mark.parametrize("brightest", [255, 1_023, 4_095, 16_383, 65_535])
def test_a_16_bit_picture_is_as_dark_as_its_file_says(brightest: int) -> None:
    """Whatever its brightest shade is: a photo of an unlit corridor is no photo of a lit one."""
    dark, bright = brightest // 10, brightest * 9 // 10
    kept = opened(take_in(written(barred("I;16", dark, bright), "PNG"), "night.png").data)
    shades = [kept.convert("L").getpixel(place) for place in ((30, 40), (100, 40))]
    assert shades == pytest.approx([dark / 256, bright / 256], abs=1)


def test_the_clear_shade_of_a_16_bit_scan_stays_clear() -> None:
    data = written(barred("I;16", 7_680, 56_320), "PNG", transparency=56_320)
    kept = opened(take_in(data, "scan.png").data)
    assert kept.mode == "RGBA"
    assert kept.getpixel((100, 40))[3] == 0
    assert kept.getpixel((30, 40)) == (30, 30, 30, 255)


@pytest.mark.parametrize("side", [9_000, 13_500, 14_500, 60_000])
def test_a_picture_of_too_many_pixels_is_told_so_at_every_size(side: int) -> None:
    with pytest.raises(BadFile, match="more than 80 million pixels"):
        take_in(bomb(side, side), "photo.png")


def test_a_jpeg_of_200_megapixels_is_taken() -> None:
    photo = Image.new("RGB", (16_320, 12_240), (200, 20, 20))
    photo.paste((20, 20, 200), (8_160, 0, 16_320, 12_240))
    picture = opened(take_in(written(photo, "JPEG"), "photo.jpg").data)
    assert picture.size == (2048, 1536)
    assert picture.getpixel((100, 100))[0] > 180
    assert picture.getpixel((1_900, 100))[2] > 180


def test_a_jpeg_of_more_is_refused_before_it_is_decoded() -> None:
    data = bytearray(written(Image.new("RGB", (16, 16)), "JPEG"))
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", 20_000, 20_000)
    with pytest.raises(BadFile, match="more than 200 million pixels"):
        take_in(bytes(data), "photo.jpg")


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_spoiled_picture_is_taken_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([jpeg(64, 48, gps=True), png(64, 48)])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = take_in(bytes(whole[: data.draw(st.integers(1, len(whole)))]), "spoiled")
    except BadFile:
        return
    assert len(kept.data) <= MOST_BYTES
    if kept.kind == "photo":
        assert not dict(opened(kept.data).getexif())
