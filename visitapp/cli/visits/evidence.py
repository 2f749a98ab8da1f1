"""`visitapp visits evidence`: photos and documents of visits and actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from forms.model import EVIDENCE_KINDS
from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import message, translate
from visitapp.rules.choices import EvidenceKind

if TYPE_CHECKING:
    from visitapp.services.views.visits import EvidenceView

_WHERE = {
    "noted": message("noted"),
    "waiting": message("waiting to be sent"),
    "sent": message("sent"),
    "away": message("on the server only"),
    "set_aside": message("refused by the server"),
}


@click.group(cls=Group)
def evidence() -> None:
    """Evidence: add, list, export, remove."""


@evidence.command()
@click.argument("visit_id")
@click.option("--question", required=True, help="The question it supports, by its id.")
@click.option("--file", type=click.Path(path_type=Path), help="The photo or document to add.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in EVIDENCE_KINDS]),
    help="Without a file: record a conversation, a document seen, or other evidence in words.",
)
@click.option(
    "--title",
    default="",
    help="A short description. By default the name of the file, if there is one.",
)
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    visit_id: str,
    question: str,
    file: Path | None,
    kind: str | None,
    title: str,
    as_json: bool,
) -> None:
    """Add evidence to a question of an open visit: a file, or a record of a conversation or of a
    document seen."""
    if (file is None) == (kind is None):
        raise click.UsageError(translate("Give either --file, or --kind with --title."))
    if file is not None:
        piece = terminal.services.evidence.add(visit_id, question, file, title)
        lines = [_added(piece, size_words(piece.size))]
    else:
        from visitapp.vocabulary import choice_word

        piece = terminal.services.visits.add_evidence(visit_id, question, kind or "", title)
        lines = [_added(piece, choice_word(EvidenceKind, piece.kind).lower())]
    show(piece, lines, as_json=as_json)


@evidence.command("add-to-action")
@click.argument("action_id")
@click.option(
    "--file", type=click.Path(path_type=Path), required=True, help="The photo or document to add."
)
@click.option("--title", default="", help="A short description. By default the name of the file.")
@json_option
@pass_terminal
def add_to_action(
    terminal: Terminal, action_id: str, file: Path, title: str, as_json: bool
) -> None:
    """Add a photo or document to an action."""
    piece = terminal.services.evidence.add_to_action(action_id, file, title)
    show(piece, [_added(piece, size_words(piece.size))], as_json=as_json)


@evidence.command("list")
@click.argument("visit_id")
@json_option
@pass_terminal
def list_evidence(terminal: Terminal, visit_id: str, as_json: bool) -> None:
    """List the evidence of a visit and where each photo and document is kept."""
    found = terminal.services.evidence.of_visit(visit_id)
    show_list(
        terminal,
        translate("Evidence"),
        found,
        [
            Column(translate("Evidence id"), lambda piece: piece.id),
            Column(translate("Question"), lambda piece: piece.question),
            Column(translate("Kind"), lambda piece: piece.kind),
            Column(translate("Title"), lambda piece: piece.title),
            Column(translate("Size"), lambda piece: size_words(piece.size) if piece.size else ""),
            Column(translate("Kept"), _kept),
        ],
        empty=translate("No evidence."),
        as_json=as_json,
    )


@evidence.command()
@click.argument("evidence_id")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or a folder for it.",
)
@json_option
@pass_terminal
def export(terminal: Terminal, evidence_id: str, out: Path, as_json: bool) -> None:
    """Save a photo or document to a file, fetched from the server if necessary."""
    terminal.services.evidence.fetch(evidence_id)
    written = terminal.services.evidence.export(evidence_id, out)
    show({"file": str(written)}, [translate("Written to {file}.", file=written)], as_json=as_json)


@evidence.command()
@click.argument("evidence_id")
@json_option
@pass_terminal
def remove(terminal: Terminal, evidence_id: str, as_json: bool) -> None:
    """Remove evidence while its visit is open."""
    terminal.services.evidence.remove(evidence_id)
    show({"removed": evidence_id}, [translate("Removed.")], as_json=as_json)


def _added(piece: EvidenceView, what: str) -> str:
    return translate("Added {title} ({what}), {id}.", title=piece.title, what=what, id=piece.id)


def size_words(size: int) -> str:
    """A size for people, in kB or MB."""
    if size >= 1_000_000:
        return translate("{n} MB", n=f"{size / 1_000_000:.1f}")
    return translate("{n} kB", n=max(1, round(size / 1000)))


def _kept(piece: EvidenceView) -> str:
    return f"{_WHERE[piece.state]}: {piece.refused}" if piece.refused else str(_WHERE[piece.state])
