"""Files that are handed to commands: read with care, never replaced, refused in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from visitapp.errors import BadFile, Code
from visitapp.given_files import read_given
from visitapp.language import Message, message
from visitapp.storage.private import private_opener

LARGEST_MB = 5


def read_answers(path: Path) -> dict[str, dict[str, Any]]:
    """The answers in a file: a JSON object of objects, at most 5 MB. Raises BadFile."""
    answers = read_object(path)
    for question, answer in answers.items():
        if not isinstance(answer, dict):
            raise BadFile(
                Code.FILE_UNREADABLE,
                message("The answer to “{question}” is not an object.", question=question),
                message('Write it like {"value": "met"}.'),
                file=str(path),
            )
    return answers


def read_object(path: Path) -> dict[str, Any]:
    """The JSON object in a file, at most 5 MB. Raises BadFile."""
    raw = _read(path)
    try:
        found = msgspec.json.decode(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _bad(path, Code.FILE_UNREADABLE, message("The file is not text in UTF-8.")) from None
    except (msgspec.DecodeError, RecursionError) as error:
        what = message("The file is not valid JSON ({reason}).", reason=error)
        raise _bad(path, Code.FILE_UNREADABLE, what) from None
    if not isinstance(found, dict):
        raise _bad(path, Code.FILE_UNREADABLE, message("The file does not contain a JSON object."))
    return found


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, in UTF-8. Raises BadFile, and then leaves nothing."""
    try:
        with open(path, "x", encoding="utf-8", newline="\n", opener=private_opener) as file:
            file.write(text)
    except FileExistsError:
        raise _bad(path, Code.ALREADY_THERE, message("This file already exists.")) from None
    except OSError as error:
        what = message("The file cannot be written: {reason}.", reason=error.strerror or error)
        raise _bad(path, Code.FILE_UNREADABLE, what) from None


def _read(path: Path) -> bytes:
    try:
        raw = read_given(path, LARGEST_MB * 1_000_000)
    except FileNotFoundError:
        raise _bad(path, Code.FILE_MISSING, message("There is no such file.")) from None
    except OSError as error:
        what = message("The file cannot be opened: {reason}.", reason=error.strerror or error)
        raise _bad(path, Code.FILE_UNREADABLE, what) from None
    if len(raw) > LARGEST_MB * 1_000_000:
        raise _bad(
            path,
            Code.FILE_TOO_LARGE,
            message("The file is larger than {limit} MB.", limit=LARGEST_MB),
        )
    if not raw.strip():
        raise _bad(path, Code.FILE_EMPTY, message("The file is empty."))
    return raw


def _bad(path: Path, code: Code, what: Message) -> BadFile:
    return BadFile(code, what, file=str(path))
