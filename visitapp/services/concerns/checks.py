"""What is checked of a concern before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Concern
from visitapp.rules.concerns.states import ConcernKind, ConcernSource, Severity
from visitapp.rules.concerns.themes import themes_text
from visitapp.rules.days import future_fault
from visitapp.rules.policy.model import Policy
from visitapp.services.concerns.views import NewConcern
from visitapp.services.lookup import check_texts

_TEXTS = ("title", "text", "themes", "reference", "person")


def logged_fields(new: NewConcern, policy: Policy, now: datetime) -> dict[str, Any]:
    """The fields of a new concern, as they are kept. Raises Refused(BAD_VALUE)."""
    received_at = new.received_at or now
    if received_at > now:
        what = message("A concern cannot be received in the future.")
        raise Refused(Code.BAD_VALUE, what, field="received_at")
    require_happened(new.happened_on, now)
    require_themes(policy, new.themes)
    fields: dict[str, Any] = {
        "kind": chosen(ConcernKind, new.kind),
        "severity": chosen(Severity, new.severity),
        "source": chosen(ConcernSource, new.source),
        "title": new.title.strip(),
        "text": new.text.strip(),
        "themes": themes_text(new.themes),
        "reference": new.reference.strip(),
        "person": new.person.strip() or None,
        "received_at": received_at,
        "happened_on": new.happened_on,
    }
    check_texts(Concern, {name: fields[name] for name in _TEXTS if fields[name] is not None})
    return fields


def require_happened(day: date | None, now: datetime) -> None:
    """Raises Refused(BAD_VALUE) for a day on which nothing can have happened."""
    fault = future_fault(day, now.astimezone().date()) if day is not None else None
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="happened_on")


def require_themes(policy: Policy, themes: Sequence[str]) -> None:
    """Raises Refused(BAD_VALUE) for a theme that is not the policy's."""
    known = [theme.id for theme in policy.themes]
    unknown = [theme for theme in themes if theme not in known]
    if unknown:
        raise Refused(
            Code.BAD_VALUE,
            message("There is no theme “{theme}”.", theme=unknown[0]),
            message("The themes are: {known}.", known=", ".join(known)),
            field="themes",
        )


def chosen(choices: type[ConcernKind | ConcernSource | Severity], value: str) -> str:
    """The value, which must be one of the choices. Raises Refused(BAD_VALUE)."""
    if value not in set(choices):
        raise Refused(
            Code.BAD_VALUE,
            message("“{value}” is not a value of this field.", value=value),
            message("Use one of: {known}.", known=", ".join(choices)),
        )
    return value
