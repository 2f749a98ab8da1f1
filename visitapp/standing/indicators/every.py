"""Every indicator that the records can fill, on a device and at the server. A subject adds its own
readers here."""

from __future__ import annotations

from collections.abc import Mapping

from visitapp.standing.indicators import (
    actions,
    concerns,
    enforcement,
    escalation,
    facts,
    hygiene,
    placements,
    regulator,
    visits,
)
from visitapp.standing.indicators.reading import Reader

READERS: Mapping[str, Reader] = {
    name: read
    for subject in (
        actions,
        concerns,
        enforcement,
        escalation,
        facts,
        hygiene,
        placements,
        regulator,
        visits,
    )
    for name, read in subject.READERS.items()
}
