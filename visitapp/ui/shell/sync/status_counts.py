"""The counts on the left side and what the window says about the link, read in small steps."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.rules.access import REVIEWERS
from visitapp.services.services import Services
from visitapp.services.sync.schedule import Doing
from visitapp.services.views.sync import SyncState
from visitapp.ui import words
from visitapp.ui.shell.sync.link_words import link_lines, pill
from visitapp.ui.widgets.navigation import Navigation

SOON_MS = 250
AGAIN_MS = 30_000


class Corner(QObject):
    """Reads one count at each turn of the event loop, so that no turn is felt.

    `pilled` carries the text for the pill of the page that is shown. While the navigation is
    hidden (on a visit) only that is read.
    """

    pilled = Signal(str)

    def __init__(
        self, services: Services, navigation: Navigation, doing: Callable[[], Doing]
    ) -> None:
        super().__init__(navigation)
        self._doing = doing
        self._services = services
        self._navigation = navigation
        self._steps: Iterator[Callable[[], None]] = iter(())
        self._stopped = False
        self._turn = self._timer(0, self._step)
        self._soon = self._timer(SOON_MS, self.refresh, once=True)
        self._again = self._timer(AGAIN_MS, self.refresh)
        self._again.start()

    def stop(self) -> None:
        """The window closes: read nothing any more, whoever asks."""
        self._stopped = True
        for timer in (self._turn, self._soon, self._again):
            timer.stop()

    def refresh_soon(self) -> None:
        """Read again once nothing was written for a quarter of a second."""
        if not self._stopped:
            self._soon.start()

    def refresh(self) -> None:
        """Read again."""
        if self._stopped:
            return
        wanted = [self._read_link]
        if not self._navigation.isHidden():
            wanted += [self._count_portfolio, self._count_visits, self._count_reviews]
            wanted.append(self._count_decisions)
        self._steps = iter(wanted)
        self._turn.start()

    def _step(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._turn.stop()
        else:
            step()

    def _read_link(self) -> None:
        state: SyncState = self._services.connection.state()
        now = self._services.desk.clock()
        self._navigation.set_link(link_lines(state, now, self._doing()))
        self._set_count("sync", state.open_conflicts + state.refused)
        self._navigation.set_role(words.roles().get(self._services.me().role, ""))
        self.pilled.emit(pill(state, now, self._doing()))

    def _count_portfolio(self) -> None:
        counts = self._services.portfolio.open_counts()
        self._set_count("portfolio", counts.settings)
        self._set_count("actions", counts.actions)

    def _count_visits(self) -> None:
        self._set_count("visits", self._services.visits.unsigned())

    def _count_reviews(self) -> None:
        # Others may read the queue, but it is no work of theirs.
        reviews = self._services.me().role in REVIEWERS
        self._set_count("review", self._services.reviews.waiting() if reviews else 0)

    def _count_decisions(self) -> None:
        self._set_count("decisions", self._services.decisions.count_mine())

    def _set_count(self, page: str, count: int) -> None:
        self._navigation.buttons[page].set_count(count)

    def _timer(self, pause_ms: int, do: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(pause_ms)
        timer.setSingleShot(once)
        timer.timeout.connect(do)
        return timer
