"""`visitapp settings`: the settings in the portfolio."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from visitapp.cli.help import Group
from visitapp.cli.holders.hand_overs import hand_over
from visitapp.cli.holders.narrowing import held_by, officer_option, team_option
from visitapp.cli.lists import Column, show_list
from visitapp.cli.market.fields import read_fields
from visitapp.cli.output import columns, json_option, show, warn
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.settings.register import (
    SETTING_FIELDS,
    close_setting,
    edit_setting,
    facts,
    list_closed,
    merge_settings,
    reopen_setting,
    set_setting,
    warn_of_district,
)
from visitapp.language import translate
from visitapp.rules.choices import ServiceType
from visitapp.services.settings.editing import REGULATORS
from visitapp.services.settings.portfolio import CLOSED
from visitapp.services.views.settings import HygieneCandidate, PortfolioRow
from visitapp.vocabulary import choice_word


@click.group(cls=Group)
def settings() -> None:
    """The settings in the portfolio."""


for _command in (
    edit_setting,
    close_setting,
    reopen_setting,
    merge_settings,
    list_closed,
    facts,
    hand_over,
):
    settings.add_command(_command)


@settings.command()
@click.argument("location_id", required=False, default="")
@click.option("--manual", metavar="NAME", help="Add a setting that no directory has.")
@click.option(
    "--type",
    "service_type",
    type=click.Choice([one.value for one in ServiceType]),
    help="Its service.",
)
@click.option("--regulator", type=click.Choice(REGULATORS), help="Its regulator, if it has one.")
@set_setting
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    location_id: str,
    manual: str | None,
    service_type: str | None,
    regulator: str | None,
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add a setting to the portfolio, from the directory or with --manual by hand."""
    if manual is None:
        if not location_id or service_type or regulator or changes:
            raise click.UsageError(translate("Give a LOCATION_ID, or --manual NAME --type TYPE."))
        row = terminal.services.settings.add(location_id)
    else:
        if not service_type:
            raise click.UsageError(translate("Give --type with --manual."))
        given = read_fields(changes, SETTING_FIELDS)
        given = {name: given[name] for name in given.keys() - {"name", "service_type"}}
        warn_of_district(terminal, given)
        doubled = terminal.services.setting_editing.name_warning(manual)
        row = terminal.services.setting_editing.add(
            manual,
            service_type,
            **given,
            regulator=regulator or "",
            location_id=location_id,
        )
        warn(doubled)
    added = {"id": row.setting_id, "name": row.name, "service_type": row.service_type}
    said = translate(
        "{setting} is in the portfolio with the id {id}.", setting=row.name, id=row.setting_id
    )
    show(added, [said], as_json=as_json)


@settings.command("match-hygiene")
@click.argument("setting_id")
@click.argument("fhrs_id", required=False)
@click.option("--none", "unmatch", is_flag=True, help="Remove the confirmed match.")
@json_option
@pass_terminal
def match_hygiene(
    terminal: Terminal, setting_id: str, fhrs_id: str | None, unmatch: bool, as_json: bool
) -> None:
    """Confirm the food hygiene rating of a setting. Without FHRS_ID, list possible ratings."""
    if fhrs_id and unmatch:
        raise click.UsageError(translate("Give an FHRS ID or --none, not both."))
    held = terminal.services.settings
    if fhrs_id or unmatch:
        matched = held.confirm_hygiene(setting_id, fhrs_id)
        said = translate("This setting now has no confirmed rating.")
        if matched:
            said = translate("Confirmed: {rating}.", rating=_hygiene(matched))
        show({"confirmed": matched}, [said], as_json=as_json)
        return
    found = held.hygiene_candidates(setting_id)
    lines = columns([("*" if one.confirmed else "", one.fhrs_id, _hygiene(one)) for one in found])
    nothing = translate(
        "No rating matches this postcode or name. Import the area's food hygiene file."
    )
    show({"candidates": found}, lines or [nothing], as_json=as_json)


def _hygiene(one: HygieneCandidate) -> str:
    rating = one.rating
    if one.rated_on:
        rating = translate("{rating} of {day}", rating=rating, day=one.rated_on.isoformat())
    postcode = one.postcode or translate("no postcode")
    return f"{one.name}, {postcode}, {one.business_type}: {rating}"


def _listed(row: PortfolioRow) -> dict[str, Any]:
    fields = msgspec.structs.asdict(row)
    more = fields.pop("more")
    return {"id": row.setting_id, **fields, **more}


@settings.command("list")
@click.option("--search", default="", help="Only settings that contain this text.")
@officer_option
@team_option
@click.option("--closed", is_flag=True, help="Only settings that are closed or merged.")
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    search: str,
    officer: str | None,
    team: str | None,
    closed: bool,
    as_json: bool,
) -> None:
    """List the portfolio. A search finds closed settings too."""
    where, wanted = held_by(terminal, officer, team), CLOSED if closed else "all"
    rows = terminal.services.portfolio.rows(text=search, filter=wanted, where=where)
    show_list(
        terminal,
        translate("Portfolio"),
        rows,
        [
            Column(translate("Setting id"), lambda row: row.setting_id),
            Column(translate("Setting"), lambda row: row.name),
            Column(
                translate("Service type"), lambda row: choice_word(ServiceType, row.service_type)
            ),
            Column(translate("Outcome"), lambda row: row.rag),
            Column(translate("Placements"), lambda row: row.placements),
            Column(translate("Officer"), lambda row: row.place.officer),
            Column(translate("Team"), lambda row: row.place.team, in_file=True),
            Column(translate("Contract"), lambda row: ", ".join(row.place.contracts), in_file=True),
            Column(translate("District"), lambda row: row.place.district, in_file=True),
        ],
        value=[_listed(row) for row in rows],
        empty=translate("The portfolio is empty."),
        as_json=as_json,
    )
