"""What the officer adds to a visit in words, and who signs it."""

from __future__ import annotations

from msgspec import UNSET, UnsetType
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import both, message
from visitapp.records import Visit
from visitapp.rules.visiting.signatures import (
    LONGEST_NAME,
    Party,
    Signature,
    Strokes,
    from_marks,
    hash_of,
    thinned,
    to_marks,
)
from visitapp.services.context import Desk
from visitapp.services.lookup import check_texts, find_open_visit
from visitapp.services.views.visits import VisitView
from visitapp.services.visits.full_view import visit_view
from visitapp.services.visits.joint import require_own_sign_off


class VisitWords:
    """The summary, what the manager was told, and the signatures of open visits."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def write(
        self,
        visit_id: str,
        *,
        summary: str | UnsetType = UNSET,
        told_manager: str | UnsetType = UNSET,
    ) -> None:
        """Change the officer's words.

        Raises Refused BAD_VALUE, VISIT_FROZEN; NotAllowed for one who only joined the visit.
        """
        texts = {"summary": summary, "told_manager": told_manager}
        given = {name: new for name, new in texts.items() if not isinstance(new, UnsetType)}
        check_texts(Visit, given)
        with self._desk.transaction() as session:
            visit = self._own_visit(session, visit_id)
            for name, text in given.items():
                setattr(visit, name, text)

    def sign(self, visit_id: str, party: Party, name: str, strokes: Strokes) -> None:
        """Put a signature under the visit as it stands; without strokes the name is typed.

        Raises Refused BAD_VALUE without a name, or as `write`.
        """
        name = " ".join(name.split())
        if not 0 < len(name) <= LONGEST_NAME:
            raise Refused(Code.BAD_VALUE, message("Write the name of the person who signs."))
        with self._desk.transaction() as session:
            visit = self._own_visit(session, visit_id)
            of = matter_hash(visit_view(session, self._desk, visit))
            signature = Signature(
                party=party, name=name, at=self._desk.clock(), of=of, strokes=thinned(strokes)
            )
            others = [one for one in from_marks(visit.signatures) if one.party != party]
            visit.signatures = to_marks([*others, signature])

    def take_off(self, visit_id: str, party: Party) -> None:
        """Take a signature off again. Raises as `write`."""
        with self._desk.transaction() as session:
            visit = self._own_visit(session, visit_id)
            others = [one for one in from_marks(visit.signatures) if one.party != party]
            visit.signatures = to_marks(others)

    def _own_visit(self, session: Session, visit_id: str) -> Visit:
        visit = find_open_visit(session, visit_id)
        require_own_sign_off(session, visit, self._desk.user(session))
        return visit


def matter_hash(view: VisitView) -> str:
    """A hash of what a signature stands under: answers, outcome, actions, the officer's words."""
    actions = sorted((one.id, one.title, str(one.due_on)) for one in view.actions)
    return hash_of([view.answers, view.outcome, actions, view.officer_summary, view.told_manager])


def outdated(view: VisitView) -> list[Signature]:
    """The signatures that were given before the last change of what they stand under."""
    now = matter_hash(view) if view.signatures else ""
    return [one for one in view.signatures if one.of != now]


def require_current_signatures(view: VisitView) -> None:
    """Refuse (VISIT_INCOMPLETE) a sign-off over signatures under something else."""
    if names := [one.name for one in outdated(view)]:
        raise Refused(
            Code.VISIT_INCOMPLETE,
            message("The visit changed after {names} signed it.", names=both(names)),
            message("Ask for the signature again, or remove it."),
        )
