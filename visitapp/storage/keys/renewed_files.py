"""Files under a renewed key that wait beside those in use until key.json names the new key."""

from __future__ import annotations

import shutil
from pathlib import Path

from visitapp.storage.folder import unusable

DATABASE, EVIDENCE = "visitapp.db", "evidence"
RENEWED = ".renewed"


def take_renewed(folder: Path) -> None:
    """Put the waiting files in place of those under the old key, and take those away. May be
    interrupted and repeated. Raises EnvironmentProblem FOLDER_UNUSABLE."""
    database, evidence = folder / DATABASE, folder / EVIDENCE
    try:
        if (waiting := waiting_for(database)).exists():
            # A log of the old file beside the new one would be taken for its own.
            for end in ("-wal", "-shm", "-journal"):
                Path(f"{database}{end}").unlink(missing_ok=True)
            waiting.replace(database)
        if (waiting := waiting_for(evidence)).exists():
            if evidence.exists():
                shutil.rmtree(evidence)
            waiting.replace(evidence)
        # Copies from before a migration open with the old key alone.
        for copy in folder.glob(f"{DATABASE}.before-*"):
            copy.unlink()
    except OSError as error:
        raise unusable(folder) from error


def drop_renewed(folder: Path) -> None:
    """Take away what a renewal left that never came to its new key."""
    waiting_for(folder / DATABASE).unlink(missing_ok=True)
    shutil.rmtree(waiting_for(folder / EVIDENCE), ignore_errors=True)


def waiting_for(path: Path) -> Path:
    """Where the file that will take the place of `path` waits."""
    return path.with_name(path.name + RENEWED)
