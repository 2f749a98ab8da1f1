"""Improvement plans: draft one, agree it with the provider, follow it, end it."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict, Unpack

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import (
    Action,
    ActionStatus,
    ImprovementPlan,
    OwnerSide,
    PlanStatus,
)
from visitapp.rules.plans.agreed import (
    MOST_ACTIONS,
    AgreedPlan,
    agreement_fault,
    last_agreement,
)
from visitapp.rules.plans.plan_life import (
    LONGEST_WITH,
    dates_fault,
    end_day_fault,
    unfinished_fault,
)
from visitapp.rules.plans.states import OPEN_PLAN_STATUSES
from visitapp.rules.text import text_fault
from visitapp.services.actions.actions import Actions
from visitapp.services.actions.raising import open_plan
from visitapp.services.context import Desk
from visitapp.services.days import day_that_came
from visitapp.services.lookup import check_texts, find, find_open_setting
from visitapp.services.permission import actor_of
from visitapp.services.plans.changes import as_agreed
from visitapp.services.plans.history import action_history
from visitapp.services.plans.progress import progress_of
from visitapp.services.plans.queries import (
    open_findings,
    plan_lines,
    plan_view,
    versions_of,
)
from visitapp.services.plans.updates import add_update
from visitapp.services.plans.views import (
    ActionEvent,
    PlanLine,
    PlanVersion,
    PlanView,
    ProgressPoint,
)
from visitapp.standing.plans.findings import findings_fault
from visitapp.standing.steps import new_step
from visitapp.vocabulary import field_message


class PlanChanges(TypedDict, total=False):
    """The fields of a plan that a person changes."""

    goal: str
    starts_on: date
    ends_on: date
    provider_people: str


class Plans:
    """What a person can do with improvement plans."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def draft(
        self,
        setting_id: str,
        goal: str,
        starts_on: date,
        ends_on: date,
        provider_people: str = "",
    ) -> PlanView:
        """Begin a plan. The unfinished actions of the setting join it, and those raised later.

        Raises NotFound, Refused BAD_VALUE, NOT_ALLOWED for a closed setting, or ALREADY_THERE
        where somebody works on another plan there.
        """
        fields: PlanChanges = {
            "goal": goal.strip(),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "provider_people": provider_people.strip(),
        }
        with self._desk.transaction() as session:
            setting = find_open_setting(session, setting_id)
            if open_plan(session, setting.id) is not None:
                raise Refused(
                    Code.ALREADY_THERE,
                    message("{setting} has an open improvement plan.", setting=setting.name),
                    message("Add actions to that plan, or end it first."),
                )
            plan = ImprovementPlan(setting_id=setting.id, **fields)
            _check(plan)
            session.add(plan)
            session.flush()
            for action in session.scalars(_waiting(setting.id)):
                action.plan_id = plan.id
            session.flush()
            return plan_view(session, self._desk, plan)

    def change(self, plan_id: str, **changes: Unpack[PlanChanges]) -> PlanView:
        """Change the fields given. What was agreed stays as it was agreed until the next version.

        Raises NotFound, or Refused BAD_VALUE, also for a plan that has ended.
        """
        with self._desk.transaction() as session:
            plan = _open(session, plan_id)
            for name, value in changes.items():
                setattr(plan, name, value.strip() if isinstance(value, str) else value)
            _check(plan)
            session.flush()
            return plan_view(session, self._desk, plan)

    def agree(self, plan_id: str, agreed_with: str, day: date | None = None) -> PlanView:
        """Agree the plan as it stands, which makes its next version. `day`: today by default.

        Raises NotFound, BAD_VALUE for a plan without actions, or Refused STEP_REFUSED while a
        finding that asks for an action has none, for an earlier day than the plan or its last
        version, and where nothing has changed since that.
        """
        with self._desk.transaction() as session:
            plan = find(session, ImprovementPlan, plan_id)
            fault = findings_fault(open_findings(session, self._desk, plan.setting_id))
            if fault:
                what = message("Add an action for each of them, then agree the plan.")
                raise Refused(Code.STEP_REFUSED, fault, what)
            view = plan_view(session, self._desk, plan)
            agreed = as_agreed(plan, view.actions)
            if not agreed.actions:
                what = message("A plan needs at least one action before it can be agreed.")
                raise Refused(Code.BAD_VALUE, what)
            if len(agreed.actions) > MOST_ACTIONS:
                most = message("A plan has at most {n} actions.", n=MOST_ACTIONS)
                raise Refused(Code.BAD_VALUE, most)
            _fits("agreed_with", agreed_with, LONGEST_WITH)
            _require_agreement(plan, agreed, day or self._desk.today())
            fields = {"agreed": msgspec.to_builtins(agreed), "agreed_with": agreed_with.strip()}
            return self._step(session, plan, PlanStatus.AGREED, "", day, fields)

    def end(self, plan_id: str, after: str, reason: str = "", day: date | None = None) -> PlanView:
        """End a plan as met, not met or withdrawn.

        Raises NotFound, or Refused STEP_REFUSED: a plan is met when each of its actions is
        verified or withdrawn, and any other end needs a reason.
        """
        with self._desk.transaction() as session:
            plan = find(session, ImprovementPlan, plan_id)
            if after == PlanStatus.MET:
                actions = plan_view(session, self._desk, plan).actions
                fault = unfinished_fault(action.status for action in actions)
                if fault:
                    what = message("Verify or withdraw the others first, or end it as not met.")
                    raise Refused(Code.STEP_REFUSED, fault, what)
            return self._step(session, plan, after, reason, day, {})

    def reopen(self, plan_id: str, reason: str) -> PlanView:
        """Take a plan up again that ended as met or not met. Raises NotFound, STEP_REFUSED."""
        with self._desk.transaction() as session:
            plan = find(session, ImprovementPlan, plan_id)
            return self._step(session, plan, PlanStatus.AGREED, reason, None, {})

    def add_found(self, plan_id: str) -> PlanView:
        """Raise the suggested action for every finding that asks for one and has none. Raises
        NotFound, or Refused BAD_VALUE for a plan that has ended."""
        with self._desk.reading() as session:
            plan = _open(session, plan_id)
            found = open_findings(session, self._desk, plan.setting_id)
        actions = Actions(self._desk)
        for visit_id in dict.fromkeys(one.visit_id for one in found):
            asked = [one.question for one in found if one.visit_id == visit_id]
            actions.add_suggested(visit_id, asked)
        return self.view(plan_id)

    def tell(
        self,
        action_id: str,
        text: str,
        *,
        side: str = OwnerSide.PROVIDER,
        said_on: date | None = None,
        progress: int | None = None,
        file: str = "",
    ) -> ActionEvent:
        """Note what was said or seen about an action, or how many are done by now. An update stays
        as it was written. `file`: the SHA-256 of the file that it came with.

        Raises NotFound, or Refused BAD_VALUE.
        """
        day = day_that_came(self._desk, said_on, "said_on")
        with self._desk.transaction() as session:
            action = find(session, Action, action_id)
            add_update(session, action, text, side=side, said_on=day, progress=progress, file=file)
            return action_history(session, action)[0]

    def view(self, plan_id: str) -> PlanView:
        """One plan. Raises NotFound."""
        with self._desk.reading() as session:
            return plan_view(session, self._desk, find(session, ImprovementPlan, plan_id))

    def versions(self, plan_id: str) -> list[PlanVersion]:
        """Every version that was agreed, the first one first. Raises NotFound."""
        with self._desk.reading() as session:
            return versions_of(session, find(session, ImprovementPlan, plan_id))

    def progress(self, plan_id: str) -> list[ProgressPoint]:
        """How the plan came along, day by day where something changed. Raises NotFound."""
        with self._desk.reading() as session:
            return progress_of(session, plan_id, self._desk.today())

    def history(self, action_id: str) -> list[ActionEvent]:
        """What was said about an action and done with it, the newest first. Raises NotFound."""
        with self._desk.reading() as session:
            return action_history(session, find(session, Action, action_id))

    def _step(
        self,
        session: Session,
        plan: ImprovementPlan,
        after: str,
        reason: str,
        day: date | None,
        fields: dict[str, Any],
    ) -> PlanView:
        on = day_that_came(self._desk, day)
        fault = None if after == PlanStatus.AGREED else end_day_fault(plan.agreed_on, on)
        if fault:
            raise Refused(Code.STEP_REFUSED, fault, field="day")
        actor = actor_of(self._desk.user(session))
        step = new_step(
            plan, after, actor, self._desk.clock(), day=on, reason=reason, fields=fields
        )
        session.add(step)
        session.flush()
        return plan_view(session, self._desk, plan)

    def list(self, setting_id: str | None = None, *, open_only: bool = False) -> list[PlanLine]:
        """The plans of a setting, or of all, open ones first, then the newest first."""
        conditions = []
        if setting_id is not None:
            conditions.append(ImprovementPlan.setting_id == setting_id)
        if open_only:
            conditions.append(ImprovementPlan.status.in_(OPEN_PLAN_STATUSES))
        with self._desk.reading() as session:
            return plan_lines(session, self._desk.today(), *conditions)


def _open(session: Session, plan_id: str) -> ImprovementPlan:
    plan = find(session, ImprovementPlan, plan_id)
    if plan.status not in OPEN_PLAN_STATUSES:
        raise Refused(Code.BAD_VALUE, message("This plan has ended, so it stays as it is."))
    return plan


def _require_agreement(plan: ImprovementPlan, agreed: AgreedPlan, day: date) -> None:
    values = {name: getattr(plan, name) for name in ("agreed", "agreed_on", "version")}
    drafted_on = plan.created_at.astimezone().date()
    fault = agreement_fault(agreed, day, drafted_on, last_agreement(values))
    if fault:
        raise Refused(Code.STEP_REFUSED, fault, field="day")


def _waiting(setting_id: str) -> Any:
    """The unfinished actions of a setting that belong to no plan."""
    finished = (ActionStatus.VERIFIED, ActionStatus.WITHDRAWN)
    return select(Action).where(
        Action.setting_id == setting_id,
        Action.deleted.is_(False),
        Action.plan_id.is_(None),
        Action.status.not_in(finished),
    )


def _check(plan: ImprovementPlan) -> None:
    texts = {"goal": plan.goal, "provider_people": plan.provider_people or ""}
    check_texts(ImprovementPlan, texts)
    fault = dates_fault(plan.starts_on, plan.ends_on)
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="ends_on")


def _fits(field: str, text: str, longest: int) -> None:
    fault = text_fault(text, longest, field_message(field))
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field=field)
