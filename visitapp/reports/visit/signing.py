"""The end: who signed, what the team lead decided, and by which rules the visit was rated."""

from __future__ import annotations

from fractions import Fraction

from reportlab.platypus import Flowable, KeepTogether, Spacer

from forms.levels import label_of
from forms.model import Band, Form, OverallRule
from visitapp.reports.paper.layout import bullets, facts, heading, typed
from visitapp.reports.paper.shapes import RAG_WORD
from visitapp.reports.paper.styles import BODY, SMALL, STRONG, WIDTH
from visitapp.reports.paper.text import counted, listed, moment, safe, words
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.subject import Subject
from visitapp.services.views.visits import ReviewView

NO_REVIEW = "The team lead has not reviewed this visit yet."


def signing(subject: Subject) -> list[Flowable]:
    """Sign-off, reviews, and how the rating was made."""
    return [*_signed(subject), *_reviews(subject), *_conventions(subject)]


def _signed(subject: Subject) -> list[Flowable]:
    view = subject.view
    at = view.summary.signed_off_at
    if not subject.signed or at is None:
        missing = len(view.needs)
        text = "<b>Not signed off.</b> " + (
            f"{counted(missing, 'thing')} must be completed first."
            if missing
            else "Nothing is missing; it can be signed off."
        )
        return [*heading("Sign-off"), Paragraph(text, BODY)]
    who = view.signed_off_by or view.summary.officer
    pairs = [("Signed off by", who), ("Signed off on", moment(at, subject.zone))]
    return [*heading("Sign-off", room=170), facts(pairs, columns=2)]


def _reviews(subject: Subject) -> list[Flowable]:
    reviews = subject.view.reviews
    if not reviews:
        waits = subject.signed and subject.what == "visit"
        return [Paragraph(NO_REVIEW, BODY)] if waits else []
    story: list[Flowable] = []
    for review in sorted(reviews, key=lambda review: review.at):
        story += _review(subject, review)
    return story


def _review(subject: Subject, review: ReviewView) -> list[Flowable]:
    when = moment(review.at, subject.zone)
    decided = Paragraph(f"{words(review.decision)} by {safe(review.by)} on {when}", STRONG)
    return [decided, *typed(review.comment, BODY, WIDTH), Spacer(0, 4)]


def _conventions(subject: Subject) -> list[Flowable]:
    form = subject.form
    points = [
        *_levels(form),
        _bands(form, form.bands),
        *_result_bands(form),
        *[_rule(form, rule) for rule in form.rules],
        *_critical(form),
        f"An outcome is provisional while less than {_number(form.minimum_coverage)}% of the form "
        "is answered.",
        "An answer that does not apply leaves the calculation. One that was not checked, or not "
        "given, has no score and lowers what counts as answered.",
        "Percentages are compared with the bands before rounding, and printed rounded down.",
    ]
    source = (
        f"Form {safe(form.id)}, version {safe(form.version)}, digest {form.digest}. "
        f"{subject.what.capitalize()} {safe(subject.view.summary.id)}. "
        f"Printed on {moment(subject.printed_at, subject.zone)}."
    )
    story = [*heading("How this was rated"), *bullets(points), Spacer(0, 6)]
    return [KeepTogether([*story, Paragraph(source, SMALL)])]


def _bands(form: Form, bands: tuple[Band, ...], of: str = "") -> str:
    parts = [
        f"{safe(label_of(form, band.result))} from {_number(band.start)}%"
        for band in sorted(bands, key=lambda band: band.start, reverse=True)
    ]
    return f"{of or 'By percentage'}: {listed(parts)}."


def _result_bands(form: Form) -> list[str]:
    """The bands of each named result that has its own."""
    own = [result for result in form.results if result.bands != form.bands]
    return [_bands(form, result.bands, safe(result.title)) for result in own]


def _levels(form: Form) -> list[str]:
    """What the levels of the form stand for."""
    if not form.levels:
        return []
    parts = [f"{safe(level.label)} stands for {RAG_WORD[level.rag]}" for level in form.levels]
    return [f"Levels: {listed(parts)}."]


def _rule(form: Form, rule: OverallRule) -> str:
    many = f"{rule.at_least} or more areas are {safe(label_of(form, rule.areas))}"
    return f"When {many}, the outcome is {safe(label_of(form, rule.overall))} at best."


def _critical(form: Form) -> list[str]:
    titles = [safe(area.title) for area in form.areas if area.critical]
    if not titles:
        return []
    return [f"Red in a critical area makes the outcome Red. Critical here: {listed(titles)}."]


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
