"""A bad line in front of a real server: it delays, cuts, repeats and alters what passes."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Literal

_PIECE = 4096
_PAUSE = threading.Event()
_HEAD_ENDS = b"\r\n\r\n"


class Trouble(Enum):
    """What a line does to one connection."""

    NONE = "none"
    DELAY = "delay"
    CUT = "cut"
    ALTER = "alter"
    REPEAT = "repeat"


@dataclass(frozen=True)
class Fault:
    """Trouble with what goes `towards` one side, after `after` bytes; of the first body, for ALTER.

    REPEAT sends to the server once more, on a connection of its own, all that it was sent.
    """

    trouble: Trouble = Trouble.NONE
    towards: Literal["server", "client"] = "server"
    after: int = 0


class FaultProxy:
    """Passes connections on to `upstream`, each with the next fault that `faults` gives."""

    def __init__(self, faults: Callable[[], Fault]) -> None:
        self.upstream = ("127.0.0.1", 0)
        self._faults = faults
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def forward_to(self, address: str) -> None:
        """Pass new connections on to the server at this address."""
        host, _, port = address.removeprefix("http://").rpartition(":")
        self.upstream = (host, int(port))

    def run(self) -> None:
        """Take connections until the listener is closed."""
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self._begin(self._pass_on, client, self._faults())

    def close(self) -> None:
        """Stop taking connections and end those there are."""
        # Closing alone does not wake a thread that waits in accept().
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in list(self._open):
            _end(line)
        for thread in list(self._threads):
            thread.join(60)

    def _begin(self, work: Callable[..., None], *given: object) -> None:
        thread = threading.Thread(target=work, args=given)
        self._threads.append(thread)
        thread.start()

    def _pass_on(self, client: socket.socket, fault: Fault) -> None:
        self._open.add(client)
        try:
            server = socket.create_connection(self.upstream, timeout=30)
        except OSError:
            self._close(client)
            return
        self._open.add(server)
        heard: list[bytes] = []
        there = threading.Thread(target=_pump, args=(client, server, fault, "server", heard))
        there.start()
        _pump(server, client, fault, "client", [])
        there.join()
        self._close(client)
        self._close(server)
        if fault.trouble is Trouble.REPEAT and heard:
            self._repeat(b"".join(heard))

    def _repeat(self, sent: bytes) -> None:
        try:
            again = socket.create_connection(self.upstream, timeout=30)
        except OSError:
            return
        self._open.add(again)
        # The server may be killed while it reads: the line is closed all the same.
        with contextlib.suppress(OSError):
            again.sendall(sent)
            again.shutdown(socket.SHUT_WR)
            while again.recv(_PIECE):
                pass
        self._close(again)

    def _close(self, line: socket.socket) -> None:
        _end(line)
        self._open.discard(line)
        line.close()


def _pump(
    source: socket.socket, target: socket.socket, fault: Fault, towards: str, heard: list[bytes]
) -> None:
    """Carry bytes one way until either side ends, with the fault where it is meant for this way."""
    mine = fault.towards == towards
    carried = 0
    body_at = -1
    with contextlib.suppress(OSError):
        while piece := source.recv(_PIECE):
            heard.append(piece)
            if mine and fault.trouble is Trouble.DELAY:
                _PAUSE.wait(0.02)
            if mine and fault.trouble is Trouble.CUT and carried + len(piece) > fault.after:
                target.sendall(piece[: fault.after - carried])
                break
            if mine and fault.trouble is Trouble.ALTER:
                body_at = _body_at(piece, carried, body_at)
                piece = _altered(piece, body_at + fault.after - carried if body_at >= 0 else -1)
            target.sendall(piece)
            carried += len(piece)
    _end(source)
    _end(target)


def _body_at(piece: bytes, carried: int, known: int) -> int:
    """Where the first body of a connection begins, -1 while its head is not over."""
    if known >= 0:
        return known
    found = piece.find(_HEAD_ENDS)
    return carried + found + len(_HEAD_ENDS) if found >= 0 else -1


def _altered(piece: bytes, place: int) -> bytes:
    if not 0 <= place < len(piece):
        return piece
    return piece[:place] + bytes([piece[place] ^ 0x15]) + piece[place + 1 :]


def _end(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def any_fault(chance: random.Random) -> Fault:
    """A fault as a bad line has them: half of the connections are well."""
    if chance.random() < 0.5:
        return Fault()
    return Fault(
        trouble=chance.choice([t for t in Trouble if t is not Trouble.NONE]),
        towards=chance.choice(["server", "client"]),
        after=int(2 ** chance.uniform(0, 14)),
    )


@contextmanager
def fault_proxy(faults: Callable[[], Fault]) -> Iterator[FaultProxy]:
    """A proxy that runs while the context lasts."""
    proxy = FaultProxy(faults)
    runner = threading.Thread(target=proxy.run)
    runner.start()
    try:
        yield proxy
    finally:
        proxy.close()
        runner.join(60)
