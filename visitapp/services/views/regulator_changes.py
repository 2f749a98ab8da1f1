"""What services hand out about regulators' files."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class RegulatorChangeView(Struct, frozen=True, kw_only=True):
    """One thing that a regulator's file said anew. `setting_id` is empty where the location is not
    held here; `what` says in words what went from what to what."""

    setting_id: str
    setting: str
    location_id: str
    local_authority: str
    source: str
    kind: str
    domain: str
    before: str
    after: str
    what: str
    published_on: date | None
    edition_on: date | None
    link: str
