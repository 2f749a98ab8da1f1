"""Pictures for the tests, made when asked for: a red half beside a blue one, with marks."""

from __future__ import annotations

import base64
import io
import struct
from functools import cache

from PIL import Image, PngImagePlugin
from PIL.TiffImagePlugin import IFDRational

GPS = 0x8825
_MAKE, _ORIENTATION = 0x010F, 0x0112


def _picture(width: int, height: int) -> Image.Image:
    made = Image.effect_noise((width, height), 20).convert("RGB")
    made.paste((230, 20, 20), (0, 0, width // 2, height))
    return made


@cache
def jpeg(
    width: int, height: int, *, gps: bool = False, orientation: int = 1, comment: bytes = b""
) -> bytes:
    """A JPEG, with the place it was taken at and a comment when asked for."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    if gps:
        exif[_MAKE] = "Camera of a person"
        place = exif.get_ifd(GPS)
        place[1], place[2] = "N", (IFDRational(53), IFDRational(22), IFDRational(11))
        place[3], place[4] = "W", (IFDRational(1), IFDRational(28), IFDRational(9))
    out = io.BytesIO()
    _picture(width, height).save(
        out, "JPEG", exif=exif, comment=comment, icc_profile=b"a profile of a camera"
    )
    return out.getvalue()


@cache
def png(width: int, height: int, text: str = "") -> bytes:
    """A PNG, with a text beside the picture when asked for."""
    texts = PngImagePlugin.PngInfo()
    if text:
        texts.add_text("Author", text)
    out = io.BytesIO()
    _picture(width, height).save(out, "PNG", pnginfo=texts)
    return out.getvalue()


def with_thumbnail(photo: bytes, small: bytes) -> bytes:
    """A JPEG with a small picture of itself in its EXIF, as every camera writes one."""
    first = struct.pack("<HHHII", 1, 0x0112, 3, 1, 1) + struct.pack("<I", 26)
    at = 26 + 2 + 2 * 12 + 4
    second = struct.pack("<H", 2)
    second += struct.pack("<HHII", 0x0201, 4, 1, at) + struct.pack(
        "<HHII", 0x0202, 4, 1, len(small)
    )
    tiff = b"II*\0" + struct.pack("<I", 8) + first + second + struct.pack("<I", 0) + small
    exif = b"Exif\0\0" + tiff
    return photo[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + photo[2:]


def heic() -> bytes:
    """A HEIC photo of 96 by 64 pixels, red on the left and blue on the right.

    It was made once, since our decoder cannot write one.
    """
    return base64.b64decode(_HEIC)


_HEIC = (
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAVZtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAA"
    "AAAAAAAAAAAAACJpbG9jAAAAAERAAAEAAQAAAAABegABAAAAAAAAAJsAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAA"
    "AAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA1mlwcnAAAAC3aXBjbwAAAHhodmNDAQNwAAAAkAAAAAAAHvAA/P34"
    "+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmu"
    "bgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABgAAAA"
    "QAAAABBwaXhpAAAAAAMICAgAAAAXaXBtYQAAAAAAAAABAAEEgQIDBAAAAKNtZGF0AAAAlygBrwngITl1X//9Mn//"
    "/It3IfxhY0kEp//b7MO/i7o//vGkNYsqOjXY6/H5v2c4qTcAG5v9NuTgv1O9q25sCVf+wiiS/Ar+OtrmqKoGJ/8D"
    "W1QDazMbFvIPuf27U/jWTykS6DqKHohce/7alxfqnXevFj94AcAuAm90fAjzwLYean7E98n8PewdOZJ6+fxJ/1y3"
    "7LVtbBw="
)
