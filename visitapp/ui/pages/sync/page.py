"""The link to the server: what waits, what was refused, and what two people changed apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout

from visitapp.errors import Code, VisitappError
from visitapp.language import translate
from visitapp.services.sync.conflicts import Conflicts
from visitapp.services.sync.connection import Connection
from visitapp.services.sync.schedule import IDLE, Doing
from visitapp.services.views.sync import RefusedChange, SyncState
from visitapp.ui.models.shown_list import ShownList
from visitapp.ui.models.sync import conflict_columns, refused_columns
from visitapp.ui.pages.page import Page
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.shortcuts import listen_buttons, sync_keys
from visitapp.ui.shell.sync.background_sync import BackgroundSync
from visitapp.ui.shell.sync.background_words import background_line
from visitapp.ui.shell.sync.link_words import link_lines
from visitapp.ui.widgets.card import Card, ScrollColumn, clear, rule
from visitapp.ui.widgets.conflict_card import ConflictCard
from visitapp.ui.widgets.header import PageHeader
from visitapp.ui.widgets.text import button, label, named, set_property


class SyncPage(Page):
    """`discard_requested` carries the rejected change, `removal_review_requested` the problem that
    says how many records a sync would remove."""

    sync_requested = Signal()
    connect_requested = Signal()
    cancel_requested = Signal()
    discard_requested = Signal(object)
    discard_all_requested = Signal()
    automatic_chosen = Signal(bool)
    rescue_requested = Signal()
    """Save unsent work to a file."""
    load_requested = Signal()
    """Load a rescue file."""
    removal_review_requested = Signal(object)
    """Carries the problem of a sync that would remove much of what is here."""

    def __init__(
        self, connection: Connection, conflicts: Conflicts, now: Callable[[], datetime]
    ) -> None:
        super().__init__(translate("Sync"), PageHeader(translate("Sync")))
        self._connection, self._conflicts, self._now = connection, conflicts, now
        self.connect_ = button(translate("Connect to a server"))
        self.sync = button(translate("Sync now"), kind="primary")
        self.header.add(self.connect_)
        self.header.add(self.sync)
        self._link = Card(translate("This laptop and the server"))
        self._lines = label(wrap=True)
        self.now_line = label(wrap=True, strong=True)
        self.by_itself = QCheckBox(translate("Sync automatically"))
        self.by_itself.setAccessibleName(self.by_itself.text())
        self.by_itself.setToolTip(
            translate("When Visitapp starts, after you save something, and every few minutes.")
        )
        self.rescue = button(translate("Save unsent work to a file…"), kind="link")
        self.rescue.clicked.connect(self.rescue_requested)
        self.take_in = button(translate("Load a rescue file…"), kind="link")
        self.take_in.clicked.connect(self.load_requested)
        self.review = button(translate("Review the records to be removed…"), kind="chip")
        self.review.clicked.connect(lambda: self.removal_review_requested.emit(self._problem()))
        self.review.hide()
        self._doing: Callable[[], Doing] = lambda: IDLE
        self._problem: Callable[[], VisitappError | None] = lambda: None
        self._safe = label(tone="muted", size="small", wrap=True)
        self._busy = self._make_busy()
        self._refused = Card(translate("Changes rejected by the server"))
        self._refused_list = QVBoxLayout()
        self.resend = button(translate("Send them again"), kind="chip")
        self.discard_all = button(translate("Discard all…"), kind="chip")
        self.discard_all.clicked.connect(self.discard_all_requested)
        self._clashes = QVBoxLayout()
        self._clashes.setSpacing(12)
        self._none = label(
            translate(
                "No conflicts. When two people edit the same field while offline, choose here "
                "which value to keep."
            ),
            tone="muted",
            wrap=True,
        )
        self._lay_out()
        self.sync.clicked.connect(self.sync_requested)
        self.connect_.clicked.connect(self.connect_requested)
        self.resend.clicked.connect(self._send_again)
        self.by_itself.clicked.connect(self.automatic_chosen)
        pressed = {
            "connect": self.connect_,
            "cancel": self.cancel,
            "resend": self.resend,
            "review": self.review,
            "rescue": self.rescue,
            "load": self.take_in,
        }
        listen_buttons(self, sync_keys(), pressed)

    def _make_busy(self) -> QHBoxLayout:
        self.bar = named(QProgressBar(), translate("Progress of the sync"))
        self.bar.setTextVisible(False)
        self.cancel = button(translate("Cancel"), kind="chip", name=translate("Cancel the sync"))
        self.cancel.clicked.connect(self.cancel_requested)
        row = QHBoxLayout()
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.bar.hide()
        self.cancel.hide()
        return row

    def _lay_out(self) -> None:
        scroll = ScrollColumn(translate("Sync"))
        self._link.column.addWidget(self.now_line)
        self._link.column.addWidget(self.review, 0, Qt.AlignmentFlag.AlignLeft)
        self._link.column.addWidget(self._lines)
        self._link.column.addWidget(self._safe)
        self._link.column.addLayout(self._busy)
        self._link.column.addWidget(self.by_itself)
        files = QHBoxLayout()
        files.addWidget(self.rescue)
        files.addWidget(self.take_in)
        files.addStretch(1)
        self._link.column.addLayout(files)
        self._refused.column.addLayout(self._refused_list)
        with_all = QHBoxLayout()
        with_all.addWidget(self.resend)
        with_all.addWidget(self.discard_all)
        with_all.addStretch(1)
        self._refused.column.addLayout(with_all)
        scroll.column.addWidget(self._link)
        scroll.column.addWidget(self._refused)
        scroll.column.addSpacing(6)
        scroll.column.addWidget(label(translate("Conflicts to resolve"), size="heading"))
        scroll.column.addWidget(self._none)
        scroll.column.addLayout(self._clashes)
        scroll.column.addStretch(1)
        self.column.addWidget(scroll, 1)

    def lists(self) -> list[ShownList]:
        return [
            ShownList(
                name=translate("Changes rejected by the server"),
                columns=refused_columns(),
                rows=self._connection.refused(),
            ),
            ShownList(
                name=translate("Conflicts to resolve"),
                columns=conflict_columns(),
                rows=self._conflicts.list(),
            ),
        ]

    def focus_first(self) -> None:
        (
            self.connect_ if self.sync.isHidden() or not self.sync.isEnabled() else self.sync
        ).setFocus()

    def refresh(self) -> None:
        state = self._connection.state()
        self._show_state(state)
        self._show_refused(self._connection.refused())
        clear(self._clashes)
        open_ones = self._conflicts.list()
        self._none.setVisible(not open_ones)
        for conflict in open_ones:
            card = ConflictCard(conflict)
            card.settled.connect(self._settle)
            card.decision_requested.connect(
                lambda setting: self.went.emit(Route("decisions", setting))
            )
            self._clashes.addWidget(card)

    def join(self, background: BackgroundSync) -> None:
        """Show what the background does, as it tells of it."""
        self._doing = background.doing
        self._problem = lambda: background.problem
        self.by_itself.setChecked(background.pacing.allowed)
        background.told.connect(self._show_told)

    def _show_told(self) -> None:
        if self.isVisible():
            self._show_state(self._connection.state())

    def _show_doing(self, doing: Doing, state: SyncState) -> None:
        for shown in (self.bar, self.cancel):
            shown.setVisible(doing.syncing)
        self.bar.setRange(0, doing.total)
        self.bar.setValue(doing.done)
        self.sync.setEnabled(not doing.syncing)
        problem = self._problem()
        much = problem is not None and problem.code == Code.MASS_REMOVAL
        self.review.setVisible(much and not doing.syncing)
        line = background_line(state, doing, self._now())
        self.now_line.setText(line)
        self.now_line.setVisible(bool(line))

    def _show_state(self, state: SyncState) -> None:
        lines = link_lines(state, self._now(), Doing(hold=self._doing().hold))
        if state.connected:
            lines.insert(0, translate("Server: {server}", server=state.server))
        self._lines.setText("\n".join(lines))
        self._safe.setText(
            translate(
                "Everything you record is saved on this laptop first, and stays until the server "
                "has it."
            )
        )
        self.sync.setVisible(state.connected)
        self.by_itself.setVisible(state.connected)
        self._show_doing(self._doing(), state)
        set_property(self.connect_, "kind", "" if state.connected else "primary")
        self.connect_.setText(
            translate("Sign in again") if state.connected else translate("Connect to a server")
        )
        self.connect_.setAccessibleName(self.connect_.text())

    def _show_refused(self, refused: Sequence[RefusedChange]) -> None:
        clear(self._refused_list)
        self._refused.setVisible(bool(refused))
        self.discard_all.setVisible(len(refused) > 1)
        for place, change in enumerate(refused):
            if place:
                self._refused_list.addWidget(rule())
            self._refused_list.addLayout(self._refused_row(change))

    def _refused_row(self, change: RefusedChange) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(1)
        texts.addWidget(label(change.about, strong=True, wrap=True))
        texts.addWidget(label(change.text, wrap=True))
        if change.ours:
            texts.addWidget(label(change.ours, size="small", tone="muted", wrap=True))
        name = translate("Discard: {about}", about=change.about)
        discard = button(translate("Discard…"), kind="chip", name=name)
        discard.clicked.connect(lambda: self.discard_requested.emit(change))
        row = QHBoxLayout()
        row.addLayout(texts, 1)
        row.addWidget(discard, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _send_again(self) -> None:
        self._connection.resend()
        self.refresh()
        self.sync_requested.emit()

    def _settle(self, conflict_id: str, side: str) -> None:
        self._conflicts.settle(conflict_id, side)
        self.said.emit(translate("Resolved. Your choice is kept in the history."), None)
        self.changed.emit()
        self.refresh()
        self._focus_clash()

    def _focus_clash(self) -> None:
        """The card that had the focus is gone: go on to the next one, or to the top of the page."""
        first = self._clashes.itemAt(0)
        card = first.widget() if first is not None else None
        if isinstance(card, ConflictCard):
            (card.server if card.server.isEnabled() else card.keep).setFocus()
        else:
            self.focus_first()
