"""The evidence requests of a device: tus 1.0 to send, ranges to fetch."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from urllib.parse import quote

from msgspec import Struct

from sync.client.link.link import Link
from sync.client.link.problems import not_a_server
from sync.client.link.responses import Response, message_of
from sync.client.link.transport_protocol import EvidenceTransport, Take
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message

UPLOADS = "/v1/evidence/uploads"
CONTENT = "/v1/evidence"
_TUS = {"Tus-Resumable": "1.0.0"}
_MOST_SAID = 1024 * 1024
_STATUS = {
    401: Code.SIGN_IN_AGAIN,
    403: Code.NOT_ALLOWED,
    404: Code.NOT_FOUND,
    460: Code.EVIDENCE_DIFFERS,
}
_PART = {**_TUS, "Content-Type": "application/offset+octet-stream"}


class UploadState(Struct, frozen=True):
    """How far an upload is at the server."""

    id: str
    position: int


class TusClient:
    """Sends and fetches in the name of the device's user."""

    def __init__(self, link: Link, transport: EvidenceTransport) -> None:
        self._link = link
        self._transport = transport

    def create(self, sha256: str, size: int) -> UploadState:
        """Begin an upload; bytes that the server holds already stand at their end at once.

        Raises Refused or NotAllowed when the server does not take them, LinkProblem.
        """
        named = base64.b64encode(sha256.encode()).decode()
        head = {**_TUS, "Upload-Length": str(size), "Upload-Metadata": f"sha256 {named}"}
        answer = self._ask("POST", UPLOADS, head, 201)
        upload_id = answer.head.get("Location", "").rpartition("/")[2]
        if not upload_id:
            raise not_a_server()
        return UploadState(upload_id, _position(answer))

    def stands(self, upload_id: str) -> UploadState | None:
        """How far an upload is; None when the server forgot it or threw it away."""
        try:
            answer = self._ask("HEAD", _upload(upload_id), _TUS, 200, 204)
        except Refused as refused:
            if refused.code in (Code.NOT_FOUND, Code.EVIDENCE_DIFFERS):
                return None
            raise
        return UploadState(upload_id, _position(answer))

    def send(self, standing: UploadState, part: bytes) -> UploadState:
        """Send the next bytes. Raises Refused EVIDENCE_DIFFERS, UPLOAD_POSITION or NOT_FOUND."""
        head = {**_PART, "Upload-Offset": str(standing.position)}
        answer = self._ask("PATCH", _upload(standing.id), head, 204, body=part)
        return UploadState(standing.id, _position(answer))

    def fetch(self, sha256: str, first: int, size: int, take: Callable[[int, bytes], None]) -> None:
        """The bytes of a content from `first` to its end, each piece given to `take` as it comes,
        with where it starts; from 0 when the other side does not give a part of them.

        Raises NotFound when the server does not hold them or does not show them to this user, and
        LinkProblem; what came before has been taken.
        """
        head = {"Range": f"bytes={first}-", "If-Range": f'"{sha256}"'}
        at = -1

        def into(status: int, came: Mapping[str, str]) -> Take | None:
            nonlocal at
            if status == 206 and came.get("Content-Range") == f"bytes {first}-{size - 1}/{size}":
                at = first
            elif status == 200 and came.get("Content-Length") == str(size):
                at = 0
            return taken if at >= 0 else None

        def taken(piece: bytes) -> None:
            nonlocal at
            if at + len(piece) > size:
                raise not_a_server()
            take(at, piece)
            at += len(piece)

        def ask(token: str) -> None:
            answer = self._transport.fetch(f"{CONTENT}/{quote(sha256)}", head, token, into)
            if at < 0:
                _refuse(answer, "GET")

        self._link.signed_in(ask)
        if at != size:
            raise not_a_server()

    def _ask(
        self, method: str, path: str, head: Mapping[str, str], *fine: int, body: bytes = b""
    ) -> Response:
        def ask(token: str) -> Response:
            answer = self._transport.exchange(method, path, head, body, token)
            if answer.status not in fine:
                _refuse(answer, method)
            return answer

        return self._link.signed_in(ask)


def _refuse(answer: Response, method: str) -> None:
    """Raise what the answer says; that to HEAD has no body, so its status says it, when the answer
    is a tus server's and not that of a portal or proxy on the way."""
    ours = method == "HEAD" and answer.head.get("Tus-Resumable") == _TUS["Tus-Resumable"]
    code = _STATUS.get(answer.status) if ours else None
    if code in (Code.SIGN_IN_AGAIN, Code.NOT_ALLOWED):
        raise NotAllowed(message("The server did not allow this request."), code=code)
    if code is not None:
        raise Refused(code, message("The server no longer has this upload."))
    message_of(answer, Struct, _MOST_SAID)
    raise not_a_server()


def _upload(upload_id: str) -> str:
    return f"{UPLOADS}/{quote(upload_id, safe='')}"


def _position(answer: Response) -> int:
    """Where the upload stands now. Whoever does not say so is not our server."""
    said = answer.head.get("Upload-Offset", "")
    if not said.isdecimal():
        raise not_a_server()
    return int(said)
