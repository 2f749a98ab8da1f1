"""Interventions: refer a setting, decide on it, follow its exit criteria, end it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    Intervention,
    InterventionStatus,
    User,
)
from visitapp.rules.holders.holding import can_hold
from visitapp.rules.interventions.intervention_life import early_fault, step_day_fault
from visitapp.rules.interventions.states import (
    UNFINISHED_INTERVENTIONS,
)
from visitapp.rules.lifecycle import Taken
from visitapp.rules.policy.interventions import InterventionRules
from visitapp.rules.visiting.due import add_months
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.holders.people import holder_called, holder_view
from visitapp.services.interventions.grounds import grounds_of
from visitapp.services.interventions.queries import intervention_lines, intervention_view
from visitapp.services.interventions.views import InterventionLine, InterventionView
from visitapp.services.lookup import check_texts, find, find_open_setting
from visitapp.services.permission import actor_of
from visitapp.services.views.holders import Holder
from visitapp.standing.interventions.criteria import criteria_fault
from visitapp.standing.steps import new_step

_ASKED_FOR = {
    "why": message("Say why this setting is referred."),
    "grounds": message("Say what the evidence is."),
}


class Interventions:
    """What a person can do with interventions."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def grounds(self, setting_id: str) -> str:
        """What the records say for a referral, as a draft of its evidence. Raises NotFound."""
        with self._desk.reading() as session:
            return grounds_of(session, self._desk, find_open_setting(session, setting_id))

    def refer(
        self, setting_id: str, why: str, grounds: str, day: date | None = None
    ) -> InterventionView:
        """Refer a setting. `grounds`: the evidence for it.

        Raises NotFound, Refused BAD_VALUE, NOT_ALLOWED for a closed setting, or ALREADY_THERE.
        """
        with self._desk.transaction() as session:
            setting = find_open_setting(session, setting_id)
            unfinished = select(Intervention.id).where(
                Intervention.setting_id == setting.id,
                Intervention.deleted.is_(False),
                Intervention.status.in_(UNFINISHED_INTERVENTIONS),
            )
            if session.scalar(unfinished) is not None:
                raise Refused(
                    Code.ALREADY_THERE,
                    message("{setting} is referred or in intervention.", setting=setting.name),
                )
            texts = {"why": why.strip(), "grounds": grounds.strip()}
            check_texts(Intervention, texts)
            for name, text in texts.items():
                if not text:
                    raise Refused(Code.BAD_VALUE, _ASKED_FOR[name], field=name)
            on = day_that_came(self._desk, day)
            made = Intervention(setting_id=setting.id, referred_on=on, **texts)
            session.add(made)
            session.flush()
            return intervention_view(session, self._desk, made)

    def accept(
        self,
        id_: str,
        officer: str,
        *,
        starts_on: date | None = None,
        planned_to: date | None = None,
        sustain_months: int | None = None,
        day: date | None = None,
    ) -> InterventionView:
        """Accept a referral, as a team lead. `officer`: the sign-in name or id of the intervention
        officer, who sees the setting from then on. It starts today by default, and runs and is
        sustained as long as the policy says.

        Raises NotFound, or Refused BAD_VALUE or STEP_REFUSED.
        """
        first = starts_on or day_that_came(self._desk, day)
        with self._desk.transaction() as session:
            rules = self._desk.policy(session).interventions
            months = rules.sustain_months if sustain_months is None else sustain_months
            given = {
                "officer_id": holder_called(session, officer).id,
                "starts_on": first,
                "planned_to": planned_to or add_months(first, rules.planned_months),
                "sustain_months": months,
            }
            return self._step(session, id_, InterventionStatus.ACTIVE, "", day, given)

    def refuse(self, id_: str, reason: str, day: date | None = None) -> InterventionView:
        """Refuse a referral, as a team lead. Raises NotFound, STEP_REFUSED without a reason."""
        with self._desk.transaction() as session:
            return self._step(session, id_, InterventionStatus.REFUSED, reason, day, {})

    def withdraw(self, id_: str, reason: str, day: date | None = None) -> InterventionView:
        """Take a referral back. Raises NotFound, STEP_REFUSED without a reason."""
        with self._desk.transaction() as session:
            return self._step(session, id_, InterventionStatus.WITHDRAWN, reason, day, {})

    def change(
        self,
        id_: str,
        reason: str,
        *,
        officer: str | None = None,
        planned_to: date | None = None,
        day: date | None = None,
    ) -> InterventionView:
        """Give it another officer or end, as a team lead. Raises NotFound, BAD_VALUE or
        STEP_REFUSED."""
        with self._desk.transaction() as session:
            record = find(session, Intervention, id_)
            given: dict[str, Any] = {"planned_to": planned_to} if planned_to else {}
            if officer is not None:
                given["officer_id"] = holder_called(session, officer).id
            if not given:
                what = message("Give another officer or another end date.")
                raise Refused(Code.BAD_VALUE, what)
            return self._step(session, record.id, record.status, reason, day, given)

    def sustain(self, id_: str, day: date | None = None) -> InterventionView:
        """Note that every exit criterion holds from a day on. Raises NotFound, or STEP_REFUSED
        while one does not."""
        with self._desk.transaction() as session:
            record, on = find(session, Intervention, id_), day_that_came(self._desk, day)
            fault = criteria_fault(session, record, on)
            if fault and record.status == InterventionStatus.ACTIVE:
                raise Refused(Code.STEP_REFUSED, fault)
            return self._step(session, id_, InterventionStatus.SUSTAINING, "", on, {})

    def resume(self, id_: str, reason: str, day: date | None = None) -> InterventionView:
        """Note that a criterion fell, so that the count starts again. Raises NotFound,
        STEP_REFUSED."""
        with self._desk.transaction() as session:
            return self._step(session, id_, InterventionStatus.ACTIVE, reason, day, {})

    def step_down(self, id_: str, reason: str = "", day: date | None = None) -> InterventionView:
        """Make visits fewer, once results were held as long as agreed, or earlier for a reason.
        Raises NotFound, STEP_REFUSED."""
        with self._desk.transaction() as session:
            return self._step(session, id_, InterventionStatus.STEPPED_DOWN, reason, day, {})

    def close(
        self, id_: str, result: str, summary: str, reason: str = "", day: date | None = None
    ) -> InterventionView:
        """End it, as a team lead. Raises NotFound, or STEP_REFUSED: earlier than its results were
        held, it needs a reason."""
        fields = {"result": result, "summary": summary.strip()}
        with self._desk.transaction() as session:
            return self._step(session, id_, InterventionStatus.CLOSED, reason, day, fields)

    def rules(self) -> InterventionRules:
        """What the policy in force says of interventions."""
        with self._desk.reading() as session:
            return self._desk.policy(session).interventions

    def view(self, id_: str) -> InterventionView:
        """One intervention. Raises NotFound."""
        with self._desk.reading() as session:
            return intervention_view(session, self._desk, find(session, Intervention, id_))

    def officers(self) -> list[Holder]:
        """Who can be the intervention officer, intervention officers first."""
        with self._desk.reading() as session:
            users = session.scalars(select(User).where(User.deleted.is_(False))).all()
        able = [one for one in users if can_hold(one.role, active=one.active)]
        able.sort(key=lambda one: (one.role != "intervention", one.title.casefold(), one.name))
        return [holder_view(one) for one in able]

    def _step(
        self,
        session: Session,
        id_: str,
        after: str,
        reason: str,
        day: date | None,
        fields: dict[str, Any],
    ) -> InterventionView:
        record = find(session, Intervention, id_)
        on, actor, at = (
            day_that_came(self._desk, day),
            actor_of(self._desk.user(session)),
            self._desk.clock(),
        )
        names = Intervention.__kind__.lifecycle.derived.fields | {"referred_on"}  # type: ignore[union-attr]  # it has one
        values = {name: getattr(record, name) for name in names}
        taken = Taken(
            before=record.status,
            after=after,
            by=actor.id,
            at=at,
            day=on,
            reason=reason,
            fields=fields,
        )
        step = new_step(record, after, actor, at, day=on, reason=reason, fields=fields)
        fault = step_day_fault(values, taken) or early_fault(values, taken)
        if fault:
            raise Refused(Code.STEP_REFUSED, fault, field="day")
        session.add(step)
        session.flush()
        return intervention_view(session, self._desk, record)

    def list(
        self, setting_id: str | None = None, *, open_only: bool = False
    ) -> list[InterventionLine]:
        """The interventions of a setting, or of all, unfinished ones first, then the newest."""
        conditions = []
        if setting_id is not None:
            conditions.append(Intervention.setting_id == setting_id)
        if open_only:
            conditions.append(Intervention.status.in_(UNFINISHED_INTERVENTIONS))
        with self._desk.reading() as session:
            return intervention_lines(session, self._desk.today(), *conditions)
