"""The lines that a sync leaves in the log: ids, counts, codes and times."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sync.client.evidence.transfer import EvidenceResult
from sync.client.round.sync_summary import SyncResult
from visitapp.errors import VisitappError
from visitapp.storage.logs import event


@dataclass
class SyncLog:
    """The results of a sync under way, filled in as they are known."""

    records: SyncResult | None = None
    evidence: EvidenceResult | None = None


@contextmanager
def logged_sync() -> Iterator[SyncLog]:
    """Log how a sync ended: each refused change, then one line with the counts and the code of the
    problem that stopped it."""
    log, began, code = SyncLog(), time.perf_counter(), ""
    try:
        yield log
    except VisitappError as problem:
        code = str(problem.code)
        raise
    except BaseException as error:
        code = type(error).__name__
        raise
    finally:
        _write(log, code, round((time.perf_counter() - began) * 1000))


def _write(log: SyncLog, code: str, milliseconds: int) -> None:
    fields: dict[str, Any] = {}
    if log.records is not None:
        for one in log.records.refused:
            event(logging.WARNING, "refused", kind=one.kind, id=one.id, code=one.code)
        fields |= {
            "sent": log.records.sent,
            "accepted": log.records.accepted,
            "merged": log.records.merged,
            "conflicts": log.records.conflicts,
            "refused": len(log.records.refused),
            "received": log.records.received,
            "removed": log.records.removed,
            "revision": log.records.revision,
        }
    if log.evidence is not None:
        fields |= {"photos_sent": log.evidence.sent, "photos_fetched": log.evidence.fetched}
    if code:
        event(logging.WARNING, "sync-stopped", **fields, code=code, milliseconds=milliseconds)
    else:
        event(logging.INFO, "sync-finished", **fields, milliseconds=milliseconds)
