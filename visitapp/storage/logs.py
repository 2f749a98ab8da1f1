"""Log lines of the desktop, the terminal and the server.

No line holds anything that a person wrote: an event has a name and fields with ids, counts, codes
and times. An exception is shown by its classes and places, not by its message or source lines,
which may quote a value.
"""

from __future__ import annotations

import logging
import os
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import msgspec

from visitapp.errors import VisitappError
from visitapp.storage.private import private_folder, private_opener

LOG_FOLDER = "logs"
"""Below the data folder."""
LARGEST_BYTES = 1_000_000
KEPT_FILES = 3

FIELDS = "visitapp_fields"
"""The attribute of a log record with the fields of its event."""
_LOG = logging.getLogger("visitapp")


def event(level: int, name: str, *, error: BaseException | None = None, **fields: Any) -> None:
    """Log an event with its fields, which must be ids, counts, codes or times."""
    _LOG.log(level, name, extra={FIELDS: fields}, exc_info=error)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, and the fields of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        return msgspec.json.encode(_line(record)).decode()


class PlainLines(logging.Formatter):
    """A line to read: time, level and event, then each field as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """See `logging.Formatter`."""
        line = _line(record)
        head = f"{line.pop('time')} {line.pop('level').upper()} {line.pop('event')}"
        places = line.pop("at", [])
        fields = [f"{name}={value}" for name, value in line.items()]
        return "\n    ".join([" ".join([head, *fields]), *places])


class PrivateRotatingFile(RotatingFileHandler):
    """A log for its owner alone, made at its first line. It never disturbs what is logged: a disk
    that is full, or a file that another program holds open, loses lines and nothing else."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            file, maxBytes=LARGEST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", delay=True
        )
        self.setFormatter(PlainLines())
        self.has_lost_lines = False

    def _open(self) -> TextIOWrapper:
        private_folder(Path(self.baseFilename).parent)
        handle = private_opener(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        return os.fdopen(handle, "a", encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Lose the line, and remember that."""
        self.has_lost_lines = True


def log_to_file(file: Path, level: str) -> PrivateRotatingFile:
    """Send our log lines to this file as well, from this level on, until `stop_logging_to`."""
    handler = PrivateRotatingFile(file)
    _LOG.addHandler(handler)
    _LOG.setLevel(level.upper())
    return handler


def stop_logging_to(handler: logging.Handler) -> None:
    """Let go of a file."""
    _LOG.removeHandler(handler)
    handler.close()


def _line(record: logging.LogRecord) -> dict[str, Any]:
    moment = datetime.fromtimestamp(record.created, UTC)
    line: dict[str, Any] = {
        "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "event": record.getMessage(),
        **getattr(record, FIELDS, {}),
    }
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        line["fault"] = " < ".join(map(_named, _chain(error)))
        line["at"] = [place for one in _chain(error) for place in _places(one)]
    return line


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        yield here
        here = here.__cause__ or here.__context__


def _named(error: BaseException) -> str:
    if isinstance(error, VisitappError):
        return f"{type(error).__name__}({error.code})"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{type(error).__name__}({os.strerror(error.errno)})"
    return type(error).__name__


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
