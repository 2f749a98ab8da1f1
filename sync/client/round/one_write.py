"""A request in one write: its head waits for the first bytes of its body.

Sent apart, each would be a packet, and the other side would wake for the head only to wait again.
"""

from __future__ import annotations

from typing import Any

from urllib3.connection import HTTPConnection


class OneWrite(HTTPConnection):
    """A connection that sends head and body together."""

    _holds = False
    _head = b""

    def request(self, *args: Any, **kwargs: Any) -> None:
        """See urllib3. What has no body goes out at the end."""
        self._head = b""
        super().request(*args, **kwargs)
        if self._head:
            self.send(b"")

    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        """See `http.client`; what it sends is kept for `send`."""
        self._holds = True
        try:
            super().endheaders(*args, **kwargs)
        finally:
            self._holds = False

    def send(self, data: Any) -> None:
        """See `http.client`."""
        if self._holds:
            self._head += data
            return
        head, self._head = self._head, b""
        super().send(head + data if head else data)
