"""`visitapp contracts`: what the council buys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Group
from visitapp.cli.market import fields
from visitapp.cli.market.fields import read_fields
from visitapp.cli.market.register import import_
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate
from visitapp.rules.market_choices import ManagementLevel
from visitapp.services.contracts.contracts import FILTERS
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visitapp.services.views.contracts import ContractView

_TERMS: dict[str, fields.Reader] = {
    **dict.fromkeys(("number", "title", "lot", "tier", "zone"), fields.words),
    **dict.fromkeys(("lead_commissioner", "extension_months"), fields.words),
    **dict.fromkeys(("route", "funding"), fields.words_or_none),
    **dict.fromkeys(("starts_on", "ends_on"), fields.day),
    **dict.fromkeys(("yearly_cost", "our_share"), fields.number),
    **dict.fromkeys(("decide_months", "notice_months", "review_months"), fields.number),
    **dict.fromkeys(("public_liability", "employers_liability"), fields.number),
    "professional_indemnity": fields.number,
    "service_types": fields.listed,
    **dict.fromkeys(("key_supplier", "hard_to_replace", "deed"), fields.yes),
    "officer_id": fields.words_or_none,
}
_PLACE: dict[str, fields.Reader] = {
    "ends_on": fields.day,
    "volume": fields.number,
    "unit": fields.words_or_none,
    "price_pence": fields.number,
}

set_terms = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="A term, such as ends_on=2027-03-31; may be given more than once.",
)
set_bought = click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="ends_on, volume, unit or price_pence; may be given more than once.",
)
why = click.option("--reason", required=True, help="The reason.")


@click.group(cls=Group)
def contracts() -> None:
    """Contracts, the settings under them, and decisions on them."""


contracts.add_command(import_)


@contracts.command("list")
@click.option("--search", default="", help="Only contracts that contain this text.")
@click.option(
    "--filter",
    "which",
    type=click.Choice(list(FILTERS)),
    default="current",
    help="Which contracts to list.",
)
@json_option
@pass_terminal
def list_(terminal: Terminal, search: str, which: str, as_json: bool) -> None:
    """List contracts."""
    rows = terminal.services.contracts.list(search, which)
    lines = columns(
        [
            (
                row.number,
                row.provider,
                row.phase,
                row.ends_on.isoformat() if row.ends_on else "",
                plural("{n} setting", "{n} settings", row.settings),
                row.rag,
            )
            for row in rows
        ]
    )
    show(rows, lines or [translate("There are no such contracts.")], as_json=as_json)


@contracts.command("show")
@click.argument("contract")
@json_option
@pass_terminal
def show_(terminal: Terminal, contract: str, as_json: bool) -> None:
    """Show a contract, by its id or number."""
    _show(terminal.services.contracts.view(contract), as_json)


@contracts.command()
@click.argument("number")
@click.option("--provider", "provider_id", required=True, help="The provider, by its id.")
@set_terms
@json_option
@pass_terminal
def add(
    terminal: Terminal, number: str, provider_id: str, changes: tuple[str, ...], as_json: bool
) -> None:
    """Add a contract with a provider."""
    terms = read_fields(changes, _TERMS)
    terms.pop("number", None)
    _show(terminal.services.contracts.add(number, provider_id, **terms), as_json)


@contracts.command()
@click.argument("contract")
@click.option("--provider", "provider_id", help="Another provider, by its id.")
@set_terms
@json_option
@pass_terminal
def edit(
    terminal: Terminal,
    contract: str,
    provider_id: str | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Change the terms of a contract."""
    terms = read_fields(changes, _TERMS)
    _show(terminal.services.contracts.edit(contract, provider_id=provider_id, **terms), as_json)


@contracts.command()
@click.argument("contract")
@click.option("--until", required=True, metavar="YYYY-MM-DD", help="The new end date.")
@why
@json_option
@pass_terminal
def extend(terminal: Terminal, contract: str, until: str, reason: str, as_json: bool) -> None:
    """Extend a contract."""
    _show(terminal.services.contracts.extend(contract, read_date(until), reason), as_json)


@contracts.command()
@click.argument("contract")
@click.option("--last-day", required=True, metavar="YYYY-MM-DD", help="Its last day.")
@why
@json_option
@pass_terminal
def notice(terminal: Terminal, contract: str, last_day: str, reason: str, as_json: bool) -> None:
    """Note that a contract will end on a later day."""
    _show(terminal.services.contracts.give_notice(contract, read_date(last_day), reason), as_json)


@contracts.command()
@click.argument("contract")
@click.option("--last-day", required=True, metavar="YYYY-MM-DD", help="Its last day.")
@why
@json_option
@pass_terminal
def end(terminal: Terminal, contract: str, last_day: str, reason: str, as_json: bool) -> None:
    """End a contract."""
    _show(terminal.services.contracts.end(contract, read_date(last_day), reason), as_json)


@contracts.command()
@click.argument("contract")
@why
@json_option
@pass_terminal
def resume(terminal: Terminal, contract: str, reason: str, as_json: bool) -> None:
    """Take back a notice or an end."""
    _show(terminal.services.contracts.resume(contract, reason), as_json)


@contracts.command()
@click.argument("contract")
@click.argument("level", type=click.Choice([*(one.value for one in ManagementLevel), "by-rules"]))
@click.option("--reason", default="", help="The reason for another level than the rules give.")
@click.option("--review", metavar="YYYY-MM-DD", help="The day on which it is reviewed.")
@json_option
@pass_terminal
def level(
    terminal: Terminal, contract: str, level: str, reason: str, review: str | None, as_json: bool
) -> None:
    """Set the management level of a contract, or go back to the one that the rules give."""
    chosen = None if level == "by-rules" else level
    review_on = read_day(review)
    _show(terminal.services.contracts.set_level(contract, chosen, reason, review_on), as_json)


@contracts.command("add-setting")
@click.argument("contract")
@click.argument("setting_id")
@click.option("--from", "starts_on", metavar="YYYY-MM-DD", help="The first day.")
@set_bought
@json_option
@pass_terminal
def add_setting(
    terminal: Terminal,
    contract: str,
    setting_id: str,
    starts_on: str | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Put a setting under a contract."""
    first = read_day(starts_on)
    bought = read_fields(changes, _PLACE)
    place = terminal.services.contract_places.add(contract, setting_id, first, **bought)
    said = translate(
        "{setting} is under contract {number}.", setting=place.setting, number=place.contract
    )
    show(place, [said], as_json=as_json)


@contracts.command("edit-setting")
@click.argument("place_id")
@set_bought
@json_option
@pass_terminal
def edit_setting(
    terminal: Terminal, place_id: str, changes: tuple[str, ...], as_json: bool
) -> None:
    """Change what is bought of a setting, by the id of its place under the contract."""
    place = terminal.services.contract_places.edit(place_id, **read_fields(changes, _PLACE))
    show(place, [translate("Changed.")], as_json=as_json)


@contracts.command("end-setting")
@click.argument("place_id")
@click.option("--last-day", required=True, metavar="YYYY-MM-DD", help="Its last day there.")
@json_option
@pass_terminal
def end_setting(terminal: Terminal, place_id: str, last_day: str, as_json: bool) -> None:
    """Remove a setting from a contract, by the id of its place under it."""
    place = terminal.services.contract_places.end(place_id, read_date(last_day))
    said = translate(
        "{setting} leaves contract {number} after {day}.",
        setting=place.setting,
        number=place.contract,
        day=last_day,
    )
    show(place, [said], as_json=as_json)


def _show(contract: ContractView, as_json: bool) -> None:
    show(contract, _lines(contract), as_json=as_json)


def _lines(contract: ContractView) -> Iterator[str]:
    row = contract.row
    yield translate(
        "{number}, {title}: {provider}, {phase}",
        number=row.number,
        title=row.title or translate("no title"),
        provider=row.provider,
        phase=row.phase,
    )
    if row.ends_on:
        yield translate("Ends {day}.", day=row.ends_on.isoformat())
    if row.decide_by:
        yield translate("Decide on the extension by {day}.", day=row.decide_by.isoformat())
    if row.past_end:
        yield translate("It is past its end date, and nobody has ended or extended it.")
    yield translate("Level: {level}", level=choice_word(ManagementLevel, contract.level.level))
    if contract.level.overridden:
        yield "  " + translate("Set by a person: {reason}", reason=contract.level.reason)
    yield from ("  " + reason for reason in contract.level.reasons)
    yield from columns([(one.id, one.setting, one.rag) for one in contract.settings])
