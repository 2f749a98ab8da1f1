"""The commands that plan an intervention's visits, lead it to its end, and show it."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.dates import read_day
from visitapp.cli.interventions.interventions import day_option, interventions, show_whole
from visitapp.cli.interventions.text import figure_lines
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.language import translate
from visitapp.rules.interventions.states import InterventionResult


@interventions.command()
@click.argument("intervention_id")
@click.option("--count", required=True, type=int, help="How many visits.")
@click.option("--first", metavar="YYYY-MM-DD", help="The first of them. Today if none.")
@click.option("--weeks", type=int, help="Weeks between two visits. As the policy says if none.")
@json_option
@pass_terminal
def plan(
    terminal: Terminal,
    intervention_id: str,
    count: int,
    first: str | None,
    weeks: int | None,
    as_json: bool,
) -> None:
    """Plan a series of visits by the intervention officer."""
    found = terminal.services.visit_series.plan(intervention_id, count, read_day(first), weeks)
    rows = [(one.id, one.planned_on.isoformat(), one.officer) for one in found]
    show(found, columns(rows), as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@day_option
@json_option
@pass_terminal
def sustain(terminal: Terminal, intervention_id: str, day: str | None, as_json: bool) -> None:
    """Note that every exit criterion holds. Refused while one does not."""
    show_whole(
        terminal.services.interventions.sustain(intervention_id, read_day(day)), as_json=as_json
    )


@interventions.command()
@click.argument("intervention_id")
@click.option("--reason", required=True, help="Which criterion fell, and why.")
@day_option
@json_option
@pass_terminal
def resume(
    terminal: Terminal, intervention_id: str, reason: str, day: str | None, as_json: bool
) -> None:
    """Note that an exit criterion no longer holds, so that the count starts again."""
    found = terminal.services.interventions.resume(intervention_id, reason, read_day(day))
    show_whole(found, as_json=as_json)


@interventions.command("step-down")
@click.argument("intervention_id")
@click.option("--reason", default="", help="The reason, where it is earlier than agreed.")
@day_option
@json_option
@pass_terminal
def step_down(
    terminal: Terminal, intervention_id: str, reason: str, day: str | None, as_json: bool
) -> None:
    """Make visits fewer, once results were held as long as agreed."""
    found = terminal.services.interventions.step_down(intervention_id, reason, read_day(day))
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option(
    "--as",
    "result",
    required=True,
    type=click.Choice([one.value for one in InterventionResult]),
    help="How it ended.",
)
@click.option("--summary", required=True, help="What came of it.")
@click.option("--reason", default="", help="The reason, where it is earlier than agreed.")
@day_option
@json_option
@pass_terminal
def close(
    terminal: Terminal,
    intervention_id: str,
    result: str,
    summary: str,
    reason: str,
    day: str | None,
    as_json: bool,
) -> None:
    """Close an intervention, as a team lead. Its officer no longer sees the setting."""
    found = terminal.services.interventions.close(
        intervention_id, result, summary, reason, read_day(day)
    )
    show_whole(found, as_json=as_json)


@interventions.command("show")
@click.argument("intervention_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, intervention_id: str, as_json: bool) -> None:
    """Print an intervention with its exit criteria, visits, and before and after."""
    show_whole(terminal.services.interventions.view(intervention_id), as_json=as_json)


@interventions.command("before-after")
@click.argument("intervention_id")
@json_option
@pass_terminal
def before_after(terminal: Terminal, intervention_id: str, as_json: bool) -> None:
    """Print the figures at the start of an intervention and at its end, or today."""
    found = terminal.services.interventions.view(intervention_id)
    figures = [found.before, found.after]
    show(figures, figure_lines(figures), as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def report(
    terminal: Terminal, intervention_id: str, out: Path, overwrite: bool, as_json: bool
) -> None:
    """Write the report of an intervention: why, what was done, before and after."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.interventions.closure import save_intervention

    path = save_intervention(terminal.services, intervention_id, out)
    show({"file": str(path)}, [translate("Report saved to {file}.", file=path)], as_json=as_json)
