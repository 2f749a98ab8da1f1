"""`visitapp interventions`: refer a setting, decide, follow the exit criteria, end it."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.interventions.text import intervention_lines, line_rows
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.interventions.states import Bound, Measure, Unit
from visitapp.services.interventions.views import InterventionView

day_option = click.option(
    "--on", "day", metavar="YYYY-MM-DD", help="The day on which it happened. Today if none."
)


@click.group(cls=Group)
def interventions() -> None:
    """Interventions: refer, accept, criteria, step down, close."""


def show_whole(found: InterventionView, *, as_json: bool) -> None:
    """Print an intervention in full."""
    show(found, intervention_lines(found), as_json=as_json)


@interventions.command("list")
@click.option("--setting", "setting_id", help="Only for this setting.")
@click.option("--open", "open_only", is_flag=True, help="Only those that have not ended.")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, open_only: bool, as_json: bool) -> None:
    """List referrals and interventions, open ones first."""
    found = terminal.services.interventions.list(setting_id, open_only=open_only)
    show(found, columns(line_rows(found)) or [translate("No interventions.")], as_json=as_json)


@interventions.command()
@click.argument("setting_id")
@json_option
@pass_terminal
def grounds(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """Print what the records say for a referral: missed dates, the rating, concerns."""
    found = terminal.services.interventions.grounds(setting_id)
    lines = found.splitlines() or [translate("The records say nothing for a referral.")]
    show({"grounds": found}, lines, as_json=as_json)


@interventions.command()
@click.argument("setting_id")
@click.option("--why", required=True, help="Why the setting is referred.")
@click.option("--evidence", help="The evidence for it. What the records say if none.")
@day_option
@json_option
@pass_terminal
def refer(
    terminal: Terminal,
    setting_id: str,
    why: str,
    evidence: str | None,
    day: str | None,
    as_json: bool,
) -> None:
    """Refer a setting, with the reason and the evidence."""
    service = terminal.services.interventions
    given = service.grounds(setting_id) if evidence is None else evidence
    show_whole(service.refer(setting_id, why, given, read_day(day)), as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option("--officer", required=True, help="The sign-in name of the intervention officer.")
@click.option("--starts", metavar="YYYY-MM-DD", help="The first day. Today if none.")
@click.option("--to", "planned_to", metavar="YYYY-MM-DD", help="The day it is planned to.")
@click.option(
    "--sustain",
    type=click.IntRange(0, 36),
    help="Months for which results are to be held. As the policy says if none.",
)
@day_option
@json_option
@pass_terminal
def accept(
    terminal: Terminal,
    intervention_id: str,
    officer: str,
    starts: str | None,
    planned_to: str | None,
    sustain: int | None,
    day: str | None,
    as_json: bool,
) -> None:
    """Accept a referral, as a team lead. The officer named sees the setting from then on."""
    found = terminal.services.interventions.accept(
        intervention_id,
        officer,
        starts_on=read_day(starts),
        planned_to=read_day(planned_to),
        sustain_months=sustain,
        day=read_day(day),
    )
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option("--reason", required=True, help="Why it is refused.")
@day_option
@json_option
@pass_terminal
def refuse(
    terminal: Terminal, intervention_id: str, reason: str, day: str | None, as_json: bool
) -> None:
    """Refuse a referral, as a team lead."""
    found = terminal.services.interventions.refuse(intervention_id, reason, read_day(day))
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option("--reason", required=True, help="Why it is taken back.")
@day_option
@json_option
@pass_terminal
def withdraw(
    terminal: Terminal, intervention_id: str, reason: str, day: str | None, as_json: bool
) -> None:
    """Take a referral back."""
    found = terminal.services.interventions.withdraw(intervention_id, reason, read_day(day))
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.option("--officer", help="The sign-in name of another intervention officer.")
@click.option("--to", "planned_to", metavar="YYYY-MM-DD", help="The day it is planned to.")
@click.option("--reason", required=True, help="The reason.")
@day_option
@json_option
@pass_terminal
def change(
    terminal: Terminal,
    intervention_id: str,
    officer: str | None,
    planned_to: str | None,
    reason: str,
    day: str | None,
    as_json: bool,
) -> None:
    """Give an intervention another officer or end date, as a team lead."""
    found = terminal.services.interventions.change(
        intervention_id, reason, officer=officer, planned_to=read_day(planned_to), day=read_day(day)
    )
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("intervention_id")
@click.argument("text")
@click.option(
    "--measure", required=True, type=click.Choice([m.value for m in Measure]), help="Its measure."
)
@click.option("--needed", required=True, type=int, help="The value that is needed.")
@click.option("--bound", type=click.Choice([b.value for b in Bound]), help="On which side of it.")
@click.option("--unit", type=click.Choice([u.value for u in Unit]), help="What the value counts.")
@click.option("--times", type=int, default=1, show_default=True, help="So many times running.")
@click.option("--question", default="", help="The id of the question, for the measure answer.")
@click.option("--how-checked", default="", help="Who checks it, and on what sample.")
@json_option
@pass_terminal
def criterion(
    terminal: Terminal,
    intervention_id: str,
    text: str,
    measure: str,
    needed: int,
    bound: str | None,
    unit: str | None,
    times: int,
    question: str,
    how_checked: str,
    as_json: bool,
) -> None:
    """Set an exit criterion: what must hold before the intervention ends."""
    found = terminal.services.exit_criteria.add(
        intervention_id,
        text,
        measure,
        needed,
        bound=bound,
        unit=unit,
        times=times,
        question=question,
        how_checked=how_checked,
    )
    show_whole(found, as_json=as_json)


@interventions.command("drop-criterion")
@click.argument("criterion_id")
@json_option
@pass_terminal
def drop_criterion(terminal: Terminal, criterion_id: str, as_json: bool) -> None:
    """Take an exit criterion away."""
    show_whole(terminal.services.exit_criteria.drop(criterion_id), as_json=as_json)


@interventions.command()
@click.argument("criterion_id")
@click.argument("counted", type=int)
@click.option("--of", type=int, help="Of how many.")
@click.option("--note", default="", help="What was looked at.")
@day_option
@json_option
@pass_terminal
def read(
    terminal: Terminal,
    criterion_id: str,
    counted: int,
    of: int | None,
    note: str,
    day: str | None,
    as_json: bool,
) -> None:
    """Write down what was counted for an exit criterion."""
    found = terminal.services.exit_criteria.read(
        criterion_id, counted, of, day=read_day(day), note=note
    )
    show_whole(found, as_json=as_json)


@interventions.command()
@click.argument("setting_id")
@json_option
@pass_terminal
def questions(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """List the questions whose answers an exit criterion can measure at a setting."""
    found = terminal.services.exit_criteria.questions(setting_id)
    show(found, columns(list(found.items())), as_json=as_json)
