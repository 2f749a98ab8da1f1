"""A program that dies, as by kill -9, around the moment at which casework is recorded.

`MOMENT KIND FOLDER PASSPHRASE NOW DEED SETTING` does one of DEEDS, prints that it did, and waits
for ever. It dies around the first row of that kind.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tests.support.sync.dying_rater import RowWatch
from visitapp.bootstrap import open_services
from visitapp.services.escalation.opening import Opening
from visitapp.services.services import Services


def the_one(services: Services, setting: str) -> str:
    """The id of the setting's intervention."""
    return services.interventions.list(setting)[0].id


def _read(services: Services, setting: str) -> None:
    (criterion,) = services.interventions.view(the_one(services, setting)).criteria
    services.exit_criteria.read(criterion.id, 19, 20)


def _accept(services: Services, setting: str) -> None:
    me = services.me().name
    services.interventions.accept(the_one(services, setting), me)


def _suspend(services: Services, setting: str) -> None:
    opening = Opening(reason="Six falls in a month", skip_reason="People are at risk")
    services.escalations.open(setting, "suspension", opening)


DEEDS: dict[str, tuple[str, Callable[[Services, str], object]]] = {
    "refer": (
        "intervention",
        lambda services, setting: services.interventions.refer(setting, "Red twice", "All late"),
    ),
    "accept": ("step", _accept),
    "read": ("criterion_reading", _read),
    "suspend": ("step", _suspend),
    "list a person": (
        "affected_person",
        lambda services, setting: services.people.add(setting, "P31", "A hoist", "council"),
    ),
}
"""What is done, and the kind of the last row that it writes."""


def main(
    moment: str, kind: str, folder: str, passphrase: str, now: str, deed: str, setting: str
) -> None:
    """Do it."""
    RowWatch(moment, kind)
    at = datetime.fromisoformat(now)
    services = open_services(Path(folder), passphrase, clock=lambda: at)
    DEEDS[deed][1](services, setting)
    print("done", flush=True)  # noqa: T201 the test reads it
    threading.Event().wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
