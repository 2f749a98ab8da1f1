"""Looking at a device database without touching it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.exc import DBAPIError

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.engines import probing_engine
from visitapp.storage.keys.device_key import belongs_to
from visitapp.storage.migrations import Migrations
from visitapp.storage.problems import in_words
from visitapp.storage.schema import revision


def probe_device(path: Path, key: bytes, migrations: Migrations) -> str | None:
    """The revision of the encrypted database at `path`; None when there is none yet.

    Opened for reading only: a connection that may write would fold a write-ahead log into the
    file when it closes, even with a wrong key. Raises EnvironmentProblem WRONG_KEY,
    DATABASE_DAMAGED or DATABASE_NEWER.
    """
    if not path.exists() or path.stat().st_size == 0:
        return None
    engine = probing_engine(path, key)
    try:
        with engine.connect() as connection:
            return revision(connection, migrations)
    except DBAPIError as error:
        problem = in_words(error)
        if problem is None:
            raise
        # A first page that does not decrypt may be spoiled, or of another key.
        if "not a database" in str(error.orig) and not belongs_to(path.parent, key):
            problem = EnvironmentProblem(
                Code.WRONG_KEY,
                message("The key does not open this data. Nothing was changed."),
                message("Use the key or the passphrase that this data folder was created with."),
            )
        raise problem from error
    finally:
        engine.dispose()
