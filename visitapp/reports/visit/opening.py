"""The top of the first page: which setting, which visit, and whether it is signed off."""

from __future__ import annotations

from datetime import date
from typing import Any

from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.dates import long_day
from visitapp.language import message, plural, translate
from visitapp.reports.paper.layout import facts_beside
from visitapp.reports.paper.styles import BODY, LINE, MUTED_BODY, TITLE, WASH, WIDTH
from visitapp.reports.paper.text import safe
from visitapp.reports.tagged.flowables import Layout, Paragraph
from visitapp.reports.visit.letterhead import letterhead
from visitapp.reports.visit.subject import Subject
from visitapp.rules.choices import Purpose, ServiceType
from visitapp.services.views.visits import VisitView
from visitapp.vocabulary import choice_word

DRAFT = {
    "visit": message(
        "<b>Draft.</b> This visit is not signed off. Its answers and its outcome may still change, "
        "and it must not be relied on or shared as a result."
    ),
    "assessment": message(
        "<b>Draft.</b> This assessment is not signed off. Its answers and its outcome may still "
        "change, and it must not be relied on or shared as a result."
    ),
}
RETURNED = message(
    "<b>Returned for changes.</b> The team lead returned this visit. It is not signed off again "
    "yet, and its answers and outcome may still change."
)
_SERVICE = {
    "residential": message("Residential care home"),
    "nursing": message("Nursing home"),
    "home_care": message("Home care"),
    "supported_living": message("Supported living"),
    "day": message("Day service"),
}


def opening(subject: Subject) -> list[Flowable]:
    """Form title, setting, who runs it and where, the visit's facts, and a notice on a draft."""
    view = subject.view
    what = translate("Visit report") if subject.what == "visit" else translate("Assessment report")
    story: list[Flowable] = [
        *letterhead(view.paper, what),
        Paragraph(safe(view.setting_name or translate("Unnamed setting")), TITLE),
    ]
    about = _about(view.setting_facts, view.provider)
    if about:
        story.append(Paragraph(safe(about), MUTED_BODY))
    story.append(Spacer(0, 7))
    if not subject.signed:
        story += [_notice(_unsigned(subject)), Spacer(0, 7)]
    return [*story, facts_beside(_visit_facts(subject))]


def _unsigned(subject: Subject) -> str:
    if subject.view.summary.status == "returned":
        return str(RETURNED)
    return str(DRAFT[subject.what])


def _about(setting: dict[str, Any], provider: str) -> str:
    service = str(setting.get("service_type") or "")
    beds = setting.get("beds")
    place = ", ".join(str(setting[key]) for key in ("address", "postcode") if setting.get(key))
    parts = [
        str(_SERVICE.get(service) or choice_word(ServiceType, service)),
        plural("{n} bed", "{n} beds", beds) if isinstance(beds, int) and beds else "",
        translate("run by {provider}", provider=provider) if provider else "",
        place,
    ]
    return " \u00b7 ".join(part for part in parts if part)


def _visit_facts(subject: Subject) -> list[tuple[str, str]]:
    view = subject.view
    visit = view.summary
    form = translate(
        "{form}, version {version}", form=subject.form.title, version=subject.form.version
    )
    officer = visit.officer or translate("Not recorded")
    if subject.what == "visit":
        notice = translate("Announced") if view.announced else translate("Unannounced")
        pairs = [
            (translate("Visited on"), long_day(visit.visited_on)),
            (translate("Purpose"), choice_word(Purpose, visit.purpose)),
            (translate("Notice"), notice),
            (translate("Officer"), officer),
            *_company(view),
            *([(translate("Contract"), view.contract)] if view.contract else []),
            (translate("Form"), form),
        ]
    else:
        pairs = [
            (translate("Assessed on"), long_day(visit.visited_on)),
            (translate("Purpose"), choice_word(Purpose, visit.purpose)),
            (translate("Officer"), officer),
            (translate("Form"), form),
        ]
    return pairs + _regulator(view.setting_facts)


def _company(view: VisitView) -> list[tuple[str, str]]:
    """The colleagues who recorded answers with the officer, and who else came along."""
    together = [(translate("Made with"), ", ".join(view.colleagues))] if view.colleagues else []
    present = [(translate("Also present"), view.joined_by)] if view.joined_by else []
    return [*together, *present]


def _regulator(setting: dict[str, Any]) -> list[tuple[str, str]]:
    """What the regulator said, when the setting's facts hold it."""
    overall = str(setting.get("regulator_overall") or "")
    if not overall:
        return []
    published = setting.get("regulator_published")
    if isinstance(published, str) and published:
        published = date.fromisoformat(published)
    if isinstance(published, date):
        overall = translate("{rating}, published {day}", rating=overall, day=long_day(published))
    return [(translate("Regulator's rating"), overall)]


def _notice(markup: str) -> Layout:
    style = [
        ("BACKGROUND", (0, 0), (-1, -1), WASH),
        ("BOX", (0, 0), (-1, -1), 0.8, LINE),
        ("LEFTPADDING", (0, 0), (-1, -1), 11),
        ("TOPPADDING", (0, 0), (-1, -1), 7),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    table = Layout([[Paragraph(markup, BODY)]], colWidths=[WIDTH], cornerRadii=[5] * 4)
    table.setStyle(TableStyle(style))
    return table
