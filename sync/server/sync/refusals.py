"""The sentences of refused changes, where more than one check uses them."""

from __future__ import annotations

from sync.server.records.workspace import Row
from visitapp.errors import Code, NotAllowed
from visitapp.language import Message, message
from visitapp.records import KINDS, Synced, Visit
from visitapp.rules.kinds import Scope
from visitapp.vocabulary import field_message, kind_message


def visit_of(row: Row) -> str | None:
    """The id of the visit that a record is or belongs to."""
    found: str | None = row.id if row.kind is Visit else row.values.get("visit_id")
    return found


def not_yours() -> NotAllowed:
    return NotAllowed(
        message("This setting is not in your portfolio."),
        message("Ask your team lead who holds it."),
        code=Code.OUT_OF_SCOPE,
    )


def never_changes(kind: type[Synced], field: str) -> Message:
    """What is said of a field that was written once and for all."""
    return message(
        "The field “{field}” of this {kind} cannot be changed.",
        field=field_message(field),
        kind=kind_message(kind),
    )


def other_setting(kind: type[Synced]) -> Message:
    """What is said of a record that belongs to another setting than what names it."""
    return message("The {kind} belongs to another setting.", kind=kind_message(kind))


def scope_word(scope: Scope) -> Message:
    if scope is Scope.PERSON:
        return message("person")
    return kind_message(KINDS[str(scope.name).lower()])
