"""The outcome, why it is so, and what would change it."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import CondPageBreak, Flowable, Spacer, TableStyle

from forms.rating.outcome import Reason, ResultOutcome, WouldChange
from visitapp.dates import short_day
from visitapp.language import both, message, translate
from visitapp.reports.paper.layout import bullets, heading, part, subheading
from visitapp.reports.paper.shapes import Pill
from visitapp.reports.paper.styles import (
    BODY,
    COLUMN,
    LABEL,
    LINE,
    PAGE_HEIGHT,
    RIGHT,
    SMALL,
    STRONG,
    VALUE,
    WASH,
    WIDTH,
)
from visitapp.reports.paper.text import FORM_LANGUAGE, safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, Table
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import Rag
from visitapp.services.visits.blind import hidden_line
from visitapp.services.visits.sign_off.override_views import override_line
from visitapp.vocabulary import choice_word

PLACEMENTS = {
    "red": message(
        "A Red rating that stands closes the setting to new placements at once, until a senior "
        "manager decides."
    ),
    "amber": message(
        "An Amber rating asks for a decision: placements continue on a condition in words."
    ),
    "green": message(
        "Nothing found at this visit limits new placements. A better rating stands once a "
        "team lead approves it."
    ),
    "unrated": message("This visit gives no rating, so it changes nothing about placements."),
}
POLARITY = message("A higher score is a lower risk.")
NO_RATING = message("This is an assessment, not a visit. The setting's rating does not change.")
SETS = {
    "contract": (
        message("Rates the contract"),
        message("This visit rates the contract. Placements do not depend on it."),
    ),
    "none": (
        message("Does not set the rating"),
        message(
            "This visit may propose a worse rating to the team lead. It never improves the rating."
        ),
    ),
}
_FIRST_REASONS = 2
NO_CHANGE = message("No change to one answer, or to two together, would improve the outcome.")


def outcome(subject: Subject) -> list[Flowable]:
    """The card with the rating, what it means, the first reasons, and what would change it."""
    if subject.view.hidden:
        return [*part(translate("Outcome")), Paragraph(hidden_line(), BODY)]
    return [*part(translate("Outcome")), _card(subject), *_overrides(subject)]


def why(subject: Subject) -> list[Flowable]:
    """Every reason, what else was found, what would change the outcome, and each area; nothing
    while the outcome is hidden."""
    if subject.view.hidden:
        return []
    found = subject.view.outcome
    story = [*heading(translate("Why this outcome")), *_results(subject)]
    if found.because:
        story += bullets(_reasons(found.because))
    if found.also:
        story += [*subheading(translate("Also found")), *bullets(_reasons(found.also))]
    if found.overall != "unrated":
        story += [*subheading(translate("What would change it")), *_changes(subject)]
    return [*story, *_glance(subject)]


def _overrides(subject: Subject) -> list[Flowable]:
    """Both ratings, where an officer holds another one right than the outcome."""
    lines = [safe(override_line(one)) for one in subject.view.outcome_overrides]
    return [*subheading(translate("Override")), *bullets(lines)] if lines else []


def _results(subject: Subject) -> list[Flowable]:
    """Each named result with its own rating and reasons."""
    story: list[Flowable] = []
    for result in subject.view.outcome.results:
        story += subheading(result.title)
        story.append(Pill(subject.graded_outcome(result), result.rag, size=10))
        story += [Spacer(0, 3), Paragraph(_score_and_coverage(result), LABEL)]
        story += bullets(_reasons([*result.because, *result.also]))
    return story


def _score(percent: int | None) -> str:
    return translate("No score") if percent is None else translate("Score {n}%", n=percent)


def _answered(coverage: int) -> str:
    return translate("{n}% of the form was checked", n=coverage)


def _score_and_coverage(result: ResultOutcome) -> str:
    checked = translate("{coverage}% checked", coverage=result.coverage)
    return f"{_score(result.percent)}, {checked}"


def _card(subject: Subject) -> Layout:
    found = subject.view.outcome
    rating = [
        Pill(subject.graded_outcome(found), found.overall, size=15),
        Spacer(0, 7),
        Paragraph(_score(found.percent), VALUE),
        Paragraph(_answered(found.coverage), LABEL),
    ]
    meaning = _meaning(subject)
    if found.provisional:
        meaning += [Spacer(0, 6), Paragraph(_provisional(subject), BODY)]
    if short := _in_short(subject):
        meaning += [Spacer(0, 6), Paragraph(short, BODY)]
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), WASH),
        ("BOX", (0, 0), (-1, -1), 0.8, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 8),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 9),
    ]
    left = WIDTH * 0.3
    card = Layout([[rating, meaning]], colWidths=[left, WIDTH - left], cornerRadii=[6] * 4)
    card.setStyle(TableStyle(style))
    return card


def _in_short(subject: Subject) -> str:
    """The first reasons and the first change in a few lines."""
    found = subject.view.outcome
    reasons = " ".join(_reasons(found.because[:_FIRST_REASONS]))
    changes = [_told(subject, change) for change in found.would_change[:1]]
    return " ".join([reasons, *(f"{told}." for told in changes)]).strip()


def _meaning(subject: Subject) -> list[Flowable]:
    """What the outcome means for placements; of a risk model, how to read its score."""
    overall = subject.view.outcome.overall
    if subject.form.kind == "risk":
        return [
            Paragraph(translate("How to read the score"), LABEL),
            Paragraph(str(POLARITY), STRONG),
            Paragraph(str(NO_RATING), BODY),
        ]
    if subject.form.sets_rating != "quality":
        title, body = SETS[subject.form.sets_rating]
        return [
            Paragraph(translate("What it means"), LABEL),
            Paragraph(str(title), STRONG),
            Paragraph(str(body), BODY),
        ]
    printed = short_day(subject.printed_at.date())
    note = safe(subject.view.placements_note) or str(PLACEMENTS[overall])
    return [
        Paragraph(translate("New placements, decided as of {day}", day=printed), LABEL),
        Paragraph(safe(subject.view.placements), STRONG),
        Paragraph(note, BODY),
    ]


def _provisional(subject: Subject) -> str:
    needed = int(subject.form.minimum_coverage)
    if subject.form.kind == "risk" and subject.view.outcome.engine >= 2:
        return translate(
            "<b>Little is known.</b> {coverage}% of the model was checked; a rating needs "
            "{needed}%.",
            coverage=subject.view.outcome.coverage,
            needed=needed,
        )
    return translate(
        "<b>Provisional.</b> {coverage}% of the form was checked; a firm outcome needs {needed}%.",
        coverage=subject.view.outcome.coverage,
        needed=needed,
    )


def _reasons(reasons: list[Reason]) -> list[str]:
    return [safe(reason.text) for reason in reasons]


def _changes(subject: Subject) -> list[Flowable]:
    found, levels = subject.view.outcome, subject.form.levels
    if (found.level == levels[0].id) if levels else (found.overall == "green"):
        best = levels[0].label if levels else choice_word(Rag, Rag.GREEN)
        return [Paragraph(translate("{best} is the best possible outcome.", best=safe(best)), BODY)]
    if not found.would_change:
        return [Paragraph(str(NO_CHANGE), BODY)]
    return bullets([_change(subject, change) for change in found.would_change])


def _change(subject: Subject, change: WouldChange) -> str:
    questions = [subject.form.questions[answer.question] for answer in change.answers]
    asked = [f"{one.number} {safe(one.ask)}" for one in questions]
    below = "<br/>".join(asked)
    return f'{_told(subject, change)}<br/><font size="8.5" color="#55606E">{below}</font>'


def _told(subject: Subject, change: WouldChange) -> str:
    """`Amber if 2.4 becomes Met`."""
    parts = []
    for answer in change.answers:
        question = subject.form.questions[answer.question]
        scale = question.scale
        value = scale.by_value.get(answer.value) if scale is not None else None
        label = answer.value if value is None else value.label
        parts.append(
            translate(
                "{number} becomes {label}",
                number=question.number,
                label=f"<b>{safe(label)}</b>",
            )
        )
    return translate(
        "{outcome} if {changes}",
        outcome=f"<b>{safe(subject.graded(change.to, change.level))}</b>",
        changes=both(parts),
    )


def _glance(subject: Subject) -> list[Flowable]:
    """Every area with its rating, percentage and coverage."""
    left = (translate("No."), translate("Area"), translate("Rating"))
    right = (translate("Percentage"), translate("Checked"))
    head = [Paragraph(text, COLUMN) for text in left]
    head += [Paragraph(text, RIGHT) for text in right]
    rows: list[list[Any]] = [head]
    for area in subject.form.areas:
        found = subject.area(area)
        title = [Paragraph(safe(area.title), BODY, language=FORM_LANGUAGE)]
        if area.critical:
            title.append(Paragraph(translate("critical"), LABEL))
        percent = "\u2013" if found.percent is None else f"{found.percent}%"
        rows.append(
            [
                Paragraph(str(area.number), SMALL),
                title,
                Pill(subject.graded(found.rag, found.level), found.rag, size=8),
                Paragraph(percent, RIGHT),
                Paragraph(f"{found.coverage}%", RIGHT),
            ]
        )
    style = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 6),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
    ]
    rating = 165 if subject.form.levels else 90
    widths = [26, WIDTH - 26 - rating - 70 - 62, rating, 70, 62]
    table = Table(rows, colWidths=widths, repeatRows=1, style=TableStyle(style))
    height: float = table.wrap(WIDTH, PAGE_HEIGHT)[1]
    return [CondPageBreak(height + 30), *subheading(translate("The areas")), table]
