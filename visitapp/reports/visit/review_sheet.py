"""The review of a visit on paper, for the council alone: the decisions, and the comments on each
answer. The report for the provider has none of the comments."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from forms.model import Form
from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts, heading, typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, KIND, MUTED_BODY, STRONG, TITLE, WIDTH
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.reports.visit.signing import reviews
from visitapp.reports.visit.subject import Subject
from visitapp.services.views.visits import CommentView, VisitView
from visitapp.services.visits.answers.plain import plain as plain_answer
from visitapp.services.wording import answer_text
from visitapp.vocabulary import visit_word


def write_review_sheet(view: VisitView, form: Form, out: Path, *, printed_at: datetime) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    subject = Subject(view, form, printed_at)
    return write_whole(out, print_sheets(_story(subject), _sheet(subject)))


def _story(subject: Subject) -> list[Flowable]:
    view = subject.view
    visit = view.summary
    pairs = [
        (translate("Visit"), visit_word(visit.purpose)),
        (translate("Date of the visit"), long_day(visit.visited_on)),
        (translate("Officer"), visit.officer),
        (translate("Printed on"), moment(subject.printed_at, subject.zone)),
    ]
    internal = translate("For the council only. Do not send this sheet to the provider.")
    story: list[Flowable] = [
        Paragraph(translate("Review of a visit"), KIND),
        Paragraph(safe(view.setting_name or translate("Unnamed setting")), TITLE),
        Paragraph(internal, MUTED_BODY),
        Spacer(0, 7),
        facts(pairs),
        *heading(translate("Decisions")),
        *reviews(subject),
    ]
    if not view.comments:
        return story
    story += heading(translate("Comments"))
    for question in dict.fromkeys(comment.question for comment in view.comments):
        story += _thread(subject, question)
    return story


def _thread(subject: Subject, question: str) -> list[Flowable]:
    """A question, its answer and the comments on it."""
    asked = subject.form.questions.get(question)
    title = f"{asked.number} {asked.ask}" if asked else question
    story: list[Flowable] = [Paragraph(safe(title), STRONG)]
    if asked and (answer := subject.view.answers.get(question)):
        told = translate("Answer: {answer}", answer=answer_text(asked, plain_answer(answer)))
        story.append(Paragraph(safe(told), BODY))
    comments = [one for one in subject.view.comments if one.question == question]
    for comment in comments:
        story += typed(_line(subject, comment), BODY, WIDTH)
    return [*story, Spacer(0, 6)]


def _line(subject: Subject, comment: CommentView) -> str:
    return translate(
        "{who}, {when}: {text}",
        who=comment.by,
        when=moment(comment.at, subject.zone),
        text=comment.text,
    )


def _sheet(subject: Subject) -> PageFrame:
    setting = plain(subject.view.setting_name)[:70]
    day = long_day(subject.view.summary.visited_on)
    title = translate("Review of a visit: {setting}, {day}", setting=setting, day=day)
    internal = translate("For the council only")
    return PageFrame(
        title=title,
        author="Visitapp",
        subject=plain(subject.form.title),
        head_left=setting,
        head_right=translate("Visited on {day}", day=day),
        foot_left=f"{setting} \u00b7 {internal}",
        mark="",
    )
