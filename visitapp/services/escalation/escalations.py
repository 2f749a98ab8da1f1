"""The escalation ladder: open a step, review it, end it, note what happened, end it all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from msgspec.structs import replace
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import Escalation, EscalationNote, Position, PositionSource, Setting
from visitapp.records.ids import escalation_id
from visitapp.rules.escalation.authority import (
    Deciding,
    ladder_fault,
)
from visitapp.rules.escalation.decision import LadderDecision, as_kept, is_ladder_decision
from visitapp.rules.escalation.ladder_life import LADDER_ROLES, after_decision, latest_after
from visitapp.rules.escalation.states import (
    LadderNoteKind,
    Rung,
    RungOutcome,
    Turn,
)
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.escalation.letters import letter_view
from visitapp.services.escalation.lists import draft_of, escalation_lines
from visitapp.services.escalation.opening import Opening, opening_decision
from visitapp.services.escalation.queries import escalation_view, values_of
from visitapp.services.escalation.views import (
    Draft,
    EscalationLine,
    EscalationView,
    LetterView,
)
from visitapp.services.lookup import check_texts, find, find_open_setting
from visitapp.services.permission import actor_of
from visitapp.services.placements.deciding import Asked, decide_position
from visitapp.standing.steps import new_step


class Escalations:
    """What a person can do on the ladder."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def view(self, setting_id: str) -> EscalationView:
        """Where a setting stands. Raises NotFound."""
        with self._desk.reading() as session:
            return escalation_view(session, self._desk, find(session, Setting, setting_id))

    def list(self) -> list[EscalationLine]:
        """The settings that are escalated, the one with the next date first."""
        with self._desk.reading() as session:
            return escalation_lines(session)

    def draft(self, setting_id: str, rung: str) -> Draft:
        """What opening this step would need. Raises NotFound, or Refused for a step that the
        ladder does not have."""
        with self._desk.reading() as session:
            setting = find(session, Setting, setting_id)
            rules = self._desk.policy(session).escalation
            rule = rules.step(rung)
            if rule is None:
                raise Refused(Code.BAD_VALUE, message("The ladder does not have this step."))
            return draft_of(session, setting.id, rule, rules, self._desk.today())

    def open(
        self, setting_id: str, rung: str, opening: Opening, also: Collection[str] = ()
    ) -> EscalationView:
        """Open a step. A suspension closes the setting to new placements, by a decision of its
        own. `also`: the ids of other settings under the same contract, in which the same is decided
        at once; in all of them or in none.

        Raises NotFound, NotAllowed, Refused: STEP_REFUSED where the policy does not leave it to
        this role, or a step is passed over without a reason; BAD_VALUE for a text or a date.
        """
        wanted = _rung(rung)
        with self._desk.transaction(also=LADDER_ROLES) as session:
            for other in also:
                self._open(session, find_open_setting(session, other), wanted, opening)
            return self._open(session, find_open_setting(session, setting_id), wanted, opening)

    def _open(
        self, session: Session, setting: Setting, rung: Rung, opening: Opening
    ) -> EscalationView:
        rules, day = self._desk.policy(session).escalation, opening.on or self._desk.today()
        decision = opening_decision(session, setting.id, rung, opening, rules, day)
        asked = Asked(
            position=Position.CLOSED,
            reason=opening.reason,
            review_on=decision.review_on,
            source=PositionSource.ESCALATION,
        )
        return self._decide(session, setting, decision, opening.reason, day, asked)

    def review(
        self,
        setting_id: str,
        rung: str,
        reason: str,
        *,
        due_on: date | None = None,
        review_on: date | None = None,
        on: date | None = None,
    ) -> EscalationView:
        """Look at an open step again and give its new date. A suspension goes on, closed to new
        placements until the new review. Raises as `open`."""
        with self._desk.transaction(also=LADDER_ROLES) as session:
            setting, wanted = find(session, Setting, setting_id), _rung(rung)
            decision = LadderDecision(
                turn=Turn.REVIEWED, rung=wanted, due_on=due_on, review_on=review_on
            )
            asked = Asked(
                position=Position.CLOSED,
                reason=reason,
                review_on=review_on,
                source=PositionSource.ESCALATION,
            )
            day = on or self._desk.today()
            return self._decide(session, setting, decision, reason, day, asked)

    def end(
        self,
        setting_id: str,
        rung: str,
        outcome: str,
        reason: str,
        *,
        on: date | None = None,
        position: str = Position.OPEN,
        condition: str = "",
    ) -> EscalationView:
        """End an open step with what came of it. The end of a suspension decides the placement
        position: open, open with a condition, or still closed. Raises as `open`."""
        if outcome not in tuple(RungOutcome):
            raise Refused(Code.BAD_VALUE, message("Say what came of this step."), field="outcome")
        with self._desk.transaction(also=LADDER_ROLES) as session:
            setting, wanted = find(session, Setting, setting_id), _rung(rung)
            decision = LadderDecision(turn=Turn.ENDED, rung=wanted, outcome=RungOutcome(outcome))
            asked = Asked(
                position=position,
                reason=reason,
                condition=condition,
                source=PositionSource.ESCALATION,
            )
            day = on or self._desk.today()
            return self._decide(session, setting, decision, reason, day, asked)

    def stand_down(self, setting_id: str, reason: str, on: date | None = None) -> EscalationView:
        """End an escalation of which no step is open. Raises as `open`."""
        with self._desk.transaction(also=LADDER_ROLES) as session:
            setting = find(session, Setting, setting_id)
            decision = LadderDecision(turn=Turn.STOOD_DOWN)
            return self._decide(session, setting, decision, reason, on or self._desk.today(), None)

    def note(
        self,
        setting_id: str,
        rung: str,
        kind: str,
        text: str,
        *,
        with_whom: str = "",
        on: date | None = None,
    ) -> EscalationView:
        """Note a meeting, a letter that was served, progress, or a line of the log. It stays as it
        was written. Raises NotFound, NotAllowed, Refused(BAD_VALUE)."""
        given = {"text": text.strip(), "with_whom": with_whom.strip()}
        if not given["text"]:
            raise Refused(Code.BAD_VALUE, message("Write what happened."), field="text")
        check_texts(EscalationNote, given)
        day = day_that_came(self._desk, on, "held_on")
        with self._desk.transaction(also=LADDER_ROLES) as session:
            setting = find(session, Setting, setting_id)
            self._require_role(session)
            session.add(
                EscalationNote(
                    setting_id=setting.id,
                    rung=_rung(rung).value,
                    kind=LadderNoteKind(kind).value,
                    held_on=day,
                    **given,
                )
            )
            session.flush()
            return escalation_view(session, self._desk, setting)

    def letter(self, step_id: str) -> LetterView:
        """The letter of a step that was opened, from the template of the policy.

        Raises NotFound, or Refused(BAD_VALUE) without a letter, a clause or a contract.
        """
        with self._desk.reading() as session:
            return letter_view(session, self._desk, step_id)

    def _decide(
        self,
        session: Session,
        setting: Setting,
        decision: LadderDecision,
        reason: str,
        day: date,
        asked: Asked | None,
    ) -> EscalationView:
        values = values_of(session, setting.id)
        user, rules = self._desk.user(session), self._desk.policy(session).escalation
        if not is_ladder_decision(as_kept(decision)):
            raise Refused(Code.BAD_VALUE, message("A text of this decision is too long."))
        # Judged before the setting is closed, as if the decision on placements were there.
        suspension = decision.rung == Rung.SUSPENSION and asked is not None
        judged = replace(decision, position_id=setting.id) if suspension else decision
        after, _ = after_decision(values, judged, day)
        latest = latest_after(values["decisions"], judged)
        fault = ladder_fault(
            values,
            Deciding(
                decision=judged,
                day=day,
                role=user.role,
                after=after,
                latest=latest,
                today=self._desk.today(),
            ),
            rules,
        )
        if fault:
            raise Refused(Code.STEP_REFUSED, fault)
        row = session.get(Escalation, escalation_id(setting.id))
        if row is None:
            row = Escalation(id=escalation_id(setting.id), setting_id=setting.id)
            session.add(row)
            session.flush()
        if suspension and asked is not None:
            cause = replace(asked, cause_id=row.id)
            made = decide_position(session, self._desk, setting.id, cause)
            decision = replace(decision, position_id=made.id)
        fields = {"turn": as_kept(decision), "latest": latest}
        actor, now = actor_of(user), self._desk.clock()
        session.add(new_step(row, after, actor, now, day=day, reason=reason, fields=fields))
        session.flush()
        return escalation_view(session, self._desk, setting)

    def _require_role(self, session: Session) -> None:
        if self._desk.user(session).role not in LADDER_ROLES:
            raise Refused(Code.NOT_ALLOWED, message("Your role does not work on the ladder."))


def _rung(name: str) -> Rung:
    if name not in tuple(Rung):
        raise Refused(
            Code.BAD_VALUE, message("“{name}” is not a step of the ladder.", name=name[:40])
        )
    return Rung(name)
