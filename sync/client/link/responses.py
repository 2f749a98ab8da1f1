"""What an answer says: the message, our server's problem, or that something else answered."""

from __future__ import annotations

import io
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec
import zstandard
from msgspec import Struct

from forms.format.faults import Fault, FaultyForm
from sync.client.link.problems import (
    altered,
    gateway,
    not_a_server,
    proxy_sign_in,
    server_database,
    server_full,
    too_large,
    wrong_path,
)
from sync.wire import DIGEST, digest_of
from visitapp.errors import (
    Code,
    EnvironmentProblem,
    LinkProblem,
    NotAllowed,
    Refused,
    VisitappError,
)
from visitapp.explanation import Explanation, messages_of
from visitapp.language import message
from visitapp.rules.policy.check import FaultyPolicy

_PIECE = 1024 * 1024
_PROXY_SIGN_IN = 407
_GATEWAY = frozenset({502, 503, 504})
_NO_SUCH_PATH = "Not Found"
"""The detail of a path that the server does not have; a missing record has words of its own."""
_DATABASE = {Code.DATABASE_UNREACHABLE, Code.DATABASE_IN_USE, Code.DATABASE_DAMAGED}
_NOT_ALLOWED = {
    Code.SIGN_IN_AGAIN,
    Code.SIGN_IN_FAILED,
    Code.NEW_PASSWORD_NEEDED,
    Code.DEVICE_REVOKED,
    Code.NOT_ALLOWED,
    Code.TOO_MANY_ATTEMPTS,
}
M = TypeVar("M")


class Response(Struct, frozen=True):
    """What came back: the status, the head (its names in any case) and the body as it was sent."""

    status: int
    head: Mapping[str, str]
    body: bytes


class _Problem(Struct):
    detail: str
    code: str
    status: int = 500
    explanation: Explanation | None = None
    faults: list[Fault] = []


def message_of(answer: Response, kind: type[M], most: int) -> M:
    """The message in an answer, unpacked to at most `most` bytes.

    Raises LinkProblem when the answer is not our server's or was altered on the way, and the
    server's own refusals by their codes.
    """
    if answer.status == _PROXY_SIGN_IN:
        raise proxy_sign_in()
    said = answer.head.get(DIGEST)
    if said is not None and said != digest_of(answer.body):
        raise altered()
    retry_after = _retry_after(answer.head)
    if not answer.head.get("Content-Type", "").startswith(
        ("application/json", "application/problem+json")
    ):
        raise gateway(retry_after) if answer.status in _GATEWAY else not_a_server(retry_after)
    body = _unpacked(answer, most)
    try:
        if answer.status != 200:
            raise _problem(msgspec.json.decode(body, type=_Problem), retry_after)
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise not_a_server(retry_after) from None


def _unpacked(answer: Response, most: int) -> bytes:
    packing = answer.head.get("Content-Encoding", "identity")
    if packing == "identity":
        return answer.body
    if packing != "zstd":
        raise not_a_server()
    unpacked = io.BytesIO()
    try:
        with zstandard.ZstdDecompressor().stream_reader(answer.body) as reader:
            while piece := reader.read(_PIECE):
                unpacked.write(piece)
                if unpacked.tell() > most:
                    raise too_large()
    except zstandard.ZstdError:
        raise not_a_server() from None
    return unpacked.getvalue()


def _retry_after(head: Mapping[str, str]) -> float | None:
    """The seconds that the other side asks for. A date is counted from its own clock, not ours."""
    asked = head.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked[:9])
    try:
        until, now = (parsedate_to_datetime(text) for text in (asked, head.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _problem(problem: _Problem, retry_after: float | None) -> VisitappError:
    """The error that a problem details answer stands for."""
    try:
        code = Code(problem.code)
    except ValueError:
        code = Code.BUG if problem.status >= 500 else Code.BAD_REQUEST
    what, next_step = messages_of(problem.explanation, problem.detail)
    if problem.faults:
        faulty = FaultyPolicy if code == Code.POLICY_FAULTS else FaultyForm
        return faulty(problem.faults)
    if code == Code.BODY_ALTERED:
        return altered()
    if code in _NOT_ALLOWED:
        return NotAllowed(what, next_step, code=code)
    if code == Code.PROTOCOL:
        return EnvironmentProblem(Code.SERVER_TOO_NEW, what, next_step)
    if code == Code.DISK_FULL:
        return server_full(retry_after)
    if code in _DATABASE:
        return server_database(retry_after)
    if code == Code.NOT_FOUND and problem.detail == _NO_SUCH_PATH:
        return wrong_path()
    if problem.status >= 500 or code == Code.BUG:
        return LinkProblem(
            Code.SERVER_FAULT,
            what,
            message("Your work is safe. Try again later."),
            retry_after=retry_after,
        )
    if code == Code.OTHER_SERVER:
        return EnvironmentProblem(code, what, next_step)
    return Refused(code, what, next_step)
