"""An officer's laptop as a process of its own, to be killed: it edits, says what it saved, syncs.

Each line printed is one acknowledged write, `field TAB action TAB value`, or `synced`.
"""

from __future__ import annotations

import random
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path

from sqlalchemy import select

from sync.client.account import connect
from sync.client.link.transport import HttpTransport
from sync.client.round.engine import SyncEngine
from tests.support.sync.council import KEY, PASSWORD
from visitapp.errors import EnvironmentProblem, NotAllowed
from visitapp.records import Action, new_id
from visitapp.storage.database import Database, open_device, utc_now
from visitapp.storage.state import LocalStates

EDITS = 4
DUE = date(2026, 12, 1)


def tell(*words: str) -> None:
    """Say one line at once."""
    sys.stdout.write("\t".join(words) + "\n")
    sys.stdout.flush()


def work(database: Database, user: str, home: str, turn: str) -> None:
    """Add an action and edit some of those that are here, each in a transaction of its own."""
    chance = random.Random(turn)
    with database.transaction(user) as session:
        made = Action(id=new_id(), setting_id=home, title=turn, owner=turn, first_due_on=DUE)
        session.add(made)
        id_ = made.id
    tell("title", id_, turn)
    tell("owner", id_, turn)
    with database.reading() as session:
        known = list(session.scalars(select(Action.id).order_by(Action.id)))
    for number in range(EDITS):
        id_, value = chance.choice(known), f"{turn}.{number}"
        with database.transaction(user) as session:
            before = session.get_one(Action, id_).owner
            session.get_one(Action, id_).owner = value
        tell("owner", id_, value, before)


def main() -> None:
    """FOLDER URL NAME HOME TURN: one sitting of an officer."""
    folder, url, name, home, turn = sys.argv[1:]
    database = open_device(Path(folder), KEY, utc_now)
    link = HttpTransport(url)
    with database.reading() as session:
        user = LocalStates().get(session, "user_id")
    work(database, str(user), home, turn)
    # The line may fail at any moment, also while they sign in again.
    with suppress(EnvironmentProblem):
        try:
            SyncEngine(database, link, utc_now).run()
        except NotAllowed:
            connect(database, link, url, name, PASSWORD, name)
        else:
            tell("synced")


if __name__ == "__main__":
    main()
