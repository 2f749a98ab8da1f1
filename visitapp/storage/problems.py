"""What the database says when the disk, the file or the server fails it, as sentences.

The drivers share no class of error (SQLCipher's are not sqlite3's), so SQLite's are known by their
words and PostgreSQL's by their SQLSTATE.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message

_FULL = EnvironmentProblem(
    Code.DISK_FULL,
    message("The disk is full, so this was not saved. Everything saved before it is safe."),
    message("Free some space and try again."),
)
_IN_USE = EnvironmentProblem(
    Code.DATABASE_IN_USE,
    message("Another window or command is still writing to this data, so this was not saved."),
    message("Wait a moment and try again."),
)
_DAMAGED = EnvironmentProblem(
    Code.DATABASE_DAMAGED,
    message("The database file is damaged. It was not changed."),
    message("Keep a copy of the data folder and ask for help before you continue."),
)
_UNUSABLE = EnvironmentProblem(
    Code.FOLDER_UNUSABLE,
    message("The data folder cannot be read or written, so this was not saved."),
    message("Check that the disk is connected and not full, and that you may write to the folder."),
)
_UNREACHABLE = EnvironmentProblem(
    Code.DATABASE_UNREACHABLE,
    message("The database server did not answer."),
    message("Check that it is running and that the host and port of its address are right."),
)
_WRONG_PASSWORD = EnvironmentProblem(
    Code.DATABASE_UNREACHABLE,
    message("The database server did not accept the name or the password."),
    message(
        "Check both in the address of the database, where a character such as @ is written as "
        "%40, or in PGPASSWORD."
    ),
)
_NO_DATABASE = EnvironmentProblem(
    Code.DATABASE_UNREACHABLE,
    message("The database server has no database of this name."),
    message("Check the name at the end of the address, or create the database with createdb."),
)
_NO_CONNECTION = EnvironmentProblem(
    Code.DATABASE_UNREACHABLE,
    message("The database server has no free connection."),
    message("Raise its max_connections, or start fewer workers."),
)
_ERASED = EnvironmentProblem(
    Code.DEVICE_ERASED,
    message(
        "This device's access was ended and its work was handed in, so nothing more is saved here."
    ),
    message("Close Visitapp and ask your administrator."),
)
_SQLITE = (
    ("this device was erased", _ERASED),
    ("database or disk is full", _FULL),
    ("is locked", _IN_USE),
    ("malformed", _DAMAGED),
    ("not a database", _DAMAGED),
    ("disk I/O error", _UNUSABLE),
    ("unable to open database", _UNUSABLE),
    ("readonly database", _UNUSABLE),
)
_CONNECTING = (
    ("password authentication failed", _WRONG_PASSWORD),
    ("no password supplied", _WRONG_PASSWORD),
    ('role "', _WRONG_PASSWORD),
    ("no pg_hba.conf entry", _WRONG_PASSWORD),
    ('database "', _NO_DATABASE),
    ("too many clients", _NO_CONNECTION),
    ("remaining connection slots", _NO_CONNECTION),
)
"""What PostgreSQL says, after "FATAL:", of a connection that it refuses. It gives no SQLSTATE then;
one that speaks another language is told as unreachable."""

_SQLSTATE = (("53100", _FULL), ("08", _UNREACHABLE), ("57P", _UNREACHABLE))


def in_words(error: DBAPIError) -> EnvironmentProblem | None:
    """The environment's problem behind a database error; None when the error is a bug of ours.

    It may be behind an earlier error: SQLite answers a full disk by rolling all back, and then the
    savepoint that is to be rolled back is gone.
    """
    found = next(filter(None, map(_known, _chain(error))), None)
    return found and EnvironmentProblem(found.code, found.what, found.next_step)


def _chain(error: BaseException) -> Iterator[DBAPIError]:
    """The database errors that led to this one, itself first, but not what was told before."""
    seen: list[BaseException] = []
    left: list[BaseException | None] = [error]
    while left:
        here = left.pop()
        if here is None or here in seen or isinstance(here, EnvironmentProblem):
            continue
        seen.append(here)
        if isinstance(here, DBAPIError):
            yield here
        left += [here.__context__, here.__cause__]


def _known(error: DBAPIError) -> EnvironmentProblem | None:
    if hasattr(error.orig, "sqlstate"):
        return _of_postgres(error, getattr(error.orig, "sqlstate", None))
    said = str(error.orig)
    return next((known for words, known in _SQLITE if words in said), None)


def _of_postgres(error: DBAPIError, state: str | None) -> EnvironmentProblem | None:
    if state is None:
        # A link that failed has no state.
        return _refusal(str(error.orig)) if isinstance(error, OperationalError) else None
    return next((known for prefix, known in _SQLSTATE if state.startswith(prefix)), None)


def _refusal(said: str) -> EnvironmentProblem:
    """The reason why PostgreSQL refused a connection, where it said one."""
    reason = said.partition("FATAL:")[2]
    return next((known for words, known in _CONNECTING if words in reason), _UNREACHABLE)


@contextmanager
def translated() -> Iterator[None]:
    """Raise an EnvironmentProblem in place of the database error that means one."""
    try:
        yield
    except DBAPIError as error:
        problem = in_words(error)
        if problem is None:
            raise
        raise problem from error
