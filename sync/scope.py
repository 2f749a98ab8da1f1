"""The digest by which a device and the server see at once whether they agree on the scope."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def scope_digest(setting_ids: Iterable[str]) -> str:
    """The SHA-256, in hexadecimal, of the sorted ids, a line each. No ids give an empty text."""
    ids = sorted(setting_ids)
    return hashlib.sha256("\n".join(ids).encode()).hexdigest() if ids else ""
