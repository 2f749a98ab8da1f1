"""Live risk, recorded at night: a row where the result or a reason changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from forms.catalogue.catalogue import shipped
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.language import plural
from visitapp.records import RiskScore
from visitapp.records.codec import moment_to_wire
from visitapp.records.ids import risk_score_id
from visitapp.rules.policy.read import shipped_policy
from visitapp.standing.placements import NOBODY
from visitapp.standing.risk.live import live_risks
from visitapp.standing.risk.scores import last_scores, says_another, score_values
from visitapp.storage.database import Database
from visitapp.storage.form_shelf import FormShelf
from visitapp.storage.policy_shelf import PolicyShelf


def record_risk(database: Database, clock: Callable[[], datetime]) -> list[str]:
    """Work out the risk of every setting, and record what changed since the last row."""
    with database.storing() as connection:
        # The lock comes first: what a device sends meanwhile is read, or comes after.
        revisions = Revisions(connection, 0)
        made = _record(connection, revisions, clock())
    return [plural("Risk recorded: {n} change.", "Risk recorded: {n} changes.", made)]


def _record(connection: Connection, revisions: Revisions, now: datetime) -> int:
    today, workspace = now.astimezone().date(), Workspace(connection)
    policy = PolicyShelf(shipped_policy()).in_force(connection, today)
    library = shipped().beside(FormShelf.within(connection))
    with Session(connection) as session:
        risks = live_risks(session, None, library.form, policy.risk, today)
        last = last_scores(session, today)
    made = 0
    for setting_id, risk in sorted(risks.items()):
        values, id_ = score_values(risk), risk_score_id(setting_id, today)
        row = last.get(setting_id)
        done = row is not None and row.scored_on == today
        if done or not says_another(values, row, risk.form):
            continue
        values |= {
            "setting_id": setting_id,
            "scored_on": today,
            "policy_version": policy.version,
            "created_by": NOBODY,
            "created_at": now,
        }
        stamp = [revisions.take(), NOBODY, moment_to_wire(now)]
        workspace.add(RiskScore, id_, completed(RiskScore, values), stamp)
        made += 1
    workspace.flush()
    return made
