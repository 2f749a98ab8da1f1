"""The outcome, why it is so, and what would change it."""

from __future__ import annotations

from reportlab.platypus import CondPageBreak, Flowable, Spacer, TableStyle

from forms.rating.outcome import Reason, WouldChange
from visitapp.reports.paper.layout import bullets, heading, subheading
from visitapp.reports.paper.shapes import RAG_WORD, Pill
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
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Layout, Paragraph, Table
from visitapp.reports.visit.subject import Subject
from visitapp.rules.placement import placements

PLACEMENTS = {
    "red": "No new placements unless a senior manager authorises an exception, after a risk "
    "assessment.",
    "amber": "Placements may continue, but there is an issue. Read the open actions before "
    "placing.",
    "green": "Nothing found at this visit limits new placements. A better rating stands once a "
    "team lead approves it.",
    "unrated": "This visit gives no rating, so it changes nothing about placements.",
}
POLARITY = "A higher score is a lower risk."
NO_RATING = (
    "This is an assessment and no visit: the rating that stands for the setting stays as it is."
)
SETS = {
    "contract": (
        "Rates the contract",
        "This visit rates the contract. Placements do not depend on it.",
    ),
    "none": (
        "Does not set the rating",
        "This visit may propose a worse rating to the team lead. It never improves the rating.",
    ),
}
NO_CHANGE = "No change of one answer, or of two together, would lift the outcome."
BEST = "{best} is the best outcome there is."


def outcome(subject: Subject) -> list[Flowable]:
    """The card with the rating, then why, what else was found, and what would change it."""
    found = subject.view.outcome
    story = [*heading("Outcome"), _card(subject), *_results(subject)]
    if found.because:
        story += [*subheading("Why"), *bullets(_reasons(found.because))]
    if found.also:
        story += [*subheading("Also found"), *bullets(_reasons(found.also))]
    if found.overall != "unrated":
        story += [*subheading("What would change it"), *_changes(subject)]
    return [*story, *_glance(subject)]


def _results(subject: Subject) -> list[Flowable]:
    """Each named result with its own rating and reasons."""
    story: list[Flowable] = []
    for result in subject.view.outcome.results:
        percent = "No score" if result.percent is None else f"Score {result.percent}%"
        story += subheading(result.title)
        story.append(Pill(subject.graded_outcome(result), result.rag, size=10))
        story += [Spacer(0, 3), Paragraph(f"{percent}, {result.coverage}% answered", LABEL)]
        story += bullets(_reasons([*result.because, *result.also]))
    return story


def _card(subject: Subject) -> Layout:
    found = subject.view.outcome
    percent = "No score" if found.percent is None else f"Score {found.percent}%"
    rating = [
        Pill(subject.graded_outcome(found), found.overall, size=15),
        Spacer(0, 7),
        Paragraph(percent, VALUE),
        Paragraph(f"{found.coverage}% of the form is answered", LABEL),
    ]
    meaning = _meaning(subject)
    if found.provisional:
        meaning += [Spacer(0, 6), Paragraph(_provisional(subject), BODY)]
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), WASH),
        ("BOX", (0, 0), (-1, -1), 0.8, LINE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 14),
        ("RIGHTPADDING", (0, 0), (-1, -1), 14),
        ("TOPPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 11),
    ]
    left = WIDTH * 0.38
    card = Layout([[rating, meaning]], colWidths=[left, WIDTH - left], cornerRadii=[6] * 4)
    card.setStyle(TableStyle(style))
    return card


def _meaning(subject: Subject) -> list[Flowable]:
    """What the outcome means for placements; of a risk model, how to read its score."""
    overall = subject.view.outcome.overall
    if subject.form.kind == "risk":
        return [
            Paragraph("How to read the score", LABEL),
            Paragraph(POLARITY, STRONG),
            Paragraph(NO_RATING, BODY),
        ]
    if subject.form.sets_rating != "quality":
        title, body = SETS[subject.form.sets_rating]
        return [Paragraph("What it means", LABEL), Paragraph(title, STRONG), Paragraph(body, BODY)]
    return [
        Paragraph("What it means for placements", LABEL),
        Paragraph(safe(placements(overall).position), STRONG),
        Paragraph(PLACEMENTS[overall], BODY),
    ]


def _provisional(subject: Subject) -> str:
    needed = int(subject.form.minimum_coverage)
    if subject.form.kind == "risk" and subject.view.outcome.engine >= 2:
        return (
            f"<b>Little is known.</b> {subject.view.outcome.coverage}% of the model is answered; a "
            f"rating needs {needed}%."
        )
    return (
        f"<b>Provisional.</b> {subject.view.outcome.coverage}% of the form is answered; a firm "
        f"outcome needs {needed}%."
    )


def _reasons(reasons: list[Reason]) -> list[str]:
    return [safe(reason.text) for reason in reasons]


def _changes(subject: Subject) -> list[Flowable]:
    found, levels = subject.view.outcome, subject.form.levels
    if (found.level == levels[0].id) if levels else (found.overall == "green"):
        best = levels[0].label if levels else RAG_WORD["green"]
        return [Paragraph(BEST.format(best=safe(best)), BODY)]
    if not found.would_change:
        return [Paragraph(NO_CHANGE, BODY)]
    return bullets([_change(subject, change) for change in found.would_change])


def _change(subject: Subject, change: WouldChange) -> str:
    parts, asked = [], []
    for answer in change.answers:
        question = subject.form.questions[answer.question]
        scale = question.scale
        value = scale.by_value.get(answer.value) if scale is not None else None
        label = answer.value if value is None else value.label
        parts.append(f"{question.number} becomes <b>{safe(label)}</b>")
        asked.append(f"{question.number} {safe(question.ask)}")
    return (
        f"<b>{safe(subject.graded(change.to, change.level))}</b> if {' and '.join(parts)}"
        f'<br/><font size="8.5" color="#55606E">{"<br/>".join(asked)}</font>'
    )


def _glance(subject: Subject) -> list[Flowable]:
    """Every area with its rating, percentage and coverage."""
    head = [Paragraph(text, COLUMN) for text in ("No.", "Area", "Rating")]
    head += [Paragraph(text, RIGHT) for text in ("Percentage", "Answered")]
    rows: list[list[Flowable]] = [head]
    for area in subject.form.areas:
        found = subject.area(area)
        title = safe(area.title) + (" <font size='8.5'>(critical)</font>" if area.critical else "")
        percent = "\u2013" if found.percent is None else f"{found.percent}%"
        rows.append(
            [
                Paragraph(str(area.number), SMALL),
                Paragraph(title, BODY),
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
    return [CondPageBreak(height + 30), *subheading("The areas"), table]
