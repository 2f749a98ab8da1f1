"""The states of a referral to the market support partner. `visitapp.vocabulary` has their words."""

from __future__ import annotations

from enum import StrEnum


class SupportStatus(StrEnum):
    """Where a referral stands (`rules.support.support_life`)."""

    ASKED = "asked"
    OFFERED = "offered"
    TAKEN_UP = "taken_up"
    REVIEWED = "reviewed"
    DECLINED = "declined"


OPEN_SUPPORT = frozenset({SupportStatus.ASKED, SupportStatus.OFFERED, SupportStatus.TAKEN_UP})
"""Somebody still waits for something."""
