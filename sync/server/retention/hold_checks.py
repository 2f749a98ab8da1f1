"""What the server checks of a legal hold beside the role of whoever sets or lifts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from sync.server.records.holding import holds
from sync.server.records.scope import ScopeReader
from sync.server.records.workspace import Workspace
from sync.server.sync.refusals import missing_parent, not_held, setting_not_held
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import LegalHold
from visitapp.rules.access import Actor
from visitapp.rules.kinds import Scope
from visitapp.rules.retention.holds import HoldSubject, hold_fault

_ABOUT = ("subject", "subject_id", "person")
_SCOPES = {HoldSubject.PROVIDER: Scope.PROVIDER, HoldSubject.CONTRACT: Scope.CONTRACT}


def require_hold(
    connection: Connection,
    workspace: Workspace,
    actor: Actor,
    id_: str,
    values: Mapping[str, Any],
) -> None:
    """Raise Refused or NotAllowed unless the hold says what it must, its subject is the actor's,
    and one that lifts another is on the same."""
    fault = hold_fault(*(values[name] for name in (*_ABOUT, "reason")))
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    first = None if values["active"] else workspace.get("legal_hold", values["hold_id"])
    same = first is not None and all(first.values[name] == values[name] for name in _ABOUT)
    if not same and not (values["active"] and values["hold_id"] == id_):
        raise Refused(Code.BAD_VALUE, message("This does not lift a legal hold that was set."))
    if not values["person"]:
        _require_subject(connection, workspace, actor, values["subject"], values["subject_id"])


def _require_subject(
    connection: Connection, workspace: Workspace, actor: Actor, subject: str, id_: str
) -> None:
    row = workspace.get(subject, id_)
    if row is None:
        raise missing_parent(LegalHold, subject)
    if subject == HoldSubject.SETTING:
        if not holds(workspace, actor, row):
            raise setting_not_held()
    elif not ScopeReader(connection, actor).sees(_SCOPES[HoldSubject(subject)], id_):
        raise not_held(subject)
