"""The sentences about a link that failed: true whatever the cause, and saying that work is safe."""

from __future__ import annotations

from collections.abc import Iterator

from visitapp.errors import Code, LinkProblem
from visitapp.language import message


def server_full(retry_after: float | None) -> LinkProblem:
    """The server's own sentence would speak of the disk of whoever reads it."""
    return LinkProblem(
        Code.SERVER_FAULT,
        message("The server's disk is full. Your work is safe on this device."),
        message(
            "Tell your administrator. Your work will be sent automatically once there is space."
        ),
        retry_after=retry_after,
    )


def server_database(retry_after: float | None) -> LinkProblem:
    """The server's own sentence tells its administrator what to check."""
    return LinkProblem(
        Code.SERVER_FAULT,
        message(
            "The server cannot use its database at the moment. Your work is safe on this device."
        ),
        message("Try again later. If this continues, tell your administrator."),
        retry_after=retry_after,
    )


def wrong_path() -> LinkProblem:
    """A server of ours answered, but to another address than it has."""
    return LinkProblem(
        Code.NOT_A_SERVER,
        message(
            "There is a server at this address, but not under this path. Nothing was sent, and "
            "your work is safe on this device."
        ),
        message("Use the address from your IT team. It often ends after the name of the server."),
    )


def gateway(retry_after: float | None = None) -> LinkProblem:
    """What stands in front of the server answered for it, as while the server restarts."""
    return LinkProblem(
        Code.SERVER_FAULT,
        message(
            "The server is not running at the moment, or is restarting. Your work is safe on this "
            "device."
        ),
        message("Try again in a few minutes. If this continues, tell your administrator."),
        retry_after=retry_after,
    )


def no_such_host(host: str) -> LinkProblem:
    """No address is known for the server's name. That a computer is offline looks the same."""
    return LinkProblem(
        Code.SERVER_UNREACHABLE,
        message("No server called {host} was found. Your work is safe on this device.", host=host),
        message("Check that you are online and that the address is right."),
    )


def broken_off(scheme: str) -> LinkProblem:
    """A server took the connection, and it ended before the whole answer came."""
    step = message("Try again. If this continues, ask your administrator.")
    if scheme == "http":
        step = message("If the server uses TLS, its address starts with https://.")
    return LinkProblem(
        Code.SERVER_UNREACHABLE,
        message(
            "The connection ended before the reply was complete. Your work is safe on this device."
        ),
        step,
    )


def unreachable() -> LinkProblem:
    """Nobody answered, or the line went down while they did."""
    return LinkProblem(
        Code.SERVER_UNREACHABLE,
        message("The server could not be reached. Your work is safe on this device."),
        message("Check that you are online and try again."),
    )


def untrusted() -> LinkProblem:
    """What answered could not prove that it is the server: its certificate is not trusted here."""
    return LinkProblem(
        Code.UNTRUSTED_SERVER,
        message(
            "The server could not prove who it is, so nothing was sent. Your work is safe on this "
            "device."
        ),
        message(
            "Check this computer's date and time, and sign in to the network if it asks. If the "
            "problem remains, ask your IT team."
        ),
    )


def no_tls() -> LinkProblem:
    """Something answered without TLS to an https address."""
    return LinkProblem(
        Code.UNTRUSTED_SERVER,
        message(
            "The server at this address does not use TLS, so nothing was sent. Your work is safe "
            "on this device."
        ),
        message(
            "Check the address and its port with your IT team, and sign in to the network if it "
            "asks."
        ),
    )


def proxy_sign_in() -> LinkProblem:
    """A proxy wants a name and password of its own."""
    return LinkProblem(
        Code.PROXY_SIGN_IN,
        message("This network's proxy requires a sign-in. Your work is safe on this device."),
        message("Ask your IT team to let Visitapp through, or for the proxy's name and password."),
    )


def too_large() -> LinkProblem:
    """More came than any answer of the server holds."""
    return LinkProblem(
        Code.NOT_A_SERVER,
        message(
            "The reply was too large to come from the server. Your work is safe on this device."
        ),
        message("You may need to sign in to this network, or the address is wrong."),
    )


def altered() -> LinkProblem:
    """The digest of a body is not the one that was sent with it."""
    return LinkProblem(
        Code.BODY_ALTERED,
        message(
            "A message was altered in transit, so it was not used. Your work is safe on this "
            "device."
        ),
        message("Try again. If this continues, ask your administrator about this network."),
    )


def not_a_server(retry_after: float | None = None) -> LinkProblem:
    """What answered is not our server, or speaks past what was asked."""
    return LinkProblem(
        Code.NOT_A_SERVER,
        message("The reply did not come from a Visitapp server. Your work is safe on this device."),
        message("You may need to sign in to this network, or the address is wrong."),
        retry_after=retry_after,
    )


def causes(error: BaseException) -> Iterator[BaseException]:
    """An error and those behind it, which requests and urllib3 wrap or keep as arguments."""
    left, seen = [error], set[int]()
    while left:
        here = left.pop()
        if id(here) in seen:
            continue
        seen.add(id(here))
        yield here
        behind = (here.__cause__, here.__context__, getattr(here, "reason", None), *here.args)
        left += [one for one in behind if isinstance(one, BaseException)]
