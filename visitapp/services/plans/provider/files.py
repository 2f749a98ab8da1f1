"""The provider's side of a plan without a portal: the file that leaves, and what comes back.

The difference is shown before anything is taken, and each row is chosen. What the provider says is
done is their word: it is never verified by a file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.spreadsheet import compound
from visitapp.dates import short_day
from visitapp.errors import BadFile, Code, Refused
from visitapp.language import Message, message, translate
from visitapp.records import (
    Action,
    ActionStatus,
    ActionUpdate,
    ImprovementPlan,
    OwnerSide,
    Setting,
)
from visitapp.services.context import Desk
from visitapp.services.lookup import find
from visitapp.services.permission import actor_of
from visitapp.services.plans.provider.accuracy import new_comments, take_comments
from visitapp.services.plans.provider.columns import (
    HEAD,
    NOT_CONNECTED,
    PROVIDER_FILE,
    UNKNOWN,
    head_of,
)
from visitapp.services.plans.provider.compare import Compared, Here
from visitapp.services.plans.provider.outgoing import (
    agreed_version,
    check_of,
    council_of,
    outgoing,
)
from visitapp.services.plans.provider.views import OutgoingPlan, ReturnedRow, ReturnPreview
from visitapp.services.plans.queries import plan_actions
from visitapp.services.plans.updates import add_update
from visitapp.services.sheets.reading import Table, content_of, table_in
from visitapp.services.views.actions import ActionView
from visitapp.standing.steps import new_step


class ProviderFiles:
    """Files of plans that go to providers, and come back filled in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def outgoing(self, plan_id: str) -> OutgoingPlan:
        """The newest version of a plan as it leaves. Raises NotFound, or Refused BAD_VALUE for a
        plan that is not agreed."""
        with self._desk.reading() as session:
            return outgoing(session, self._desk, find(session, ImprovementPlan, plan_id))

    def preview(self, plan_id: str, path: Path) -> ReturnPreview:
        """What a file says of a plan that is not here yet. Nothing is changed.

        Raises NotFound, Refused BAD_VALUE for a plan that is not agreed, and BadFile for a file
        that is not of this plan and version, or cannot be read.
        """
        data = content_of(path, PROVIDER_FILE)
        if data.startswith(compound.SIGNATURE):
            raise BadFile(
                Code.FILE_UNKNOWN,
                message("An old Excel file (.xls) does not say which of its cells are formulas."),
                message("Save it as .xlsx and choose that file."),
                file=str(path),
            )
        table = table_in(data, path, PROVIDER_FILE)
        sha256 = hashlib.sha256(data).hexdigest()
        with self._desk.reading() as session:
            plan = find(session, ImprovementPlan, plan_id)
            head = head_of(table.above)
            fault = self._not_this(session, plan, head)
            if fault:
                raise BadFile(Code.FILE_UNKNOWN, *fault, file=str(path))
            here = self._here(session, plan, head["check"], sha256)
            setting = session.get_one(Setting, plan.setting_id).name
            comments = new_comments(session, plan.id, data, path)
        compared = Compared(table, here)
        compared.notes += comments.notes
        found = _preview(path, sha256, plan, setting, table, compared)
        return replace(found, comments=comments.found, faults=[*found.faults, *comments.faults])

    def take(
        self, preview: ReturnPreview, rows: Collection[int], comments: Collection[int] = ()
    ) -> int:
        """Take what a preview shows of these rows, and these comments, all or none; gives how many.

        Raises Refused BAD_VALUE when nothing is chosen, or where something changed since.
        """
        chosen = [one for one in preview.changes if one.row in rows]
        said = [one for one in preview.comments if one.row in comments]
        if not chosen and not said:
            raise Refused(Code.BAD_VALUE, message("Choose at least one row."), field="rows")
        with self._desk.transaction() as session:
            plan = find(session, ImprovementPlan, preview.plan_id)
            here = self._here(session, plan, "", preview.sha256)
            for one in chosen:
                now = here.actions.get(one.action_id)
                same = now is not None and _stands(now) == (one.status, one.progress_before)
                if plan.version != preview.version or not same or one.action_id in here.taken:
                    raise Refused(
                        Code.BAD_VALUE,
                        message(
                            "Action {n} has changed since the file was read. Nothing was taken.",
                            n=one.number,
                        ),
                        message("Choose the file again."),
                    )
                self._take(session, one, preview.sha256)
            if said:
                take_comments(session, plan, said, self._desk.today(), preview.sha256)
        return len(chosen) + len(said)

    def _take(self, session: Session, one: ReturnedRow, sha256: str) -> None:
        action = find(session, Action, one.action_id)
        today = self._desk.today()
        words = one.words
        if not words and one.progress is None and one.done_on is not None:
            words = translate("Done on {day}.", day=short_day(one.done_on))
        add_update(
            session,
            action,
            words,
            side=OwnerSide.PROVIDER,
            said_on=today,
            progress=one.progress,
            file=sha256,
        )
        if one.done_on is not None:
            actor = actor_of(self._desk.user(session))
            clock = self._desk.clock()
            session.add(new_step(action, ActionStatus.DONE, actor, clock, day=one.done_on))
        session.flush()

    def _here(self, session: Session, plan: ImprovementPlan, check: str, sha256: str) -> Here:
        version = agreed_version(plan)
        actions = {one.id: one for one in plan_actions(session, self._desk.today(), plan)}
        told: dict[str, set[str]] = {}
        taken: set[str] = set()
        updates = session.execute(
            select(ActionUpdate.action_id, ActionUpdate.text, ActionUpdate.file).where(
                ActionUpdate.action_id.in_(actions),
                ActionUpdate.file != "",
                ActionUpdate.deleted.is_(False),
            )
        )
        for action_id, text, file in updates:
            told.setdefault(action_id, set()).add(text)
            if file == sha256:
                taken.add(action_id)
        return Here(
            check=check,
            version=version,
            actions=actions,
            told=told,
            taken=taken,
            today=self._desk.today(),
        )

    def _not_this(
        self, session: Session, plan: ImprovementPlan, head: dict[str, str]
    ) -> tuple[Message, Message] | None:
        """Why a file with these lines above its table is not of this plan's version."""
        version = agreed_version(plan)
        if head.keys() != HEAD.keys():
            return UNKNOWN[0], message(
                "The lines above the table that say which plan it is are needed too."
            )
        mine = council_of(session, self._desk)
        if head["council"] != mine and NOT_CONNECTED not in (head["council"], mine):
            return (
                message("This file was sent by another council."),
                message("Nothing was taken."),
            )
        if head["plan"] != plan.id:
            return _of_another_plan(session, head["plan"]), message("Nothing was taken.")
        if head["version"] != str(plan.version):
            return message(
                "This file is of version {n} of the plan. Version {now} was agreed on {day}.",
                n=head["version"][:10],
                now=plan.version,
                day=short_day(plan.agreed_on) if plan.agreed_on else "",
            ), message("Send the provider the file of that version. Nothing was taken.")
        if head["check"] != check_of(head["council"], plan, version):
            return message(
                "The lines above the table that say which plan and version it is were changed."
            ), message("Ask the provider for the file as you sent it, filled in.")
        return None


def _of_another_plan(session: Session, plan_id: str) -> Message:
    other = session.get(ImprovementPlan, plan_id[:36])
    if other is None or other.deleted:
        return message("This file is of another plan, which is not on this device.")
    return message(
        "This file is of another plan: “{goal}”, {setting}.",
        goal=other.goal,
        setting=session.get_one(Setting, other.setting_id).name,
    )


def _stands(action: ActionView) -> tuple[str, int | None]:
    return action.status, action.progress


def _preview(
    path: Path,
    sha256: str,
    plan: ImprovementPlan,
    setting: str,
    table: Table,
    compared: Compared,
) -> ReturnPreview:
    return ReturnPreview(
        file=str(path),
        sha256=sha256,
        plan_id=plan.id,
        setting=setting,
        version=plan.version,
        rows=len(table.rows),
        changes=compared.changes,
        faults=compared.faults,
        notes=compared.notes,
        taken=compared.taken,
    )
