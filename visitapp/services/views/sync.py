"""What services hand out about the link: plain values, detached from the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct


class ConflictView(Struct, frozen=True, kw_only=True):
    """One field that two people changed apart. Values are wire values, texts are for reading.
    `by_decision`: two decisions on placements met, which a third one settles; the server's value is
    the one that stands."""

    id: str
    setting_id: str | None
    setting: str
    visit_id: str | None
    kind: str
    record_id: str
    field: str
    about: str
    server_value: Any
    server_text: str
    server_by: str
    server_at: datetime | None
    other_value: Any
    other_text: str
    other_by: str
    other_at: datetime
    mine: str
    status: str
    by_decision: bool = False


class RefusedChange(Struct, frozen=True, kw_only=True):
    """A change the server refused; it stays here until it is mended or discarded. `about` says
    which record it is; `ours` and `theirs` what would be given up, and what taken in its place."""

    kind: str
    id: str
    code: str
    text: str
    about: str = ""
    ours: str = ""
    theirs: str = ""


class SyncReport(Struct, frozen=True, kw_only=True):
    """What one sync did. `refused` lists every change set aside and still here; so many photos
    and documents still wait afterwards, and so many were refused."""

    sent: int
    accepted: int
    merged: int
    conflicts: int
    refused: list[RefusedChange]
    received: int
    revision: int
    photos_sent: int = 0
    photos_fetched: int = 0
    photos_waiting: int = 0
    photos_refused: int = 0


class SyncState(Struct, frozen=True, kw_only=True):
    """What the corner of the window says.

    Of `photos_total` photos and documents, counted since something began to wait, `photos_waiting`
    are still to be sent; `photos_refused` were set aside with the server's reason.
    """

    connected: bool
    server: str
    waiting: int
    refused: int
    open_conflicts: int
    last_synced: datetime | None
    problem: str = ""
    photos_waiting: int = 0
    photos_total: int = 0
    photos_refused: int = 0
