"""Concerns as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from visitapp.cli.output import columns
from visitapp.dates import short_day
from visitapp.language import plural, translate
from visitapp.rules.choices import ActionStatus
from visitapp.rules.concerns.states import (
    ConcernDecision,
    ConcernKind,
    ConcernSource,
    ConcernStage,
    ConcernStatus,
    Harm,
    Severity,
)
from visitapp.services.concerns.views import (
    ClusterView,
    ConcernRow,
    ConcernView,
    LimitView,
    Trends,
    TrendTable,
)
from visitapp.services.concerns.words import cluster_words, due_words
from visitapp.vocabulary import choice_word


def row_cells(one: ConcernRow) -> tuple[str, ...]:
    """One line of a list."""
    return (
        one.id,
        one.received_at.astimezone().date().isoformat(),
        one.setting,
        choice_word(ConcernKind, one.kind),
        one.severity,
        one.title,
        choice_word(ConcernStatus, one.status),
        due_words(one) + (translate(" (restricted)") if one.restricted else ""),
    )


def concern_lines(one: ConcernView, themes: Mapping[str, str]) -> Iterator[str]:
    """A concern with everything that is known of it."""
    row = one.row
    kind = choice_word(ConcernKind, row.kind)
    yield translate("{kind}, {setting}: {id}", kind=kind, setting=row.setting, id=row.id)
    facts = [
        (translate("Title"), row.title),
        (translate("What was said"), one.text),
        (translate("State"), choice_word(ConcernStatus, row.status)),
        (translate("Severity"), choice_word(Severity, row.severity)),
        (translate("Themes"), ", ".join(themes.get(theme, theme) for theme in row.themes)),
        (translate("Person"), row.person),
        (translate("Source"), choice_word(ConcernSource, row.source)),
        (translate("Received"), short_day(row.received_at.astimezone().date())),
        (translate("Happened"), short_day(row.happened_on) if row.happened_on else ""),
        (translate("Reference"), row.reference),
        (translate("Logged by"), one.logged_by),
        (translate("Handled by"), row.handler),
        (translate("Restricted to"), ", ".join(one.restricted_to)),
        (translate("Provider's reply"), one.reply),
        (
            translate("Decision"),
            choice_word(ConcernDecision, row.decision) if row.decision else "",
        ),
        (translate("Reason"), one.reason),
        (translate("Lesson"), one.lesson),
        (translate("Harm"), choice_word(Harm, one.harm) if one.harm else ""),
        (translate("Causes"), one.causes),
        (translate("Investigated by"), one.investigator),
        (translate("Learned"), one.learned),
        (translate("Reopened"), str(one.reopened) if one.reopened else ""),
        (translate("Repeats"), one.repeat_of),
        (translate("Repeated by"), "; ".join(one.repeated_by)),
        (translate("Evidence"), "; ".join(piece.title for piece in one.evidence)),
    ]
    for label, text in facts:
        if text:
            yield f"  {label}: {text}"
    for action in one.actions:
        yield "  " + translate(
            "Action: {title}, due {day}, {state}",
            title=action.title,
            day=short_day(action.due_on),
            state=choice_word(ActionStatus, action.status).lower(),
        )
    for limit in one.limits:
        yield f"  {_limit(limit)}"
    for line in one.updates:
        told = translate(" Told: {who}.", who=line.told) if line.told else ""
        yield f"  {line.at.astimezone():%Y-%m-%d %H:%M} {line.by}: {line.text}{told}"


def _limit(limit: LimitView) -> str:
    stage = choice_word(ConcernStage, limit.stage)
    due = short_day(limit.due_on)
    if limit.due_at is not None:
        due = f"{due} {limit.due_at.astimezone():%H:%M}"
    text = translate("{stage}: due {due}", stage=stage, due=due)
    if limit.done:
        text = translate("{text}, done {done}", text=text, done=limit.done)
    if limit.late:
        text = translate("{text}, late", text=text)
    return text if limit.counts else translate("{text}, for information", text=text)


def trend_lines(found: Trends, table: TrendTable) -> Iterator[str]:
    """The figures, then a line for each row of the table."""
    yield translate(
        "{concerns} in {days} days, {before} in the {days} days before.",
        concerns=plural("{n} concern", "{n} concerns", found.count),
        days=found.days,
        before=found.before,
    )
    yield translate(
        "Upheld {upheld} of {decided} decided; closed on time {in_time} of {closed}.",
        upheld=found.upheld,
        decided=found.decided,
        in_time=found.closed_in_time,
        closed=found.closed,
    )
    if found.compliments:
        yield plural("{n} compliment", "{n} compliments", found.compliments)
    if found.per_hundred is not None:
        yield translate("{n} for 100 beds", n=found.per_hundred)
    yield from columns(
        [(one.label, str(one.count), translate("was {n}", n=one.before)) for one in table.rows]
    )


def cluster_lines(clusters: Sequence[ClusterView]) -> Iterator[str]:
    """A sentence for each cluster."""
    for one in clusters:
        yield cluster_words(one)
