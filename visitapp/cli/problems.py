"""Problems on a terminal: one line on stderr and an exit status."""

from __future__ import annotations

import re
from pathlib import Path

import click

from visitapp.errors import VisitappError
from visitapp.language import translate
from visitapp.rules.text import visible

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
    return visible("; ".join([first, *map(_go_on, rest)]))


def _go_on(sentence: str) -> str:
    """A sentence as the continuation of one: without its capital, unless a name keeps it."""
    is_name = sentence.startswith("Visitapp") or sentence[1:2].isupper()
    return sentence if is_name else sentence[:1].lower() + sentence[1:]


def say_bug(error: BaseException, data_dir: Path) -> int:
    """Log a fault of ours with a reference and print that; gives the exit status."""
    import logging
    import secrets

    from visitapp.storage.logs import LOG_FOLDER, event, log_to_file, stop_logging_to

    reference = secrets.token_hex(4)
    file = data_dir / LOG_FOLDER / LOG_FILE
    log = log_to_file(file, "error")
    event(logging.ERROR, "bug", error=error, reference=reference)
    stop_logging_to(log)
    said = translate(
        "Something went wrong in Visitapp itself; it is logged in {file} with the reference "
        "{reference}.",
        file=file,
        reference=reference,
    )
    if log.has_lost_lines:
        said = translate(
            "Something went wrong in Visitapp itself; it could not be logged ({error}).",
            error=type(error).__name__,
        )
    click.echo(said, err=True)
    return REFUSED
