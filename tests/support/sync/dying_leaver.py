"""A revoked device that hands in and erases itself, and stops to be killed: a process of its own.

Arguments: the data folder, its passphrase, and where to stop: `request N`, after the Nth answer, or
`step NAME`, after that step of the erasing. It prints a line then and waits for ever.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

from sync.client.link.transport import HttpTransport
from tests.support.desk.keyrings import NoKeyring
from visitapp.bootstrap import open_services
from visitapp.storage.erasing import Erasure


def stop() -> None:
    print("stopped", flush=True)  # noqa: T201 the test reads it
    threading.Event().wait()


class Stopping(HttpTransport):
    """Answers so many requests, and then never again."""

    left = 0

    def exchange(self, *asked: Any) -> Any:
        answer = super().exchange(*asked)
        Stopping.left -= 1
        if Stopping.left == 0:
            stop()
        return answer


def told(wanted: str) -> Any:
    def at(step: str) -> None:
        if step == wanted:
            stop()

    return at


def main(folder: str, passphrase: str, what: str, where: str) -> None:
    place = Path(folder)
    if what == "step":
        Erasure(place, NoKeyring()).go_on(told(where))
        return
    Stopping.left = int(where)
    services = open_services(place, passphrase, make_transport=Stopping)
    services.leaving.hand_in()


if __name__ == "__main__":
    main(*sys.argv[1:])
