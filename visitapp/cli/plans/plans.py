"""`visitapp plans`: improvement plans, agreed with the provider and followed to their end."""

from __future__ import annotations

import click

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.plans.accuracy import answer, comments
from visitapp.cli.plans.provider import export, return_
from visitapp.cli.plans.text import event_lines, plan_lines, point_rows, version_lines
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate
from visitapp.rules.plans.states import OwnerSide, PlanStatus
from visitapp.vocabulary import choice_word

_ENDS = [PlanStatus.MET.value, PlanStatus.NOT_MET.value, PlanStatus.WITHDRAWN.value]


@click.group(cls=Group)
def plans() -> None:
    """Improvement plans: draft, agree, follow, end."""


@plans.command()
@click.argument("setting_id")
@click.option("--goal", required=True, help="What will be true when the plan is met.")
@click.option("--starts", required=True, metavar="YYYY-MM-DD", help="The first day of the plan.")
@click.option("--ends", required=True, metavar="YYYY-MM-DD", help="The last day of the plan.")
@click.option("--people", default="", help="Who answers for it at the provider: role and name.")
@json_option
@pass_terminal
def draft(
    terminal: Terminal,
    setting_id: str,
    goal: str,
    starts: str,
    ends: str,
    people: str,
    as_json: bool,
) -> None:
    """Begin the plan of a setting. Its unfinished actions join it."""
    found = terminal.services.plans.draft(
        setting_id, goal, read_date(starts), read_date(ends), people
    )
    show(found, plan_lines(found), as_json=as_json)


@plans.command()
@click.argument("plan_id")
@click.option("--goal", help="What will be true when the plan is met.")
@click.option("--starts", metavar="YYYY-MM-DD", help="The first day of the plan.")
@click.option("--ends", metavar="YYYY-MM-DD", help="The last day of the plan.")
@click.option("--people", help="Who answers for it at the provider: role and name.")
@json_option
@pass_terminal
def change(
    terminal: Terminal,
    plan_id: str,
    goal: str | None,
    starts: str | None,
    ends: str | None,
    people: str | None,
    as_json: bool,
) -> None:
    """Change a plan. The version that was agreed stays as it was agreed."""
    given = {
        "goal": goal,
        "starts_on": read_day(starts),
        "ends_on": read_day(ends),
        "provider_people": people,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    if not changes:
        raise click.UsageError(translate("Give --goal, --starts, --ends or --people."))
    found = terminal.services.plans.change(plan_id, **changes)  # type: ignore[arg-type]  # only what was given
    show(found, plan_lines(found), as_json=as_json)


@plans.command()
@click.argument("plan_id")
@click.option("--with", "agreed_with", required=True, help="With whom it is agreed.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day of the agreement. Today if none.")
@json_option
@pass_terminal
def agree(
    terminal: Terminal, plan_id: str, agreed_with: str, day: str | None, as_json: bool
) -> None:
    """Agree the plan as it stands, which makes its next version.

    It cannot be agreed while a finding that asks for an action has none.
    """
    found = terminal.services.plans.agree(plan_id, agreed_with, read_day(day))
    show(found, plan_lines(found), as_json=as_json)


@plans.command("add-found")
@click.argument("plan_id")
@json_option
@pass_terminal
def add_found(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """Raise the suggested action for every finding that asks for one and has none."""
    found = terminal.services.plans.add_found(plan_id)
    show(found, plan_lines(found), as_json=as_json)


@plans.command()
@click.argument("plan_id")
@click.option("--as", "after", required=True, type=click.Choice(_ENDS), help="How the plan ends.")
@click.option("--reason", default="", help="The reason, unless the plan is met.")
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day on which it ended. Today if none.")
@json_option
@pass_terminal
def end(
    terminal: Terminal, plan_id: str, after: str, reason: str, day: str | None, as_json: bool
) -> None:
    """End a plan as met, not met or withdrawn."""
    found = terminal.services.plans.end(plan_id, after, reason, read_day(day))
    show(found, plan_lines(found), as_json=as_json)


@plans.command()
@click.argument("plan_id")
@click.option("--reason", required=True, help="The reason for reopening it.")
@json_option
@pass_terminal
def reopen(terminal: Terminal, plan_id: str, reason: str, as_json: bool) -> None:
    """Take a plan up again that ended as met or not met, as a team lead."""
    found = terminal.services.plans.reopen(plan_id, reason)
    show(found, plan_lines(found), as_json=as_json)


@plans.command()
@click.argument("action_id")
@click.option("--text", default="", help="What was said or done.")
@click.option("--done", "progress", type=int, help="How many are done by now.")
@click.option(
    "--side",
    default=OwnerSide.PROVIDER.value,
    show_default=True,
    type=click.Choice([side.value for side in OwnerSide]),
    help="Who says so.",
)
@click.option("--on", "day", metavar="YYYY-MM-DD", help="The day of the update. Today if none.")
@json_option
@pass_terminal
def tell(
    terminal: Terminal,
    action_id: str,
    text: str,
    progress: int | None,
    side: str,
    day: str | None,
    as_json: bool,
) -> None:
    """Add an update to an action. It stays as it was written."""
    found = terminal.services.plans.tell(
        action_id, text, side=side, said_on=read_day(day), progress=progress
    )
    show(found, event_lines([found]), as_json=as_json)


@plans.command("show")
@click.argument("plan_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """Print a plan with its actions, and what differs from the version that was agreed."""
    found = terminal.services.plans.view(plan_id)
    show(found, plan_lines(found), as_json=as_json)


@plans.command("list")
@click.option("--setting", "setting_id", help="Only for this setting.")
@click.option("--open", "open_only", is_flag=True, help="Only plans that have not ended.")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, open_only: bool, as_json: bool) -> None:
    """List improvement plans, open ones first."""
    found = terminal.services.plans.list(setting_id, open_only=open_only)
    rows = [
        (
            one.id,
            choice_word(PlanStatus, one.status),
            one.ends_on.isoformat(),
            translate("{n} of {all} verified", n=one.verified, all=one.actions),
            translate("{n} overdue", n=one.overdue) if one.overdue else "",
            one.setting,
            one.goal,
        )
        for one in found
    ]
    show(found, columns(rows) or [translate("No improvement plans.")], as_json=as_json)


@plans.command()
@click.argument("plan_id")
@json_option
@pass_terminal
def versions(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """Print every version of a plan as it was agreed."""
    found = terminal.services.plans.versions(plan_id)
    lines = [line for one in found for line in version_lines(one)]
    show(found, lines or [translate("No version is agreed yet.")], as_json=as_json)


@plans.command()
@click.argument("plan_id")
@json_option
@pass_terminal
def progress(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """Print how a plan came along, a line for each day on which something changed."""
    found = terminal.services.plans.progress(plan_id)
    show(found, columns(point_rows(found)), as_json=as_json)


@plans.command()
@click.argument("action_id")
@json_option
@pass_terminal
def history(terminal: Terminal, action_id: str, as_json: bool) -> None:
    """Print what was said about an action and done with it, the newest first."""
    found = terminal.services.plans.history(action_id)
    show(found, event_lines(found) or [translate("Nothing yet.")], as_json=as_json)


plans.add_command(export)
plans.add_command(comments)
plans.add_command(answer)
plans.add_command(return_)
