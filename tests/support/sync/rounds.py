"""Something that happens around a device's rounds, as work goes on while one is under way."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

from sync.wire import RoundReply
from tests.support.sync.council import Device


def before_each_round(device: Device, do: Callable[[int, bytes], Any]) -> None:
    """Have something done before a round goes out; it is told how many went before, and what goes
    out."""
    passed_on, rounds = device.transport.sync, count()

    def sync(body: bytes, token: str) -> RoundReply:
        do(next(rounds), body)
        return passed_on(body, token)

    device.transport.sync = sync


def after_each_round(device: Device, do: Callable[[int, RoundReply], Any]) -> None:
    """Have something done when a reply has come and is not kept yet; it is told how many came
    before, and the reply."""
    passed_on, rounds = device.transport.sync, count()

    def sync(body: bytes, token: str) -> RoundReply:
        reply = passed_on(body, token)
        do(next(rounds), reply)
        return reply

    device.transport.sync = sync
