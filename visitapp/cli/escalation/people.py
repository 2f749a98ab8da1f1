"""`visitapp people`: who must be moved when a provider is lost, by code."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.dates import read_day
from visitapp.cli.escalation.text import people_lines
from visitapp.cli.help import Group
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.language import translate
from visitapp.rules.escalation.states import Funder

_FUNDERS = [funder.value for funder in Funder]


@click.group(cls=Group)
def people() -> None:
    """People to be moved when a provider is lost: by code, never by name."""


@people.command("show")
@click.argument("setting_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """Print the list of a setting."""
    found = terminal.services.people.view(setting_id)
    show(found, people_lines(found), as_json=as_json)


@people.command()
@click.argument("setting_id")
@click.argument("code")
@click.option("--needs", required=True, help="The care that this person needs.")
@click.option("--funder", required=True, type=click.Choice(_FUNDERS), help="Who pays.")
@click.option("--critical", default="", help="Tasks that cannot wait, such as insulin at 8.")
@click.option("--alternatives", default="", help="Where this person could go.")
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    setting_id: str,
    code: str,
    needs: str,
    funder: str,
    critical: str,
    alternatives: str,
    as_json: bool,
) -> None:
    """Put somebody on the list, by a code such as P31."""
    found = terminal.services.people.add(
        setting_id, code, needs, funder, critical=critical, alternatives=alternatives
    )
    show(found, people_lines(found), as_json=as_json)


@people.command()
@click.argument("person_id")
@click.option("--needs", help="The care that this person needs.")
@click.option("--funder", type=click.Choice(_FUNDERS), help="Who pays.")
@click.option("--critical", help="Tasks that cannot wait.")
@click.option("--alternatives", help="Where this person could go.")
@json_option
@pass_terminal
def change(terminal: Terminal, /, person_id: str, as_json: bool, **given: str | None) -> None:
    """Change what is known of somebody."""
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise click.UsageError(translate("Give --needs, --funder, --critical or --alternatives."))
    found = terminal.services.people.change(person_id, **changes)
    show(found, people_lines(found), as_json=as_json)


@people.command()
@click.argument("person_id")
@click.option("--to", required=True, help="Where this person moved to.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")
@json_option
@pass_terminal
def move(terminal: Terminal, person_id: str, to: str, on: str | None, as_json: bool) -> None:
    """Say that somebody was moved."""
    day = read_day(on)
    found = terminal.services.people.move(person_id, to, day)
    show(found, people_lines(found), as_json=as_json)


@people.command("take-off")
@click.argument("person_id")
@click.option("--reason", required=True, help="Why this person is not to be moved.")
@json_option
@pass_terminal
def take_off(terminal: Terminal, person_id: str, reason: str, as_json: bool) -> None:
    """Take somebody off the list who is not to be moved."""
    found = terminal.services.people.take_off(person_id, reason)
    show(found, people_lines(found), as_json=as_json)


@people.command("put-back")
@click.argument("person_id")
@json_option
@pass_terminal
def put_back(terminal: Terminal, person_id: str, as_json: bool) -> None:
    """Somebody is to be moved after all."""
    found = terminal.services.people.put_back(person_id)
    show(found, people_lines(found), as_json=as_json)


@people.command("print")
@click.argument("setting_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def print_(terminal: Terminal, setting_id: str, out: Path, overwrite: bool, as_json: bool) -> None:
    """Write the list as a PDF. It needs no connection."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.escalation.people import save_people

    path = save_people(terminal.services, setting_id, out)
    show({"file": str(path)}, [translate("List saved to {file}.", file=path)], as_json=as_json)
