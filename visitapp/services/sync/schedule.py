"""When a device syncs by itself. Pure: moments come in as seconds of a monotonic clock.

A wall clock that is years wrong, or is put right, changes nothing here.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from visitapp.errors import Code

NEEDS_A_PERSON = frozenset(
    {
        Code.NOT_CONNECTED,
        Code.SIGN_IN_AGAIN,
        Code.SIGN_IN_FAILED,
        Code.DEVICE_REVOKED,
        Code.NOT_ALLOWED,
        Code.MASS_REMOVAL,
        Code.OTHER_SERVER,
        Code.SERVER_TOO_NEW,
        Code.DATABASE_DAMAGED,
    }
)
"""Problems that the same try would meet again: they wait for a person, not for a moment."""


class Paces(Struct, frozen=True, kw_only=True):
    """How long to wait, in seconds.

    `start`: after the program opened. `saved`: after the last of several saves, and `saved_most`
    after the first of them. `every`: between syncs that end well. `reconnected`: at most so long
    after the network came back, by chance, so that a whole office does not call at once. `gap`:
    between any two tries. `first_retry` doubles with each failure up to `longest_retry`; a server
    may ask for more, up to `longest_asked`. `busy`: while another window syncs.
    """

    start: float = 2
    saved: float = 8
    saved_most: float = 60
    every: float = 300
    reconnected: float = 5
    gap: float = 5
    first_retry: float = 15
    longest_retry: float = 900
    longest_asked: float = 3600
    busy: float = 15


PACES = Paces()


class Hold(StrEnum):
    """Why nothing happens by itself."""

    OFF = "off"
    METERED = "metered"
    PERSON = "person"


class Doing(Struct, frozen=True, kw_only=True):
    """What the background does now: how far a sync is (`total` 0 is not known), in how many
    seconds the next one begins (None: not by itself), why not, and whether the last one failed."""

    syncing: bool = False
    done: int = 0
    total: int = 0
    next_in: float | None = None
    hold: Hold | None = None
    failing: bool = False


IDLE = Doing()


class Pacing:
    """Says when the next sync is due; is told what happened.

    clock: seconds that only grow. chance: evenly spread numbers from 0 up to 1.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        chance: Callable[[], float],
        paces: Paces = PACES,
        *,
        allowed: bool = True,
    ) -> None:
        self._clock, self._chance, self._paces = clock, chance, paces
        self.allowed = allowed
        self.metered = False
        self.reachable = True
        self.needs_person = False
        self.failures = 0
        self.running = False
        self._regular = clock() + paces.start
        self._soon: float | None = None
        self._first_save: float | None = None
        self._last_try: float | None = None

    def wait(self) -> float | None:
        """Seconds until the next sync; 0 when it is due, None while nothing happens by itself."""
        if self.running or self.hold() is not None:
            return None
        due = self._regular if self._soon is None else min(self._regular, self._soon)
        if self._last_try is not None:
            due = max(due, self._last_try + self._paces.gap)
        return max(0.0, due - self._clock())

    def hold(self) -> Hold | None:
        """Why nothing happens by itself; None when it does."""
        if self.needs_person:
            return Hold.PERSON
        if not self.allowed:
            return Hold.OFF
        return Hold.METERED if self.metered else None

    def saved(self) -> None:
        """Something was saved: it goes soon after a pause in the work, but for a failing link."""
        if self.failures or not self.reachable:
            return
        now = self._clock()
        if self._first_save is None:
            self._first_save = now
        self._soon = min(now + self._paces.saved, self._first_save + self._paces.saved_most)

    def began(self) -> None:
        """A sync began, by itself or because a person asked."""
        self.running = True
        self.needs_person = False
        self._last_try = self._clock()
        self._soon = self._first_save = None

    def succeeded(self) -> None:
        """It ended well, or a person stopped it: the next one follows at its usual time."""
        self._ended(self._paces.every * (0.9 + 0.2 * self._chance()))
        self.failures = 0

    def failed(self, code: str, retry_after: float | None = None) -> None:
        """It failed. `retry_after`: the seconds that the server asked for."""
        if code == Code.DATABASE_IN_USE:
            self._ended(self._paces.busy)
            return
        self.failures += 1
        self.needs_person = code in NEEDS_A_PERSON
        self._soon = self._first_save = None
        self._ended(self._back_off(retry_after or 0.0))

    def network(self, *, reachable: bool, metered: bool) -> None:
        """What the system says of the network.

        Some systems say that there is none when there is, so a try goes on being made now and
        then; one that comes back is tried at once, whatever failed before.
        """
        back = reachable and not self.reachable
        gone = self.reachable and not reachable
        self.reachable, self.metered = reachable, metered
        if gone:
            self._soon = self._first_save = None
            self._regular = self._clock() + self._paces.longest_retry
        elif back:
            self.failures = 0
            self._regular = self._clock() + self._paces.reconnected * self._chance()

    def allow(self, allowed: bool) -> None:
        """The person switched syncing by itself on or off."""
        if allowed and not self.allowed:
            self._regular = self._clock()
        self.allowed = allowed

    def _ended(self, pause: float) -> None:
        self.running = False
        self._regular = self._clock() + pause

    def _back_off(self, asked: float) -> float:
        """Twice as long after each failure, spread over its upper half; what the server asked for
        is waited out, and a little more by chance."""
        paces = self._paces
        doubled = paces.first_retry * 2.0 ** min(self.failures - 1, 30)
        own = min(paces.longest_retry, doubled) * (0.5 + 0.5 * self._chance())
        wished = min(asked, paces.longest_asked)
        return max(own, wished * (1 + 0.1 * self._chance()))
