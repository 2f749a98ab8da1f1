"""The first start of Visitapp on a laptop, as one page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QProgressBar, QVBoxLayout, QWidget

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.services.services import Services
from visitapp.ui.pages.first_run.passphrase_card import PassphraseCard
from visitapp.ui.pages.first_run.source_card import CONNECT, IMPORT, SAMPLE, SourceCard
from visitapp.ui.pages.first_run.steps import Steps
from visitapp.ui.pages.first_run.who_card import WhoCard
from visitapp.ui.shell.operations import Operation, Progress, Runner
from visitapp.ui.theme.look import Look
from visitapp.ui.widgets.card import ScrollColumn
from visitapp.ui.widgets.flow import Flow
from visitapp.ui.widgets.focus import ENTER, EnterKey
from visitapp.ui.widgets.message_bar import MessageBar
from visitapp.ui.widgets.text import button, label, named

NARROW = 940
"""Below this width the list of steps is left out; the cards say the same."""

OpenWith = Callable[[str | None], Services]
OpenSample = Callable[[Progress], Services]


class FirstRunWindow(QMainWindow):
    """Locks the laptop, keeps the user's name and role, and says how to go on.

    services: already open when the keyring keeps the key; None when a passphrase is needed.
    When the window has closed, `services` are those to work with (None when the person gave up)
    and `source` is `connect`, `import` or `sample`. tried_sample: the sample council was opened
    before, and is what the person most likely wants again.
    """

    def __init__(
        self,
        look: Look,
        services: Services | None,
        open_with: OpenWith,
        open_sample: OpenSample,
        *,
        tried_sample: bool = False,
    ) -> None:
        super().__init__()
        self.setWindowTitle("Visitapp")
        self._own = services
        self._open_with, self._open_sample = open_with, open_sample
        self._runner, self._enter_key = Runner(self), EnterKey(self)
        self.services: Services | None = None
        self.source = ""
        self.messages = MessageBar()
        self.steps = Steps()
        self.passphrase = PassphraseCard(needed=services is None)
        self.who = WhoCard()
        self.choice = SourceCard()
        # The choice itself is below the edge of a small screen.
        self.look_first = button(translate("Look at the sample council first"), kind="link")
        self.primary = button("", kind="primary")
        self.primary.setDefault(True)
        self.bar = named(QProgressBar(), translate("Creating the sample council"))
        self.bar.setTextVisible(False)
        self.bar.hide()
        self._lay_out()
        for card in (self.passphrase, self.who, self.choice):
            card.edited.connect(self._show_state)
            card.edited.connect(self.messages.hide)
        for field in (self.passphrase.first, self.passphrase.second, self.who.name):
            field.returnPressed.connect(self._finish)
        for part in (self.who.role, self.choice):
            self._finish_by_enter(part)
        self.primary.clicked.connect(self._finish)
        self.look_first.clicked.connect(self._choose_sample)
        self._show_state()
        look.dress(self)
        first = self.passphrase.first if services is None else self.who.name
        if tried_sample:
            self.choice.choose(SAMPLE)
        (self.primary if tried_sample else first).setFocus()

    def _lay_out(self) -> None:
        page = ScrollColumn(translate("First start"))
        head = Flow(gap=18)
        head.add(label(translate("Welcome"), size="title"))
        head.add(self.look_first)
        page.column.addWidget(head)
        for card in (self.passphrase, self.who, self.choice):
            page.column.addWidget(card)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 0, 24, 16)
        foot.addWidget(self.bar, 1)
        foot.addStretch(1)
        foot.addWidget(self.primary)
        page.column.addStretch(1)
        central = QWidget()
        row = QHBoxLayout(central)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.steps)
        middle = QVBoxLayout()
        above = QVBoxLayout()
        above.setContentsMargins(24, 20, 24, 0)
        # Not in what scrolls: a message is seen wherever the person is on the page.
        above.addWidget(self.messages)
        middle.addLayout(above)
        middle.addWidget(page, 1)
        # Nor does this: what goes on, and how far it is, is seen on a small screen too.
        middle.addLayout(foot)
        row.addLayout(middle, 1)
        self.setCentralWidget(central)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.steps.setVisible(self.width() >= NARROW)

    def _show_state(self) -> None:
        source = self.choice.chosen()
        own = source != SAMPLE
        self.passphrase.setEnabled(own)
        self.who.setEnabled(own)
        texts = {
            CONNECT: translate("Continue and sign in"),
            IMPORT: translate("Continue and choose a file"),
            SAMPLE: translate("Open the sample council"),
        }
        self.primary.setText(texts[source])
        self.primary.setAccessibleName(texts[source])
        self.steps.show_done(
            {"passphrase": self.passphrase.done(), "who": self.who.done(), "source": not own}
        )

    def _choose_sample(self) -> None:
        """Enter then opens it, where its progress is in view."""
        self.choice.choose(SAMPLE)
        self.primary.setFocus(Qt.FocusReason.TabFocusReason)

    def _finish(self) -> None:
        self.messages.hide()
        if self.choice.chosen() == SAMPLE:
            self._make_sample()
        elif not self.passphrase.done():
            self.messages.show_text(self.passphrase.missing(), kind="problem")
            self.passphrase.focus_missing()
        elif not self.who.done():
            missing = translate("Give your name. It appears on every report you make.")
            self.messages.show_text(missing, kind="problem")
            self.who.name.setFocus()
        else:
            self._set_up()

    def _finish_by_enter(self, part: QWidget) -> None:
        """Enter goes on from a choice as it does from a field; Qt's own have no use for it."""
        for key in ENTER:
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(key), part, context=within).activated.connect(self._finish)

    def _set_up(self) -> None:
        try:
            if self._own is None:
                self._own = self._open_with(self.passphrase.passphrase())
            if self.passphrase.pin():
                self._own.locking.choose_pin(self.passphrase.pin())
            self._own.profile.introduce(self.who.name.text(), self.who.role.currentData())
        except VisitappError as problem:
            self.messages.show_problem(problem)
            return
        self._end(self._own)

    def _make_sample(self) -> None:
        self.primary.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        title = translate("Create the sample council")
        running = self._runner.run(
            Operation(title, self._open_sample, self._end, self.messages.show_problem)
        )
        running.progressed.connect(self._show_progress)
        running.ended.connect(self._stop_waiting)

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _stop_waiting(self) -> None:
        self.bar.hide()
        self.primary.setEnabled(True)

    def _end(self, services: Services) -> None:
        self.services, self.source = services, self.choice.chosen()
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button in focus, as everywhere."""
        if not self._enter_key.take(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._runner.end()
        if self._own is not None and self._own is not self.services:
            self._own.close()
        super().closeEvent(event)
