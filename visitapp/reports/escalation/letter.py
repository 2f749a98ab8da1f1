"""A letter to a provider on paper, from the template of the policy."""

from __future__ import annotations

from pathlib import Path

from reportlab.platypus import Flowable, Spacer

from visitapp.dates import long_day
from visitapp.language import translate
from visitapp.reports.paper.fonts import glyphs
from visitapp.reports.paper.layout import typed
from visitapp.reports.paper.paper import PageFrame, print_sheets
from visitapp.reports.paper.styles import BODY, KIND, TITLE, WIDTH
from visitapp.reports.paper.text import plain, safe
from visitapp.reports.paper.whole_file import write_whole
from visitapp.reports.tagged.flowables import Paragraph
from visitapp.services.escalation.views import LetterView
from visitapp.services.services import Services

_LONGEST = 70


def save_letter(services: Services, decision_id: str, out: Path) -> Path:
    """Write the letter of a decision. Raises NotFound, Refused, EnvironmentProblem."""
    return write_letter(services.escalations.letter(decision_id), out)


def write_letter(view: LetterView, out: Path) -> Path:
    """Write the PDF to `out`, whole or not at all, and give `out` back. Raises EnvironmentProblem
    (DISK_FULL, FOLDER_UNUSABLE)."""
    glyphs()
    return write_whole(out, print_sheets(_story(view), _sheet(view)))


def _story(view: LetterView) -> list[Flowable]:
    story: list[Flowable] = [
        Paragraph(safe(view.reference), KIND),
        Paragraph(safe(view.title), TITLE),
        Spacer(0, 6),
        *(Paragraph(safe(line), BODY) for line in (*view.addressee, long_day(view.on))),
        Spacer(0, 10),
    ]
    for text in view.paragraphs:
        story += [*typed(" ".join(text.split("\n")), BODY, WIDTH), Spacer(0, 5)]
    signed = translate("Signed for the council: {name}", name=view.signatory)
    served = translate("Served how, by whom and when: ____________________________________")
    return [
        *story,
        Spacer(0, 16),
        Paragraph(safe(signed), BODY),
        Spacer(0, 10),
        Paragraph(served, BODY),
    ]


def _sheet(view: LetterView) -> PageFrame:
    setting, title = plain(view.setting)[:_LONGEST], plain(view.title)[:_LONGEST]
    return PageFrame(
        title=translate("{letter}: {setting}", letter=title, setting=setting),
        author="Visitapp",
        subject=plain(view.reference),
        head_left=title,
        head_right=long_day(view.on),
        foot_left=plain(view.reference),
        mark="",
    )
