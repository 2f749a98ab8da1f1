"""`visitapp exceptions`: placements that a senior manager authorises in a closed setting."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.authority.exception_life import RISK_PARTS, PlacementRisk
from visitapp.services.exceptions.words import risk_lines, state_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from visitapp.services.views.decided.exceptions import ExceptionView


@click.group(cls=Group)
def exceptions() -> None:
    """Placement exceptions: ask, assess, decide, use, list."""


_RISK_HELP = {
    "need": "The person's need.",
    "alternatives": "The alternatives that were tried.",
    "hazards": "The hazards.",
    "safeguards": "The safeguards.",
    "safeguarding_view": "The view of safeguarding.",
    "regulator_view": "The view of the regulator.",
    "told": "How the person or their advocate was told.",
}


def _risk_options(*, required: bool) -> Callable[[Any], Any]:
    def add(command: Any) -> Any:
        for part in reversed(RISK_PARTS):
            name = f"--{part.replace('_', '-')}"
            text = _RISK_HELP[part]
            command = click.option(name, part, required=required, default=None, help=text)(command)
        return command

    return add


@exceptions.command()
@click.argument("setting_id")
@click.option("--person", required=True, help="A code for the person, such as P31. Never a name.")
@click.option("--why", required=True, help="Why this placement is exceptional.")
@click.option("--needed-by", metavar="YYYY-MM-DD", help="The day by which it is needed.")
@_risk_options(required=False)
@json_option
@pass_terminal
def ask(
    terminal: Terminal,
    /,
    setting_id: str,
    person: str,
    why: str,
    needed_by: str | None,
    as_json: bool,
    **risk: str | None,
) -> None:
    """Ask for one person's placement in a setting that is closed to new ones. Give every part of
    the risk assessment, or none and assess it later."""
    found = terminal.services.exceptions.ask(
        setting_id,
        person,
        why,
        needed_by=read_day(needed_by),
        assessment=_risk(risk),
    )
    show(found, _lines(found), as_json=as_json)


@exceptions.command()
@click.argument("exception_id")
@_risk_options(required=True)
@json_option
@pass_terminal
def assess(terminal: Terminal, /, exception_id: str, as_json: bool, **risk: str | None) -> None:
    """Put the risk assessment of a placement on record. The latest counts."""
    given = {part: text or "" for part, text in risk.items()}
    found = terminal.services.exceptions.assess(exception_id, PlacementRisk(**given))
    show(found, _lines(found), as_json=as_json)


@exceptions.command()
@click.argument("exception_id")
@click.option("--until", required=True, metavar="YYYY-MM-DD", help="The last day of the exception.")
@click.option("--reason", required=True, help="The reason for the decision.")
@click.option("--conditions", default="", help="The conditions of the placement.")
@json_option
@pass_terminal
def authorise(
    terminal: Terminal, exception_id: str, until: str, reason: str, conditions: str, as_json: bool
) -> None:
    """Authorise the placement, as a senior manager. It needs a risk assessment on record."""
    found = terminal.services.exceptions.authorise(
        exception_id, read_date(until), reason, conditions
    )
    show(found, _lines(found), as_json=as_json)


@exceptions.command()
@click.argument("exception_id")
@click.option("--reason", required=True, help="The reason for the decision.")
@json_option
@pass_terminal
def refuse(terminal: Terminal, exception_id: str, reason: str, as_json: bool) -> None:
    """Refuse the placement, as a senior manager."""
    found = terminal.services.exceptions.refuse(exception_id, reason)
    show(found, _lines(found), as_json=as_json)


@exceptions.command()
@click.argument("exception_id")
@click.option("--reason", required=True, help="The reason for taking it back.")
@json_option
@pass_terminal
def withdraw(terminal: Terminal, exception_id: str, reason: str, as_json: bool) -> None:
    """Take back a request, or as a senior manager an authority that was not used."""
    found = terminal.services.exceptions.withdraw(exception_id, reason)
    show(found, _lines(found), as_json=as_json)


@exceptions.command()
@click.argument("exception_id")
@click.option("--placed-on", metavar="YYYY-MM-DD", help="The day of the placement. Today if none.")
@click.option("--reason", default="", help="The reason, once the exception is void or expired.")
@json_option
@pass_terminal
def use(
    terminal: Terminal, exception_id: str, placed_on: str | None, reason: str, as_json: bool
) -> None:
    """Record that the person was placed."""
    day: date = read_date(placed_on) if placed_on else terminal.services.desk.today()
    found = terminal.services.exceptions.use(exception_id, day, reason)
    show(found, _lines(found), as_json=as_json)


@exceptions.command("show")
@click.argument("exception_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, exception_id: str, as_json: bool) -> None:
    """Print a placement exception with its risk assessment and decision."""
    found = terminal.services.exceptions.view(exception_id)
    show(found, _lines(found), as_json=as_json)


@exceptions.command("list")
@click.argument("setting_id", required=False)
@click.option("--open", "open_only", is_flag=True, help="Only those asked for or authorised.")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, open_only: bool, as_json: bool) -> None:
    """List placement exceptions, the longest waiting first."""
    found = terminal.services.exceptions.list(setting_id, open_only=open_only)
    rows = [
        (
            one.id,
            one.asked_at.astimezone().date().isoformat(),
            one.setting,
            one.person,
            state_word(one),
            one.valid_to.isoformat() if one.valid_to else "",
        )
        for one in found
    ]
    show(found, columns(rows) or [translate("No placement exceptions.")], as_json=as_json)


def _risk(parts: dict[str, str | None]) -> PlacementRisk | None:
    if not any(parts.values()):
        return None
    return PlacementRisk(**{part: text or "" for part, text in parts.items()})


def _lines(one: ExceptionView) -> list[str]:
    facts = [
        (translate("State"), state_word(one)),
        (translate("Exceptional"), one.why),
        (translate("Needed by"), one.needed_by),
        (translate("Asked by"), f"{one.asked_by}, {one.asked_at.astimezone().date()}"),
        (translate("Decided by"), f"{one.decided_by}, {one.decided_on}" if one.decided_on else ""),
        (translate("Reason"), one.reason),
        (translate("Conditions"), one.conditions),
        (translate("Valid to"), one.valid_to),
        (translate("Placed on"), one.placed_on),
        (translate("Ended on"), one.ended_on),
        (translate("Because"), one.ended_because),
    ]
    lines = [
        translate("{person}, {setting}: {id}", person=one.person, setting=one.setting, id=one.id)
    ]
    lines += [f"  {label}: {text}" for label, text in facts if text]
    if one.covered is False:
        lines.append(f"  {translate('The person was placed while no exception was in force.')}")
    if one.assessment is None:
        return [*lines, f"  {translate('There is no risk assessment on record.')}"]
    lines.append(f"  {translate('Risk assessment on record')}")
    lines += [f"    {label}: {text}" for label, text in risk_lines(one.assessment)]
    count = plural(
        "{n} exception authorised here before", "{n} exceptions authorised here before", one.earlier
    )
    return [*lines, f"  {count}"]
