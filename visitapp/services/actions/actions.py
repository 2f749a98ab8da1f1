"""Improvement actions: raise one, keep it up to date, list them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from visitapp.errors import Code, Refused
from visitapp.language import either, message
from visitapp.records import Action, ActionStatus, Evidence, OwnerSide, Priority, Setting, Visit
from visitapp.rules.action_life import ACTION, OPEN_STATUSES, due_date_fault
from visitapp.rules.lifecycle import Need
from visitapp.rules.plans.counted import target_fault
from visitapp.rules.policy.authority import is_left_to
from visitapp.services.actions.queries import action_views
from visitapp.services.actions.raising import at_visit, raise_action
from visitapp.services.actions.suggesting import Suggesting
from visitapp.services.holders.places import places
from visitapp.services.lookup import check_question, check_texts, find
from visitapp.services.permission import actor_of
from visitapp.services.views.actions import ActionView, action_facets
from visitapp.services.views.facets import narrowed
from visitapp.standing.steps import new_step
from visitapp.vocabulary import field_message


class PlanFields(TypedDict, total=False):
    """What a plan says of an action. `target` None: its progress is not counted."""

    owner_side: str
    theme: str
    success_measure: str
    target: int | None


class ActionChanges(PlanFields, total=False):
    """The fields of an action that a person changes."""

    title: str
    detail: str
    owner: str
    priority: str
    due_on: date
    status: str


class Actions(Suggesting):
    """What a person can do with actions. They live on after their visit is signed off."""

    def add(
        self,
        visit_id: str | None,
        setting_id: str | None,
        title: str,
        due_on: date,
        priority: str = Priority.MEDIUM,
        owner: str = "",
        question: str = "",
        detail: str = "",
        **planned: Unpack[PlanFields],
    ) -> ActionView:
        """Raise an action from a visit (whose setting it takes) or on a setting.

        It joins the open plan of the setting. Where an earlier visit found the same thing, it is
        that visit's action that is raised again. Raises NotFound, or Refused(BAD_VALUE) for a due
        date, priority or text that cannot be.
        """
        changes = ActionChanges(
            title=title.strip(), due_on=due_on, priority=priority, owner=owner, detail=detail
        )
        _check(changes)
        _check_planned(planned)
        with self._desk.transaction() as session:
            self._check_theme(session, planned.get("theme", ""))
            visit = find(session, Visit, visit_id) if visit_id else None
            if visit is not None and question:
                check_question(self._desk.form_of(visit), question)
            setting = find(session, Setting, visit.setting_id if visit else setting_id or "")
            action = Action(
                setting_id=setting.id,
                visit_id=visit.id if visit else None,
                question=question,
                title=changes["title"],
                detail=detail,
                owner=owner,
                priority=priority,
                first_due_on=due_on,
                **planned,
            )
            return self._view(session, raise_action(session, self._desk, visit, action))

    def update(
        self,
        action_id: str,
        *,
        reason: str = "",
        how: str = "",
        note: str = "",
        evidence_id: str | None = None,
        **changes: Unpack[ActionChanges],
    ) -> ActionView:
        """Change the fields given. A new status or due date is a step, with its reason, and for a
        verified action how it was verified, with a note or evidence.

        Raises NotFound, Refused BAD_VALUE, or Refused STEP_REFUSED; then nothing was changed.
        """
        _check(changes)
        with self._desk.transaction() as session:
            action = find(session, Action, action_id)
            self._check_theme(session, changes.get("theme", ""))
            texts = {n: v for n, v in changes.items() if n not in ("status", "due_on")}
            for name, new in texts.items():
                setattr(action, name, new)
            after, due_on = changes.get("status", action.status), changes.get("due_on")
            moved = due_on is not None and due_on != action.due_on
            if after != action.status or moved:
                if evidence_id:
                    find(session, Evidence, evidence_id)
                fields: dict[str, Any] = {"due_on": due_on} if moved else {}
                if after == ActionStatus.VERIFIED:
                    given = {"how": how, "note": note.strip()}
                    fields |= {name: value for name, value in given.items() if value}
                step = new_step(
                    action,
                    after,
                    actor_of(self._desk.user(session)),
                    self._desk.clock(),
                    day=self._desk.today(),
                    reason=reason,
                    evidence_id=evidence_id,
                    fields=fields,
                )
                session.add(step)
            session.flush()
            return self._view(session, action)

    def view(self, action_id: str) -> ActionView:
        """One action. Raises NotFound."""
        with self._desk.reading() as session:
            return self._view(session, find(session, Action, action_id))

    def next_statuses(self, action_id: str) -> dict[str, frozenset[Need]]:
        """The statuses that the user may choose, the present one first, with the needs of each
        step. Raises NotFound."""
        with self._desk.reading() as session:
            action = find(session, Action, action_id)
            user = self._desk.user(session)
            rules = {after: ACTION.rule(action.status, after) for after in ActionStatus}
            return {
                after: rule.needs if (rule := rules[ActionStatus(after)]) else frozenset()
                for after in ACTION.next_states(action.status, user.role)
                if after == action.status or is_left_to(user.limits, "action", after, user.role)
            }

    def list(
        self,
        setting_id: str | None = None,
        visit_id: str | None = None,
        open_only: bool = False,
        *,
        state: str = "all",
        where: Mapping[str, str] | None = None,
    ) -> list[ActionView]:
        """Actions, the earliest due first; `open_only` leaves out what is done or withdrawn, as the
        state `open` does. `state`: open, overdue, done (to verify) or all. `where`: only those
        with these values, by facet (`views.facets`)."""
        conditions = []
        if setting_id is not None:
            conditions.append(Action.setting_id == setting_id)
        if visit_id is not None:
            conditions.append(at_visit(visit_id))
        if open_only or state in ("open", "overdue"):
            conditions.append(Action.status.in_(OPEN_STATUSES))
        if state == "overdue":
            conditions.append(Action.due_on < self._desk.today())
        if state == "done":
            conditions.append(Action.status == ActionStatus.DONE)
        with self._desk.reading() as session:
            found = action_views(session, self._desk.today(), *conditions, at=places(session))
        return narrowed(found, where or {}, action_facets)

    def one_of_each_setting(self) -> Sequence[ActionView]:
        """An action of every setting that has any."""
        first = select(func.min(Action.id)).where(Action.deleted.is_(False))
        ids = first.group_by(Action.setting_id)
        with self._desk.reading() as session:
            here = places(session)
            return action_views(session, self._desk.today(), Action.id.in_(ids), at=here)

    def themes(self) -> dict[str, str]:
        """The themes that an action may have, by their ids."""
        with self._desk.reading() as session:
            return self._themes(session)

    def _themes(self, session: Session) -> dict[str, str]:
        return {theme.id: theme.label for theme in self._desk.policy(session).themes}

    def _check_theme(self, session: Session, theme: str) -> None:
        if theme:
            _check_word("theme", theme, tuple(self._themes(session)))

    def _view(self, session: Session, action: Action) -> ActionView:
        (view,) = action_views(session, self._desk.today(), Action.id == action.id)
        return replace(view, place=places(session, action.setting_id)[action.setting_id])


def _check(changes: ActionChanges) -> None:
    """Refuse (BAD_VALUE) what an action cannot hold."""
    _check_word("priority", changes.get("priority"), tuple(Priority))
    _check_word("status", changes.get("status"), tuple(ActionStatus))
    _check_planned(changes)
    fault = due_date_fault(changes["due_on"]) if "due_on" in changes else None
    if fault:
        raise Refused(Code.BAD_VALUE, fault)
    texts: dict[str, Any] = dict(changes)
    check_texts(Action, {n: texts[n] for n in _TEXTS if n in texts})


def _check_planned(changes: PlanFields) -> None:
    """Refuse (BAD_VALUE) what a plan cannot say of an action."""
    _check_word("owner_side", changes.get("owner_side"), tuple(OwnerSide))
    target = changes.get("target")
    fault = target_fault(target) if target is not None else None
    if fault:
        raise Refused(Code.BAD_VALUE, fault, field="target")
    if "success_measure" in changes:
        check_texts(Action, {"success_measure": changes["success_measure"]})


_TEXTS = ("title", "detail", "owner")


def _check_word(field: str, word: str | None, known: tuple[str, ...]) -> None:
    if word is not None and word not in known:
        raise Refused(
            Code.BAD_VALUE,
            message(
                "The {field} “{word}” is not {allowed}.",
                field=field_message(field),
                word=word,
                allowed=either(known),
            ),
        )
