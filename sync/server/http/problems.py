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
from visitapp.errors import Code, EnvironmentProblem, Refused, VisitappError
from visitapp.explanation import Explanation, explanation_of
from visitapp.language import message
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
    """What went wrong. `code` never changes its meaning; `detail` says it in English, and
    `explanation` the same for a reader who words it in another language.

    `faults` lists what is wrong with a form or policy that was to be published, and is left out
    elsewhere.
    """

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    explanation: Explanation | UnsetType = UNSET
    faults: list[Fault] | UnsetType = UNSET


class _Version(Struct):
    protocol: int = PROTOCOL


def from_catalogue(request: Request[Any, Any, Any], error: VisitappError) -> Response[Problem]:
    """A problem of ours. A person at a laptop can do nothing about the server's surroundings, so
    the advice that goes with those is for /ready and its administrator alone."""
    if isinstance(error, EnvironmentProblem) and request.scope.get("path") != "/ready":
        error = VisitappError(error.code, error.what)
        return _answer(503, problem_of(error, 503))
    status = _status_of(error)
    return _answer(status, problem_of(error, status))


def problem_of(error: VisitappError, status: int) -> Problem:
    """The problem details of an error."""
    return Problem(
        title=_title(error.code),
        status=status,
        detail=error.english(),
        code=error.code,
        explanation=explanation_of(error),
        faults=error.faults if isinstance(error, FaultyFile) else UNSET,
    )


def problem_bytes(error: VisitappError | HTTPException) -> tuple[int, bytes]:
    """The status and the body for a problem that was met before Litestar had the request."""
    if isinstance(error, HTTPException):
        problem = _unfit(error.status_code, Code.BAD_REQUEST, error.detail)
    else:
        problem = problem_of(error, _status_of(error))
    return problem.status, msgspec.json.encode(problem)


def from_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    """A request that did not fit: no such address, wrong method, a body that is not a message."""
    if error.status_code == 400 and _spoken(request) != PROTOCOL:
        what = message("The server and this program speak different versions of the protocol.")
        return _answer(409, problem_of(Refused(Code.PROTOCOL, what), 409))
    code = Code.NOT_FOUND if error.status_code == 404 else Code.BAD_REQUEST
    return _answer(error.status_code, _unfit(error.status_code, code, error.detail), error.headers)


def from_database(_: Request[Any, Any, Any], __: DataError) -> Response[Problem]:
    """A value that no column can hold, outside of a batch (there, only its change is refused)."""
    what = message("The request has a value that the server cannot store.")
    return _answer(400, problem_of(Refused(Code.BAD_REQUEST, what), 400))


def from_bug(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A fault of ours: logged under the id of its request, which the answer names."""
    reference = trace_of(request).request_id
    LOG.error("fault", extra={FIELDS: {"request_id": reference}}, exc_info=error)
    what = message(
        "Something went wrong in the server, reference {reference}.", reference=reference
    )
    return _answer(500, problem_of(VisitappError(Code.BUG, what), 500))


def _spoken(request: Request[Any, Any, Any]) -> int:
    """The protocol that a body asks for, when so much of it can be read."""
    try:
        body = cast(bytes, request.scope.get(BODY, b"{}"))
        return msgspec.json.decode(body, type=_Version).protocol
    except (msgspec.MsgspecError, RecursionError):
        return PROTOCOL


def _unfit(status: int, code: Code, detail: str) -> Problem:
    """What Litestar says of a request that does not fit. It is for whoever writes a client."""
    return Problem(title=_title(code), status=status, detail=detail, code=code)


def _answer(
    status: int, problem: Problem, headers: dict[str, Any] | None = None
) -> Response[Problem]:
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _title(code: Code) -> str:
    return code.replace("-", " ").capitalize()


def _status_of(error: VisitappError) -> int:
    return 503 if isinstance(error, EnvironmentProblem) else _STATUS.get(error.code, 400)
