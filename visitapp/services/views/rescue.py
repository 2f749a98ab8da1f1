"""What a rescue says of itself: plain values."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class RescueSaved(Struct, frozen=True, kw_only=True):
    """What a rescue file holds. `changes`: what waits to be sent, counted as a person would;
    `records`: with what they belong to; `pages_lost` and `rows_lost`: what could not be read of a
    damaged database; `photos_lost`: photos whose bytes are not on this device."""

    file: str
    changes: int
    records: int
    visits: int
    photos: int
    photos_lost: int
    pages_lost: int
    rows_lost: int
    sha256: str


class RescueFound(Struct, frozen=True, kw_only=True):
    """What a rescue file would bring; nothing was taken in yet. `server` is empty where the device
    it comes from was never connected."""

    made_at: datetime
    changes: int
    visits: int
    photos: int
    server: str
    damaged: bool


class RescueLoaded(Struct, frozen=True, kw_only=True):
    """What became of a rescue file. `already_here`: changes that this device or the server has;
    `changed_on_both`: values that were also changed here, now in the history; `left_out`: changes
    of records that are neither in the file nor here. `waiting_before`, `waiting_after`: changes
    that wait on this device."""

    changes: int = 0
    already_here: int = 0
    changed_on_both: int = 0
    left_out: int = 0
    photos: int = 0
    waiting_before: int = 0
    waiting_after: int = 0
