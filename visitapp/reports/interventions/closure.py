"""The report of an intervention: why, what was done, what changed. In the manner of the two stories
of paper 000 ¶7.2: the service, the intervention, the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.dates import long_day, short_day
from visitapp.language import plural, translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts, heading, typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, COLUMN, KIND, LINE, SMALL, TITLE, WIDTH
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph, Table
from visitapp.rules.choices import Rag, ServiceType
from visitapp.rules.interventions.states import InterventionResult, InterventionStatus
from visitapp.services.interventions.views import CriterionView, Figures, InterventionView
from visitapp.services.services import Services
from visitapp.vocabulary import choice_word
from visitapp.vocabulary.interventions import a_month, measured_words, needed_words

_STYLE = [
    ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 5),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
]


def save_intervention(services: Services, intervention_id: str, out: Path) -> Path:
    """Write the report of an intervention as the records have it. Raises NotFound,
    EnvironmentProblem."""
    view = services.interventions.view(intervention_id)
    setting = services.settings.view(view.setting_id).row
    now = services.desk.clock().astimezone()
    beds = plural("{n} bed", "{n} beds", setting.beds) if setting.beds else ""
    about = [choice_word(ServiceType, setting.service_type), beds, setting.provider]
    return write_intervention(view, [one for one in about if one], out, printed_at=now)


def write_intervention(
    view: InterventionView, about: Sequence[str], out: Path, *, printed_at: datetime
) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. `about`: what the setting
    is, in a few words. Raises EnvironmentProblem (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(out, print_sheets(_story(view, about, printed_at), _frame(view)))


def _story(view: InterventionView, about: Sequence[str], printed_at: datetime) -> list[Flowable]:
    kind = translate("Intervention: before and after")
    return [
        Paragraph(kind, KIND),
        Paragraph(safe(view.setting), TITLE),
        Paragraph(safe(" \u00b7 ".join(about)), BODY),
        Spacer(0, 5),
        facts(_facts(view, printed_at)),
        *_text(translate("Why it was referred"), view.why, view.grounds),
        *heading(translate("What was done")),
        Paragraph(safe(_done(view)), BODY),
        *_criteria(view.criteria),
        *_before_after(view.before, view.after),
        *(_text(translate("What came of it"), view.summary) if view.summary else []),
    ]


def _facts(view: InterventionView, printed_at: datetime) -> list[tuple[str, str]]:
    pairs = [
        (translate("State"), choice_word(InterventionStatus, view.status)),
        (translate("Result"), choice_word(InterventionResult, view.result) if view.result else ""),
        (translate("Referred"), _by(view.referred_on, view.referred_by)),
        (translate("Accepted"), _by(view.decided_on, view.decided_by)),
        (translate("Intervention officer"), view.officer),
        (translate("Contract officer"), view.contract_officer),
        (translate("Started"), _day(view.starts_on)),
        (translate("Planned to"), _day(view.planned_to)),
        (translate("Sustained from"), _day(view.sustained_from)),
        (translate("Ended"), _day(view.ended_on)),
        (translate("Printed on"), moment(printed_at, printed_at.tzinfo)),
    ]
    return [pair for pair in pairs if pair[1]]


def _done(view: InterventionView) -> str:
    """`18 actions of the improvement plan, 18 of them verified. 14 visits by …`"""
    after = view.after
    parts = []
    if after.actions:
        parts.append(
            plural(
                "The improvement plan has {n} action; {verified} verified.",
                "The improvement plan has {n} actions; {verified} verified.",
                after.actions,
                verified=after.verified,
            )
        )
    if view.visits:
        parts.append(
            plural(
                "{n} intervention visit, on {first}.",
                "{n} intervention visits, from {first} to {last}.",
                len(view.visits),
                first=short_day(view.visits[0].on),
                last=short_day(view.visits[-1].on),
            )
        )
    if view.starts_on and view.ended_on:
        days = (view.ended_on - view.starts_on).days
        parts.append(plural("It lasted {n} day.", "It lasted {n} days.", days))
    return " ".join(parts) or translate("Nothing is recorded yet.")


def _criteria(criteria: Sequence[CriterionView]) -> list[Flowable]:
    if not criteria:
        return []
    head = (
        *(translate("Exit criterion"), translate("At start"), translate("Now")),
        *(translate("Needed"), translate("Holds since")),
    )
    rows = [
        (
            ". ".join(filter(None, (one.text.rstrip("."), one.asks, one.how_checked))),
            measured_words(one.state.first, one.unit),
            measured_words(one.state.now, one.unit),
            needed_words(one.bound, one.unit, one.needed, one.times),
            _day(one.state.since) or translate("not yet"),
        )
        for one in criteria
    ]
    return [*heading(translate("Exit criteria")), _table(head, rows)]


def _before_after(before: Figures, after: Figures) -> list[Flowable]:
    head = ("", _day(before.on), _day(after.on))
    unknown = translate("not known")
    rows = [
        (
            translate("Our rating"),
            choice_word(Rag, before.rag),
            choice_word(Rag, after.rag),
        ),
        (
            translate("Regulator's rating"),
            *(_regulator(one) or unknown for one in (before, after)),
        ),
        *_risks(before, after),
        (translate("Actions verified"), _verified(before), _verified(after)),
        (
            translate("Concerns a month, over {days} days", days=before.days),
            a_month(before.tenths_a_month),
            a_month(after.tenths_a_month),
        ),
    ]
    return [*heading(translate("Before and after")), _table(head, rows)]


def _regulator(figures: Figures) -> str:
    """`Good, 28 Aug 2026`."""
    day = short_day(figures.regulator_on) if figures.regulator_on else ""
    return ", ".join(filter(None, (figures.regulator, day))) if figures.regulator else ""


def _risks(before: Figures, after: Figures) -> list[tuple[str, ...]]:
    """Each risk that was assessed on one of the two days."""
    sides = [{risk.title: risk for risk in one.risks} for one in (before, after)]
    names = dict.fromkeys([*sides[0], *sides[1]])
    return [
        (
            name,
            *(
                (risk.level or choice_word(Rag, risk.rag))
                if (risk := side.get(name))
                else translate("not known")
                for side in sides
            ),
        )
        for name in names
    ]


def _verified(figures: Figures) -> str:
    if figures.percent is None:
        return translate("no plan")
    return translate(
        "{n} of {all} ({percent}%)",
        n=figures.verified,
        all=figures.actions,
        percent=figures.percent,
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    first = WIDTH * (0.34 if len(head) > 3 else 0.4)
    widths = [first, *[(WIDTH - first) / (len(head) - 1)] * (len(head) - 1)]
    cells: list[list[Any]] = [[Paragraph(safe(one), COLUMN) for one in head]]
    cells += [[Paragraph(safe(one), SMALL) for one in row] for row in rows]
    return Table(cells, colWidths=widths, repeatRows=1, style=TableStyle(_STYLE))


def _text(title: str, *texts: str) -> list[Flowable]:
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    return [*heading(title), *(part for line in lines for part in typed(line, BODY, WIDTH))]


def _day(day: date | None) -> str:
    return long_day(day) if day else ""


def _by(day: date | None, who: str) -> str:
    return ", ".join(filter(None, (_day(day), who)))


def _frame(view: InterventionView) -> PageFrame:
    setting = plain(view.setting)[:70]
    return PageFrame(
        title=translate("Intervention: {setting}", setting=setting),
        author="Visitapp",
        subject=translate("Before and after"),
        head_left=setting,
        head_right=_day(view.after.on),
        foot_left=translate("{setting} \u00b7 intervention {id}", setting=setting, id=view.id),
        mark="",
    )
