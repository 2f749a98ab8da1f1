"""Legal holds that are set and lifted at the server itself."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Subquery, select

from sync.server.audit.log import AuditEvent
from sync.server.operations.local_changes import SERVER, AtServer
from sync.server.records.fields import completed
from sync.server.records.revisions import Revisions
from sync.server.records.workspace import Workspace
from visitapp.errors import Code, NotFound, Refused
from visitapp.language import message
from visitapp.records import KINDS, LegalHold, new_id
from visitapp.rules.retention.holds import HoldSubject, hold_fault
from visitapp.standing.legal_holds import standing_holds


class ListedHold(Struct, frozen=True, kw_only=True):
    """A hold that stands. `named` is a setting, provider or contract, or a person's code."""

    id: str
    subject: str
    subject_id: str
    named: str
    reason: str


class ServerHolds(AtServer):
    """Legal holds on whatever the server has, in whatever team."""

    def listed(self) -> list[ListedHold]:
        """The holds that stand, by their subject."""
        with self._database.reading() as session:
            connection = session.connection()
            holds = standing_holds()
            rows = connection.execute(select(holds).order_by(holds.c.subject, holds.c.id)).all()
            return [
                ListedHold(
                    id=row.hold_id,
                    subject=row.subject,
                    subject_id=row.subject_id,
                    named=row.person or _named(connection, row.subject, row.subject_id),
                    reason=_reason(connection, row.hold_id),
                )
                for row in rows
            ]

    def set(self, subject: str, named: str, reason: str) -> str:
        """Keep the records of a setting, provider or contract, by its id, or of a person, by their
        code; the id of the hold. Raises NotFound, and Refused BAD_VALUE."""
        is_person = subject == HoldSubject.PERSON
        about = {
            "subject": subject,
            "subject_id": "" if is_person else named,
            "person": named.strip() if is_person else "",
        }
        with self._database.applying() as session:
            connection = session.connection()
            if not is_person and not _named(connection, subject, named):
                raise NotFound(message("The server has no {kind} {id}.", kind=subject, id=named))
            hold = new_id()
            self._write(connection, hold, hold, AuditEvent.LEGAL_HOLD_SET, about, reason)
            return hold

    def lift(self, hold_id: str, reason: str) -> None:
        """End a hold. Raises NotFound, and Refused BAD_VALUE without a reason."""
        with self._database.applying() as session:
            connection = session.connection()
            row = _standing(connection, standing_holds(), hold_id)
            about = {name: getattr(row, name) for name in ("subject", "subject_id", "person")}
            lifted = AuditEvent.LEGAL_HOLD_LIFTED
            self._write(connection, new_id(), hold_id, lifted, about, reason)

    def _write(
        self,
        connection: Connection,
        id_: str,
        hold_id: str,
        event: AuditEvent,
        about: dict[str, Any],
        reason: str,
    ) -> None:
        fault = hold_fault(about["subject"], about["subject_id"], about["person"], reason)
        if fault:
            raise Refused(Code.BAD_VALUE, fault)
        # The lock comes first: a hold that a device lifts meanwhile is seen, or comes after.
        revisions, workspace = Revisions(connection, 1), Workspace(connection)
        values = {
            **about,
            "hold_id": hold_id,
            "active": id_ == hold_id,
            "reason": reason.strip(),
            "created_at": self._clock(),
            "created_by": SERVER,
        }
        workspace.add(LegalHold, id_, completed(LegalHold, values), self._stamp(revisions))
        workspace.flush()
        detail = {"hold_id": hold_id, "subject": about["subject"], "id": about["subject_id"]}
        self._record(connection, event, **detail)


def _standing(connection: Connection, holds: Subquery, hold_id: str) -> Row[Any]:
    row = connection.execute(select(holds).where(holds.c.hold_id == hold_id)).one_or_none()
    if row is None:
        raise NotFound(message("There is no such legal hold, or it has been lifted."))
    return row


def _reason(connection: Connection, hold_id: str) -> str:
    return str(
        connection.execute(select(LegalHold.reason).where(LegalHold.id == hold_id)).scalar() or ""
    )


def _named(connection: Connection, subject: str, id_: str) -> str:
    """What a setting, provider or contract is called; empty where the server has none."""
    kind: Any = KINDS[subject]
    column = kind.number if subject == HoldSubject.CONTRACT else kind.name
    found = select(column).where(kind.id == id_, kind.deleted.is_(False))
    return str(connection.execute(found).scalar() or "")
