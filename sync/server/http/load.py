"""How much of a process the bodies of requests may use at a time."""

from __future__ import annotations

import asyncio

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message

IN_FLIGHT = 64 * 1024 * 1024
"""Bytes of all bodies that one process has received and not answered, as they travelled."""

AT_ONCE = 2
"""Large bodies that are unpacked, decoded and worked on at a time."""


class Load:
    """What one process has taken on."""

    def __init__(self, in_flight: int = IN_FLIGHT, at_once: int = AT_ONCE) -> None:
        self.room = in_flight
        self.turns = asyncio.Semaphore(at_once)


class Share:
    """What one request uses of the load, until `release`."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._bytes = 0
        self._has_turn = False

    def take(self, size: int) -> None:
        """Count bytes that were received. Raises EnvironmentProblem SERVER_BUSY."""
        if size > self._load.room:
            raise EnvironmentProblem(
                Code.SERVER_BUSY,
                message(
                    "The server is receiving as much as it can hold, so this was not accepted."
                ),
                message("Try again in a minute."),
            )
        self._load.room -= size
        self._bytes += size

    async def turn(self) -> None:
        """Wait until a large body may be worked on."""
        await self._load.turns.acquire()
        self._has_turn = True

    def release(self) -> None:
        """Give everything back; doing it twice changes nothing. Called as soon as the response is
        made: how fast a client reads it must not keep others waiting."""
        self._load.room += self._bytes
        self._bytes = 0
        if self._has_turn:
            self._load.turns.release()
            self._has_turn = False
