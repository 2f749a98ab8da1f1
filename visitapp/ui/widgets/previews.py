"""Small pictures of photos that were given and are not kept yet, made in memory on a worker."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.evidence.given import Given, Pixels, pixels
from visitapp.ui.shell.operations import Cancelled, Operation, Progress, Runner


class Previews(QObject):
    """Makes one picture after the other."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = Runner(self)

    def want(
        self,
        given: Given,
        side: int,
        show: Callable[[QImage], None],
        fail: Callable[[VisitappError], None],
        wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        """Give `show` a picture no larger than `side` pixels, or `fail` the reason why there is
        none; neither once it is no longer `wanted`, which is asked on the worker as well."""

        def work(progress: Progress) -> Pixels:
            progress()
            if not wanted():
                raise Cancelled
            return pixels(given, side)

        def done(made: Pixels) -> None:
            if wanted():
                show(image_of(made))

        def failed(problem: VisitappError) -> None:
            if wanted():
                fail(problem)

        self._runner.run(Operation(translate("Pictures"), work, done, failed))

    def stop(self) -> None:
        """The window closes."""
        self._runner.end()


def image_of(made: Pixels) -> QImage:
    """A picture that Qt can draw."""
    form = QImage.Format.Format_RGBA8888
    return QImage(made.rgba, made.width, made.height, 4 * made.width, form).copy()
