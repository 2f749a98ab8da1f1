"""The columns of a list of what regulators' files said anew."""

from __future__ import annotations

from visitapp.language import translate
from visitapp.rules.choices import RegulatorChangeKind
from visitapp.services.directory.wording import source_word
from visitapp.services.views.regulator_changes import RegulatorChangeView
from visitapp.ui import words
from visitapp.ui.models.rows import Cell, Column, in_file
from visitapp.vocabulary import choice_word

_TONES = {
    RegulatorChangeKind.RATING_DOWN: "red",
    RegulatorChangeKind.HYGIENE_DOWN: "red",
    RegulatorChangeKind.DEREGISTERED: "red",
    RegulatorChangeKind.RATING_UP: "green",
    RegulatorChangeKind.HYGIENE_UP: "green",
}


def change_columns() -> list[Column]:
    """Setting, change, kind, published."""
    return [
        Column(
            translate("Setting"),
            lambda one: Cell(one.setting, one.local_authority, strong=True),
            share=30,
        ),
        Column(translate("Change"), _change, share=34),
        Column(translate("Kind"), _kind, share=18, yields=1),
        Column(
            translate("Published"),
            lambda one: Cell(words.day(one.published_on or one.edition_on), _file(one)),
            share=18,
            value=lambda one: one.published_on or one.edition_on,
        ),
        in_file(translate("Location ID"), lambda one: one.location_id),
        in_file(translate("File of"), lambda one: one.edition_on),
        in_file(translate("Link"), lambda one: one.link),
    ]


def _change(one: RegulatorChangeView) -> Cell:
    return Cell(one.what, source_word(one.source))


def _kind(one: RegulatorChangeView) -> Cell:
    tone = next((t for kind, t in _TONES.items() if kind == one.kind), "")
    return Cell(choice_word(RegulatorChangeKind, one.kind), tone=tone)


def _file(one: RegulatorChangeView) -> str:
    return translate("file of {day}", day=words.day(one.edition_on)) if one.edition_on else ""
