"""Something at the other end of a line that is not our server: it says whatever a test wants."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket], None]


def read_request(line: socket.socket) -> bytes:
    """One whole request, its body by its length."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return data
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    lengths = [
        int(field.split(b":")[1])
        for field in head.lower().split(b"\r\n")
        if field.startswith(b"content-length:")
    ]
    while lengths and len(body) < lengths[0]:
        body += line.recv(65536)
    return head + b"\r\n\r\n" + body


def said(status: int, body: bytes, **head: str) -> bytes:
    """An answer as it goes over the line; a `Content_Length` may be a lie.

    It says that the connection ends with it: a client that still thought it open would send its
    next request where nobody reads.
    """
    fields = {"Content_Length": str(len(body)), "Connection": "close", **head}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items())
    return f"HTTP/1.1 {status} Odd\r\n{lines}\r\n".encode() + body


def answer(status: int, body: bytes, **head: str) -> Talk:
    """Read a request and answer it like this; see `said`."""
    whole = said(status, body, **head)

    def talk(line: socket.socket) -> None:
        read_request(line)
        line.sendall(whole)

    return talk


def pass_on(request: bytes, line: socket.socket, place: str) -> None:
    """Send a request on to the server at `HOST:PORT`, and all that it answers back on the line.

    The server is asked to end the connection, and so its end is the end of the answer.
    """
    host, _, port = place.partition(":")
    with socket.create_connection((host, int(port))) as server:
        server.sendall(request.replace(b"\r\n", b"\r\nConnection: close\r\n", 1))
        while piece := server.recv(65536):
            line.sendall(piece)


@contextmanager
def listening(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Talk so on every connection, over TLS where a context is given; gives `HOST:PORT`."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ending = threading.Event()

        def serve(line: socket.socket) -> None:
            with contextlib.suppress(OSError):
                talk(tls.wrap_socket(line, server_side=True) if tls else line)
            line.close()

        def take() -> None:
            while not ending.is_set():
                with contextlib.suppress(OSError):
                    line, _ = listener.accept()
                    threading.Thread(target=serve, args=(line,), daemon=True).start()

        taking = threading.Thread(target=take, daemon=True)
        taking.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            ending.set()
            with contextlib.suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            taking.join(60)
