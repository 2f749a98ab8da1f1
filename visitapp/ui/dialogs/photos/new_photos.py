"""The new photos of the photos folder, to be ticked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QListWidgetItem, QSizePolicy
from shiboken6 import isValid

from visitapp.language import translate
from visitapp.services.evidence.given import Given, shown
from visitapp.ui.widgets.pick_list import PickList
from visitapp.ui.widgets.previews import Previews

SIDE = 48
"""Pixels of a small picture's longer side."""


class NewPhotos(PickList):
    """Each with its picture, once that is made, and when it was taken or copied."""

    def __init__(self, folder: str, photos: Collection[Path], previews: Previews) -> None:
        super().__init__(translate("New photos in {folder}", folder=folder))
        self.setIconSize(QSize(SIDE, SIDE))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._files = {str(file): file for file in photos}
        self.show_items([(key, _about(file)) for key, file in self._files.items()], ())
        side = round(SIDE * self.devicePixelRatioF())
        for place, file in enumerate(photos):
            item = self.item(place)
            # All lines are as high as the first, so each has its room from the start.
            item.setSizeHint(QSize(0, SIDE + 8))
            show = partial(self._show_picture, item)
            given = Given(file.name, file)
            previews.want(given, side, show, lambda _problem: None, lambda: isValid(self))

    def sizeHint(self) -> QSize:
        """Three lines, which are high."""
        return QSize(super().sizeHint().width(), self._height(3))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self._height(2))

    def files(self) -> list[Path]:
        """Those that are ticked."""
        return [self._files[key] for key in self.ticked()]

    def all(self) -> list[Path]:
        """All of them."""
        return list(self._files.values())

    def tick(self, files: Collection[Path | None]) -> None:
        """Tick these and no others."""
        self.blockSignals(True)
        for place in range(self.count()):
            item = self.item(place)
            is_in = self._files[str(item.data(Qt.ItemDataRole.UserRole))] in files
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def _show_picture(self, item: QListWidgetItem, image: QImage) -> None:
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.blockSignals(True)  # nobody ticked anything
        item.setIcon(QIcon(picture))
        self.blockSignals(False)
        self.viewport().update()


def _about(file: Path) -> str:
    """`IMG_1.jpg, 14:05`, the time from its file."""
    try:
        changed = datetime.fromtimestamp(file.stat().st_mtime)
    except OSError:
        return shown(file.name)
    return translate("{name}, {time}", name=shown(file.name), time=f"{changed:%H:%M}")
