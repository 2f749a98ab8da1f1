"""What is marked on a photo before it is kept: a part cut out, an arrow, a part made unreadable.

Marks are drawn into the pixels. What is blurred is replaced by the average colours of at most four
by four fields, each changed at random: neither a face nor a name can be worked out from that, also
not by trying names until one fits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum
from random import SystemRandom

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFilter

FIELDS = 4
"""Fields along the longer side of what is blurred."""

LEAST_PART = 64
"""A field is at least this part of the picture's longer side."""

LEAST_CROP = 16
"""Pixels of the shorter side of what is left of a picture."""

_NOISE = 20
"""By how much each colour of a field is changed at most, of 255."""

_RED, _WHITE = (196, 22, 28, 255), (255, 255, 255, 255)


class MarkKind(StrEnum):
    """What is done to a picture."""

    BLUR = "blur"
    CROP = "crop"
    ARROW = "arrow"


class Mark(Struct, frozen=True):
    """From one corner to the opposite one, or from the tail of an arrow to its head; in pixels of
    the picture as the marks before it left it."""

    kind: MarkKind
    x: int
    y: int
    to_x: int
    to_y: int


def marked(picture: Image.Image, marks: Sequence[Mark]) -> Image.Image:
    """The picture with these marks, one after the other; one that lies outside does nothing. The
    picture given stays as it is."""
    drawn = picture.copy()
    for mark in marks:
        if mark.kind == MarkKind.ARROW:
            _draw_arrow(drawn, mark)
            continue
        box = _box(mark, drawn.size)
        if mark.kind == MarkKind.CROP and min(box[2] - box[0], box[3] - box[1]) >= LEAST_CROP:
            drawn = drawn.crop(box)
        elif mark.kind == MarkKind.BLUR and box[0] < box[2] and box[1] < box[3]:
            _blur(drawn, box)
    return drawn


def _box(mark: Mark, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom, within the picture."""
    left, right = sorted(min(max(x, 0), size[0]) for x in (mark.x, mark.to_x))
    top, bottom = sorted(min(max(y, 0), size[1]) for y in (mark.y, mark.to_y))
    return left, top, right, bottom


def _blur(picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    width, height = box[2] - box[0], box[3] - box[1]
    longer = max(width, height)
    # No field is small, so that a name blurred letter by letter leaves one colour for each.
    least = max(1, max(picture.size) // LEAST_PART)

    def fields(side: int) -> int:
        return max(1, min(round(FIELDS * side / longer), side // least))

    # Without what may be transparent: a shape could be read from it.
    averages = (
        picture.crop(box)
        .convert("RGB")
        .resize((fields(width), fields(height)), Image.Resampling.BOX)
    )
    chance = SystemRandom()
    changed = (colour + chance.randint(-_NOISE, _NOISE) for colour in averages.tobytes())
    colours = bytes(min(max(colour, 0), 255) for colour in changed)
    hidden = Image.frombytes("RGB", averages.size, colours)
    hidden = hidden.resize((width, height), Image.Resampling.NEAREST)
    softened = hidden.filter(ImageFilter.GaussianBlur(longer / FIELDS / 4))
    picture.paste(softened.convert(picture.mode), box)


def _draw_arrow(picture: Image.Image, mark: Mark) -> None:
    length = math.hypot(mark.to_x - mark.x, mark.to_y - mark.y)
    if length < 1:
        return
    draw = ImageDraw.Draw(picture)
    width = max(6, max(picture.size) // 160)
    # White around the red, so that it is seen on any ground.
    for colour, wider in ((_WHITE, width // 2), (_RED, 0)):
        shaft, head = arrow(mark, width + wider, wider)
        ink = colour[: len(picture.getbands())]
        draw.line(shaft, fill=ink, width=width + 2 * wider)
        draw.polygon(head, fill=ink)


def arrow(
    mark: Mark, width: float, around: float = 0
) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    """The two ends of an arrow's shaft, and the three corners of its head."""
    length = math.hypot(mark.to_x - mark.x, mark.to_y - mark.y) or 1
    along = (mark.to_x - mark.x) / length, (mark.to_y - mark.y) / length
    across = -along[1], along[0]
    long, half = min(4.0 * width, length), 2.0 * width
    tip = mark.to_x + along[0] * around, mark.to_y + along[1] * around
    foot = tip[0] - along[0] * long, tip[1] - along[1] * long
    head = [
        tip,
        (foot[0] + across[0] * half, foot[1] + across[1] * half),
        (foot[0] - across[0] * half, foot[1] - across[1] * half),
    ]
    tail = mark.x - along[0] * around, mark.y - along[1] * around
    return [tail, foot], head
