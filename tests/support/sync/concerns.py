"""Concerns on the devices of the sync tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tests.support.sync.council import Device
from visitapp.records import Concern, ConcernUpdate, new_id

RECEIVED = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def raise_concern(device: Device, setting_id: str, **fields: Any) -> str:
    """Log a concern; its id."""
    usual = {
        "kind": "poor_practice",
        "source": "family",
        "received_at": RECEIVED,
        "severity": "2",
        "themes": "medicines",
        "title": "Doses signed and not given",
    }
    concern = Concern(id=new_id(), setting_id=setting_id, **{**usual, **fields})
    device.add(concern)
    return concern.id


def note(device: Device, concern_id: str, text: str) -> str:
    """Add an update; its id."""
    setting_id = device.get(Concern, concern_id).setting_id
    update = ConcernUpdate(
        id=new_id(), setting_id=setting_id, concern_id=concern_id, kind="note", text=text
    )
    device.add(update)
    return update.id
