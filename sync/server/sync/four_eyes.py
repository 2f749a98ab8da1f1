"""Four eyes: who took part in a visit, and whether a decision on it has its review."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, false, select

from sync.merge import Stamps, stamp_of
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from sync.wire import Change, Create, Creates
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import Answer, Review, Setting, Synced, Visit, VisitStatus
from visitapp.rules.access import LEAD, REVIEWED, Actor


class VisitFacts:
    """What the server knows of visits and contracts, as one transaction sees it."""

    def __init__(self, connection: Connection, workspace: Workspace) -> None:
        self._connection = connection
        self._workspace = workspace
        self._expected: set[tuple[Any, Any]] = set()

    def expect(self, batch: Sequence[Change]) -> None:
        """Note the reviews of a batch, which follow the states that they decide."""
        self._expected = set(_reviews(batch))

    def makers(
        self, kind: type[Synced], row: Row | None, values: Mapping[str, Any]
    ) -> frozenset[str]:
        """Who took part in the visit that is reviewed, or answered on the one that is given to
        another officer, by this new or changed record; empty for every other change."""
        if kind is Review:
            visit = self._workspace.get("visit", values["visit_id"])
            return self._took_part(visit) if visit else frozenset()
        if kind is not Visit or row is None:
            return frozenset()
        if values.get("status") in REVIEWED:
            return self._took_part(row)
        return self._answered_by(row.id) if "officer_id" in values else frozenset()

    def require_awaited(self, review: Mapping[str, Any]) -> None:
        """Raise Refused unless the visit is signed off, or stands where this review or another of
        the batch puts it (a lead may approve and reopen between two rounds)."""
        visit = self._workspace.get("visit", review["visit_id"])
        status = visit.values["status"] if visit else ""
        fitting = (VisitStatus.SIGNED_OFF, review["decision"])
        if status not in fitting and (review["visit_id"], status) not in self._expected:
            raise Refused(
                Code.NOT_SIGNED_OFF,
                message("The visit of this review is not waiting for one."),
                message("Sync, then check the visit again."),
            )

    def require_own_contract(self, contract: Row, actor: Actor) -> None:
        """Raise NotAllowed when a lead changes a contract that other teams' settings are under."""
        if actor.role == LEAD and self._other_teams(contract.id, actor.team):
            raise NotAllowed(
                message("This contract also covers settings of another team."),
                message("Ask an administrator to change it."),
            )

    def _took_part(self, visit: Row) -> frozenset[str]:
        """Who made a visit, signed it off or answered on it."""
        named = {visit.values["created_by"], visit.values["signed_off_by"]}
        return frozenset(named - {None}) | self._answered_by(visit.id)

    def _answered_by(self, visit_id: str) -> frozenset[str]:
        """Who gave or changed an answer of a visit."""
        self._workspace.flush()
        table = table_of(Answer)
        found = self._connection.execute(
            select(table.c.created_by, table.c.field_revisions).where(table.c.visit_id == visit_id)
        )
        people: set[str] = set()
        for made_by, stamps in found:
            people |= {made_by, *_stamped(stamps)}
        return frozenset(people - {""})

    def require_review(self, visit: Row, decision: str) -> None:
        """Raise Refused unless a review of this batch, or one that the server took after the
        visit's last change of state, decides so."""
        if (visit.id, decision) in self._expected or self._reviewed(visit, decision):
            return
        raise Refused(
            Code.NOT_ALLOWED,
            message("A visit is approved or returned by a review, and none was sent."),
        )

    def _other_teams(self, contract_id: str, team: str) -> bool:
        """Whether a setting of another team is under the contract."""
        self._workspace.flush()
        table = table_of(Setting)
        found = select(table.c.id).where(
            table.c.contract_id == contract_id, table.c.team != team, table.c.deleted == false()
        )
        return self._connection.execute(found.limit(1)).first() is not None

    def _reviewed(self, visit: Row, decision: str) -> bool:
        changed_at = stamp_of(visit.stamps, "status", visit.values["status"])[0]
        table = table_of(Review)
        found = select(table.c.id).where(
            table.c.visit_id == visit.id,
            table.c.decision == decision,
            table.c.revision > changed_at,
        )
        return self._connection.execute(found.limit(1)).first() is not None


def _stamped(stamps: Stamps | None) -> Iterator[str]:
    return (str(stamp[1]) for stamp in (stamps or {}).values())


def _reviews(batch: Sequence[Change]) -> Iterator[tuple[Any, Any]]:
    """The visit and the decision of each review in a batch, whatever a device sent as such."""
    for change in batch:
        if change.kind != Review.__tablename__:
            continue
        if isinstance(change, Creates):
            yield from _columns(change)
        elif isinstance(change, Create):
            yield _texts(change.values)


def _columns(group: Creates) -> Iterator[tuple[Any, Any]]:
    try:
        yield from (_texts(one.values) for one in list(group.each()))
    except (ValueError, msgspec.MsgspecError):
        return


def _texts(values: Mapping[str, Any]) -> tuple[Any, Any]:
    return str(values.get("visit_id")), str(values.get("decision"))
