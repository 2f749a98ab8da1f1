"""The words of referrals to the market support partner: their states and fields."""

from __future__ import annotations

from enum import StrEnum

from visitapp.language import Message, message
from visitapp.rules.support.states import SupportStatus

SUPPORT_CHOICES: dict[type[StrEnum], dict[str, Message]] = {
    SupportStatus: {
        SupportStatus.ASKED: message("Asked for"),
        SupportStatus.OFFERED: message("Offered"),
        SupportStatus.TAKEN_UP: message("Taken up"),
        SupportStatus.REVIEWED: message("Reviewed"),
        SupportStatus.DECLINED: message("Declined or stopped"),
    },
}

SUPPORT_FIELDS: dict[str, Message] = {
    "asked_for": message("support asked for"),
    "asked_on": message("asked on"),
    "offered_on": message("offered on"),
    "partner": message("support partner"),
    "taken_up_on": message("taken up on"),
}
