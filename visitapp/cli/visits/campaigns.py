"""`visitapp campaigns`: one theme looked at in many settings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.choices import Rag
from visitapp.services.campaigns.words import (
    days_words,
    progress_words,
    started_words,
    state_words,
    tally_words,
    visit_words,
)
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from visitapp.services.campaigns.views import CampaignView

_DAY = "YYYY-MM-DD"


@click.group(cls=Group)
def campaigns() -> None:
    """Campaigns of themed audits: list, start, follow, close."""


@campaigns.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List campaigns, those that run first."""
    found = terminal.services.campaigns.list()
    show_list(
        terminal,
        translate("Campaigns"),
        found,
        [
            Column(translate("Campaign id"), lambda one: one.id),
            Column(translate("Campaign"), lambda one: one.title),
            Column(translate("Form"), lambda one: one.form),
            Column(translate("Days"), days_words),
            Column(translate("State"), state_words),
            Column(translate("Visits"), progress_words),
            Column(translate("Outcomes"), lambda one: tally_words(one.results)),
        ],
        empty=translate("No campaigns."),
        as_json=as_json,
    )


@campaigns.command("show")
@click.argument("campaign_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, campaign_id: str, as_json: bool) -> None:
    """Print a campaign: its visits, which are left, and the outcomes by theme."""
    found = terminal.services.campaigns.view(campaign_id)
    show(found, _lines(found), as_json=as_json)


@campaigns.command()
@click.argument("title")
@click.option("--form", "form_id", required=True, help="The form for themed audits, by its id.")
@click.option("--from", "starts_on", metavar=_DAY, help="The first day. Today if none.")
@click.option("--to", "ends_on", required=True, metavar=_DAY, help="The last day.")
@click.option(
    "--setting",
    "setting_ids",
    multiple=True,
    help="A setting to visit; may be given more than once. By default all that the filters leave.",
)
@click.option("--type", "service_type", help="Only settings of this service type.")
@click.option("--team", help="Only settings of this team.")
@click.option(
    "--officer",
    "officers",
    metavar="NAME",
    multiple=True,
    help="Only settings that this user holds; may be given more than once.",
)
@json_option
@pass_terminal
def start(
    terminal: Terminal,
    title: str,
    form_id: str,
    starts_on: str | None,
    ends_on: str,
    setting_ids: tuple[str, ...],
    service_type: str | None,
    team: str | None,
    officers: tuple[str, ...],
    as_json: bool,
) -> None:
    """Start a campaign and plan its visits, for a team lead."""
    service = terminal.services.campaigns
    offered = service.settings(form_id, officers)
    chosen = setting_ids or [
        one.id
        for one in offered
        if service_type in (None, one.service_type) and team in (None, one.team)
    ]
    first = read_day(starts_on) or terminal.services.desk.today()
    found = service.start(title, form_id, chosen, first, read_date(ends_on))
    lines = [found.campaign_id, started_words(found)]
    lines += [f"  {name}: {why}" for name, why in found.left_out.items()]
    show(found, lines, as_json=as_json)


@campaigns.command()
@click.argument("campaign_id")
@click.option("--words", required=True, help="A sentence on what came of it.")
@json_option
@pass_terminal
def close(terminal: Terminal, campaign_id: str, words: str, as_json: bool) -> None:
    """Close a campaign. The visits that were not made are cancelled."""
    found = terminal.services.campaigns.close(campaign_id, words)
    show(found, _lines(found), as_json=as_json)


@campaigns.command()
@click.argument("campaign_id")
@click.option("--reason", required=True, help="Why it should not go on.")
@json_option
@pass_terminal
def withdraw(terminal: Terminal, campaign_id: str, reason: str, as_json: bool) -> None:
    """Withdraw a campaign. The visits that were not made are cancelled."""
    found = terminal.services.campaigns.withdraw(campaign_id, reason)
    show(found, _lines(found), as_json=as_json)


def _lines(one: CampaignView) -> Iterator[str]:
    yield f"{one.title}: {one.id}"
    yield f"  {one.form}, {days_words(one)}. {state_words(one)}."
    if one.words:
        yield f"  {one.words}"
    outcomes = tally_words(one.results)
    yield f"  {progress_words(one)}. {outcomes}".rstrip()
    for title, tally in one.themes.items():
        yield f"  {title}: {tally_words(tally)}"
    for visit in (*one.left, *one.done):
        rag = choice_word(Rag, visit.rag) if visit.rag else ""
        said = (short_day(visit.planned_on), visit.setting, visit.officer, visit_words(visit), rag)
        yield "  " + ", ".join(filter(None, said))
