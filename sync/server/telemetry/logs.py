"""The log of the server: a line of JSON on stderr for each event."""

from __future__ import annotations

import logging
import sys
from typing import Any

from visitapp.storage.logs import FIELDS, JsonLines

LOG = logging.getLogger("visitapp.server")


def set_up_logs(level: str) -> None:
    """Send the logs of this process to stderr, those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(level.upper())


def event(level: int, name: str, **fields: Any) -> None:
    """Log an event with its fields, which must be ids, counts, codes or times."""
    LOG.log(level, name, extra={FIELDS: fields})
