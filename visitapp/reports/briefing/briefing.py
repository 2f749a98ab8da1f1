"""The briefing of a visit: one page to take along, for the council only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from visitapp.dates import long_day, short_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import bullets, facts
from visitapp.reports.paper.paper import Heading, PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, HEADING, KIND, SMALL, TITLE
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.services.briefing.views import Briefing, BriefingChange
from visitapp.services.briefing.words import first_words, heading_line, more_words, since_words

_LONGEST, _SHORT, _NAME = 84, 44, 40
"""Characters of a line, so that the briefing stays one page; the record has the rest."""

_PART = ParagraphStyle(
    "briefing heading", HEADING, fontSize=10.5, leading=13, spaceBefore=3, spaceAfter=1
)


def write_briefing(briefing: Briefing, out: Path, *, printed_at: datetime) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(
        out, print_sheets(_story(briefing, printed_at), _frame(briefing, printed_at))
    )


def _story(one: Briefing, printed_at: datetime) -> list[Flowable]:
    standing = [
        (
            fact.label,
            " \u00b7 ".join(part for part in (fact.value, _cut(fact.note, _SHORT)) if part),
        )
        for fact in one.standing
    ]
    return [
        Paragraph(safe(translate("Briefing, for the council only")), KIND),
        Paragraph(safe(_cut(one.setting, _NAME)), TITLE),
        Paragraph(safe(heading_line(one)), SMALL),
        Spacer(0, 4),
        facts(standing, columns=3),
        *_part(since_words(one), [_changed(change) for change in one.changes], more_words(one)),
        *_part(
            translate("Look first at"),
            [
                f"<b>{safe(q.number)}</b> {safe(_cut(q.ask, _SHORT))} \u00b7 {safe(q.why)}"
                for q in one.look_first
            ],
            first_words(one),
        ),
        *_part(translate("Concerns in six months, by theme"), _themes(one)),
        *_part(
            translate("Actions"),
            [f"{safe(_cut(a.title, _LONGEST))}: <b>{safe(a.state)}</b>" for a in one.actions],
            one.plan or translate("No action is open."),
        ),
        *_part(
            translate("Who to ask for"),
            [safe(", ".join(p for p in (a.name, a.role, a.phone) if p)) for a in one.ask_for],
            "" if one.ask_for else translate("Nobody is on record."),
        ),
        Spacer(0, 5),
        Paragraph(safe(_written(one, printed_at)), SMALL),
    ]


def _written(one: Briefing, at: datetime) -> str:
    """When it was written, and from which sync."""
    written = translate("Written {when} on this laptop.", when=moment(at, at.tzinfo))
    if one.synced_at is None:
        return written
    synced = moment(one.synced_at, at.tzinfo)
    return f"{written} {translate('Records synced {when}.', when=synced)}"


def _changed(change: BriefingChange) -> str:
    detail = f" {safe(_cut(change.detail, _LONGEST - len(change.what)))}" if change.detail else ""
    return f"{short_day(change.day)}: <b>{safe(_cut(change.what, _LONGEST))}</b>{detail}"


def _themes(one: Briefing) -> list[str]:
    counts = [f"{label} {count}" for label, count in one.themes]
    lines = [safe(_cut(", ".join(counts), 2 * _LONGEST))] if counts else [safe(translate("None."))]
    return lines + [f"<b>{safe(_cut(cluster, _LONGEST))}</b>" for cluster in one.clusters[:2]]


def _part(title: str, items: Sequence[str], below: str = "") -> list[Flowable]:
    last = [Paragraph(safe(_cut(below, _LONGEST + _SHORT)), BODY)] if below else []
    return [Heading(safe(title), _PART, entry=title), *bullets(list(items)), *last]


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    if longest < 12:
        return ""
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}\u2026"


def _frame(one: Briefing, printed_at: datetime) -> PageFrame:
    setting = plain(one.setting)[:_NAME]
    day = long_day(printed_at.date())
    return PageFrame(
        title=translate("Briefing: {setting}", setting=setting),
        author="Visitapp",
        subject=plain(one.visit) or translate("Briefing"),
        head_left=setting,
        head_right=translate("For the council only"),
        foot_left=f"{setting} \u00b7 {day}",
        mark="",
    )
