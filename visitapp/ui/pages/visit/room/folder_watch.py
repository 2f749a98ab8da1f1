"""Watches the photos folder while an open visit is in view."""

from __future__ import annotations

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.evidence.photo_folder import Offered, PhotoFolder
from visitapp.ui.shell.operations import Operation, Progress, Runner

SETTLE_MS = 400
"""After a change of the folder: a picture is written in many steps."""

LOOK_MS = 5_000
"""Between two looks without a change told: a folder that went tells nothing when it is back, and
nor does a drive that another machine writes to."""


class FolderWatch(QObject):
    """`found` carries the Offered of each look that found something else than the one before."""

    found = Signal(object)

    def __init__(self, folder: PhotoFolder, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._visit = folder, ""
        self.offered = Offered()
        self._runner = Runner(self)
        self._watcher = QFileSystemWatcher(self)
        self._settled, self._poll = QTimer(self), QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._settled.timeout.connect(self.look)
        self._poll.setInterval(LOOK_MS)
        self._poll.timeout.connect(self.look)
        self._watcher.directoryChanged.connect(lambda _path: self._settled.start())

    def follow(self, visit_id: str) -> None:
        """Watch for this visit, which is in view; for none when empty."""
        if visit_id != self._visit:
            self._take(Offered())
        self._visit = visit_id
        if visit_id:
            self.look()
        else:
            self._rest()

    def look(self) -> None:
        """Look now, or soon after a look that is under way."""
        visit_id = self._visit
        if not visit_id:
            return
        if self._runner.busy():
            self._settled.start()
            return

        def work(progress: Progress) -> Offered:
            progress()
            return self._folder.look(visit_id)

        def done(offered: Offered) -> None:
            if visit_id == self._visit:
                # without a folder there is nothing to look for
                (self._poll.start if offered.name else self._poll.stop)()
                self._watch(offered)
                self._take(offered)

        def failed(problem: VisitappError) -> None:
            """The visit went: its page says so."""

        self._runner.run(Operation(translate("Photos folder"), work, done, failed))

    def watched(self) -> list[str]:
        """The folders of which the system tells every change."""
        return sorted(self._watcher.directories())

    def put_aside(self) -> None:
        """Offer none of what is offered now any more."""
        self._folder.put_aside(self.offered.photos)
        self._take(Offered(self.offered.name, (), self.offered.folders))

    def stop(self) -> None:
        """The window closes."""
        self._visit = ""
        self._rest()
        self._runner.end()

    def _rest(self) -> None:
        self._poll.stop()
        self._settled.stop()
        if watched := self._watcher.directories():
            self._watcher.removePaths(watched)

    def _watch(self, offered: Offered) -> None:
        wanted = {str(folder) for folder in offered.folders}
        watched = set(self._watcher.directories())
        if gone := sorted(watched - wanted):
            self._watcher.removePaths(gone)
        if new := sorted(wanted - watched):
            self._watcher.addPaths(new)

    def _take(self, offered: Offered) -> None:
        before, self.offered = self.offered, offered
        if offered != before:
            self.found.emit(offered)
