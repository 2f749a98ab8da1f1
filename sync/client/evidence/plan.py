"""Which bytes of evidence travel next, and which may go. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Set
from datetime import datetime

from msgspec import Struct


class Copy(Struct, frozen=True, kw_only=True):
    """The bytes with one hash, as the device knows them. `ready`: a record that names them has
    reached the server. `wanted`: a living record here names them."""

    sha256: str
    size: int
    here: bool
    held: bool = False
    refused: bool = False
    ready: bool = False
    wanted: bool = False
    used_at: datetime


def to_send(copies: Iterable[Copy]) -> list[Copy]:
    """What goes to the server, smallest first: the most photos are safe the soonest."""
    waiting = (c for c in copies if c.here and c.ready and not c.held and not c.refused)
    return sorted(waiting, key=lambda copy: (copy.size, copy.sha256))


def to_fetch(named: Iterable[tuple[str, int]], here: Set[str], room: int) -> list[tuple[str, int]]:
    """What is fetched ahead of time, smallest first, as far as there is room. Each of `named` is
    a hash and its size."""
    missing = sorted({pair for pair in named if pair[0] not in here}, key=lambda p: (p[1], p[0]))
    taken: list[tuple[str, int]] = []
    for sha256, size in missing:
        room -= size
        if room < 0:
            break
        taken.append((sha256, size))
    return taken


def to_drop(copies: Iterable[Copy], soon: Set[str], limit: int) -> list[str]:
    """What leaves the device to stay under `limit` bytes, and what no record here names.

    Only what the server holds may go: of it the ones no longer named, then those used longest
    ago. What the next days' visits need (`soon`) stays.
    """
    held = [copy for copy in copies if copy.here and copy.held]
    gone = [copy.sha256 for copy in held if not copy.wanted]
    kept = sorted((c for c in held if c.wanted), key=lambda copy: copy.used_at)
    over = sum(copy.size for copy in kept) - limit
    for copy in kept:
        if over <= 0:
            break
        if copy.sha256 not in soon:
            gone.append(copy.sha256)
            over -= copy.size
    return gone
