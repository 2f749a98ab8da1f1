"""What is known of one request: for the log, the numbers and the audit chain."""

from __future__ import annotations

import re
import uuid

from msgspec import Struct

_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class Trace(Struct, kw_only=True):
    """One request. Who asks is filled in as soon as it is known.

    request_id: its own, or the one that the proxy in front gave. address: the network address of
    the other side, for limits and the audit log; it is not in the server's log. by: the account
    that gave a command at the server itself. results: how many changes came to which end;
    records: how many were given.
    """

    request_id: str = ""
    address: str = ""
    by: str = ""
    user_id: str = ""
    device_id: str = ""
    results: dict[str, int] = {}
    records: int = 0


def request_id(given: str) -> str:
    """The id of a request: `given` when it is 8 to 64 plain characters, else a fresh one."""
    return given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
