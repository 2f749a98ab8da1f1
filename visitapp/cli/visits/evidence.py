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
from visitapp.errors import Refused
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
@click.option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    help="The photo or document to add. Give it again for each further one.",
)
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in EVIDENCE_KINDS]),
    help="Without a file: record a conversation, a document seen, or other evidence in words.",
)
@click.option(
    "--title",
    default="",
    help="A short description. By default, and with several files, the name of the file.",
)
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    visit_id: str,
    question: str,
    files: tuple[Path, ...],
    kind: str | None,
    title: str,
    as_json: bool,
) -> None:
    """Add evidence to a question of an open visit: files, or a record of a conversation or of a
    document seen. Of several files those that cannot be read are named, and the others added."""
    if bool(files) == bool(kind):
        raise click.UsageError(translate("Give either --file, or --kind with --title."))
    if len(files) > 1:
        if title:
            raise click.UsageError(translate("Give --title with one file only."))
        _add_all(terminal, visit_id, question, files, as_json=as_json)
        return
    if files:
        piece = terminal.services.evidence.add(visit_id, question, files[0], title)
        lines = [_added(piece, size_words(piece.size))]
    else:
        from visitapp.vocabulary import choice_word

        piece = terminal.services.visits.add_evidence(visit_id, question, kind or "", title)
        lines = [_added(piece, choice_word(EvidenceKind, piece.kind).lower())]
    show(piece, lines, as_json=as_json)


def _add_all(
    terminal: Terminal, visit_id: str, question: str, files: tuple[Path, ...], *, as_json: bool
) -> None:
    """Raises Refused with the names of those that were not added, once the others were."""
    from visitapp.services.evidence.given import Given, shown

    given = [Given(file.name, file) for file in files]
    added = terminal.services.evidence.add_all(visit_id, question, given)
    lines = [_added(piece, size_words(piece.size)) for piece in added.pieces]
    show(added.pieces, lines, as_json=as_json)
    if added.refused:
        first = next(iter(added.refused.values()))
        names = ", ".join(shown(files[place].name) for place in added.refused)
        what = message("Not added: {names}. {reason}", names=names, reason=first.what)
        raise Refused(first.code, what, first.next_step)


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
