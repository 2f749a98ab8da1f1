"""The Need to Know note of a concern: one page for senior managers, facts apart from opinion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from msgspec import Struct
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Spacer

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import facts
from visitapp.reports.paper.paper import Heading, PageFrame, print_one_page
from visitapp.reports.paper.styles import BODY, HEADING, KIND, MUTED_BODY, TITLE
from visitapp.reports.paper.text import moment, plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.rules.choices import Rag
from visitapp.rules.concerns.states import (
    ConcernKind,
    ConcernSource,
    ConcernStatus,
    Harm,
    Severity,
)
from visitapp.services.concerns.views import ConcernFilter, ConcernUpdateView, ConcernView
from visitapp.services.services import Services
from visitapp.vocabulary import choice_word

_LONGEST_LINE, _SHORT = 85, 40


class _Room(Struct, frozen=True):
    """How much a part takes: characters of a text and of a line, and lines."""

    text: int
    line: int
    lines: int


_ROOMS = (
    _Room(1_600, 300, 8),
    _Room(1_000, 200, 6),
    _Room(600, 140, 4),
    _Room(250, 85, 3),
)
"""The most first. The last one fits whatever there is; what is left out is in the record."""

_NOTE_HEADING = ParagraphStyle(
    "note heading", HEADING, fontSize=10.5, leading=14, spaceBefore=6, spaceAfter=1
)


class Standing(Struct, frozen=True, kw_only=True):
    """What is known of the setting, in words. `others`: other open concerns there."""

    rating: str
    position: str
    regulator: str
    others: int


class Said(Struct, frozen=True, kw_only=True):
    """What the author adds, which is no fact of the record."""

    decisions: str = ""
    agencies: str = ""
    media: str = ""
    next_update: str = ""


def save_need_to_know(services: Services, concern_id: str, said: Said, out: Path) -> Path:
    """Write the note of a concern as the records have it. Raises NotFound, EnvironmentProblem."""
    view = services.concerns.view(concern_id)
    setting = services.settings.view(view.row.setting_id).row
    open_ = services.concerns.list(ConcernFilter(setting_id=view.row.setting_id))
    rated = long_day(setting.rated_on) if setting.rated_on else ""
    standing = Standing(
        rating=" ".join(filter(None, (choice_word(Rag, setting.rag or Rag.UNRATED), rated))),
        position=setting.placements,
        regulator=setting.regulator_overall,
        others=sum(one.id != concern_id for one in open_),
    )
    me, now = services.me(), services.desk.clock().astimezone()
    author = me.title or me.name
    return write_need_to_know(view, standing, said, out, author=author, printed_at=now)


def write_need_to_know(
    view: ConcernView,
    standing: Standing,
    said: Said,
    out: Path,
    *,
    author: str,
    printed_at: datetime,
) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    stories = (_story(view, standing, said, author, printed_at, room) for room in _ROOMS)
    return write_whole(out, print_one_page(stories, _frame(view, printed_at)))


def _story(
    view: ConcernView,
    standing: Standing,
    said: Said,
    author: str,
    printed_at: datetime,
    room: _Room,
) -> list[Flowable]:
    row, zone = view.row, printed_at.tzinfo
    happened = long_day(row.happened_on) if row.happened_on else translate("not known")
    pairs = [
        (translate("What"), choice_word(ConcernKind, row.kind)),
        (translate("Where"), " \u00b7 ".join(filter(None, (row.setting, row.provider)))),
        (translate("Happened"), happened),
        (translate("Known to us"), moment(row.received_at, zone)),
        (translate("From"), choice_word(ConcernSource, row.source)),
        (translate("People affected"), row.person or translate("none named")),
        (translate("Severity"), choice_word(Severity, row.severity)),
        (
            translate("Harm"),
            choice_word(Harm, view.harm) if view.harm else translate("not yet known"),
        ),
        (translate("State"), choice_word(ConcernStatus, row.status)),
        (translate("Written by"), f"{author}, {moment(printed_at, zone)}"),
        (translate("Next update"), _cut(said.next_update, _SHORT) or translate("not agreed")),
    ]
    known = [
        (translate("Our rating"), standing.rating),
        (translate("Placements"), standing.position),
        (translate("Regulator"), standing.regulator or translate("none")),
        (translate("Other open concerns"), str(standing.others)),
    ]
    told = [line for line in view.updates if line.told]
    done = [line for line in view.updates if not line.told]
    part = partial(_part, room)
    internal = translate("For the council only. Codes stand for people.")
    if row.restricted:
        internal = translate(
            "Restricted. For those who need to know alone. Codes stand for people."
        )
    return [
        Paragraph(translate("Need to Know"), KIND),
        Paragraph(safe(_cut(row.title, _LONGEST_LINE)), TITLE),
        Paragraph(internal, MUTED_BODY),
        Spacer(0, 5),
        facts(pairs),
        *part(translate("What was reported"), [view.text or translate("Nothing more yet.")]),
        *part(translate("What has been done"), _lines(done, zone, room)),
        *part(translate("Who was told"), _lines(told, zone, room)),
        _heading(translate("Known of this setting")),
        facts(known),
        *part(translate("Police, safeguarding, coroner, regulator"), [said.agencies]),
        *part(translate("Media and family"), [said.media]),
        *part(translate("Opinion: decisions needed today"), [said.decisions]),
    ]


def _heading(text: str) -> Flowable:
    return Heading(safe(text), _NOTE_HEADING, entry=text)


def _part(room: _Room, title: str, lines: Sequence[str]) -> list[Flowable]:
    texts = [line for line in lines if line] or [translate("Nothing recorded.")]
    cut = [Paragraph(safe(_cut(text, room.text)), BODY) for text in texts]
    return [_heading(title), *cut]


def _lines(updates: Sequence[ConcernUpdateView], zone: object, room: _Room) -> list[str]:
    """The latest of them, in order."""
    lines = [
        translate(
            "{when}, {who}: {text}",
            when=f"{one.at.astimezone():%d/%m/%Y %H:%M}",
            who=f"{one.told} ({one.by})" if one.told else one.by,
            text=_cut(one.text, room.line),
        )
        for one in updates[-room.lines :]
    ]
    left = len(updates) - len(lines)
    return [
        *([translate("{n} earlier entries are in the record.", n=left)] if left else []),
        *lines,
    ]


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}\u2026"


def _frame(view: ConcernView, printed_at: datetime) -> PageFrame:
    setting = plain(view.row.setting)[:70]
    title = translate("Need to Know: {setting}", setting=setting)
    day = long_day(printed_at.date())
    return PageFrame(
        title=title,
        author="Visitapp",
        subject=plain(choice_word(ConcernKind, view.row.kind)),
        head_left=setting,
        head_right=day,
        foot_left=f"{setting} \u00b7 {day}",
        mark="",
    )
