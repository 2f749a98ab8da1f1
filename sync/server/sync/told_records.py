"""The records that results tell a device of, together no larger than a reply should be."""

from __future__ import annotations

from typing import Any

import msgspec

from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row

LARGEST_TOLD = 16 * 1024 * 1024
"""Bytes of the records in the results of one batch. What does not fit comes in pages, which are cut
by bytes."""


class ToldRecords:
    """What the results of one batch may still say of the server's records."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._left_out: dict[str, Row] = {}

    def record(self, row: Row) -> dict[str, Any] | None:
        """The record as the server has it; None when it does not fit any more."""
        wire = row.wire()
        size = len(msgspec.json.encode(wire))
        if size > self._room:
            self._left_out[row.id] = row
            return None
        self._room -= size
        return wire

    def finish(self, revisions: Revisions) -> None:
        """Give what was left out a revision after those of the batch, so that a page brings it."""
        for row in self._left_out.values():
            row.revision = revisions.take()
            row.dirty.add("deleted")
        self._left_out.clear()
