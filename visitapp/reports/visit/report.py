"""The report of a visit: what was found, why it is rated so, and what has to happen."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reportlab.platypus import Flowable, PageBreak

from forms.model import Form
from visitapp.dates import long_day
from visitapp.errors import Code, Refused
from visitapp.language import translate, verbatim
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.text import plain
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.visit.actions import actions
from visitapp.reports.visit.areas import areas
from visitapp.reports.visit.coverage import coverage
from visitapp.reports.visit.opening import opening
from visitapp.reports.visit.outcome import outcome, why
from visitapp.reports.visit.page_one import must_do, signatures, summary
from visitapp.reports.visit.photos import Read, photos
from visitapp.reports.visit.signing import signing
from visitapp.reports.visit.since import since
from visitapp.reports.visit.subject import Subject
from visitapp.services.views.visits import VisitView

_LONGEST = 70
"""Characters of a name that fit in a running head or foot."""


def write_visit_report(
    view: VisitView,
    form: Form,
    out: Path,
    *,
    printed_at: datetime,
    photo: Read = lambda evidence_id: None,
) -> Path:
    """Write the PDF report of a visit to `out`, whole or not at all, and give `out` back.

    `form` is the version that the visit is pinned to. `printed_at` is aware; its time zone is the
    one that every moment is printed in. A visit that is not signed off is marked as a draft on
    every page. `photo` gives the bytes of a piece of evidence by its id, to be printed with its
    caption. Raises EnvironmentProblem (DISK_FULL, FOLDER_UNUSABLE), or
    Refused NOT_ALLOWED on a device that has no answers.
    """
    if view.answers_elsewhere:
        raise Refused(Code.NOT_ALLOWED, verbatim(view.answers_elsewhere))
    glyphs()
    subject = Subject(view, form, printed_at)
    return write_whole(out, print_sheets(_story(subject, photo), _sheet(subject)))


def write_handover_sheet(view: VisitView, form: Form, out: Path, *, printed_at: datetime) -> Path:
    """Write what stays with the manager: page 1 of the report by itself. As `write_visit_report`
    otherwise."""
    if view.answers_elsewhere:
        raise Refused(Code.NOT_ALLOWED, verbatim(view.answers_elsewhere))
    glyphs()
    subject = Subject(view, form, printed_at)
    story = [*opening(subject), *outcome(subject), *_rest_of_page_one(subject)]
    return write_whole(out, print_sheets(story, _sheet(subject)))


def _story(subject: Subject, photo: Read) -> list[Flowable]:
    return [
        *opening(subject),
        *outcome(subject),
        *_rest_of_page_one(subject),
        *([PageBreak()] if subject.what == "visit" else []),
        *why(subject),
        *actions(subject),
        *coverage(subject),
        *since(subject),
        *areas(subject),
        *photos(subject, photo),
        *signing(subject),
    ]


def _rest_of_page_one(subject: Subject) -> list[Flowable]:
    """What a provider needs at hand, and a page of its own for it; of an assessment nothing."""
    if subject.what != "visit":
        return []
    return [*summary(subject), *must_do(subject), *signatures(subject)]


def _sheet(subject: Subject) -> PageFrame:
    visit = subject.view.summary
    setting = _short(subject.view.setting_name)
    visited = long_day(visit.visited_on)
    title, when, foot = _running_texts(subject, setting, visited)
    draft = translate("draft")
    return PageFrame(
        title=title if subject.signed else f"{title} ({draft})",
        author=plain(visit.officer) or "Visitapp",
        subject=translate(
            "{form}, version {version}",
            form=plain(subject.form.title),
            version=subject.form.version,
        ),
        head_left=setting,
        head_right=when if subject.signed else f"{when} \u00b7 {draft}",
        foot_left=f"{setting} \u00b7 {foot}",
        mark="" if subject.signed else translate("DRAFT"),
    )


def _running_texts(subject: Subject, setting: str, day: str) -> tuple[str, str, str]:
    """The title of the file, the running head and the foot."""
    visit = subject.view.summary.id
    if subject.what == "visit":
        return (
            translate("Visit report: {setting}, {day}", setting=setting, day=day),
            translate("Visited on {day}", day=day),
            translate("visit {id}", id=visit),
        )
    return (
        translate("Assessment report: {setting}, {day}", setting=setting, day=day),
        translate("Assessed on {day}", day=day),
        translate("assessment {id}", id=visit),
    )


def _short(name: str) -> str:
    text = " ".join(plain(name).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}\u2026"
