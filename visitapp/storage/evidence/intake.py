"""Evidence that a person adds, recognised by its content and made ready to be kept.

Photos are turned upright, made smaller and written again, so that only the picture is left: no
place, no camera, no thumbnail of a part that was cut away. Documents are kept as they are.
"""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence

from msgspec import Struct
from PIL import Image, ImageOps
from PIL.JpegImagePlugin import JpegImageFile

from visitapp.errors import BadFile, Code
from visitapp.language import message
from visitapp.rules.evidence import LONGEST_SIDE, MOST_BYTES
from visitapp.storage.evidence.marking import Mark, marked

MOST_PIXELS = 80_000_000
"""A picture with more is refused before it is unpacked: a small file can hold a huge one."""

MOST_JPEG_PIXELS = 200_000_000
"""The same for a JPEG, which is decoded at a reduced size: phones take 200 megapixels."""

MOST_GIVEN = 100 * 1024 * 1024
"""Bytes of a photo before it is made smaller."""

_QUALITY = 85
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    ArithmeticError,
    LookupError,
    struct.error,
    zlib.error,
)
_OFFICE = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ODT = "application/vnd.oasis.opendocument.text"
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1")

PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif")
"""Names of photos. What a file is decides how it is kept; this is for what is shown before."""

SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "application/pdf": ".pdf",
    "text/plain": ".txt",
    _ODT: ".odt",
    _OFFICE["word/document.xml"]: ".docx",
    _OFFICE["xl/workbook.xml"]: ".xlsx",
}
"""How a file of each kind is called when it is put somewhere."""


class Intake(Struct, frozen=True):
    """The evidence as it will be kept: its bytes, `photo` or `document`, and its media type."""

    data: bytes
    kind: str
    media_type: str


def take_in(data: bytes, name: str, marks: Sequence[Mark] = ()) -> Intake:
    """Make a file that was given ready to be kept. name: what to call it when it is refused. marks:
    what is drawn into a photo; only the picture with them is kept.

    Raises BadFile: FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE for a picture that is cut off or
    damaged, FILE_UNKNOWN for every kind that is not taken.
    """
    if not data:
        raise BadFile(
            Code.FILE_EMPTY,
            message("The file is empty."),
            message("Choose another one."),
            file=name,
        )
    if len(data) > MOST_GIVEN:
        raise _too_large(name)
    form = _photo_format(data)
    if form is not None:
        return _photo(data, name, form, marks)
    media_type = _document(data)
    if media_type is None:
        raise BadFile(
            Code.FILE_UNKNOWN,
            message("This kind of file cannot be used as evidence."),
            message(
                "Use a JPEG, PNG, WebP or HEIC photo, a PDF, a plain text file in UTF-8, or a "
                "DOCX, XLSX or ODT without macros."
            ),
            file=name,
        )
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    return Intake(data, "document", media_type)


def _photo_format(data: bytes) -> str | None:
    """Pillow's name for the format of a photo that is taken; None for every other file."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    return "HEIF" if data[4:8] == b"ftyp" and data[8:12] in _HEIC else None


def ready_picture(data: bytes, name: str) -> Image.Image:
    """A photo upright and as small as it is kept, RGB or RGBA, with nothing beside its pixels.

    Raises BadFile as `take_in` does, FILE_UNKNOWN for what is no photo.
    """
    form = _photo_format(data)
    if form is None:
        raise BadFile(Code.FILE_UNKNOWN, message("This is not a photo."), file=name)
    if len(data) > MOST_GIVEN:
        raise _too_large(name)
    return _decoded(data, name, form)


def _photo(data: bytes, name: str, form: str, marks: Sequence[Mark]) -> Intake:
    picture = marked(_decoded(data, name, form), marks)
    # A photo that may have transparent parts stays a PNG; any other becomes a JPEG.
    kept_as = "PNG" if form == "PNG" or picture.mode == "RGBA" else "JPEG"
    written = _written(picture, kept_as)
    if len(written) > MOST_BYTES:
        raise _too_large(name)
    return Intake(written, "photo", f"image/{kept_as.lower()}")


def _decoded(data: bytes, name: str, form: str) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with _opened(data, form) as given:
                limit = MOST_JPEG_PIXELS if form == "JPEG" else MOST_PIXELS
                if given.width * given.height > limit:
                    raise _too_many_pixels(name, limit)
                return _made_ready(given, form)
    except Image.DecompressionBombError as error:  # Pillow's own limit is above ours
        raise _too_many_pixels(name, MOST_PIXELS) from error
    except _BROKEN as error:
        raise _unreadable(name, error) from error


def _opened(data: bytes, form: str) -> Image.Image:
    """The picture, its pixels not yet decoded."""
    if form == "JPEG":
        # Not by Image.open, which refuses 180 megapixels before a smaller size can be asked for.
        return JpegImageFile(io.BytesIO(data))
    if form == "HEIF":
        import pi_heif  # late: few photos need it, and it takes long to import

        pi_heif.register_heif_opener()
    return Image.open(io.BytesIO(data), formats=[form])


def _made_ready(given: Image.Image, form: str) -> Image.Image:
    """Upright, small enough, with 8 bits a colour, and without anything beside the picture."""
    if form == "JPEG":
        given.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    upright = _eight_bits(ImageOps.exif_transpose(given))
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if form == "JPEG" or not upright.has_transparency_data:
        picture = upright.convert("RGB")
    else:
        picture = upright.convert("RGBA")
    picture.info = {}
    return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    """16-bit grey, as scanners and thermal cameras write, with its shades scaled to 8 bits.

    Pillow's own conversion cuts every shade above 255 to white. It scales all other depths. The
    file says that white is 65,535, whatever its brightest shade is: a dark picture stays dark.
    """
    if not picture.mode.startswith("I"):
        return picture
    clear = picture.info.get("transparency")
    scaled = picture.point(lambda shade: shade * (1 / 256)).convert("L")
    if isinstance(clear, int):
        scaled.info["transparency"] = clear >> 8
    return scaled


def _written(picture: Image.Image, form: str) -> bytes:
    out = io.BytesIO()
    if form == "JPEG":
        picture.save(out, "JPEG", quality=_QUALITY, optimize=True)
    else:
        picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _unreadable(name: str, error: Exception) -> BadFile:
    if "layers" in str(error):  # Pillow: "cannot handle 12-bit layers"
        return BadFile(
            Code.FILE_UNKNOWN,
            message("This picture stores its colours in a way that Visitapp cannot read."),
            message("Save it as an ordinary JPEG or PNG and add it again."),
            file=name,
        )
    return BadFile(
        Code.FILE_UNREADABLE,
        message("This picture is incomplete or damaged."),
        message("Take or copy it again."),
        file=name,
    )


def _document(data: bytes) -> str | None:
    """The media type of a document that is taken; None for everything else."""
    if data.startswith(b"%PDF-"):
        return "application/pdf"
    if data.startswith(b"PK\x03\x04"):
        return _office(data)
    return "text/plain" if _is_text(data) else None


def _office(data: bytes) -> str | None:
    """The media type of an office file without macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                return None
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    return _ODT if member.read(100) == _ODT.encode() else None
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, zlib.error):
        return None
    return next((kind for part, kind in _OFFICE.items() if part in names), None)


def _is_text(data: bytes) -> bool:
    """Whether it is plain text in UTF-8 that no system would run."""
    if data.startswith(b"#!"):
        return False
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in "\n\r\t\f" for sign in text)


def _too_large(name: str) -> BadFile:
    limit = MOST_BYTES // (1024 * 1024)
    return BadFile(
        Code.FILE_TOO_LARGE,
        message("The file is too large. Evidence has at most {limit} MB.", limit=limit),
        message("Make it smaller, or note where it is kept."),
        file=name,
    )


def _too_many_pixels(name: str, limit: int) -> BadFile:
    return BadFile(
        Code.FILE_TOO_LARGE,
        message("The picture has more than {limit} million pixels.", limit=limit // 1000000),
        message("Save a smaller copy and add that."),
        file=name,
    )
