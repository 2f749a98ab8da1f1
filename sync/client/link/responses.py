"""What an answer says: the message, our server's problem, or that something else answered."""

from __future__ import annotations

import io
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import TypeVar

import msgspec
import zstandard
from msgspec import Struct

from forms.format.faults import Fault
from forms.format.faulty import FaultyForm
from sync.wire import DIGEST, digest_of
from visitapp.errors import (
    Code,
    EnvironmentProblem,
    LinkProblem,
    NotAllowed,
    Refused,
    VisitappError,
)

_PIECE = 1024 * 1024
_PROXY_SIGN_IN = 407
_GATEWAY = (502, 503, 504)
_ENVIRONMENT = {Code.DATABASE_UNREACHABLE, Code.DATABASE_IN_USE, Code.BUG}
_NOT_ALLOWED = {
    Code.SIGN_IN_AGAIN,
    Code.SIGN_IN_FAILED,
    Code.NEW_PASSWORD_NEEDED,
    Code.DEVICE_REVOKED,
    Code.NOT_ALLOWED,
    Code.TOO_MANY_ATTEMPTS,
}
M = TypeVar("M")


class Answer(Struct, frozen=True):
    """What came back: the status, the head (its names in any case) and the body as it was sent."""

    status: int
    head: Mapping[str, str]
    body: bytes


class _Problem(Struct):
    detail: str
    code: str
    status: int = 500
    faults: list[Fault] = []


def message_of(answer: Answer, kind: type[M], most: int) -> M:
    """The message in an answer, unpacked to at most `most` bytes.

    Raises LinkProblem when the answer is not our server's or was altered on the way, and the
    server's own refusals by their codes.
    """
    if answer.status == _PROXY_SIGN_IN:
        raise proxy_sign_in()
    said = answer.head.get(DIGEST)
    if said is not None and said != digest_of(answer.body):
        raise _altered()
    retry_after = _retry_after(answer.head)
    if not answer.head.get("Content-Type", "").startswith(
        ("application/json", "application/problem+json")
    ):
        raise _gateway(retry_after) if answer.status in _GATEWAY else not_a_server(retry_after)
    body = _unpacked(answer, most)
    try:
        if answer.status != 200:
            raise _problem(msgspec.json.decode(body, type=_Problem), retry_after)
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise not_a_server(retry_after) from None


def _unpacked(answer: Answer, most: int) -> bytes:
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
    if problem.faults:
        return FaultyForm(problem.faults)
    if code == Code.BODY_ALTERED:
        return _altered()
    if code in _NOT_ALLOWED:
        return NotAllowed(problem.detail, code=code)
    if code == Code.PROTOCOL:
        return EnvironmentProblem(Code.SERVER_TOO_NEW, problem.detail)
    if code == Code.DISK_FULL:
        return _server_full(retry_after)
    if problem.status >= 500 or code in _ENVIRONMENT:
        return LinkProblem(
            Code.SERVER_FAULT,
            problem.detail,
            "Your work is safe. Try again later.",
            retry_after=retry_after,
        )
    if code == Code.OTHER_SERVER:
        return EnvironmentProblem(code, problem.detail)
    return Refused(code, problem.detail)


def _gateway(retry_after: float | None) -> LinkProblem:
    """What stands in front of the server answered in its place."""
    return LinkProblem(
        Code.SERVER_FAULT,
        "The server is not available at the moment. Your work is safe on this device.",
        "Try again in a few minutes. If it stays, tell your administrator.",
        retry_after=retry_after,
    )


def _server_full(retry_after: float | None) -> LinkProblem:
    """The server's own sentence would speak of the disk of whoever reads it."""
    return LinkProblem(
        Code.SERVER_FAULT,
        "The server's disk is full. Your work is safe here.",
        "Tell your administrator; it is sent by itself when there is room.",
        retry_after=retry_after,
    )


def unreachable() -> LinkProblem:
    """Nobody answered, or the line went down while they did."""
    return LinkProblem(
        Code.SERVER_UNREACHABLE,
        "The server could not be reached. Your work is safe on this device.",
        "Try again when you are online.",
    )


def untrusted() -> LinkProblem:
    """What answered could not prove that it is the server: its certificate is not trusted here."""
    return LinkProblem(
        Code.UNTRUSTED_SERVER,
        "The server could not prove who it is, so nothing was sent. Your work is safe on this "
        "device.",
        "Check this computer's date and time, and sign in to the network if it asks. If it stays, "
        "ask your IT team.",
    )


def proxy_sign_in() -> LinkProblem:
    """A proxy wants a name and password of its own."""
    return LinkProblem(
        Code.PROXY_SIGN_IN,
        "The proxy of this network asks for a sign-in. Your work is safe on this device.",
        "Ask your IT team to let Visitapp through, or for the proxy's name and password.",
    )


def too_large() -> LinkProblem:
    """More came than any answer of the server holds."""
    return LinkProblem(
        Code.NOT_A_SERVER,
        "An answer was far too large to be the server's. Your work is safe on this device.",
        "You may need to sign in to this network, or the address is wrong.",
    )


def _altered() -> LinkProblem:
    return LinkProblem(
        Code.BODY_ALTERED,
        "A message was altered on its way, so it was not used. Your work is safe on this device.",
        "Try again. If it goes on, ask your administrator about this network.",
    )


def not_a_server(retry_after: float | None = None) -> LinkProblem:
    """What answered is not our server, or speaks past what was asked."""
    return LinkProblem(
        Code.NOT_A_SERVER,
        "Something answered, but not the server. Your work is safe on this device.",
        "You may need to sign in to this network, or the address is wrong.",
        retry_after=retry_after,
    )
