"""What was dropped or is on the clipboard, as photos and documents to be added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from visitapp.language import translate
from visitapp.services.evidence.given import Given
from visitapp.storage.evidence.intake import PHOTO_ENDINGS


def is_photo(given: Given) -> bool:
    """Whether it looks like a photo, by its name."""
    return given.file is None or given.file.suffix.lower() in PHOTO_ENDINGS


def has_any(mime: QMimeData) -> bool:
    """Whether there is a file or a picture in it."""
    return bool(_files(mime)) or mime.hasImage()


def given_in(mime: QMimeData) -> list[Given]:
    """The files in what was dropped or pasted, or else its picture."""
    if files := _files(mime):
        return [Given(file.name, file) for file in files]
    image = mime.imageData() if mime.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    return [Given(translate("Pasted picture"), data=_as_png(image))]


def _files(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _as_png(image: QImage) -> bytes:
    """A picture as PNG, in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
