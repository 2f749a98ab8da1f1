"""Page objects of the dialogs in which photos and documents are added."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.support.window.screens import Screen
from tests.support.window.visit_screen import DialogScreen
from tests.support.window.windows import Desktop
from visitapp.ui.dialogs.photos.canvas import PhotoCanvas
from visitapp.ui.dialogs.photos.folder import PhotoFolderDialog
from visitapp.ui.dialogs.photos.mark import MarkPhotoDialog
from visitapp.ui.dialogs.photos.new_photos import NewPhotos
from visitapp.ui.dialogs.photos.rows import GivenRow
from visitapp.ui.dialogs.visits.add_evidence import EvidenceDialog
from visitapp.ui.pages.visit.room.photo_tray import PhotoTray

CTRL = Qt.KeyboardModifier.ControlModifier


class EvidenceScreen(DialogScreen):
    """Add evidence."""

    kind = EvidenceDialog
    _dialog: EvidenceDialog

    @property
    def files(self) -> dict[str, str]:
        """The files that are about to be added, each with its caption."""
        return {row.name: row.caption.text() for row in self._rows()}

    @property
    def problems(self) -> dict[str, str]:
        """Why files cannot be added, by their name."""
        rows = [row for row in self._rows() if not row.problem.isHidden()]
        return {row.name: row.problem.text() for row in rows}

    @property
    def pictures(self) -> int:
        """How many of them show a small picture."""
        return sum(not row.picture.pixmap().isNull() for row in self._rows())

    @property
    def primary(self) -> str:
        """What the button of the dialog says."""
        return self._dialog.primary.text()

    def choose(self, *files: Path) -> None:
        """Ctrl O, and choose these."""
        self._desktop.files.several = list(files)  # type: ignore[attr-defined]  # the test's own
        self._desktop.press("o", CTRL)

    def paste(self) -> None:
        """Ctrl V."""
        self._desktop.press("v", CTRL)

    def save(self) -> None:
        """Enter in the field in focus, and wait until it is done or refused."""
        self._desktop.press(Qt.Key.Key_Return)
        self._desktop.until(lambda: not self.is_open or self._dialog.primary.isEnabled())

    @property
    def offered(self) -> list[str]:
        """The new photos of the photos folder."""
        return [self._new.item(n).text() for n in range(self._new.count())]

    @property
    def icons(self) -> int:
        """How many of those show a small picture."""
        return sum(not self._new.item(n).icon().isNull() for n in range(self._new.count()))

    @property
    def ticked(self) -> int:
        """How many of those are ticked."""
        return len(self._new.ticked())

    @property
    def _new(self) -> NewPhotos:
        assert self._dialog.new is not None, "no new photos are offered"
        return self._dialog.new

    def mark(self) -> MarkScreen:
        """Ctrl M: mark the photo in focus, once it is read."""
        self._desktop.press("m", CTRL)
        shown = self._dialog.findChildren
        self._desktop.until(lambda: any(one.isVisible() for one in shown(MarkPhotoDialog)))
        return MarkScreen(self._desktop)

    def _rows(self) -> list[GivenRow]:
        return [row for row in self._dialog.findChildren(GivenRow) if not row.isHidden()]


class MarkScreen(DialogScreen):
    """Blur, crop or point at a part of a photo."""

    kind = MarkPhotoDialog
    _dialog: MarkPhotoDialog

    @property
    def where(self) -> str:
        """Where the selection is, as a screen reader is told."""
        return self._canvas.accessibleDescription()

    @property
    def tool(self) -> str:
        """The tool that is chosen."""
        return next(tool.text() for tool in self._dialog.tools.values() if tool.isChecked())

    @property
    def size(self) -> tuple[int, int]:
        """The size of the picture as it is marked now."""
        return self._canvas.size_of_picture

    def use(self) -> None:
        """Ctrl Enter."""
        self._desktop.press(Qt.Key.Key_Return, CTRL)
        assert not self.is_open

    def drag(self, start: QPoint, end: QPoint) -> None:
        """Draw from one point of the picture to another."""
        points = [self._canvas.place(point.x(), point.y()).toPoint() for point in (start, end)]
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(self._canvas, left, pos=points[0])
        QTest.mouseMove(self._canvas, points[1])
        QTest.mouseRelease(self._canvas, left, pos=points[1])

    @property
    def _canvas(self) -> PhotoCanvas:
        return self._dialog.canvas


class PhotoFolderScreen(DialogScreen):
    """Where new photos are looked for."""

    kind = PhotoFolderDialog


class PhotoTrayScreen(Screen):
    """The new photos beside the questions."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop, desktop.window.pages.visit.panel.photos)
        self._tray: PhotoTray = desktop.window.pages.visit.panel.photos
        self._watch = desktop.window.dialogs.evidence.folder_watch

    @property
    def is_shown(self) -> bool:
        """Whether it is in view."""
        return self._tray.isVisible()

    @property
    def text(self) -> str:
        """Everything it says."""
        return "\n".join(self.said)

    @property
    def watched(self) -> list[str]:
        """The folders from which changes are told."""
        return self._watch.watched()


def copied(*files: Path) -> QMimeData:
    """Files, as a file manager copies or drags them."""
    made = QMimeData()
    made.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    return made


def drop(target: QWidget, place: QPoint, mime: QMimeData) -> bool:
    """Drag something over a place of a widget and let it go; whether it was taken."""
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(place, copy, mime, left, none)
    QApplication.sendEvent(target, enter)
    if not enter.isAccepted():
        return False
    let_go = QDropEvent(QPointF(place), copy, mime, left, none)
    QApplication.sendEvent(target, let_go)
    return let_go.isAccepted()
