"""Four eyes: who took part in a visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, false, select

from sync.merge import Stamps
from sync.server.records.workspace import Row, Workspace
from sync.tables import table_of
from visitapp.errors import Code, NotAllowed, Refused
from visitapp.language import message
from visitapp.records import (
    OF_SETTINGS,
    Answer,
    Contract,
    ContractSetting,
    OutcomeOverride,
    Provider,
    SecondReview,
    Setting,
    Step,
    Synced,
    Visit,
    VisitStatus,
)
from visitapp.rules.access import LEAD, REVIEWED, Actor
from visitapp.rules.reviews.second_review_life import AGREED, AWAITED
from visitapp.standing.visits import is_sign_off
from visitapp.vocabulary import kind_message

_OWN_RECORDS: Mapping[type[Synced], tuple[type[Synced], ...]] = {
    Setting: OF_SETTINGS,
    Contract: (ContractSetting, Visit),
    Provider: (Setting, Contract),
}
"""What keeps a record from being deleted while there is one of it."""


class VisitFacts:
    """What the server knows of visits, contracts and settings, as one transaction sees it."""

    def __init__(self, connection: Connection, workspace: Workspace) -> None:
        self._connection = connection
        self._workspace = workspace

    def makers(
        self, kind: type[Synced], row: Row | None, values: Mapping[str, Any]
    ) -> frozenset[str]:
        """Who took part in the visit that is reviewed or whose outcome is overridden, or answered
        on the one that is given to another officer, by this change; empty for every other."""
        if kind in (OutcomeOverride, SecondReview) and row is not None:
            visit = self._workspace.get("visit", row.values["visit_id"])
            return self._took_part(visit) if visit is not None else frozenset()
        if kind is not Visit or row is None:
            return frozenset()
        if values.get("status") in REVIEWED:
            return self._took_part(row)
        return self._answered_by(row.id) if "officer_id" in values else frozenset()

    def second_reviewers(
        self, kind: type[Synced], row: Row | None, values: Mapping[str, Any]
    ) -> tuple[frozenset[str], frozenset[str]]:
        """Of the visit that is approved by this change, the second reviewers who have not agreed
        to its sign-off, and those who have; nobody for every other change."""
        if kind is not Visit or row is None or values.get("status") != VisitStatus.APPROVED:
            return frozenset(), frozenset()
        self._workspace.flush()
        table = table_of(SecondReview)
        found = self._connection.execute(
            select(table.c.reviewer_id, table.c.status).where(
                table.c.visit_id == row.id,
                table.c.signed_off_at == row.values["signed_off_at"],
                table.c.deleted == false(),
            )
        ).all()
        return (
            frozenset(one.reviewer_id for one in found if one.status in AWAITED),
            frozenset(one.reviewer_id for one in found if one.status in AGREED),
        )

    def require_own_contract(self, contract: Row, actor: Actor) -> None:
        """Raise NotAllowed when a lead changes a contract that other teams' settings are under."""
        if actor.role == LEAD and self._other_teams(contract.id, actor.team):
            raise NotAllowed(
                message("This contract also covers settings of another team."),
                message("Ask an administrator to change it."),
            )

    def require_no_records(self, row: Row) -> None:
        """Raise Refused when others of its records belong to what is to be deleted."""
        self._workspace.flush()
        for kind in _OWN_RECORDS.get(row.kind, ()):
            table = table_of(kind)
            own = (table.c[f"{row.kind.__tablename__}_id"] == row.id, table.c.deleted == false())
            if self._connection.execute(select(table.c.id).where(*own).limit(1)).first():
                raise Refused(
                    Code.BAD_VALUE,
                    message(
                        "This {kind} has records of its own, so it cannot be deleted.",
                        kind=kind_message(row.kind),
                    ),
                )

    def _took_part(self, visit: Row) -> frozenset[str]:
        """Who made a visit, signed it off, now or before it was returned, or answered on it."""
        named = {visit.values["created_by"], visit.values["signed_off_by"]} - {None}
        answered = self._answered_by(visit.id)
        signed = select(Step.created_by).where(is_sign_off(Step), Step.record_id == visit.id)
        return frozenset({*named, *self._connection.execute(signed).scalars()}) | answered

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

    def _other_teams(self, contract_id: str, team: str) -> bool:
        """Whether a setting of another team is under the contract."""
        self._workspace.flush()
        joined = Setting.id == ContractSetting.setting_id
        found = (
            select(Setting.id)
            .join(ContractSetting, joined)
            .where(
                ContractSetting.contract_id == contract_id,
                ContractSetting.deleted.is_(False),
                ContractSetting.ended.is_(False),
                Setting.team != team,
                Setting.deleted.is_(False),
            )
        )
        return self._connection.execute(found.limit(1)).first() is not None


def _stamped(stamps: Stamps | None) -> Iterator[str]:
    return (str(stamp[1]) for stamp in (stamps or {}).values())
