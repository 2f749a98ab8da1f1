"""What conflicts and waiting changes put on a person's day."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.orm import Session

from sync.client.evidence.ledger import count_waiting
from visitapp.language import plural, translate
from visitapp.services.context import Desk
from visitapp.services.contributions import Contribution
from visitapp.services.sync.counts import open_conflicts, waiting_changes
from visitapp.services.sync.refused_changes import refused_rows
from visitapp.services.today.items import Mine, Part, TodayItem


def _to_settle(session: Session, desk: Desk, mine: Mine) -> Iterator[TodayItem]:
    conflicts = open_conflicts(session)
    if conflicts:
        yield TodayItem(
            part=Part.CONFLICTS,
            id="conflicts",
            title=plural("{n} conflict to settle", "{n} conflicts to settle", conflicts),
            detail=translate("Both values are kept until you choose."),
            step=translate("Choose"),
            page="sync",
        )
    if desk.states.get(session, "server_id") is None:
        return
    refused = len(refused_rows(session))
    if refused:
        yield TodayItem(
            part=Part.SYNC,
            id="refused",
            title=plural("{n} change rejected", "{n} changes rejected", refused),
            detail=translate("They are safe on this laptop. Each needs a decision."),
            late=True,
            step=translate("See why"),
            page="sync",
        )
    changes = waiting_changes(session)
    photos, _, _ = count_waiting(session.connection())
    if changes or photos:
        files = plural("{n} file", "{n} files", photos) if photos else ""
        waiting = plural("{n} change", "{n} changes", changes) if changes else ""
        yield TodayItem(
            part=Part.SYNC,
            id="waiting",
            title=translate(
                "Waiting to sync: {what}", what=", ".join(one for one in (waiting, files) if one)
            ),
            detail=translate("Safe on this laptop. They are sent when you are next online."),
            step=translate("See what waits"),
            page="sync",
        )


CONTRIBUTION = Contribution(today=[_to_settle])
