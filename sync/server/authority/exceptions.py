"""Placement exceptions at the server: which may be authorised, and when one ends by itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, false, select

from sync.server.authority.own_steps import take_own_step
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import ExceptionStatus, PlacementException
from visitapp.rules.authority.exception_life import (
    BANNED,
    OPEN_EXCEPTIONS,
    outside_fault,
    validity_fault,
)
from visitapp.rules.lifecycle import Need, StepFault, Taken
from visitapp.rules.personal_text import exception_text_fault
from visitapp.rules.placement import standing_position
from visitapp.rules.policy.model import Policy
from visitapp.standing.indicators.enforcement import admissions_stopped
from visitapp.standing.placements import position_rows
from visitapp.vocabulary import step_refused


def before_exception_step(
    connection: Connection,
    target: Row,
    step: Taken,
    policy: Policy,
    today: date,
) -> dict[str, Any]:
    """Check a decision by the policy in force, and the texts of any step; the version of
    the policy that a decision is kept with. Nothing is authorised against a regulator's ban. Raises
    Refused."""
    named = exception_text_fault(step.reason) or exception_text_fault(step.fields.get("conditions"))
    if named:
        raise Refused(Code.STEP_REFUSED, named)
    if step.day is None:
        return {}
    if step.after == ExceptionStatus.USED:
        fault = outside_fault(target.values, step.day, step.reason)
        if fault:
            raise Refused(Code.STEP_REFUSED, fault)
    if step.after != ExceptionStatus.AUTHORISED:
        return {}
    if target.values["assessed_at"] != step.fields["assessed_at"]:
        raise step_refused(target.kind, step, StepFault(Need.ASSESSED_AT))
    if admissions_stopped(connection, target.values["setting_id"], today):
        raise Refused(Code.STEP_REFUSED, BANNED)
    fault = validity_fault(step.fields["valid_to"], step.day, policy.placements.exception_days)
    if fault:
        raise Refused(Code.STEP_REFUSED, fault)
    return {"policy_version": policy.version}


def end_exceptions(
    connection: Connection, workspace: Workspace, revisions: Revisions, at: datetime
) -> None:
    """Make void what is asked or authorised in settings whose placement position this transaction
    changed. To be called when every position is in the workspace."""
    positions = workspace.rows("placement_position")
    made = {r.id: r.values["setting_id"] for r in positions if r.revision >= revisions.first}
    if not made:
        return
    workspace.flush()
    for setting_id in sorted(set(made.values())):
        rows = position_rows(connection, setting_id)
        before = standing_position(row for row in rows if row.id not in made)
        if before.position != standing_position(rows).position:
            _make_void(connection, workspace, revisions, setting_id, at)


def _make_void(
    connection: Connection,
    workspace: Workspace,
    revisions: Revisions,
    setting_id: str,
    at: datetime,
) -> None:
    table = table_of(PlacementException)
    open_ = (table.c.status.in_(OPEN_EXCEPTIONS), table.c.deleted == false())
    found = connection.execute(
        select(table.c.id).where(table.c.setting_id == setting_id, *open_).order_by(table.c.id)
    ).scalars()
    reason = str(message("The placement position changed."))
    for row in _rows(workspace, list(found)):
        take_own_step(workspace, revisions, row, ExceptionStatus.VOID, at=at, reason=reason)


def _rows(workspace: Workspace, ids: Sequence[str]) -> list[Row]:
    workspace.load("placement_exception", ids)
    rows = (workspace.get("placement_exception", id_) for id_ in ids)
    return [row for row in rows if row is not None]


def expire_exceptions(connection: Connection, at: datetime) -> list[Row]:
    """Let authorised exceptions expire whose last day is over; those that did."""
    table = table_of(PlacementException)
    over = (table.c.status == ExceptionStatus.AUTHORISED, table.c.valid_to < at.date())
    ids = list(connection.execute(select(table.c.id).where(*over).order_by(table.c.id)).scalars())
    if not ids:
        return []
    workspace, revisions = Workspace(connection), Revisions(connection, 2 * len(ids))
    rows = workspace.load("placement_exception", ids)
    for row in rows:
        take_own_step(
            workspace,
            revisions,
            row,
            ExceptionStatus.EXPIRED,
            at=at,
            reason=str(message("It was not used by its last day.")),
        )
    workspace.flush()
    return rows
