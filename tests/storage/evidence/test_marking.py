"""What is marked on a photo is in its pixels, and what was there before is gone from the bytes."""

from __future__ import annotations

import io
from functools import cache

import pytest
from PIL import Image, ImageDraw, ImageStat

from tests.support.desk.pictures import jpeg, png, with_thumbnail
from visitapp.storage.evidence.intake import take_in
from visitapp.storage.evidence.marking import Mark, MarkKind, marked

BOX = (200, 120, 440, 300)
BLUR = Mark(MarkKind.BLUR, *BOX)


@cache
def face() -> Image.Image:
    """Stripes and a name: details of every size."""
    width, height = 640, 480
    made = Image.effect_noise((width, height), 90).convert("RGB")
    draw = ImageDraw.Draw(made)
    for x in range(0, width, 12):
        draw.line((x, 0, x, height), fill=(0, 0, 0), width=4)
    draw.text((210, 180), "MARGARET JONES", fill=(255, 255, 255), font_size=26)
    return made


def as_jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return out.getvalue()


def stored(data: bytes, *marks: Mark) -> Image.Image:
    """The picture as it is kept, read from its bytes."""
    return Image.open(io.BytesIO(take_in(data, "IMG_1.jpg", marks).data))


def detail(picture: Image.Image) -> float:
    """The mean difference between neighbours, of 255."""
    grey = picture.convert("L")
    left, right = grey.crop((0, 0, grey.width - 1, grey.height)), grey.crop((1, 0, *grey.size))
    pairs = zip(left.tobytes(), right.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (left.width * left.height)


def likeness(one: Image.Image, other: Image.Image) -> float:
    """How far the details of two pictures go together: 1 for the same ones, 0 for unlike ones."""
    pairs = []
    for picture in (one, other):
        grey = picture.convert("L")
        coarse = grey.resize((4, 4), Image.Resampling.BOX).resize(
            grey.size, Image.Resampling.BICUBIC
        )
        pairs.append([a - b for a, b in zip(grey.tobytes(), coarse.tobytes(), strict=True)])
    both = sum(a * b for a, b in zip(*pairs, strict=True))
    size = sum(a * a for a in pairs[0]) ** 0.5 * sum(b * b for b in pairs[1]) ** 0.5
    return both / size


def test_no_detail_of_what_is_blurred_is_left_in_the_bytes_that_are_kept() -> None:
    before, after = face(), stored(as_jpeg(face()), BLUR)
    assert detail(before.crop(BOX)) > 20
    assert detail(after.crop(BOX)) < 3
    assert abs(likeness(before.crop(BOX), after.crop(BOX))) < 0.1
    beside = (0, 320, 640, 480)
    assert likeness(before.crop(beside), after.crop(beside)) > 0.9, "the rest is as it was"


@pytest.mark.parametrize("box", [(210, 180, 500, 206), (300, 100, 320, 400), (205, 175, 390, 210)])
def test_a_line_of_text_leaves_a_few_colours_and_no_letters(box: tuple[int, int, int, int]) -> None:
    # A JPEG lets up to 8 pixels of what is beside the part run into it.
    inner = box[0] + 8, box[1] + 8, box[2] - 8, box[3] - 8
    hidden = stored(as_jpeg(face()), Mark(MarkKind.BLUR, *box)).crop(inner)
    assert detail(hidden) < 3
    assert abs(likeness(face().crop(inner), hidden)) < 0.2


@pytest.mark.parametrize("box", [(5, 5, 12, 9), (210, 180, 224, 198)])
def test_a_letter_leaves_one_colour(box: tuple[int, int, int, int]) -> None:
    hidden = marked(face(), [Mark(MarkKind.BLUR, *box)]).crop(box)
    assert all(least == most for least, most in hidden.getextrema())


def test_the_same_name_is_blurred_another_way_each_time() -> None:
    """Who blurs every name of a list and compares would find it otherwise."""
    once, again = (marked(face(), [BLUR]).crop(BOX) for _ in range(2))
    assert ImageStat.Stat(once).mean != ImageStat.Stat(again).mean


def test_the_corners_of_a_mark_may_be_given_in_any_order_and_lie_outside() -> None:
    turned = Mark(MarkKind.BLUR, 700, 300, 440, -20)
    after = stored(as_jpeg(face()), turned)
    assert detail(after.crop((440, 0, 640, 300))) < 3


def test_no_small_picture_and_no_place_of_the_original_is_kept() -> None:
    given = with_thumbnail(as_jpeg(face()), as_jpeg(face().resize((160, 120))))
    assert given.count(b"\xff\xd8\xff") == 2
    kept = take_in(given, "IMG_1.jpg", [BLUR]).data
    assert kept.count(b"\xff\xd8\xff") == 1
    assert b"Exif" not in kept
    placed = take_in(jpeg(640, 480, gps=True), "IMG_1.jpg", [BLUR]).data
    assert dict(Image.open(io.BytesIO(placed)).getexif()) == {}


def test_what_is_cut_away_is_not_in_the_picture() -> None:
    after = stored(as_jpeg(face()), Mark(MarkKind.CROP, *BOX))
    assert after.size == (240, 180)
    assert likeness(face().crop(BOX), after) > 0.9


def test_marks_are_those_of_the_upright_picture_and_follow_each_other() -> None:
    lying = jpeg(400, 200, orientation=6)
    marks = Mark(MarkKind.CROP, 0, 100, 200, 400), Mark(MarkKind.BLUR, 0, 0, 200, 150)
    after = stored(lying, *marks)
    assert after.size == (200, 300)
    assert detail(after.crop((0, 0, 200, 150))) < 3
    assert detail(after.crop((0, 160, 200, 300))) > 3


def test_an_arrow_points_to_its_second_end() -> None:
    plain = Image.new("RGB", (640, 480), (90, 140, 90))
    after = stored(as_jpeg(plain), Mark(MarkKind.ARROW, 100, 240, 500, 240))
    red = [after.getpixel((x, 240)) for x in (110, 300, 490)]
    assert all(r > 150 and g < 80 for r, g, _ in red)

    def height(x: int) -> int:
        column = (after.getpixel((x, y)) for y in range(480))
        return sum(r > 150 and g < 80 for r, g, _ in column)

    assert height(480) > height(300) > 0, "the head is broader than the shaft"
    assert after.getpixel((300, 300))[1] > 120


@pytest.mark.parametrize(
    "mark",
    [
        Mark(MarkKind.BLUR, 700, 500, 900, 600),
        Mark(MarkKind.BLUR, 50, 50, 50, 90),
        Mark(MarkKind.CROP, 10, 10, 15, 400),
        Mark(MarkKind.ARROW, 10, 10, 10, 10),
    ],
)
def test_a_mark_of_nothing_changes_nothing(mark: Mark) -> None:
    assert marked(face(), [mark]).size == (640, 480)
    assert marked(Image.new("RGB", (640, 480)), [mark]).tobytes() == bytes(640 * 480 * 3)


def test_a_shape_in_what_is_transparent_is_hidden_too() -> None:
    clear = Image.new("RGBA", (400, 300), (0, 0, 0, 0))
    ImageDraw.Draw(clear).text((60, 100), "JONES", fill=(0, 0, 0, 255), font_size=60)
    out = io.BytesIO()
    clear.save(out, "PNG")
    after = stored(out.getvalue(), Mark(MarkKind.BLUR, 40, 80, 360, 200))
    assert after.mode == "RGBA"
    assert after.crop((40, 80, 360, 200)).getchannel("A").getextrema() == (255, 255)


def test_a_picture_without_colours_takes_marks() -> None:
    grey = io.BytesIO()
    Image.effect_noise((400, 300), 60).save(grey, "PNG")
    marks = Mark(MarkKind.BLUR, 0, 0, 200, 150), Mark(MarkKind.ARROW, 250, 250, 350, 250)
    assert stored(grey.getvalue(), *marks).size == (400, 300)
    assert stored(png(400, 300), *marks).size == (400, 300)
