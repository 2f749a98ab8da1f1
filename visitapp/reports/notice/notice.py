"""A notice on paper, as its audience was told."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.records import NoticeState
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts, heading, typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, KIND, TITLE, WIDTH
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.services.notices.notices import NoticeView
from visitapp.vocabulary import choice_word

_LONGEST = 70


def write_notice(view: NoticeView, out: Path, *, printed_at: datetime) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. `printed_at` is aware; its
    time zone is the one that every moment is printed in. Raises EnvironmentProblem (DISK_FULL,
    FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(out, print_sheets(_story(view, printed_at), _sheet(view, printed_at)))


def _story(view: NoticeView, printed_at: datetime) -> list[Flowable]:
    zone = printed_at.tzinfo
    assert zone is not None, "printed_at is aware"
    pairs = [
        (translate("For"), view.audience),
        (translate("District"), view.district),
        (translate("Notice made"), moment(view.made_at, zone)),
        (translate("Status"), choice_word(NoticeState, view.state)),
        (translate("Sent"), moment(view.sent_at, zone) if view.sent_at else ""),
        (translate("Printed on"), moment(printed_at, zone)),
    ]
    return [
        Paragraph(translate("Notice"), KIND),
        Paragraph(safe(view.setting or translate("Unnamed setting")), TITLE),
        Spacer(0, 7),
        facts([pair for pair in pairs if pair[1]]),
        *heading(translate("Text of the notice")),
        *(part for line in view.text.splitlines() for part in typed(line, BODY, WIDTH)),
    ]


def _sheet(view: NoticeView, printed_at: datetime) -> PageFrame:
    setting, day = plain(view.setting)[:_LONGEST], long_day(view.made_at.date())
    return PageFrame(
        title=translate("Notice: {setting}, {day}", setting=setting, day=day),
        author="Visitapp",
        subject=plain(view.audience),
        head_left=setting,
        head_right=day,
        foot_left=translate("{setting} \u00b7 notice {id}", setting=setting, id=view.id),
        mark="",
    )
