"""Who handles a concern, who sees it, and at which visit what changed was checked."""

from __future__ import annotations

from sqlalchemy import select

from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.records import Concern, Visit
from visitapp.rules.access import REVIEWERS
from visitapp.rules.concerns.restriction import always_restricted
from visitapp.rules.concerns.states import ConcernStage
from visitapp.services.concerns.queries import concern_view
from visitapp.services.concerns.steps import take_step
from visitapp.services.concerns.views import ConcernRow, ConcernView
from visitapp.services.context import Desk
from visitapp.services.holders.people import holders
from visitapp.services.lookup import find
from visitapp.services.views.holders import Holder
from visitapp.standing.visits import is_visit, stands
from visitapp.vocabulary import visit_word


class ConcernHandling:
    """What a team lead arranges for a concern, and what can be chosen for it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def lift(self, concern_id: str, reason: str) -> ConcernView:
        """Lift the restriction of a concern: whoever sees its setting is given all of it, with the
        notes that were written meanwhile. Raises NotFound, NotAllowed, Refused."""
        with self._desk.transaction() as session:
            concern = find(session, Concern, concern_id)
            take_step(self._desk, session, concern, concern.status, reason, fields={"lifted": True})
            return concern_view(session, concern, self._desk.policy(session), self._desk.clock())

    def may_lift(self, row: ConcernRow) -> bool:
        """Whether this person may lift the restriction of a concern."""
        with self._desk.reading() as session:
            always = always_restricted(self._desk.policy(session).concerns, row.kind)
            return row.restricted and not always and self._desk.user(session).role in REVIEWERS

    def people(self) -> list[Holder]:
        """Who can be given a concern; nobody, unless this person says who handles one."""
        with self._desk.reading() as session:
            return holders(session) if self._desk.user(session).role in REVIEWERS else []

    def visits(self, concern_id: str) -> dict[str, str]:
        """The signed-off visits to the setting of a concern since it was received, the newest
        first: what they are called, by id."""
        with self._desk.reading() as session:
            concern = find(session, Concern, concern_id)
            found = session.execute(
                select(Visit.id, Visit.purpose, Visit.visited_on)
                .where(
                    stands(Visit),
                    is_visit(Visit),
                    Visit.setting_id == concern.setting_id,
                    Visit.visited_on >= concern.received_at.astimezone().date(),
                )
                .order_by(Visit.visited_on.desc(), Visit.id)
            )
            return {
                id_: translate("{visit} on {day}", visit=visit_word(purpose), day=short_day(day))
                for id_, purpose, day in found
            }

    def check_at_visit(self, concern_id: str, visit_id: str, note: str = "") -> ConcernView:
        """Say that what changed was checked at a visit. Raises NotFound, NotAllowed, Refused."""
        with self._desk.transaction() as session:
            concern, visit = find(session, Concern, concern_id), find(session, Visit, visit_id)
            fields = {"stage": ConcernStage.CHECKED.value, "checked_visit_id": visit.id}
            day = visit.visited_on
            take_step(self._desk, session, concern, concern.status, note, day, fields)
            return concern_view(session, concern, self._desk.policy(session), self._desk.clock())
