"""tus 1.0 over HTTP: creation, termination, checksum, expiration; and fetching, with ranges."""

from __future__ import annotations

import base64
import binascii
import re
from datetime import UTC
from email.utils import format_datetime
from typing import Annotated, Any

from anyio import to_thread
from litestar import Request, Response, delete, get, head, patch, post
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi import ResponseSpec
from litestar.params import FromPath, HeaderParameter
from litestar.response import Stream

from sync.server.evidence.content import Content, EvidenceBytes
from sync.server.evidence.upload_part import ALGORITHMS, Checksum, UploadPart
from sync.server.evidence.uploads import Upload, moved_on
from sync.server.http.asgi import App, Message, Receive, Send
from sync.server.http.openapi import bearer, may_answer
from sync.server.http.request_log import trace_of
from visitapp.rules.evidence import MOST_BYTES

VERSION = "1.0.0"
UPLOADS = "/v1/evidence/uploads"
CONTENT = "/v1/evidence"
_PART_TYPE = "application/offset+octet-stream"
_BYTES = "application/octet-stream"
_PART = ResponseSpec(bytes, description="The range that was asked for", media_type=_BYTES)
_TAKEN = ResponseSpec(None, description="The bytes are taken; there is no body")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ONE_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
_BROKEN_OFF = "The link was lost before the part was whole."

Version = Annotated[str, HeaderParameter(name="Tus-Resumable", required=False)]


@post(UPLOADS, status_code=201, sync_to_thread=True, responses=may_answer(401, 403, 412, 413))
def create_upload(
    request: Request[Any, Any, Any],
    state: State,
    length: Annotated[int, HeaderParameter(name="Upload-Length", ge=1, le=2**53)],
    metadata: Annotated[str, HeaderParameter(name="Upload-Metadata", max_length=2000)],
    version: Version = "",
) -> Response[None]:
    """Begin an upload of `Upload-Length` bytes; `Upload-Metadata` holds their `sha256`."""
    _require_version(version)
    evidence: EvidenceBytes = state.evidence
    announced = _announced_hash(metadata)
    upload = evidence.uploads.create(bearer(request), announced, length, trace_of(request))
    headers = {**_standing(upload), "Location": f"{UPLOADS}/{upload.id}"}
    return Response(None, status_code=201, headers=headers)


@head(
    UPLOADS + "/{upload_id:str}", status_code=200,
    responses=may_answer(401, 403, 404, 412, 460),
)  # fmt: skip
async def ask_upload(
    request: Request[Any, Any, Any], state: State, upload_id: FromPath[str], version: Version = ""
) -> Response[None]:
    """Say how far an upload is."""
    _require_version(version)
    upload = await _find(request, state, upload_id)
    headers = {**_standing(upload), "Upload-Length": str(upload.size)}
    return Response(None, headers=headers)


@patch(
    UPLOADS + "/{upload_id:str}", status_code=204,
    responses={204: _TAKEN, **may_answer(401, 403, 404, 409, 412, 460)},
)  # fmt: skip
async def continue_upload(
    request: Request[Any, Any, Any],
    state: State,
    upload_id: FromPath[str],
    position: Annotated[int, HeaderParameter(name="Upload-Offset", ge=0, le=2**53)],
    checksum: Annotated[str, HeaderParameter(name="Upload-Checksum", required=False)] = "",
    version: Version = "",
) -> Response[None]:
    """Take the next bytes of an upload (`application/offset+octet-stream`)."""
    _require_version(version)
    if request.headers.get("content-type", "").partition(";")[0].strip() != _PART_TYPE:
        raise HTTPException(f"A part of an upload is sent as {_PART_TYPE}.", status_code=415)
    wanted = _checksum(checksum)
    evidence: EvidenceBytes = state.evidence
    upload = await _find(request, state, upload_id)
    if upload.position != position:
        raise moved_on()
    part = evidence.part(upload, wanted, trace_of(request))
    await _receive(request, part)
    ended = await to_thread.run_sync(part.end)
    return Response(None, status_code=204, headers=_standing(ended))


@delete(
    UPLOADS + "/{upload_id:str}", status_code=204, sync_to_thread=True,
    responses=may_answer(401, 403, 404, 412),
)  # fmt: skip
def end_upload(
    request: Request[Any, Any, Any], state: State, upload_id: FromPath[str], version: Version = ""
) -> None:
    """Give an upload up; what came of it is forgotten."""
    _require_version(version)
    evidence: EvidenceBytes = state.evidence
    evidence.uploads.terminate(bearer(request), upload_id, trace_of(request))


@get(
    CONTENT + "/{sha256:str}", status_code=200, sync_to_thread=True,
    media_type=_BYTES, responses={206: _PART, **may_answer(401, 403, 404, 416)},
)  # fmt: skip
def fetch_content(
    request: Request[Any, Any, Any],
    state: State,
    sha256: FromPath[str],
    wanted: Annotated[str, HeaderParameter(name="Range", required=False)] = "",
    unchanged: Annotated[str, HeaderParameter(name="If-Range", required=False)] = "",
) -> Stream:
    """The bytes with this SHA-256, whole or one `Range` of them (then 206). The hash in quotes is
    their strong ETag; with another one in `If-Range` they come whole."""
    evidence: EvidenceBytes = state.evidence
    content = evidence.find(bearer(request), sha256, trace_of(request))
    tag = f'"{content.sha256}"'
    if unchanged and unchanged != tag:
        wanted = ""
    first, end = _range(wanted, content)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - first),
        "Content-Disposition": "attachment",
        "ETag": tag,
        "X-Content-Type-Options": "nosniff",
    }
    if wanted:
        headers["Content-Range"] = f"bytes {first}-{end - 1}/{content.size}"
    return Stream(
        evidence.read(content, first, end),
        status_code=206 if wanted else 200,
        media_type=_BYTES,
        headers=headers,
    )


HANDLERS = [create_upload, ask_upload, continue_upload, end_upload, fetch_content]


class TusHeaders:
    """ASGI middleware: what tus wants on every answer, and on OPTIONS what the server can."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Add the headers to answers below the uploads' address."""
        if scope["type"] != "http" or not scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        override = dict(scope["headers"]).get(b"x-http-method-override")
        if override and scope["method"] == "POST":
            scope["method"] = override.decode("latin-1").upper()
        added = [(b"tus-resumable", VERSION.encode()), (b"cache-control", b"no-store")]
        if scope["method"] == "OPTIONS":
            added += _ABILITIES

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *added]
            await send(message)

        await self._app(scope, receive, with_headers)


_ABILITIES = [
    (b"tus-version", VERSION.encode()),
    (b"tus-extension", b"creation,termination,checksum,expiration"),
    (b"tus-max-size", str(MOST_BYTES).encode()),
    (b"tus-checksum-algorithm", ",".join(ALGORITHMS).encode()),
]


async def _find(request: Request[Any, Any, Any], state: State, upload_id: str) -> Upload:
    evidence: EvidenceBytes = state.evidence
    asked = (bearer(request), upload_id, trace_of(request))
    return await to_thread.run_sync(evidence.uploads.find, *asked)


async def _receive(request: Request[Any, Any, Any], part: UploadPart) -> None:
    """Take the body as it comes. Raises 400 when it breaks off; what came is kept where it can."""
    more = True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            await to_thread.run_sync(part.break_off)
            raise HTTPException(_BROKEN_OFF, status_code=400)
        if part.add(message.get("body", b"")):
            await to_thread.run_sync(part.keep)
        more = message.get("more_body", False)


def _standing(upload: Upload) -> dict[str, str]:
    expires = format_datetime(upload.expires_at.astimezone(UTC), usegmt=True)
    return {"Upload-Offset": str(upload.position), "Upload-Expires": expires}


def _require_version(version: str) -> None:
    if version != VERSION:
        raise HTTPException(
            f"This server speaks tus {VERSION}.", status_code=412, headers={"Tus-Version": VERSION}
        )


def _announced_hash(metadata: str) -> str:
    """The `sha256` of the metadata, hexadecimal. Raises 400 when there is none."""
    pairs = dict(pair.strip().partition(" ")[::2] for pair in metadata.split(","))
    try:
        found = base64.b64decode(pairs.get("sha256", ""), validate=True).decode("ascii")
    except (binascii.Error, UnicodeDecodeError):
        found = ""
    if not _SHA256.fullmatch(found):
        raise HTTPException("Upload-Metadata must hold the sha256 of the bytes.", status_code=400)
    return found


def _checksum(header: str) -> Checksum | None:
    """What `Upload-Checksum` asks for. Raises 400 for an algorithm that is not known."""
    if not header:
        return None
    algorithm, _, digest = header.partition(" ")
    try:
        if algorithm in ALGORITHMS:
            return Checksum(algorithm, base64.b64decode(digest, validate=True))
    except binascii.Error:
        pass
    raise HTTPException("The Upload-Checksum is of no kind that is known here.", status_code=400)


def _range(header: str, content: Content) -> tuple[int, int]:
    """The first byte and the one after the last that are wanted. Raises 416."""
    if not header:
        return 0, content.size
    found = _ONE_RANGE.fullmatch(header.strip())
    if found and any(found.groups()):
        first, last = found.groups()
        begins = int(first) if first else max(0, content.size - int(last))
        end = min(int(last) + 1, content.size) if first and last else content.size
        if begins < end:
            return begins, end
    raise HTTPException(
        "There is no such range of these bytes.",
        status_code=416,
        headers={"Content-Range": f"bytes */{content.size}"},
    )
