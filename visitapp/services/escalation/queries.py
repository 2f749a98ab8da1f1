"""Where settings stand on the ladder, read from the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.records import Contract, Escalation, EscalationNote, Position, Setting, Step
from visitapp.records.ids import escalation_id
from visitapp.rules.escalation.authority import ending_refusal, rank_refusal
from visitapp.rules.escalation.decision import LadderDecision, ladder_decision
from visitapp.rules.escalation.ladder_life import open_rungs
from visitapp.rules.escalation.states import (
    EscalationStatus,
    LadderNoteKind,
    Rung,
    RungOutcome,
    Turn,
)
from visitapp.rules.policy.escalation import EscalationRules, LadderStep
from visitapp.services.context import Desk
from visitapp.services.escalation.views import EntryView, EscalationView, StepView
from visitapp.services.lookup import titles
from visitapp.services.placements.standing import position_of
from visitapp.vocabulary import choice_word, field_word


def values_of(session: Session, setting_id: str) -> dict[str, Any]:
    """The values of a setting's escalation, those of a new one where it was never escalated."""
    row = session.get(Escalation, escalation_id(setting_id))
    life = Escalation.__kind__.lifecycle
    assert life is not None
    if row is None or row.deleted:
        return life.derived.begin({})
    return {name: getattr(row, name) for name in life.derived.fields}


def escalation_view(session: Session, desk: Desk, setting: Setting) -> EscalationView:
    """The whole of a setting's escalation."""
    values, rules = values_of(session, setting.id), desk.policy(session).escalation
    role, today = desk.user(session).role, desk.today()
    steps = tuple(_step_view(values, rule, role, today) for rule in rules.steps)
    entries = sorted(entries_of(session, setting.id, rules), key=lambda one: one[0], reverse=True)
    position = position_of(session, setting.id).position
    defaults = _defaults(session, setting.id)
    return EscalationView(
        setting_id=setting.id,
        setting=setting.name,
        status=values["status"],
        status_word=choice_word(EscalationStatus, values["status"]),
        since=values["since"],
        steps=steps,
        entries=tuple(entry for _, entry in entries),
        waits=tuple(_waits(values, steps, rules, defaults, position)),
        defaults=defaults,
        position=choice_word(Position, position),
        may_stand_down=values["status"] == EscalationStatus.BETWEEN_STEPS
        and ending_refusal(role) is None,
    )


def _step_view(values: dict[str, Any], rule: LadderStep, role: str, today: date) -> StepView:
    known: Mapping[str, Any] = (values["rungs"] or {}).get(rule.id, {})
    state = "waiting"
    if known:
        state = "ended" if known.get("ended_on") else "open"
        state = state if known.get("opened_on") else "skipped"
    days = {name: _day(known.get(name)) for name in ("due_on", "review_on")}
    passed = [day for day in days.values() if day and day < today]
    refusal = rank_refusal_for(rule, role)
    outcome = known.get("outcome")
    return StepView(
        rung=rule.id,
        word=choice_word(Rung, rule.id),
        state=state,
        opened_on=_day(known.get("opened_on")),
        ended_on=_day(known.get("ended_on")),
        outcome=choice_word(RungOutcome, outcome) if outcome else "",
        late=(today - min(passed)).days if passed and state == "open" else 0,
        may=not refusal,
        why_not=refusal,
        by=rule.by,
        **days,
    )


def rank_refusal_for(rule: LadderStep, role: str) -> str:
    """Why a role may not decide on a step; empty when it may."""
    only = EscalationRules(steps=(rule,), defaults_to_consider_termination=1)
    return str(rank_refusal(only, rule.id, role) or "")


def _waits(
    values: dict[str, Any],
    steps: tuple[StepView, ...],
    rules: EscalationRules,
    defaults: int,
    position: Position,
) -> Iterator[str]:
    for step in steps:
        if step.late:
            yield plural(
                "{step}: its date was {n} day ago.",
                "{step}: its date was {n} days ago.",
                step.late,
                step=step.word,
            )
    still = open_rungs(values)
    if Rung.SUSPENSION in still and position != Position.CLOSED:
        yield translate("Suspended, and open to new placements. End the suspension, or close it.")
    if defaults >= rules.defaults_to_consider_termination and Rung.TERMINATION not in still:
        yield plural(
            "{n} default notice so far: termination must be considered.",
            "{n} default notices so far: termination must be considered.",
            defaults,
        )
    if values["status"] == EscalationStatus.BETWEEN_STEPS:
        yield translate("No step is open. Open the next one, or end the escalation.")


def _defaults(session: Session, setting_id: str) -> int:
    """Default notices that were ever served here."""
    return sum(
        decision.turn == Turn.OPENED and decision.rung == Rung.DEFAULT_NOTICE
        for _, decision in decisions_of(session, setting_id)
    )


def decisions_of(session: Session, setting_id: str) -> list[tuple[Step, LadderDecision]]:
    """The decisions that were accepted, in their order."""
    return [(step, found) for step, found in _steps(session, setting_id) if step.accepted]


def _steps(session: Session, setting_id: str) -> list[tuple[Step, LadderDecision]]:
    rows = session.scalars(
        select(Step)
        .where(
            Step.kind == Escalation.__tablename__,
            Step.setting_id == setting_id,
            Step.deleted.is_(False),
        )
        .order_by(Step.created_at, Step.id)
    )
    return [(row, ladder_decision(row.fields["turn"])) for row in rows if "turn" in row.fields]


def entries_of(
    session: Session, setting_id: str, rules: EscalationRules
) -> list[tuple[Any, EntryView]]:
    """Decisions and notes, each with what it is sorted by."""
    steps = _steps(session, setting_id)
    notes = session.scalars(
        select(EscalationNote).where(
            EscalationNote.setting_id == setting_id, EscalationNote.deleted.is_(False)
        )
    ).all()
    makers = [*(step.created_by for step, _ in steps), *(note.created_by for note in notes)]
    names = titles(session, makers)
    numbers = {one.id: one.number for one in session.execute(select(Contract.id, Contract.number))}
    found = []
    for step, decision in steps:
        day = step.day or step.created_at.astimezone().date()
        letter = rules.letter(decision.rung) if decision.rung and step.accepted else None
        opened = decision.turn == Turn.OPENED
        entry = EntryView(
            id=step.id,
            on=day,
            by=names.get(step.created_by, ""),
            rung=decision.rung or "",
            turn=decision.turn,
            title=decision_title(decision),
            lines=tuple(_lines(step, decision, numbers)),
            letter=letter.label if letter and opened else "",
            set_aside=not step.accepted,
        )
        found.append(((day, step.created_at, step.id), entry))
    found += [((n.held_on, n.created_at, n.id), note_view(n, names)) for n in notes]
    return found


def decision_title(decision: LadderDecision) -> str:
    """A decision in a few words: `Suspension opened`."""
    if decision.rung is None:
        return choice_word(Turn, decision.turn)
    step, turn = choice_word(Rung, decision.rung), choice_word(Turn, decision.turn).lower()
    if decision.outcome is not None:
        outcome = choice_word(RungOutcome, decision.outcome).lower()
        return translate("{step} {turn}: {outcome}", step=step, turn=turn, outcome=outcome)
    return translate("{step} {turn}", step=step, turn=turn)


def _lines(step: Step, decision: LadderDecision, numbers: Mapping[str, str]) -> Iterator[str]:
    yield step.reason
    over = ", ".join(choice_word(Rung, one).lower() for one in decision.skipped)
    if over:
        reason = decision.skip_reason
        yield translate("Passed over: {steps}. {reason}", steps=over, reason=reason)
    contract = numbers.get(decision.contract_id or "", "")
    facts = {
        field_word("contract_id"): contract,
        translate("clause"): decision.clause,
        translate("to be put right"): decision.remedy,
        translate("due"): short_day(decision.due_on) if decision.due_on else "",
        translate("review"): short_day(decision.review_on) if decision.review_on else "",
        _supported(decision): decision.support,
        translate("authority"): decision.authority,
    }
    for name, value in facts.items():
        if value:
            yield f"{name[:1].upper()}{name[1:]}: {value}"


def _supported(decision: LadderDecision) -> str:
    loss = decision.rung == Rung.LOSS_OF_PROVIDER
    return translate("commanders") if loss else translate("support from")


def note_view(note: EscalationNote, names: Mapping[str, str]) -> EntryView:
    """A note as an entry."""
    kind, rung = choice_word(LadderNoteKind, note.kind), choice_word(Rung, note.rung)
    with_whom = [translate("With: {whom}", whom=note.with_whom)] if note.with_whom else []
    return EntryView(
        id=note.id,
        on=note.held_on,
        by=names.get(note.created_by, ""),
        rung=note.rung,
        turn="",
        title=f"{kind}: {rung.lower()}",
        lines=(*with_whom, note.text),
        letter="",
        set_aside=False,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
