"""The window: the left side, the pages, and how they hear of each other."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from secrets import SystemRandom
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.errors import Code, VisitappError
from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.services.sync.schedule import PACES, Paces, Pacing
from visitapp.services.views.sync import SyncReport
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.dialogs.help import HelpDialog
from visitapp.ui.dialogs.sync.hand_in import HandInDialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.page import Page
from visitapp.ui.pages.sync.page import SyncPage
from visitapp.ui.pages.today.first_page import first_page
from visitapp.ui.shell.close_guard import CloseGuard
from visitapp.ui.shell.dialogs import make_dialogs
from visitapp.ui.shell.display_menu import DisplayMenu
from visitapp.ui.shell.lock.lock import WindowLock
from visitapp.ui.shell.navigation.commands import Command
from visitapp.ui.shell.navigation.finding import Finding
from visitapp.ui.shell.navigation.history import History
from visitapp.ui.shell.operations import Runner
from visitapp.ui.shell.pages import BELONGS_TO, LETTERED, NUMBERED, groups, make_pages, titles
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.problems import ProblemHook, warn_of_clock
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import go_keys, listen, window_keys
from visitapp.ui.shell.start.frame import navigation_width
from visitapp.ui.shell.sync.background_sync import BackgroundSync
from visitapp.ui.shell.sync.network import Network
from visitapp.ui.shell.sync.other_changes import OtherChanges
from visitapp.ui.shell.sync.refresh_on_sync import News
from visitapp.ui.shell.sync.status_counts import Corner
from visitapp.ui.theme.look import Look
from visitapp.ui.theme.tokens import SCALES
from visitapp.ui.widgets.focus import EnterKey
from visitapp.ui.widgets.focus_order import ReadingOrder
from visitapp.ui.widgets.message_bar import MessageBar
from visitapp.ui.widgets.navigation import Navigation
from visitapp.ui.widgets.page_stack import PageStack
from visitapp.ui.widgets.toast import Toast


class MainWindow(QWidget):
    """Shows one page at a time. It decides nothing: services do, pages ask, their dialogs open."""

    def __init__(
        self,
        services: Services,
        look: Look,
        preferences: Preferences,
        files: FileChooser,
        network: Network | None = None,
        paces: Paces = PACES,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Visitapp")
        self._services, self._look, self._preferences = services, look, preferences
        self.files = files
        self.runner, self._enter_key = Runner(self), EnterKey(self)
        pacing = Pacing(monotonic, SystemRandom().random, paces, allowed=preferences.sync_by_itself)
        self.background = BackgroundSync(
            services.connection, network or Network(self), pacing, self
        )
        self.navigation = Navigation(dict(titles()), groups(), go_keys(NUMBERED))
        self.stack = PageStack()
        self.warning, self.toast = MessageBar(), Toast()
        self.content = self._laid_out()
        self.dialogs = make_dialogs(self, services, look, self.runner, files)
        self.pages = make_pages(services, look, preferences, self.dialogs, self._take)
        self.history = History(self._show, self.focusWidget, self.pages.of)
        self.lock = WindowLock(self, self.content, services, lambda: self.page().leave())
        self.closing = CloseGuard(self, self.pages, self.go)
        self._hook = ProblemHook(self.show_problem)
        self._hook.install()
        self._connect()
        self._listen()
        self._fit()
        look.dress(self)
        self.go(Route(first_page(services)))

    def _laid_out(self) -> QWidget:
        """The left side; beside it the page, with a warning above it and the toast below."""
        beside = QVBoxLayout()
        beside.addWidget(self.warning)
        beside.addWidget(self.stack, 1)
        beside.addWidget(self.toast)
        central = ReadingOrder()
        row = QHBoxLayout(central)
        row.addWidget(self.navigation)
        row.addLayout(beside, 1)
        (whole := QVBoxLayout(self)).addWidget(central)
        for layout in (whole, row, beside):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        return central

    def _connect(self) -> None:
        self.counts = Corner(self._services, self.navigation, self.background.doing)
        self.counts.pilled.connect(lambda text: self.page().header.pill.say(text))
        self.background.synced.connect(self._synced)
        self.background.failed.connect(self._sync_failed)
        self.background.revoked.connect(self._hand_in)
        self.background.told.connect(self.counts.refresh_soon)
        self._others = OtherChanges(self._services.desk.database.others_wrote, self)
        self._others.seen.connect(self._refresh_all)
        self._others.seen.connect(self.background.saved)
        self._news = News(self._refresh_all, self)
        self.background.arrived.connect(self._news.arrived)
        for dialogs in self.dialogs.all():
            dialogs.went.connect(self.go)
            dialogs.said.connect(self._tell)
            dialogs.changed.connect(self._refresh)
            dialogs.changed.connect(self.background.saved)
        self.dialogs.sync.connected.connect(self.sync)
        self.dialogs.sync.removal_agreed.connect(lambda: self._start_sync(may_remove=True))
        self.navigation.chosen.connect(lambda key: self.go(Route(key)))
        self.navigation.help.clicked.connect(self._help)
        self.lock.said.connect(self.toast.say)
        self._display = DisplayMenu(self._look, self._preferences, self.toast.say, self)
        self.navigation.display.setMenu(self._display)
        self._look.changed.connect(self._fit)

    def _take(self, page: Page) -> None:
        """A page was made: show it in its turn, and hear of what happens on it."""
        self.stack.addWidget(page)
        page.went.connect(self.go)
        page.said.connect(self.toast.say)
        page.changed.connect(self.counts.refresh_soon)
        page.changed.connect(self.background.saved)
        if isinstance(page, SyncPage):
            page.sync_requested.connect(self.sync)
            page.cancel_requested.connect(self.background.cancel)
            page.join(self.background)
            page.automatic_chosen.connect(self._choose_by_itself)

    def _listen(self) -> None:
        self.finding = Finding(self, self._services, self.dialogs, self._look, self.go)
        help_ = Command(translate("Keys"), self._help, "F1")
        self.finding.offer(Command(translate("Sync now"), self.sync, "F5"), help_)
        self.finding.offer(*self.lock.commands(), *self._display.commands())
        commands: dict[str, Callable[[], object]] = {
            "find": lambda: self.finding.open(self.page()),
            "search": lambda: self.page().header.focus_search(),
            "back": self._back,
            "forward": partial(self.history.step, 1),
            **{page: partial(self.go, Route(page)) for page in LETTERED},
            "export": lambda: self.dialogs.lists.export(self.page()),
            "sync": self.sync,
            "larger": partial(self._display.step, 1),
            "smaller": partial(self._display.step, -1),
            "usual": partial(self._display.choose, scale=SCALES[0]),
            "lock": self.lock.lock,
            "help": self._help,
        }
        listen(self, window_keys(), commands)
        for place, key in enumerate(NUMBERED, 1):
            QShortcut(QKeySequence(f"Ctrl+{place}"), self, partial(self.go, Route(key)))

    def begin(self, step: str) -> None:
        """Take the step that the person chose at the first start: `connect` or `import`."""
        warn_of_clock(self._services.desk, self.warning)
        self.lock.begin(asks=not step)
        if step == "connect":
            self.dialogs.sync.connect_server()
        elif step == "import":
            self.dialogs.settings.import_file()

    def page(self) -> Page:
        """The page that is shown."""
        page = self.stack.currentWidget()
        if not isinstance(page, Page):
            raise LookupError("no page is shown")
        return page

    def go(self, route: Route) -> None:
        """Show a page; what was being typed on the one before is saved first."""
        self.history.go(route)

    def _back(self) -> None:
        """To the page before; at the first one, to where its page belongs."""
        if not self.history.step(-1) and self.page().header.back.isVisible():
            self.page().header.back.click()

    def _show(self, route: Route) -> None:
        if isinstance(shown := self.stack.currentWidget(), Page):
            shown.leave()
        page = self.pages.of(route.page)
        page.messages.hide()
        page.open(route)
        beside = route.page != "visit"
        self.navigation.setHidden(self.navigation.isHidden() or not beside)
        self.stack.setCurrentWidget(page)
        self.navigation.setVisible(beside)
        page.focus_first()
        self.navigation.mark(BELONGS_TO.get(route.page, route.page))
        self.counts.refresh()

    def show_problem(self, problem: VisitappError) -> None:
        """Show what stands in the way, on the page where it happened."""
        self.page().messages.show_problem(problem)

    def _tell(self, text: str, way: Callable[[], None] | None) -> None:
        """Say what was done; a refusal from before would contradict it."""
        self.page().messages.hide_problem()
        self.toast.say(text, way)

    def sync(self) -> None:
        """Send and receive, in the background; the page shown is read again when it is done."""
        if self._services.connection.state().connected:
            self._start_sync(may_remove=False)
        else:
            self.dialogs.sync.connect_server()

    def _start_sync(self, *, may_remove: bool) -> None:
        self.page().leave()
        self.background.sync_now(may_remove=may_remove)

    def _synced(self, report: SyncReport) -> None:
        self.toast.say(
            translate(
                "Synced: {sent} sent, {received} received.",
                sent=report.sent,
                received=report.received,
            )
        )
        self._refresh()

    def _sync_failed(self, problem: VisitappError) -> None:
        self._refresh()
        self.show_problem(problem)
        if problem.code == Code.MASS_REMOVAL and not self.lock.is_locked:
            self.dialogs.sync.ask_removal(problem)

    def _hand_in(self) -> None:
        """This laptop's access was ended: save what is being typed, hand everything in, close."""
        self.go(Route("sync"))
        dialog = HandInDialog(self, self._services.leaving)
        dialog.confirmed.connect(self.closing.close_anyway)
        dialog.open()

    def _help(self) -> None:
        HelpDialog(self, self.history.here()).open()

    def _choose_by_itself(self, yes: bool) -> None:
        self._preferences.keep_sync_by_itself(yes)
        self.background.allow(yes)

    def _refresh(self) -> None:
        self.page().read_again()
        self.counts.refresh()

    def _refresh_all(self) -> None:
        """Something was written by another program or a sync: dialogs may show what it changed."""
        self._refresh()
        for dialog in self.findChildren(Dialog):
            dialog.look_again()

    def _fit(self) -> None:
        self.navigation.set_width(navigation_width(self._look))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not (self._enter_key.take(event) or self.toast.take(event)):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.page().leave()
        if self.closing.keeps_open():
            event.ignore()
            return
        self._preferences.keep_geometry(self.window().saveGeometry())
        self._end()
        super().closeEvent(event)

    def _end(self) -> None:
        """From here on nothing reads or tells: the data may be closed, or erased."""
        for dialog in self.findChildren(QDialog):
            if dialog.isVisible():
                dialog.blockSignals(True)
                dialog.reject()
        self.background.stop()
        self.dialogs.evidence.stop()
        self.runner.end()
        self.finding.end()
        self.counts.stop()
        self._news.stop()
        for timer in self.findChildren(QTimer):
            timer.stop()
        self._hook.remove()
