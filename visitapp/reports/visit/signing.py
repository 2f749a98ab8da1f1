"""The end: who signed, what the team lead decided, and by which rules the visit was rated."""

from __future__ import annotations

from fractions import Fraction

from reportlab.platypus import Flowable, KeepTogether, Spacer

from forms.levels import label_of
from forms.model import Band, Form, OverallRule
from visitapp.language import both, message, plural, translate
from visitapp.reports.paper.layout import bullets, facts, heading, typed
from visitapp.reports.paper.styles import BODY, SMALL, STRONG, WIDTH
from visitapp.reports.paper.text import moment, safe
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import Rag, VisitStatus
from visitapp.services.views.visits import ReviewView, VisitView
from visitapp.services.visits.blind import method_line
from visitapp.services.visits.receipt import grouped, receipt_of
from visitapp.vocabulary import choice_word

NO_REVIEW = message("The team lead has not reviewed this visit yet.")
NOT_SAMPLED = message("This visit was not among those drawn for review by a team lead.")


def signing(subject: Subject) -> list[Flowable]:
    """Sign-off, reviews, and how the rating was made."""
    return [*_signed(subject), *reviews(subject), *_conventions(subject)]


def _signed(subject: Subject) -> list[Flowable]:
    view = subject.view
    at = view.summary.signed_off_at
    if not subject.signed or at is None:
        missing = len(view.needs)
        text = translate("Nothing is missing; it can be signed off.")
        if missing:
            text = plural(
                "{n} thing must be completed first.",
                "{n} things must be completed first.",
                missing,
            )
        text = f"<b>{translate('Not signed off.')}</b> {text}"
        return [*heading(translate("Sign-off")), Paragraph(text, BODY)]
    who = view.signed_off_by or view.summary.officer
    pairs = [
        (translate("Signed off by"), who),
        (translate("Signed off on"), moment(at, subject.zone)),
    ]
    receipt = receipt_of(view, subject.form)
    proof = [Paragraph(_receipt(view, receipt), SMALL)] if receipt else []
    return [*heading(translate("Sign-off"), room=170), facts(pairs, columns=2), *proof]


def _receipt(view: VisitView, receipt: str) -> str:
    """The hash, and whether the council's server has what it stands for."""
    shown = translate("Receipt: {receipt}.", receipt=grouped(receipt))
    if view.revision:
        at = translate("At the council's server with revision {n}.", n=view.revision)
    else:
        at = translate("Not yet at the council's server when this was printed.")
    return f"{shown} {at}"


def reviews(subject: Subject) -> list[Flowable]:
    """The decisions of team leads, the oldest first."""
    decided = subject.view.reviews
    if not decided:
        if not subject.signed or subject.what != "visit":
            return []
        sampled = subject.view.summary.status != VisitStatus.NOT_SAMPLED
        return [Paragraph(str(NO_REVIEW if sampled else NOT_SAMPLED), BODY)]
    story: list[Flowable] = []
    for review in sorted(decided, key=lambda review: review.at):
        story += _review(subject, review)
    return story


def _review(subject: Subject, review: ReviewView) -> list[Flowable]:
    when = moment(review.at, subject.zone)
    decided = translate(
        "{decision} by {who} on {when}",
        decision=choice_word(VisitStatus, review.decision),
        who=safe(review.by),
        when=when,
    )
    return [Paragraph(decided, STRONG), *typed(review.comment, BODY, WIDTH), Spacer(0, 4)]


def _conventions(subject: Subject) -> list[Flowable]:
    form, view = subject.form, subject.view
    points = [
        *([method_line(view.answered_before)] if view.blind and subject.signed else []),
        *_levels(form),
        _bands(form, form.bands),
        *_result_bands(form),
        *[_rule(form, rule) for rule in form.rules],
        *_critical(form),
        translate(
            "An outcome is provisional while less than {needed}% of the form is checked.",
            needed=_number(form.minimum_coverage),
        ),
        translate(
            "An answer that does not apply is left out of the calculation. An answer that was not "
            "checked, or not given, has no score and lowers the percentage checked."
        ),
        translate(
            "Percentages are compared with the bands before rounding, and printed rounded down."
        ),
    ]
    source = f"{_form(form)} {_visit(subject)}"
    story = [*heading(translate("How this was rated")), *bullets(points), Spacer(0, 6)]
    return [KeepTogether([*story, Paragraph(source, SMALL)])]


def _form(form: Form) -> str:
    return translate(
        "Form {form}, version {version}, digest {digest}.",
        form=safe(form.title),
        version=safe(form.version),
        digest=form.digest,
    )


def _visit(subject: Subject) -> str:
    visit, when = safe(subject.view.summary.id), moment(subject.printed_at, subject.zone)
    if subject.what == "visit":
        return translate("Visit {id}. Printed on {when}.", id=visit, when=when)
    return translate("Assessment {id}. Printed on {when}.", id=visit, when=when)


def _bands(form: Form, bands: tuple[Band, ...], of: str = "") -> str:
    parts = [
        translate(
            "{label} from {start}%",
            label=safe(label_of(form, band.result)),
            start=_number(band.start),
        )
        for band in sorted(bands, key=lambda band: band.start, reverse=True)
    ]
    return f"{of or translate('By percentage')}: {both(parts)}."


def _result_bands(form: Form) -> list[str]:
    """The bands of each named result that has its own."""
    own = [result for result in form.results if result.bands != form.bands]
    return [_bands(form, result.bands, safe(result.title)) for result in own]


def _levels(form: Form) -> list[str]:
    """What the levels of the form stand for."""
    if not form.levels:
        return []
    parts = [
        translate(
            "{level} means {rag}",
            level=safe(level.label),
            rag=choice_word(Rag, level.rag),
        )
        for level in form.levels
    ]
    return [translate("Levels: {levels}.", levels=both(parts))]


def _rule(form: Form, rule: OverallRule) -> str:
    return translate(
        "When {n} or more areas are {areas}, the outcome is {overall} at best.",
        n=rule.at_least,
        areas=safe(label_of(form, rule.areas)),
        overall=safe(label_of(form, rule.overall)),
    )


def _critical(form: Form) -> list[str]:
    titles = [safe(area.title) for area in form.areas if area.critical]
    if not titles:
        return []
    return [
        translate(
            "Red in a critical area makes the outcome Red. Critical here: {areas}.",
            areas=both(titles),
        )
    ]


def _number(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
