"""Photos and documents that a person gives, before they are kept."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from msgspec import Struct
from PIL import Image

from visitapp.errors import BadFile, Code, VisitappError
from visitapp.given_files import read_given
from visitapp.language import message
from visitapp.services.views.visits import EvidenceView
from visitapp.storage.evidence.intake import MOST_GIVEN, ready_picture
from visitapp.storage.evidence.marking import Mark, marked

_LONGEST_TITLE = 120


class Given(Struct, frozen=True):
    """A file, or a picture that was pasted, which has `data` and no file. `title` says what it
    shows; without one its name does. Of a photo with `marks` only the picture with them is kept."""

    name: str
    file: Path | None = None
    data: bytes = b""
    title: str = ""
    marks: tuple[Mark, ...] = ()

    def content(self) -> bytes:
        """Its bytes. Raises BadFile."""
        return self.data if self.file is None else read_file(self.file)


class Added(Struct, frozen=True):
    """What became of several that were given: those that were added, in order, and why the others
    were not, by their place."""

    pieces: list[EvidenceView]
    refused: dict[int, VisitappError]


class Pixels(Struct, frozen=True):
    """A picture to be drawn: RGBA, four bytes for each pixel, row by row."""

    width: int
    height: int
    rgba: bytes


def pixels(given: Given, side: int) -> Pixels:
    """What a photo will look like when it is kept, no larger than `side` pixels. Raises BadFile,
    also for what is no photo."""
    picture = marked(ready_picture(given.content(), shown(given.name)), given.marks)
    picture.thumbnail((side, side))
    return pixels_of(picture)


def pixels_of(picture: Image.Image) -> Pixels:
    """A picture, to be drawn."""
    seen = picture.convert("RGBA")
    return Pixels(seen.width, seen.height, seen.tobytes())


def read_file(file: Path) -> bytes:
    """The content of a file that was given. Raises BadFile."""
    name = shown(file.name)
    try:
        data = read_given(file, MOST_GIVEN)
    except FileNotFoundError:
        raise BadFile(Code.FILE_MISSING, message("There is no such file."), file=name) from None
    except (OSError, ValueError):
        raise BadFile(
            Code.FILE_UNREADABLE, message("This file cannot be read."), file=name
        ) from None
    if len(data) > MOST_GIVEN:
        raise BadFile(
            Code.FILE_TOO_LARGE, message("The file is too large for evidence."), file=name
        )
    return data


def shown(name: str) -> str:
    """A file's name as a screen can show it, whatever encoding it came in."""
    return name.encode("utf-8", "replace").decode()


def title_from(name: str) -> str:
    """A title from a file's name: composed letters, nothing that cannot be seen or stored."""
    words = unicodedata.normalize("NFC", shown(Path(name).stem)).replace("_", " ")
    seen = "".join(sign if sign.isprintable() else " " for sign in words)
    return " ".join(seen.split())[:_LONGEST_TITLE]
