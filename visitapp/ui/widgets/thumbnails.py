"""Small pictures of evidence, decrypted and made in memory on a worker."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtGui import QImage, Qt
from shiboken6 import isValid

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.evidence.evidence import EvidenceKeeping
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.widgets.evidence_tag import SIDE, EvidenceTag

MOST = 300
"""Thumbnails kept; the oldest goes first."""


class Thumbnails(QObject):
    """Makes each picture once. A photo that cannot be shown keeps its words."""

    def __init__(self, evidence: EvidenceKeeping, parent: QObject) -> None:
        super().__init__(parent)
        self._evidence = evidence
        self._runner = Runner(self)
        self._made: dict[str, QImage] = {}

    def want(self, tag: EvidenceTag) -> None:
        """Give a tag its picture, now or as soon as it is made."""
        made = self._made.get(tag.piece.sha256)
        if made is not None:
            tag.show_picture(made)
            return
        side = round(SIDE * tag.devicePixelRatioF())

        def work(progress: Progress) -> QImage:
            progress()
            return small(self._evidence.open(tag.piece.id), side)

        self._runner.run(
            Operation(translate("Pictures"), work, partial(self._keep, tag), self._without)
        )

    def stop(self) -> None:
        """The window closes."""
        self._runner.end()

    def _keep(self, tag: EvidenceTag, image: QImage) -> None:
        if len(self._made) >= MOST:
            del self._made[next(iter(self._made))]
        self._made[tag.piece.sha256] = image
        if isValid(tag) and not image.isNull():
            tag.show_picture(image)

    def _without(self, problem: VisitappError) -> None:
        """The tag stays without a picture; opening it says why."""


def small(data: bytes, side: int) -> QImage:
    """A picture no larger than `side` pixels; a null one when it is no picture."""
    image = QImage.fromData(QByteArray(data))
    if image.isNull():
        return image
    return image.scaled(
        side,
        side,
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
