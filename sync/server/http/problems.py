"""Errors as problem details (RFC 9457), each with a stable code from the catalogue."""

from __future__ import annotations

from typing import Any, cast

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import UNSET, Struct, UnsetType
from sqlalchemy.exc import DataError

from forms.format.faults import Fault, FaultyFile
from sync.server.http.asgi import BODY
from sync.server.http.request_log import trace_of
from sync.server.telemetry.logs import LOG
from sync.wire import PROTOCOL
from visitapp.errors import Code, EnvironmentProblem, VisitappError
from visitapp.storage.logs import FIELDS

MEDIA_TYPE = "application/problem+json"

_STATUS = {
    Code.SIGN_IN_AGAIN: 401,
    Code.SIGN_IN_FAILED: 401,
    Code.NEW_PASSWORD_NEEDED: 403,
    Code.DEVICE_REVOKED: 403,
    Code.NOT_ALLOWED: 403,
    Code.OUT_OF_SCOPE: 403,
    Code.NOT_FOUND: 404,
    Code.TOO_MANY_ATTEMPTS: 429,
    Code.PROTOCOL: 409,
    Code.OTHER_SERVER: 409,
    Code.ALREADY_THERE: 409,
    Code.UPLOAD_POSITION: 409,
    Code.BATCH_TOO_LARGE: 413,
    Code.FILE_TOO_LARGE: 413,
    Code.UPLOAD_DAMAGED: 460,
    Code.EVIDENCE_DIFFERS: 460,
    Code.BUG: 500,
}


class Problem(Struct, frozen=True, kw_only=True):
    """What went wrong. `code` never changes its meaning; `detail` is a sentence for people.

    `faults` lists what is wrong with a form or policy that was to be published, and is left out
    elsewhere.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    faults: list[Fault] | UnsetType = UNSET


class _Version(Struct):
    protocol: int = PROTOCOL


def from_catalogue(request: Request[Any, Any, Any], error: VisitappError) -> Response[Problem]:
    """A problem of ours that has its words. A person at a laptop can do nothing about the server's
    surroundings, so the advice that goes with those is for /ready and its administrator alone."""
    faults = error.faults if isinstance(error, FaultyFile) else UNSET
    for_people = isinstance(error, EnvironmentProblem) and request.scope.get("path") != "/ready"
    detail = error.what if for_people else str(error)
    return _answer(_status_of(error), error.code, detail, faults=faults)


def problem_bytes(error: VisitappError | HTTPException) -> tuple[int, bytes]:
    """The status and the body for a problem that was met before Litestar had the request."""
    if isinstance(error, HTTPException):
        status, code, detail = error.status_code, Code.BAD_REQUEST, error.detail
    else:
        status, code, detail = _status_of(error), error.code, str(error)
    problem = Problem(title=_title(code), status=status, detail=detail, code=code)
    return status, msgspec.json.encode(problem)


def from_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """A request that did not fit: no such address, wrong method, a body that is not a message."""
    if error.status_code == 400 and _spoken(request) != PROTOCOL:
        return _answer(409, Code.PROTOCOL, "The server and this program speak different versions.")
    code = Code.NOT_FOUND if error.status_code == 404 else Code.BAD_REQUEST
    return _answer(error.status_code, code, error.detail, error.headers)


def from_database(_: Request[Any, Any, Any], __: DataError) -> Response[Problem]:
    """A value that no column can hold, outside of a batch (there, only its change is refused)."""
    return _answer(400, Code.BAD_REQUEST, "The request holds a value that cannot be kept.")


def from_bug(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A fault of ours: logged under the id of its request, which the answer names."""
    reference = trace_of(request).request_id
    LOG.error("fault", extra={FIELDS: {"request_id": reference}}, exc_info=error)
    return _answer(500, Code.BUG, f"The server met a fault of its own, reference {reference}.")


def _spoken(request: Request[Any, Any, Any]) -> int:
    """The protocol that a body asks for, when so much of it can be read."""
    try:
        body = cast(bytes, request.scope.get(BODY, b"{}"))
        return msgspec.json.decode(body, type=_Version).protocol
    except (msgspec.MsgspecError, RecursionError):
        return PROTOCOL


def _answer(
    status: int,
    code: Code,
    detail: str,
    headers: dict[str, Any] | None = None,
    faults: list[Fault] | UnsetType = UNSET,
) -> Response[Problem]:
    return Response(
        Problem(title=_title(code), status=status, detail=detail, code=code, faults=faults),
        status_code=status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def _title(code: Code) -> str:
    return code.replace("-", " ").capitalize()


def _status_of(error: VisitappError) -> int:
    return 503 if isinstance(error, EnvironmentProblem) else _STATUS.get(error.code, 400)
