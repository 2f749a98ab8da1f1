"""Legal holds as pages and the terminal show them."""

from __future__ import annotations

from datetime import date

from msgspec import Struct


class LegalHoldView(Struct, frozen=True, kw_only=True):
    """One hold that stands. `name`: of the setting, provider or contract; the code of a person."""

    id: str
    subject: str
    subject_word: str
    subject_id: str
    name: str
    reason: str
    set_by: str
    set_on: date


class HoldChoice(Struct, frozen=True, kw_only=True):
    """Something that a hold can be set on. `name`: of the setting, provider or contract; the code
    of a person, who has no id."""

    subject: str
    subject_id: str
    name: str
    label: str
