"""A device that sends its evidence and stops to be killed: run as a process of its own.

Arguments: the device's folder, the evidence folder, the server's address, and after how many
requests to stop. It prints a line then and waits for ever.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

from sync.client.evidence.transfer import EvidenceSync
from sync.client.link.link import Link
from sync.client.link.transport import HttpTransport
from sync.client.link.tus import TusClient
from tests.support.sync.council import KEY
from visitapp.storage.database import open_device, utc_now
from visitapp.storage.evidence.files import EvidenceFiles


class Stopping(HttpTransport):
    """Answers so many requests, and then never again."""

    def __init__(self, url: str, requests: int) -> None:
        super().__init__(url)
        self.left = requests

    def exchange(self, *asked: Any) -> Any:
        answer = super().exchange(*asked)
        self.left -= 1
        if self.left == 0:
            print("stopped", flush=True)  # noqa: T201 the test reads it
            threading.Event().wait()
        return answer


def main(device: str, evidence: str, url: str, requests: str) -> None:
    database = open_device(Path(device), KEY)
    transport = Stopping(url, int(requests))
    client = TusClient(Link(database, transport), transport)
    EvidenceSync(database, EvidenceFiles(Path(evidence), KEY), client, utc_now).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
