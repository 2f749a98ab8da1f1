"""A form that is being written, shown on the real Visit page and again whenever it is saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QFileSystemWatcher, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from forms.format.faults import FaultyForm
from forms.format.source import read_text
from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.forms.trial import FormTrial
from visitapp.services.services import Services
from visitapp.ui.files import FileChooser
from visitapp.ui.shell.app import make_application
from visitapp.ui.shell.dialogs import Dialogs, make_dialogs
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.pages import Book, make_pages
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.preview_faults import FaultsPage
from visitapp.ui.shell.problems import ProblemHook
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.screenshots import save_picture, without_noise
from visitapp.ui.theme.look import Look

SETTLE_MS = 120
"""Editors save in steps; the file is read when it has been still for so long."""

OpenTrial = Callable[[Path, Mapping[str, str]], FormTrial]


def run_preview(
    open_trial: OpenTrial, file: Path, facts: Mapping[str, str], screenshot: Path | None
) -> int:
    """Show a form until the window is closed, or only paint it to `screenshot`.

    Nothing is kept. Raises Refused for a file that cannot be read and for facts that do not fit,
    and FaultyForm when a faulty form was to be painted.
    """
    app = make_application(["visitapp"])
    with TemporaryDirectory(prefix="visitapp-preview-") as folder:
        trial = open_trial(Path(folder), facts)
        try:
            read_text(file)
            window = PreviewWindow(trial, file, Look(app))
            if screenshot is None:
                window.show()
                return app.exec()
            _paint(window, screenshot)
            return 0
        finally:
            trial.close()


def _paint(window: PreviewWindow, picture: Path) -> None:
    try:
        if window.problem is not None:
            raise window.problem
        with without_noise():
            window.show()
            save_picture(window, window.visit_pages().visit, picture)
    finally:
        window.close()


class PreviewWindow(QMainWindow):
    """The Visit page of a form file, or its faults. `reloaded`: the file was read again."""

    reloaded = Signal()

    def __init__(self, trial: FormTrial, file: Path, look: Look) -> None:
        super().__init__()
        self.resize(1440, 900)
        self._trial, self._file, self._look = trial, file.absolute(), look
        self._text: str | None = None
        self.pages: Book | None = None
        self._runner = Runner(self)
        self._dialogs: Dialogs | None = None
        self.problem: VisitappError | None = None
        self.faults = FaultsPage()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.faults)
        self.setCentralWidget(self.stack)
        self._hook = ProblemHook(self._show_problem)
        self._hook.install()
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(SETTLE_MS)
        self._still.timeout.connect(self._look_again)
        self._watcher = QFileSystemWatcher([str(self._file.parent), str(self._file)], self)
        self._watcher.fileChanged.connect(self._still.start)
        self._watcher.directoryChanged.connect(self._still.start)
        look.dress(self)
        self._look_again()

    def visit_pages(self) -> Book:
        """The pages over the trial. Raises LookupError while the form has faults."""
        if self.pages is None:
            raise LookupError("no form is shown")
        return self.pages

    def _look_again(self) -> None:
        """Read the file when it is another text than before. Editors that replace a file make it a
        new one, which has to be watched again."""
        if str(self._file) not in self._watcher.files():
            self._watcher.addPath(str(self._file))
        try:
            text = read_text(self._file)
        except VisitappError as problem:
            self._text = None
            self._show_faults(problem)
            return
        if text != self._text:
            self._text = text
            self._show_text(text)
            self.reloaded.emit()

    def _show_text(self, text: str) -> None:
        question = self._leave()
        try:
            services = self._trial.open(text, self._file.name)
        except VisitappError as problem:
            self._show_faults(problem)
            return
        self.problem = None
        self._show_visit(services, question)

    def _show_visit(self, services: Services, question: str) -> None:
        if self._dialogs is not None:
            for over in self._dialogs.all():
                over.deleteLater()
        dialogs = make_dialogs(self, services, self._look, self._runner, FileChooser())
        self._dialogs = dialogs
        kept = Preferences(self._trial.folder)
        pages = make_pages(services, self._look, kept, dialogs)
        for one in (dialogs.visit, dialogs.actions):
            one.changed.connect(pages.visit.refresh)
        page = pages.visit
        page.sign_off_requested.disconnect()
        page.primary.hide()
        page.sidebar.saved.hide()  # "All answers saved" is not what a preview does
        page.sidebar.setting.setEnabled(False)
        page.open(Route("visit", self._trial.visit_id, question))
        page.header.pill.say(translate("Preview. Nothing is kept."))
        form = services.visits.form(self._trial.visit_id)
        self.setWindowTitle(
            translate("Preview: {title}, version {version}", title=form.title, version=form.version)
        )
        before = self.pages
        self.pages = pages
        self._put(page)
        if before is not None:
            for old in before.made.values():
                old.deleteLater()

    def _show_faults(self, problem: VisitappError) -> None:
        self.problem = problem
        found = problem.faults if isinstance(problem, FaultyForm) else []
        self.faults.show_faults(self._file.name, found, str(problem))
        self.setWindowTitle(translate("Preview: {file}", file=self._file.name))
        self.stack.setCurrentWidget(self.faults)

    def _put(self, page: QWidget) -> None:
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave(self) -> str:
        """Save what is being typed; gives the question that was current."""
        if self.pages is None:
            return ""
        page = self.pages.visit
        page.leave()
        card = page.area.current()
        return card.question.id if card is not None else ""

    def _show_problem(self, problem: VisitappError) -> None:
        if self.pages is not None:
            self.pages.visit.messages.show_problem(problem)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._leave()
        self._still.stop()
        self._runner.stop()
        self._hook.remove()
        super().closeEvent(event)
