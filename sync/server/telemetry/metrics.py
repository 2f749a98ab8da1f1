"""What a server counts, in the form that Prometheus reads.

With several workers each counts in files of one shared folder (PROMETHEUS_MULTIPROC_DIR, which must
be set before this module is imported), and whichever is asked adds them all up: the numbers are
those of the whole server, workers that died included.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.values import MutexValue, ValueClass

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SHARED = ValueClass is not MutexValue
"""Whether the library was told of a shared folder when it was imported."""
_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 120)


class Metrics:
    """The numbers of one server process. No label holds an id or a name."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "visitapp_requests", "Requests answered", ["route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "visitapp_request_seconds",
            "Time from the first byte of a request to the last of its answer",
            ["route"],
            buckets=_SECONDS,
            registry=self._registry,
        )
        self.rounds = Counter("visitapp_rounds", "Sync rounds answered", registry=self._registry)
        self.changes = Counter(
            "visitapp_changes",
            "Changes taken from devices, by what became of them",
            ["result"],
            registry=self._registry,
        )
        self.records = Counter(
            "visitapp_records_given", "Records given to devices", registry=self._registry
        )
        self.sign_ins = Counter(
            "visitapp_sign_ins", "Attempts to sign in", ["result"], registry=self._registry
        )
        self.uploads = Counter(
            "visitapp_evidence_uploads", "Uploads of evidence begun", registry=self._registry
        )
        self.upload_bytes = Counter(
            "visitapp_evidence_bytes", "Bytes of evidence received", registry=self._registry
        )

    def certificate_ends(self, moment: datetime) -> None:
        """Show when the certificate ends, as a time in seconds; a server without TLS shows none."""
        Gauge(
            "visitapp_certificate_end_timestamp_seconds",
            "When the server's certificate ends",
            registry=self._registry,
            multiprocess_mode="max",
        ).set(moment.timestamp())

    def exposed(self) -> bytes:
        """All numbers of the server as text."""
        if not _SHARED:
            return generate_latest(self._registry)
        everybody = CollectorRegistry()
        collector: Callable[[CollectorRegistry], object] = MultiProcessCollector
        collector(everybody)
        return generate_latest(everybody)
