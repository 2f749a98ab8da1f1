"""The list of people to be moved, on paper, for a room without a network."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from reportlab.platypus import Flowable, Spacer, TableStyle

from visitapp.dates import long_day, short_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts, heading, typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, COLUMN, KIND, LINE, MUTED_BODY, TITLE, WIDTH
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph, Table
from visitapp.services.escalation.views import PeopleView, PersonView
from visitapp.services.services import Services

_WIDTHS = (52.0, 72.0, 130.0, 100.0)
_LONGEST = 70


def save_people(services: Services, setting_id: str, out: Path) -> Path:
    """Write the list of a setting. Raises NotFound, NotAllowed, EnvironmentProblem."""
    printed_at = services.desk.clock().astimezone()
    return write_people(services.people.view(setting_id), out, printed_at=printed_at)


def write_people(view: PeopleView, out: Path, *, printed_at: datetime) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(out, print_sheets(_story(view, printed_at), _sheet(view, printed_at)))


def _story(view: PeopleView, printed_at: datetime) -> list[Flowable]:
    zone = printed_at.tzinfo
    pairs = [
        (translate("Moved"), translate("{n} of {all}", n=view.moved, all=view.total)),
        *((funder, str(count)) for funder, count in view.by_funder),
        (translate("Printed on"), moment(printed_at, zone)),
    ]
    secret = translate("Personal data. For those who move people alone. Codes stand for people.")
    story: list[Flowable] = [
        Paragraph(translate("Loss of provider: people to be moved"), KIND),
        Paragraph(safe(view.setting), TITLE),
        Paragraph(secret, MUTED_BODY),
        Spacer(0, 6),
        facts(pairs),
        *heading(translate("People")),
        _table(view) if view.people else Paragraph(translate("Nobody is on the list."), BODY),
        *heading(translate("Log")),
    ]
    for entry in view.log:
        made = ", ".join(filter(None, (short_day(entry.on), entry.by)))
        story.append(Paragraph(safe(made), COLUMN))
        for line in entry.lines:
            story += typed(line, BODY, WIDTH)
    if not view.log:
        story.append(Paragraph(translate("Nothing is logged."), BODY))
    return story


def _table(view: PeopleView) -> Table:
    widths = [*_WIDTHS, WIDTH - sum(_WIDTHS)]
    names = (
        translate("Person"),
        translate("Who pays"),
        translate("Needs"),
        translate("Cannot wait"),
        translate("Moved, or alternatives"),
    )
    rows: list[list[Any]] = [[Paragraph(name, COLUMN) for name in names]]
    for one in view.people:
        texts = (one.person, one.funder_word, one.needs, one.critical, _where(one))
        rows.append(
            [
                typed(text or "\u2013", BODY, width - 8)
                for text, width in zip(texts, widths, strict=True)
            ]
        )
    style = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, LINE),
        ]
    )
    return Table(rows, colWidths=widths, repeatRows=1, style=style)


def _where(one: PersonView) -> str:
    if one.off_list:
        return translate("Off the list: {reason}", reason=one.off_list)
    if one.moved_on is not None:
        return translate("{place}, {day}", place=one.moved_to, day=short_day(one.moved_on))
    return one.alternatives


def _sheet(view: PeopleView, printed_at: datetime) -> PageFrame:
    setting, day = plain(view.setting)[:_LONGEST], long_day(printed_at.date())
    return PageFrame(
        title=translate("People to be moved: {setting}", setting=setting),
        author="Visitapp",
        subject=translate("Loss of provider"),
        head_left=setting,
        head_right=day,
        foot_left=translate("{setting} \u00b7 personal data", setting=setting),
        mark="",
    )
