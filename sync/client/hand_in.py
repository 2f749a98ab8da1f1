"""How a revoked device hands in what it has not sent, and what it takes for a confirmation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Struct

from sync.client.link.problems import not_a_server
from sync.client.link.responses import message_of
from sync.client.link.transport_protocol import EvidenceTransport
from sync.hand_in import BeginHandIn, EndHandIn, HandedIn, HandInStanding
from sync.wire import DIGEST, PROTOCOL, digest_of
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message

HAND_IN = "/v1/hand-in"
PART = 512 * 1024
TRIES = 3
"""How often a file is begun before the device gives up for now."""

_JSON = {"Content-Type": "application/json"}
_MOST_SAID = 1024 * 1024
_BEGIN_AGAIN = (Code.UPLOAD_POSITION, Code.NOT_FOUND, Code.EVIDENCE_DIFFERS)
M = TypeVar("M")

Read = Callable[[int, int], bytes]
"""Gives at most so many bytes of the file (second) from a position on (first)."""


class Parcel(Struct, frozen=True, kw_only=True):
    """What is handed in: a rescue file with its passphrase, or nothing (size 0).

    `held` is the digest of everything the device has unsent, of which the file is a copy.
    """

    held: str
    sha256: str
    size: int
    changes: int
    photos: int
    passphrase: str


class HandInClient:
    """Hands in for one device. token: the last refresh token it was given."""

    def __init__(
        self, transport: EvidenceTransport, token: str, server_id: str, device_id: str
    ) -> None:
        self._transport = transport
        self._token = token
        self._server_id = server_id
        self._device_id = device_id

    def hand_in(self, parcel: Parcel, read: Read, progress: Callable[[int, int], None]) -> HandedIn:
        """Hand a parcel in, from where the server stands; gives the confirmation, which fits.

        progress: told how many bytes are safe and how many there are. Raises LinkProblem,
        EnvironmentProblem OTHER_SERVER, NotAllowed when the device is not revoked any more, and
        Refused when the server does not take the parcel.
        """
        for last in (False,) * (TRIES - 1) + (True,):
            try:
                return self._once(parcel, read, progress)
            except Refused as refused:
                if last or refused.code not in _BEGIN_AGAIN:
                    raise
        raise AssertionError("the last try returns or raises")

    def _once(self, parcel: Parcel, read: Read, progress: Callable[[int, int], None]) -> HandedIn:
        standing = self._begin(parcel)
        progress(standing.position, parcel.size)
        while standing.position < parcel.size:
            standing = self._send(standing, read(standing.position, PART))
            progress(standing.position, parcel.size)
        body = msgspec.json.encode(EndHandIn(passphrase=parcel.passphrase))
        said = self._ask("POST", f"{_place(standing.id)}/end", _JSON, body, HandedIn)
        self._require_mine(said.server_id, said.device_id)
        if (said.held, said.sha256, said.size) != (parcel.held, parcel.sha256, parcel.size):
            raise not_a_server()
        return said

    def _begin(self, parcel: Parcel) -> HandInStanding:
        """Where the server stands. Whose server it is was checked before a byte is sent."""
        asked = BeginHandIn(
            protocol=PROTOCOL,
            server_id=self._server_id,
            device_id=self._device_id,
            held=parcel.held,
            sha256=parcel.sha256,
            size=parcel.size,
            changes=parcel.changes,
            photos=parcel.photos,
        )
        return self._stood("POST", HAND_IN, _JSON, msgspec.json.encode(asked))

    def _send(self, standing: HandInStanding, part: bytes) -> HandInStanding:
        head = {
            "Content-Type": "application/octet-stream",
            "Upload-Offset": str(standing.position),
        }
        now = self._stood("PATCH", _place(standing.id), head, part)
        if now.position != standing.position + len(part):
            raise not_a_server()
        return now

    def _stood(
        self, method: str, path: str, head: Mapping[str, str], body: bytes
    ) -> HandInStanding:
        standing = self._ask(method, path, head, body, HandInStanding)
        self._require_mine(standing.server_id, standing.device_id)
        return standing

    def _ask(
        self, method: str, path: str, head: Mapping[str, str], body: bytes, kind: type[M]
    ) -> M:
        whole = {**head, DIGEST: digest_of(body)}
        answer = self._transport.exchange(method, path, whole, body, self._token)
        return message_of(answer, kind, _MOST_SAID)

    def _require_mine(self, server_id: str, device_id: str) -> None:
        if (server_id, device_id) != (self._server_id, self._device_id):
            raise EnvironmentProblem(
                Code.OTHER_SERVER,
                message("A different server answered. Nothing was erased."),
                message("Check the server's address, or tell your administrator."),
            )


def _place(hand_in_id: str) -> str:
    return f"{HAND_IN}/{quote(hand_in_id, safe='')}"
