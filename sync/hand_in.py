"""The messages by which a revoked device hands in what it has not sent, shared by both sides.

See docs/sync-protocol.md, "Handing in".
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from sync.wire import Id, Name

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Size = Annotated[int, Meta(ge=0, le=2**53)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]


class BeginHandIn(Struct, frozen=True, kw_only=True):
    """What a device is about to hand in: a file of `size` bytes with this SHA-256.

    `held` is a digest of the device's own that stands for everything it has unsent; the server
    only gives it back. A device with nothing unsent hands in 0 bytes. `changes` and `photos` are
    counts for the administrator's list.
    """

    protocol: int
    server_id: Id
    device_id: Id
    held: Sha256
    sha256: Sha256
    size: Size
    changes: Count = 0
    photos: Count = 0


class HandInStanding(Struct, frozen=True, kw_only=True):
    """How far a hand-in is: `position` bytes are safe. Whose it is, and which server says so."""

    id: str
    server_id: str
    device_id: str
    position: int


class EndHandIn(Struct, frozen=True, kw_only=True):
    """The passphrase of the file that was handed in; empty when there is no file."""

    passphrase: Name


class HandedIn(Struct, frozen=True, kw_only=True):
    """The server's word that it keeps what the device handed in, checked against its SHA-256."""

    server_id: str
    device_id: str
    held: str
    sha256: str
    size: int
