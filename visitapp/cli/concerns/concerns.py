"""`visitapp concerns`: what is brought to the council about a setting, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, time

import click

from visitapp.cli.concerns.links import LINK_COMMANDS
from visitapp.cli.concerns.sheets import import_
from visitapp.cli.concerns.steps import STEP_COMMANDS, show_concern
from visitapp.cli.concerns.text import cluster_lines, row_cells, trend_lines
from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.concerns.states import (
    ConcernKind,
    ConcernSource,
    Severity,
)
from visitapp.services.concerns.queries import STATES
from visitapp.services.concerns.trends import SUBJECTS
from visitapp.services.concerns.views import ConcernFilter, NewConcern


@click.group(cls=Group)
def concerns() -> None:
    """Concerns: log, list, update, ask, reply, decide, close, trends."""


for _command in (import_, *STEP_COMMANDS, *LINK_COMMANDS):
    concerns.add_command(_command)


@concerns.command()
@click.argument("setting_id")
@click.option(
    "--kind", required=True, type=click.Choice([one.value for one in ConcernKind]), help="Kind."
)
@click.option("--title", required=True, help="The concern in a few words. No names.")
@click.option(
    "--severity", default="2", type=click.Choice([one.value for one in Severity]), help="1 to 4."
)
@click.option(
    "--source",
    default="partner",
    type=click.Choice([one.value for one in ConcernSource]),
    help="Source.",
)
@click.option("--text", default="", help="What was said, in the speaker's words.")
@click.option("--theme", "themes", multiple=True, help="A theme's id. May be given more than once.")
@click.option("--person", default="", help="A code for the person, such as P31. Never a name.")
@click.option("--received", metavar="YYYY-MM-DD", help="The day it was received. Now if none.")
@click.option("--happened", metavar="YYYY-MM-DD", help="The day it happened.")
@click.option("--restricted", is_flag=True, help="Show it to those who need it alone.")
@click.option("--reference", default="", help="Its number in the case system.")
@click.option("--visit", "visit_id", help="The visit on which it was raised.")
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    /,
    setting_id: str,
    kind: str,
    title: str,
    severity: str,
    source: str,
    text: str,
    themes: tuple[str, ...],
    person: str,
    received: str | None,
    happened: str | None,
    restricted: bool,
    reference: str,
    visit_id: str | None,
    as_json: bool,
) -> None:
    """Log a concern about a setting."""
    new = NewConcern(
        setting_id=setting_id,
        kind=kind,
        title=title,
        severity=severity,
        source=source,
        text=text,
        themes=list(themes),
        person=person,
        received_at=_moment(terminal, received),
        happened_on=read_day(happened),
        restricted=restricted,
        reference=reference,
        visit_id=visit_id,
    )
    show_concern(terminal, terminal.services.concerns.log(new), as_json)


@concerns.command("list")
@click.argument("setting_id", required=False)
@click.option("--state", default="open", type=click.Choice(list(STATES)), help="Which ones.")
@click.option("--provider", "provider_id", help="The id of a provider.")
@click.option(
    "--kind",
    default="",
    type=click.Choice(["", *(one.value for one in ConcernKind)]),
    help="Of this kind.",
)
@click.option("--theme", default="", help="With this theme's id.")
@click.option("--find", "text", default="", help="With this in title, setting, code or reference.")
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    setting_id: str | None,
    state: str,
    provider_id: str | None,
    kind: str,
    theme: str,
    text: str,
    as_json: bool,
) -> None:
    """List concerns, what is due first first."""
    wanted = ConcernFilter(
        state=state,
        setting_id=setting_id,
        provider_id=provider_id,
        kind=kind,
        theme=theme,
        text=text,
    )
    found = terminal.services.concerns.list(wanted)
    lines = columns([row_cells(one) for one in found]) or [translate("No concerns.")]
    show(found, lines, as_json=as_json)


@concerns.command("show")
@click.argument("concern_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, concern_id: str, as_json: bool) -> None:
    """Print a concern with its time limits and what happened."""
    show_concern(terminal, terminal.services.concerns.view(concern_id), as_json)


@concerns.command()
@click.argument("concern_id")
@click.option("--title", help="The concern in a few words.")
@click.option("--text", help="What was said.")
@click.option("--severity", type=click.Choice([one.value for one in Severity]), help="1 to 4.")
@click.option("--theme", "themes", multiple=True, help="A theme's id, in place of those before.")
@click.option("--person", help="A code for the person; empty for none.")
@click.option("--happened", metavar="YYYY-MM-DD", help="The day it happened.")
@json_option
@pass_terminal
def edit(
    terminal: Terminal,
    concern_id: str,
    title: str | None,
    text: str | None,
    severity: str | None,
    themes: tuple[str, ...],
    person: str | None,
    happened: str | None,
    as_json: bool,
) -> None:
    """Correct what was logged."""
    given = {
        "title": title,
        "text": text,
        "severity": severity,
        "themes": list(themes) or None,
        "person": person,
        "happened_on": read_day(happened),
    }
    fields = {name: value for name, value in given.items() if value is not None}
    show_concern(terminal, terminal.services.concerns.edit(concern_id, **fields), as_json)


@concerns.command()
@click.option("--setting", "setting_id", help="Of one setting.")
@click.option("--provider", "provider_id", help="Of one provider.")
@click.option("--days", default=90, type=click.IntRange(1, 366), help="How many days up to today.")
@click.option("--by", default="theme", type=click.Choice(list(SUBJECTS)), help="Counted by what.")
@json_option
@pass_terminal
def trends(
    terminal: Terminal,
    setting_id: str | None,
    provider_id: str | None,
    days: int,
    by: str,
    as_json: bool,
) -> None:
    """Count concerns by theme, setting or provider, beside the days before, with the clusters."""
    counting = terminal.services.concern_trends
    found = counting.trends(setting_id, provider_id, days)
    clusters = counting.clusters(setting_id, provider_id)
    table = counting.table(by, setting_id, provider_id, days)
    lines = [*trend_lines(found, table), *cluster_lines(clusters)]
    show({"trends": found, "table": table, "clusters": clusters}, lines, as_json=as_json)


def _moment(terminal: Terminal, text: str | None) -> datetime | None:
    """Noon of a day, or now where it has not come yet."""
    if not text:
        return None
    now = terminal.services.desk.clock()
    noon = datetime.combine(read_date(text), time(12), now.astimezone().tzinfo)
    return min(noon, now) if noon.date() <= now.astimezone().date() else noon
