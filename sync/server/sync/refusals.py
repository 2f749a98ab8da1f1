"""The refusals that several checks of a change give, each with its sentence."""

from __future__ import annotations

from datetime import date

from visitapp.dates import short_day
from visitapp.errors import Code, NotAllowed, NotFound, Refused
from visitapp.language import message
from visitapp.records import KINDS, Synced
from visitapp.vocabulary import field_message, kind_message


def setting_not_held() -> NotAllowed:
    """The record is at a setting that the sender does not see."""
    return NotAllowed(
        message("This setting is not in your portfolio."),
        message("Ask your team lead who holds it."),
        code=Code.OUT_OF_SCOPE,
    )


def not_held(kind: str) -> NotAllowed:
    """The record belongs to a provider or contract that the sender does not see."""
    return NotAllowed(
        message("This {kind} is not yours.", kind=kind_message(KINDS[kind])),
        message("Ask your team lead who holds it."),
        code=Code.OUT_OF_SCOPE,
    )


def missing_parent(kind: type[Synced], parent: str) -> NotFound:
    """What a record belongs to is not on the server."""
    return NotFound(
        message(
            "The {parent} of this {kind} is not on the server.",
            parent=kind_message(KINDS[parent]),
            kind=kind_message(kind),
        )
    )


def other_setting(kind: type[Synced]) -> Refused:
    """A record names another, of this kind, that belongs to another setting."""
    return Refused(
        Code.BAD_VALUE,
        message("The {kind} belongs to another setting.", kind=kind_message(kind)),
    )


def fixed_field(kind: type[Synced], field: str) -> Refused:
    """A field was written once and for all."""
    return Refused(
        Code.BAD_VALUE,
        message(
            "The field “{field}” of this {kind} cannot be changed.",
            field=field_message(field),
            kind=kind_message(kind),
        ),
    )


def frozen_visit() -> Refused:
    """A visit was signed off."""
    return Refused(
        Code.VISIT_FROZEN,
        message("This visit is signed off and can no longer be changed."),
        message("Ask your team lead to return it."),
    )


def frozen_answers() -> Refused:
    """What belongs to a visit that was signed off."""
    return Refused(
        Code.VISIT_FROZEN,
        message("This visit is signed off, so its answers can no longer be changed."),
        message("Ask your team lead to return it."),
    )


def ended(kind: type[Synced]) -> Refused:
    """What belongs to a record that has ended."""
    return Refused(
        Code.BAD_VALUE,
        message("This {kind} has ended, so it stays as it is.", kind=kind_message(kind)),
    )


def ended_before(kind: type[Synced], last: date) -> Refused:
    """What tells of a day after the end of the record that it belongs to."""
    return Refused(
        Code.BAD_VALUE,
        message(
            "This {kind} ended on {day}. Give that day or an earlier one.",
            kind=kind_message(kind),
            day=short_day(last),
        ),
    )
