"""The folder that a demo owns: it clears its own, and nobody else's."""

from __future__ import annotations

import shutil
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import Message, message

_MARK = "fictional-council.txt"
_WORDS = (
    "A demonstration of Visitapp made this folder. Every council, setting, provider, person and\n"
    "finding in it is invented. The next demonstration clears it.\n"
)


def claim(folder: Path) -> None:
    """Make `folder`, or empty it when a demo made it before.

    Raises EnvironmentProblem(FOLDER_UNUSABLE), touching nothing, when it holds anything else.
    """
    try:
        if folder.exists() and not (folder / _MARK).is_file() and any(folder.iterdir()):
            raise _refused(
                message(
                    "The folder {folder} has files that the demo did not create.", folder=folder
                )
            )
        for held in folder.iterdir() if folder.exists() else ():
            _remove(held)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).write_text(_WORDS, encoding="utf-8")
    except OSError as error:
        raise _refused(
            message("The folder {folder} cannot be cleared and written to.", folder=folder)
        ) from error


def _remove(path: Path) -> None:
    """Remove what the demo made; the mark goes too, and comes back at once."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _refused(what: Message) -> EnvironmentProblem:
    return EnvironmentProblem(
        Code.FOLDER_UNUSABLE,
        what,
        message("Choose another one with --out."),
    )
