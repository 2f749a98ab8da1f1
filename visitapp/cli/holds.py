"""`visitapp holds`: legal holds, which keep records whatever their retention period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.retention.holds import HoldSubject

if TYPE_CHECKING:
    from visitapp.services.retention.views import LegalHoldView


@click.group(cls=Group)
def holds() -> None:
    """Legal holds: list, set, lift."""


@holds.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List the legal holds that stand, the newest first."""
    found = terminal.services.legal_holds.list()
    show(found, _lines(found), as_json=as_json)


@holds.command("set")
@click.argument("subject", type=click.Choice([subject.value for subject in HoldSubject]))
@click.argument("record", metavar="ID|CODE")
@click.option("--reason", required=True, help="The reason.")
@json_option
@pass_terminal
def set_(terminal: Terminal, subject: str, record: str, reason: str, as_json: bool) -> None:
    """Keep the records of a setting, provider or contract, given by its ID, or of a person, given
    by their code."""
    person = subject == HoldSubject.PERSON
    id_, code = ("", record) if person else (record, "")
    hold = terminal.services.legal_holds.set(subject, id_, reason, person=code)
    lines = [translate("These records are kept until the hold {id} is lifted.", id=hold)]
    show({"id": hold}, lines, as_json=as_json)


@holds.command()
@click.argument("hold_id")
@click.option("--reason", required=True, help="The reason.")
@json_option
@pass_terminal
def lift(terminal: Terminal, hold_id: str, reason: str, as_json: bool) -> None:
    """End a legal hold."""
    terminal.services.legal_holds.lift(hold_id, reason)
    show({"lifted": hold_id}, [translate("The hold is lifted.")], as_json=as_json)


def _lines(found: list[LegalHoldView]) -> list[str]:
    if not found:
        return [translate("No legal hold stands.")]
    rows = [
        (one.id, one.subject_word, one.name, short_day(one.set_on), one.reason) for one in found
    ]
    return columns(rows)
