"""`visitapp documents`: insurance, certificates and policies, and when they expire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.lists import show_list, titled
from visitapp.cli.market import fields
from visitapp.cli.market.fields import read_fields
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.market_choices import DocumentKind
from visitapp.services.documents.views import DocumentOwner
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from visitapp.services.documents.views import DocumentView

_FIELDS: dict[str, fields.Reader] = {
    **dict.fromkeys(("kind", "title", "note"), fields.words),
    **dict.fromkeys(("issued_on", "expires_on"), fields.day),
}

set_fields = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="kind, title, issued_on, expires_on or note; may be given more than once.",
)
file_option = click.option(
    "--file", "file", type=click.Path(path_type=Path), help="The file; without one it was seen."
)
owner = click.argument("owner_kind", type=click.Choice(["provider", "contract", "setting"]))
why = click.option("--reason", required=True, help="The reason.")


@click.group(cls=Group)
def documents() -> None:
    """Documents of providers, contracts and settings, and when they expire."""


@documents.command("list")
@owner
@click.argument("owner_id")
@json_option
@pass_terminal
def list_(terminal: Terminal, owner_kind: str, owner_id: str, as_json: bool) -> None:
    """List the documents of a provider, contract or setting."""
    show_list(
        terminal,
        translate("Documents"),
        terminal.services.documents.of(DocumentOwner(owner_kind, owner_id)),
        titled(
            _line,
            translate("Document id"),
            translate("Belongs to"),
            translate("Kind"),
            translate("Title"),
            translate("Expires"),
            translate("State"),
        ),
        empty=translate("No documents are recorded."),
        as_json=as_json,
    )


@documents.command()
@json_option
@pass_terminal
def due(terminal: Terminal, as_json: bool) -> None:
    """List the documents that expire within 30 days or have expired."""
    found = terminal.services.documents.due()
    nothing = translate("No document expires within 30 days.")
    show(found, columns([_line(one) for one in found]) or [nothing], as_json=as_json)


@documents.command()
@owner
@click.argument("owner_id")
@click.argument("kind", type=click.Choice([kind.value for kind in DocumentKind]))
@file_option
@set_fields
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    owner_kind: str,
    owner_id: str,
    kind: str,
    file: Path | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add a document to a provider, contract or setting."""
    given = read_fields(changes, _FIELDS)
    given.pop("kind", None)
    made = terminal.services.documents.add(
        DocumentOwner(owner_kind, owner_id), kind, file=file, **given
    )
    _tell(made, as_json)


@documents.command()
@click.argument("document_id")
@file_option
@set_fields
@json_option
@pass_terminal
def replace(
    terminal: Terminal,
    document_id: str,
    file: Path | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add the next edition of a document; the one before stays, as replaced."""
    given = read_fields(changes, _FIELDS)
    made = terminal.services.documents.replace(document_id, file=file, **given)
    _tell(made, as_json)


@documents.command()
@click.argument("document_id")
@set_fields
@json_option
@pass_terminal
def edit(terminal: Terminal, document_id: str, changes: tuple[str, ...], as_json: bool) -> None:
    """Change what is recorded of a document."""
    changed = terminal.services.documents.edit(document_id, **read_fields(changes, _FIELDS))
    _tell(changed, as_json)


@documents.command()
@click.argument("document_id")
@why
@json_option
@pass_terminal
def withdraw(terminal: Terminal, document_id: str, reason: str, as_json: bool) -> None:
    """Withdraw a document that never held, or holds no more."""
    _tell(terminal.services.documents.withdraw(document_id, reason), as_json)


@documents.command("put-back")
@click.argument("document_id")
@json_option
@pass_terminal
def put_back(terminal: Terminal, document_id: str, as_json: bool) -> None:
    """Reinstate a withdrawn document."""
    _tell(terminal.services.documents.put_back(document_id), as_json)


@documents.command()
@click.argument("document_id")
@click.argument("out", type=click.Path(path_type=Path))
@json_option
@pass_terminal
def export(terminal: Terminal, document_id: str, out: Path, as_json: bool) -> None:
    """Put the file of a document into a folder, or where OUT says."""
    written = terminal.services.documents.export(document_id, out)
    show({"file": str(written)}, [str(written)], as_json=as_json)


def _tell(document: DocumentView, as_json: bool) -> None:
    show(document, columns([_line(document)]), as_json=as_json)


def _line(one: DocumentView) -> tuple[str, ...]:
    owner_name = f"{one.owner.kind} {one.owner.name}".strip()
    return (
        one.id,
        owner_name,
        choice_word(DocumentKind, one.kind),
        one.title,
        one.expires_on.isoformat() if one.expires_on else "",
        _stands(one),
    )


def _stands(one: DocumentView) -> str:
    if one.validity == "expired" and one.days is not None:
        return plural("expired {n} day ago", "expired {n} days ago", -one.days)
    if one.validity == "due_soon" and one.days is not None:
        return plural("expires in {n} day", "expires in {n} days", one.days)
    words = {
        "valid": translate("valid"),
        "replaced": translate("replaced"),
        "withdrawn": translate("withdrawn"),
    }
    return words.get(one.validity, one.validity)
