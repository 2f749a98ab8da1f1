"""Problems on a terminal: one line on stderr and an exit status."""

from __future__ import annotations

import logging
import re
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path

import click

from visitapp.errors import VisitappError

REFUSED = 1
LOG_FILE = "visitapp.log"
_BETWEEN_SENTENCES = re.compile(r"(?<=\w)[.] (?=[A-Z])")


def say(error: VisitappError) -> int:
    """Print what happened and what to do about it in one line; gives the exit status."""
    click.echo(one_line(error), err=True)
    return REFUSED


def one_line(error: VisitappError) -> str:
    """The problem and its next step as one sentence, its parts held together by semicolons."""
    first, *rest = _BETWEEN_SENTENCES.split(" ".join(str(error).split()))
    return "; ".join([first, *map(_go_on, rest)])


def _go_on(sentence: str) -> str:
    """A sentence as the continuation of one: without its capital, unless a name keeps it."""
    is_name = sentence.startswith("Visitapp") or sentence[1:2].isupper()
    return sentence if is_name else sentence[:1].lower() + sentence[1:]


def say_bug(error: Exception, data_dir: Path) -> int:
    """Log a fault of ours with a reference and print that; gives the exit status."""
    reference = secrets.token_hex(4)
    try:
        place = _log(error, reference, data_dir / "logs")
        where = f"it is logged in {place} with the reference {reference}"
    except OSError:
        where = f"it could not be logged ({type(error).__name__})"
    click.echo(f"Something went wrong in Visitapp itself; {where}.", err=True)
    return REFUSED


def _log(error: Exception, reference: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / LOG_FILE
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    record = logging.LogRecord(
        "visitapp",
        logging.ERROR,
        __file__,
        0,
        f"reference {reference}",
        None,
        (type(error), error, error.__traceback__),
    )
    handler.emit(record)
    handler.close()
    return path
