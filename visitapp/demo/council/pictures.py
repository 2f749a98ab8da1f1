"""The demonstration's photo, drawn by code: a review sheet on a desk. Nobody's papers are shown."""

from __future__ import annotations

from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

NAME = "review-sheet.jpg"
_DESK, _PAPER, _INK, _PEN, _RULE = "#7a5a3e", "#fbfaf4", "#2a2f38", "#26408b", "#b9bcc4"
_ROWS = (
    ("Review of the care plan", "SU3"),
    ("Date", "By"),
    ("12 June", "Senior on days"),
    ("11 July", "Senior on days"),
    ("14 August", "Deputy manager"),
    ("", ""),
    ("", ""),
    ("", ""),
)


def review_sheet() -> bytes:
    """A JPEG of 1200 x 900 pixels: reviews until August, and empty lines after them."""
    sheet = Image.new("RGB", (860, 680), _PAPER)
    pen = ImageDraw.Draw(sheet)
    for place, (left, right) in enumerate(_ROWS):
        top = 56 + 74 * place
        face = _font("Inter-SemiBold" if place < 2 else "Inter-Medium", 38 if place == 0 else 30)
        ink = _INK if place < 2 else _PEN
        pen.text((60, top), left, fill=ink, font=face)
        pen.text((430 if place else 720, top), right, fill=ink, font=face)
        pen.line((50, top + 56, 810, top + 56), fill=_RULE, width=2)
    pen.line((405, 110, 405, 630), fill=_RULE, width=2)
    desk = Image.new("RGB", (1200, 900), _DESK)
    grain = ImageDraw.Draw(desk)
    for line in range(0, 900, 18):
        grain.line((0, line, 1200, line + 14), fill="#72533a" if line % 36 else "#836246", width=3)
    turned = sheet.convert("RGBA").rotate(4, expand=True, resample=Image.Resampling.BICUBIC)
    shadow = Image.new("RGBA", turned.size, "#00000055")
    desk.paste(shadow, (162, 82), turned.getchannel("A").point(lambda value: value // 3))
    desk.paste(turned, (146, 66), turned)
    out = BytesIO()
    desk.save(out, "JPEG", quality=85)
    return out.getvalue()


def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    with as_file(files("resources") / "fonts" / f"{face}.ttf") as path:
        return ImageFont.truetype(str(path), size)
