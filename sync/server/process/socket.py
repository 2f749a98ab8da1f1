"""The socket that the server listens on."""

from __future__ import annotations

import socket

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises EnvironmentProblem when the address is taken or not ours.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise EnvironmentProblem(
            Code.SERVER_UNREACHABLE,
            message(
                "The server cannot listen on {host}, port {port}: {reason}.",
                host=host,
                port=port,
                reason=error.strerror or error,
            ),
            message("Choose another --port."),
        ) from None
    # Connections inherit it. Without it a body waits 40 ms until its head is acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener
