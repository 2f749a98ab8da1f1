"""Reading concerns: the rows of lists, one concern whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from visitapp.language import translate
from visitapp.records import Concern, ConcernUpdate, Provider, Setting, Step
from visitapp.rules.concerns.clocks import Limit, LimitReader, next_limit
from visitapp.rules.concerns.states import (
    OPEN_CONCERNS,
    ConcernKind,
    ConcernStage,
    ConcernStatus,
    UpdateKind,
)
from visitapp.rules.concerns.themes import themes_of
from visitapp.rules.policy.model import Policy
from visitapp.rules.text import folded
from visitapp.services.concerns.tied import links_of
from visitapp.services.concerns.views import (
    ConcernFilter,
    ConcernRow,
    ConcernUpdateView,
    ConcernView,
    LimitView,
)
from visitapp.services.concerns.words import step_words
from visitapp.services.lookup import titles

_WEEK = 7

STATES: Mapping[str, Callable[[ConcernRow, date], bool]] = {
    "open": lambda row, today: row.status in OPEN_CONCERNS,
    "late": lambda row, today: row.late,
    "due": lambda row, today: (
        row.next_due is not None and not row.late and row.next_due <= today + timedelta(_WEEK)
    ),
    "unacknowledged": lambda row, today: row.next_stage == ConcernStage.ACKNOWLEDGED,
    "safeguarding": lambda row, today: (
        row.kind == ConcernKind.SAFEGUARDING and row.status in OPEN_CONCERNS
    ),
    "closed": lambda row, today: row.status == ConcernStatus.CLOSED,
    "all": lambda row, today: True,
}
"""Which concerns a state of a list has, today."""

_COLUMNS = (
    *(Concern.id, Concern.setting_id, Concern.kind, Concern.source, Concern.severity),
    *(Concern.themes, Concern.title, Concern.person, Concern.received_at, Concern.happened_on),
    *(Concern.status, Concern.decision, Concern.restricted_to, Concern.handler_id),
    *(Concern.reference, Concern.reached),
    Setting.name.label("setting"),
    Setting.provider_id,
    Provider.name.label("provider"),
)
_ROWS: Select[Any] = (
    select(*_COLUMNS)
    .join(Setting, Setting.id == Concern.setting_id)
    .outerjoin(Provider, Provider.id == Setting.provider_id)
    .where(Concern.deleted.is_(False))
)


def concern_rows(
    session: Session, wanted: ConcernFilter, policy: Policy, now: datetime
) -> list[ConcernRow]:
    """The concerns of a list: what is due first comes first, then the newest."""
    statement = _ROWS
    if wanted.setting_id is not None:
        statement = statement.where(Concern.setting_id == wanted.setting_id)
    if wanted.provider_id is not None:
        statement = statement.where(Setting.provider_id == wanted.provider_id)
    if wanted.kind:
        statement = statement.where(Concern.kind == wanted.kind)
    if wanted.theme:
        statement = statement.where(Concern.themes.contains(wanted.theme, autoescape=True))
    if wanted.state == "closed":
        statement = statement.where(Concern.status == ConcernStatus.CLOSED)
    elif wanted.state != "all":
        statement = statement.where(Concern.status != ConcernStatus.CLOSED)
    newest_first = statement.order_by(Concern.received_at.desc(), Concern.id)
    found = session.connection().execute(newest_first).all()
    names = titles(session, {one.handler_id for one in found})
    reader = _reader(policy)
    rows = (_row(one, names, reader, now) for one in found)
    belongs, today, needle = STATES[wanted.state], now.astimezone().date(), folded(wanted.text)
    kept = [row for row in rows if belongs(row, today) and _is_found(row, wanted, needle)]
    return sorted(kept, key=lambda row: row.next_due or date.max)


def concern_view(session: Session, concern: Concern, policy: Policy, now: datetime) -> ConcernView:
    """One concern with its limits, its updates and its steps."""
    found = session.execute(_ROWS.where(Concern.id == concern.id)).one()
    reader = _reader(policy)
    limits = _limits(reader, concern.kind, concern.severity, concern.received_at, concern.reached)
    steps = list(session.scalars(_steps(concern.id)))
    updates = list(session.scalars(_updates(concern.id)))
    people = {step.created_by for step in steps} | {one.created_by for one in updates}
    names = titles(session, {concern.created_by, concern.handler_id, *people})
    decided = [step.reason for step in steps if step.after == ConcernStatus.DECIDED]
    lines = [_update_line(one, names) for one in updates] + [_step_line(s, names) for s in steps]
    return ConcernView(
        row=_row(found, names, reader, now),
        text=concern.text,
        logged_by=names.get(concern.created_by, ""),
        visit_id=concern.visit_id,
        question=concern.question or "",
        reply=concern.reply or "",
        reason=decided[-1] if decided and concern.decision else "",
        lesson=concern.lesson or "",
        harm=concern.harm or "",
        causes=concern.causes or "",
        investigator=concern.investigator or "",
        learned=concern.learned or "",
        checked_visit_id=concern.checked_visit_id or "",
        reopened=concern.reopened_count,
        restricted_to=themes_of(concern.restricted_to or ""),
        **links_of(session, concern),
        limits=[_limit_view(limit, now) for limit in limits],
        updates=sorted(lines, key=lambda line: line.at),
    )


def _row(
    found: Row[Any], names: Mapping[str, str], reader: LimitReader, now: datetime
) -> ConcernRow:
    values: tuple[Any, ...] = tuple(found)
    id_, setting_id, kind, source, severity, themes, title, person, *others = values
    received_at, happened_on, status, decision, restricted_to, handler_id, *last = others
    reference, reached, setting, provider_id, provider = last
    due = None
    if status != ConcernStatus.CLOSED:
        due = next_limit(_limits(reader, kind, severity, received_at, reached))
    return ConcernRow(
        id=id_,
        setting_id=setting_id,
        setting=setting,
        provider_id=provider_id,
        provider=provider or "",
        kind=kind,
        source=source,
        severity=severity,
        themes=themes_of(themes),
        title=title,
        person=person or "",
        received_at=received_at,
        happened_on=happened_on,
        status=status,
        decision=decision or "",
        restricted=restricted_to is not None,
        handler=names.get(handler_id, "") if handler_id else "",
        reference=reference,
        next_stage=due.stage if due else "",
        next_due=due.due_on if due else None,
        late=due is not None and due.is_late(now),
    )


def _reader(policy: Policy) -> LimitReader:
    return LimitReader(policy.concerns, policy.working_days.days())


def _limits(
    reader: LimitReader,
    kind: str,
    severity: str,
    received_at: datetime,
    reached: Mapping[str, str] | None,
) -> list[Limit]:
    return reader.limits(kind, severity, received_at, reached or {})


def _is_found(row: ConcernRow, wanted: ConcernFilter, needle: str) -> bool:
    if wanted.theme and wanted.theme not in row.themes:
        return False
    texts = (row.title, row.setting, row.provider, row.person, row.reference)
    return not needle or any(needle in folded(text) for text in texts)


def _limit_view(limit: Limit, now: datetime) -> LimitView:
    return LimitView(
        id=limit.id,
        stage=limit.stage,
        due_on=limit.due_on,
        due_at=limit.due_at,
        done=limit.done,
        late=limit.is_late(now),
        counts=limit.counts,
    )


def _steps(concern_id: str) -> Select[Step]:
    return (
        select(Step)
        .where(Step.kind == Concern.__tablename__, Step.record_id == concern_id, Step.accepted)
        .order_by(Step.created_at)
    )


def _updates(concern_id: str) -> Select[ConcernUpdate]:
    return select(ConcernUpdate).where(ConcernUpdate.concern_id == concern_id)


def _update_line(update: ConcernUpdate, names: Mapping[str, str]) -> ConcernUpdateView:
    return ConcernUpdateView(
        at=update.created_at,
        by=names.get(update.created_by, ""),
        kind=update.kind,
        text=(
            translate("Answered by an action: {action}", action=update.text)
            if update.kind == UpdateKind.ACTION
            else update.text
        ),
        told=update.told,
    )


def _step_line(step: Step, names: Mapping[str, str]) -> ConcernUpdateView:
    text = step_words(step)
    said = f"{text} {step.reason}" if step.reason else text
    return ConcernUpdateView(
        at=step.created_at, by=names.get(step.created_by, ""), kind=UpdateKind.NOTE, text=said
    )
