"""What the outcome rests on: what was not checked, and who was spoken to."""

from __future__ import annotations

from datetime import date

from reportlab.platypus import Flowable

from forms.model import Area, Question
from visitapp.dates import long_day
from visitapp.language import message, plural, translate
from visitapp.reports.paper.layout import bullets, heading, subheading
from visitapp.reports.paper.styles import BODY
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.subject import Subject, people_words
from visitapp.services.views.form_upgrade import KeptAside
from visitapp.services.wording import SPOKEN_TO, answer_text

ALL_CHECKED = message("Every question that applies here was answered and checked.")
NOBODY = message("No conversations were recorded at this visit.")


def coverage(subject: Subject) -> list[Flowable]:
    """Questions left out, with reasons; the counts of conversations; what was overridden, may be
    counted twice, or was recorded on another version of the form."""
    story = [
        *heading(translate("Basis of the outcome")),
        *subheading(translate("What was not checked")),
    ]
    points = [*_unanswered(subject), *_unchecked(subject), *_excluded(subject)]
    story += bullets(points) if points else [Paragraph(str(ALL_CHECKED), BODY)]
    if any(question.type == "people" for question in subject.form.questions.values()):
        story += [*subheading(translate("Who was spoken to")), *_spoken(subject)]
    parts = (
        (translate("Confirmed unchanged"), _confirmed(subject)),
        (translate("Overridden answers"), _overridden(subject)),
        (translate("Worth a second look"), [safe(warning) for warning in subject.view.warnings]),
        (
            translate("What the answers rest on"),
            [safe(one.text) for one in subject.view.thin_sources],
        ),
        (translate("Answers kept from another version of the form"), _kept_aside(subject)),
    )
    for title, lines in parts:
        if lines:
            story += [*subheading(title), *bullets(lines)]
    return story


def _unanswered(subject: Subject) -> list[str]:
    """One point for each area that has questions without an answer."""
    points = []
    for area in subject.form.areas:
        missing = [
            question.number
            for question in area.questions
            if subject.relevant(question) and not subject.answered(question)
        ]
        if missing:
            points.append(
                f"<b>{translate('Not answered')}</b>, {_title(area)}: {', '.join(missing)}"
            )
    return points


def _unchecked(subject: Subject) -> list[str]:
    points = []
    for question in _asked(subject):
        given = subject.given(question)
        if given is not None and given.unchecked:
            points.append(f"<b>{safe(given.label)}</b>, {_line(subject, question)}")
    return points


def _confirmed(subject: Subject) -> list[str]:
    """How many answers were confirmed as they were, for each day that they are from."""
    found: dict[date, list[str]] = {}
    for question in _asked(subject):
        answer = subject.answer(question)
        if answer is not None and answer.confirmed_from is not None:
            found.setdefault(answer.confirmed_from, []).append(question.number)
    return [
        plural(
            "{n} answer was found as it was on {day}: {numbers}.",
            "{n} answers were found as they were on {day}: {numbers}.",
            len(numbers),
            day=long_day(day),
            numbers=", ".join(numbers),
        )
        for day, numbers in sorted(found.items())
    ]


def _excluded(subject: Subject) -> list[str]:
    points = []
    for question in _asked(subject):
        given = subject.given(question)
        if given is not None and given.excluded:
            points.append(f"<b>{safe(given.label)}</b>, {_line(subject, question)}")
    return points


def _spoken(subject: Subject) -> list[Flowable]:
    total = dict.fromkeys(SPOKEN_TO, 0)
    for question in _asked(subject):
        answer = subject.answer(question)
        if question.type == "people" and answer is not None and isinstance(answer.value, dict):
            for group in total:
                total[group] += answer.value.get(group) or 0
    if not any(total.values()):
        return [Paragraph(str(NOBODY), BODY)]
    talks = plural("{n} conversation", "{n} conversations", sum(total.values()))
    return [Paragraph(f"{talks}: {people_words(total)}.", BODY)]


def _overridden(subject: Subject) -> list[str]:
    """Each answer that stands in place of the records', with the reason."""
    points = []
    for one in subject.view.overridden:
        question = subject.form.questions[one.question]
        stands = safe(answer_text(question, {"value": one.value}))
        said = safe(answer_text(question, {"value": one.filled.value}))
        points.append(
            translate(
                "{question} {stands} instead of {said}. Reason: {reason}",
                question=f"{question.number} {safe(question.ask)}",
                stands=f"<b>{stands}</b>",
                said=said,
                reason=safe(one.reason or translate("none was given.")),
            )
        )
    return points


def _kept_aside(subject: Subject) -> list[str]:
    return [_kept(kept) for kept in subject.view.kept_aside]


def _kept(kept: KeptAside) -> str:
    """`1.4 Is it dry? Met. In June. Not counted: this version does not ask this question.`"""
    why = translate("Not counted: this version needs a different kind of answer.")
    if kept.why == "gone":
        why = translate("Not counted: this version does not ask this question.")
    recorded = [kept.answer, kept.note, kept.reason, *kept.evidence]
    asked = safe(f"{kept.number} {kept.ask}".strip() or kept.question)
    told = "; ".join(safe(part) for part in recorded if part)
    return f"{asked} <b>{told}</b> {why}"


def _asked(subject: Subject) -> list[Question]:
    return [question for question in subject.form.questions.values() if subject.relevant(question)]


def _title(area: Area) -> str:
    return f"{area.number} {safe(area.title)}"


def _line(subject: Subject, question: Question) -> str:
    answer = subject.answer(question)
    reason = safe(answer.reason) if answer is not None else ""
    ask = f"{question.number} {safe(question.ask)}"
    return f"{ask} {reason or translate('No reason was given.')}"
