"""Until when the server's certificate is good."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509

from sync.server.telemetry.logs import event
from visitapp.errors import Code, Refused
from visitapp.language import message

SOON = timedelta(days=30)
"""How long before its end a certificate is reported at each start."""


def end_of(certificate: Path) -> datetime:
    """The moment from which devices refuse a certificate: the first one of a PEM file, which is the
    server's own. Raises Refused BAD_VALUE."""
    try:
        return x509.load_pem_x509_certificates(certificate.read_bytes())[0].not_valid_after_utc
    except (OSError, ValueError, IndexError):
        raise Refused(
            Code.BAD_VALUE,
            message("The certificate cannot be read."),
            message("Give it in PEM format, with its full chain."),
        ) from None


def report(end: datetime, now: datetime) -> None:
    """Log a certificate that has ended, as an error, or that ends soon, as a warning."""
    days = (end - now) // timedelta(days=1)
    if end <= now:
        event(logging.ERROR, "certificate-expired", days=days)
    elif end - now < SOON:
        event(logging.WARNING, "certificate-expires-soon", days=days)
