"""Evidence for the tests of its bytes: records that name them, and signed-in requests."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import requests
from sqlalchemy import select

from sync.client.evidence.ledger import count_waiting, note
from sync.client.evidence.transfer import EvidenceResult, EvidenceSync
from sync.client.link.link import Link
from sync.client.link.tus import TusClient
from tests.support.sync.council import KEY, PASSWORD, Device
from visitapp.records import Evidence, EvidenceCopy, new_id
from visitapp.storage.evidence.files import EvidenceFiles


def some_bytes(size: int, seed: int = 1) -> bytes:
    """Bytes that no packing makes smaller."""
    return random.Random(seed).randbytes(size)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def evidence_record(device: Device, setting_id: str, data: bytes, **fields: Any) -> str:
    """Add an evidence record that names these bytes, without the bytes; its id."""
    record = Evidence(
        id=new_id(),
        setting_id=setting_id,
        kind="photo",
        title="The medicine room",
        sha256=digest(data),
        size=len(data),
        media_type="image/jpeg",
        **fields,
    )
    device.add(record)
    return record.id


def signed_in(url: str, name: str) -> dict[str, str]:
    """The headers of a user's new device at a server."""
    body = {"name": name, "password": PASSWORD, "device_id": new_id()}
    answer = requests.post(f"{url}/v1/sign-in", json=body, timeout=60)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


class Keeper:
    """The evidence of a device: its files and what brings them to the server and back."""

    def __init__(self, device: Device, folder: Path, **options: Any) -> None:
        self.device = device
        self.files = EvidenceFiles(folder, KEY)
        self.options = options

    def add(self, setting_id: str, data: bytes, **fields: Any) -> str:
        """A photo, as the service adds it: its bytes, its record and its copy; the record's id."""
        sha256 = self.files.put(data)
        id_ = evidence_record(self.device, setting_id, data, **fields)
        with self.device.database.applying() as session:
            note(session.connection(), sha256, len(data), self.device.clock())
        return id_

    def engine(self) -> EvidenceSync:
        link = Link(self.device.database, self.device.transport)
        client = TusClient(link, self.device.transport)
        return EvidenceSync(
            self.device.database, self.files, client, self.device.clock, **self.options
        )

    def sync(self, progress: Any = None) -> EvidenceResult:
        """The records, then the bytes."""
        self.device.sync()
        return self.engine().run(progress)

    def copies(self) -> dict[str, EvidenceCopy]:
        with self.device.database.reading() as session:
            return {copy.sha256: copy for copy in session.scalars(select(EvidenceCopy))}

    def held(self, data: bytes) -> bool:
        """Whether the device knows that the server holds these bytes."""
        return self.copies()[digest(data)].held_at is not None

    def waiting(self) -> tuple[int, int, int]:
        with self.device.database.reading() as session:
            return count_waiting(session.connection())
