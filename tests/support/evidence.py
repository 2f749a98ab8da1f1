"""Evidence for the tests of its bytes: records that name them, and signed-in requests."""

from __future__ import annotations

import hashlib
import random
from typing import Any

import requests

from tests.support.council import PASSWORD, Device
from visitapp.records import Evidence, new_id


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
    answer = requests.post(f"{url}/v1/sign-in", json=body, timeout=20)
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}
