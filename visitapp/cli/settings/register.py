"""`visitapp settings edit|close|reopen|merge|closed` and `settings facts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Command, Group
from visitapp.cli.market import fields
from visitapp.cli.market.fields import read_fields
from visitapp.cli.output import columns, json_option, show, warn
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, Refused
from visitapp.language import message, translate
from visitapp.rules.market_choices import FactKind
from visitapp.services.settings.open_work import open_work_summary

if TYPE_CHECKING:
    from visitapp.services.settings.open_work import Open
    from visitapp.services.views.settings import FactView, PortfolioRow

SETTING_FIELDS: dict[str, fields.Reader] = {
    **dict.fromkeys(("name", "service_type", "provider", "address", "postcode"), fields.words),
    **dict.fromkeys(("local_authority", "host_authority", "district"), fields.words),
    **dict.fromkeys(("locality", "care_group"), fields.words),
    "beds": fields.number,
    "in_county": fields.yes,
}

set_setting = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A field, such as district=North or in_county=no; may be given more than once.",
)
on_day = click.option("--on", "day", metavar="YYYY-MM-DD", help="The day, if not today.")
why = click.option("--reason", required=True, help="The reason.")
what_is_open = click.option(
    "--open-work",
    type=click.Choice(["withdraw", "move", "leave"]),
    help="Withdraw open work, move it to another setting, or leave it to a team lead.",
)
move_to = click.option("--to", "to_id", help="The setting that open work moves to, by its id.")


@click.command("edit", cls=Command)
@click.argument("setting_id")
@set_setting
@json_option
@pass_terminal
def edit_setting(
    terminal: Terminal, setting_id: str, changes: tuple[str, ...], as_json: bool
) -> None:
    """Change a setting."""
    given = read_fields(changes, SETTING_FIELDS)
    warn_of_district(terminal, given, setting_id)
    _show(terminal.services.setting_editing.edit(setting_id, **given), as_json)


@click.command("close", cls=Command)
@click.argument("setting_id")
@why
@on_day
@what_is_open
@move_to
@json_option
@pass_terminal
def close_setting(
    terminal: Terminal,
    setting_id: str,
    reason: str,
    day: str | None,
    open_work: Open | None,
    to_id: str | None,
    as_json: bool,
) -> None:
    """Close a setting."""
    life = terminal.services.setting_life
    on = read_date(day) if day else terminal.services.desk.today()
    decided = _decided(terminal, setting_id, open_work)
    _show(life.close(setting_id, on, reason, decided, to_id), as_json)


@click.command("merge", cls=Command)
@click.argument("setting_id")
@click.argument("into_id")
@why
@on_day
@what_is_open
@json_option
@pass_terminal
def merge_settings(
    terminal: Terminal,
    setting_id: str,
    into_id: str,
    reason: str,
    day: str | None,
    open_work: Open | None,
    as_json: bool,
) -> None:
    """Merge a setting into another one, which then shows the records of both."""
    on = read_date(day) if day else terminal.services.desk.today()
    decided = _decided(terminal, setting_id, open_work)
    _show(terminal.services.setting_life.merge(setting_id, into_id, on, reason, decided), as_json)


@click.command("reopen", cls=Command)
@click.argument("setting_id")
@why
@json_option
@pass_terminal
def reopen_setting(terminal: Terminal, setting_id: str, reason: str, as_json: bool) -> None:
    """Reopen a closed or merged setting."""
    _show(terminal.services.setting_life.reopen(setting_id, reason), as_json)


@click.command("closed", cls=Command)
@json_option
@pass_terminal
def list_closed(terminal: Terminal, as_json: bool) -> None:
    """List what is open at closed settings, and what came in after they closed."""
    found = terminal.services.setting_life.at_closed()
    lines = columns([(one.setting, one.kind, one.title, one.status) for one in found])
    nothing = translate("Nothing is left at closed settings.")
    show(found, lines or [nothing], as_json=as_json)


@click.group("facts", cls=Group)
def facts() -> None:
    """What is known of a setting over time: manager, owner, beds and so on."""


@facts.command("list")
@click.argument("setting_id")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in FactKind]), help="Only facts of this kind."
)
@json_option
@pass_terminal
def list_facts(terminal: Terminal, setting_id: str, kind: str | None, as_json: bool) -> None:
    """List the facts of a setting, newest first."""
    found = terminal.services.setting_facts.list(setting_id, kind)
    lines = columns([_fact(one) for one in found])
    show(found, lines or [translate("No facts are recorded.")], as_json=as_json)


@facts.command("add")
@click.argument("setting_id")
@click.argument("kind", type=click.Choice([kind.value for kind in FactKind]))
@click.argument("content")
@click.option("--source", required=True, help="Where the fact comes from.")
@click.option("--as-of", metavar="YYYY-MM-DD", help="The day on which it was known, if not today.")
@click.option("--from", "starts_on", metavar="YYYY-MM-DD", help="Since when it holds.")
@click.option("--to", "ends_on", metavar="YYYY-MM-DD", help="Its last day.")
@click.option("--corrects", "corrects_id", help="The fact that was wrong, by its id.")
@json_option
@pass_terminal
def add_fact(
    terminal: Terminal,
    setting_id: str,
    kind: str,
    content: str,
    source: str,
    as_of: str | None,
    starts_on: str | None,
    ends_on: str | None,
    corrects_id: str | None,
    as_json: bool,
) -> None:
    """Add a fact. An empty CONTENT says that there is none, such as no manager in post."""
    fact = terminal.services.setting_facts.add(
        setting_id,
        kind,
        content,
        source,
        as_of=read_day(as_of),
        starts_on=read_day(starts_on),
        ends_on=read_day(ends_on),
        corrects_id=corrects_id,
    )
    show(fact, columns([_fact(fact)]), as_json=as_json)


def _fact(one: FactView) -> tuple[str, ...]:
    state = translate("holds") if one.holds else translate("corrected") if one.corrected else ""
    content = one.content or translate("none")
    return (one.id, one.kind, content, one.as_of.isoformat(), one.source, state)


def warn_of_district(terminal: Terminal, given: Mapping[str, Any], setting_id: str = "") -> None:
    """Say on stderr when a district is that of no other setting."""
    editing = terminal.services.setting_editing
    warning = editing.district_warning(given.get("district", ""), setting_id)
    warn(warning)


def _decided(terminal: Terminal, setting_id: str, open_work: Open | None) -> Open:
    """What becomes of open work. Raises Refused BAD_VALUE when there is some and nobody said."""
    if open_work is not None:
        return open_work
    open_here = terminal.services.setting_life.open_work(setting_id)
    if open_here:
        raise Refused(
            Code.BAD_VALUE,
            message("Open there: {what}.", what=open_work_summary(open_here)),
            message("Say --open-work withdraw, --open-work move with --to, or --open-work leave."),
        )
    return "leave"


def _show(row: PortfolioRow, as_json: bool) -> None:
    said = translate("{setting} is {state}.", setting=row.name, state=row.status)
    show(row, [said], as_json=as_json)
