"""Structured logs: a line of JSON on stderr for each event.

Nothing that a person wrote, and no name, token, address or query string, is in a line. An exception
is shown by its class and where it happened, not by its message, which may quote a value.
"""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import msgspec

from visitapp.records.codec import moment_to_wire

LEVELS = ("debug", "info", "warning", "error")
FIELDS = "visitapp_fields"
"""The attribute of a log record with what a line says beside its event."""

LOG = logging.getLogger("visitapp.server")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        line: dict[str, Any] = {
            "time": moment_to_wire(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line |= _fault(record.exc_info[1])
        return msgspec.json.encode(line).decode()


def set_up_logs(level: str) -> None:
    """Send the logs of this process to stderr, those of libraries from warnings on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(level.upper())


def event(level: int, name: str, **fields: Any) -> None:
    """Log an event with its fields."""
    LOG.log(level, name, extra={FIELDS: fields})


def _fault(error: BaseException) -> dict[str, Any]:
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "fault": type(error).__name__,
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
