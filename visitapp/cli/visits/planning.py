"""`visitapp visits plan`, `due`, `planned` and `counts`: which visits are due, planned and made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from visitapp.cli.dates import read_date, read_day
from visitapp.cli.help import Command, Group
from visitapp.cli.lists import show_list, titled
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.language import plural, translate
from visitapp.rules.choices import Purpose
from visitapp.vocabulary.due import why_due

if TYPE_CHECKING:
    from visitapp.services.views.planning import DueVisit, PlannedView

GROUPS = ("purpose", "type", "officer", "month")
_DAY = "YYYY-MM-DD"


@click.command(cls=Command)
@click.argument("setting_id")
@click.option(
    "--purpose",
    default=Purpose.ANNUAL.value,
    show_default=True,
    help="The purpose of the visit: annual, risk_led, contract_review …",
)
@click.option(
    "--on",
    "planned_on",
    metavar=_DAY,
    help="The day of the visit. By default the last working day of its window.",
)
@click.option(
    "--due", "due_on", metavar=_DAY, help="The day it is due. By default as the rules say."
)
@click.option("--form", "form_id", help="The form to use, by its id.")
@click.option("--officer", metavar="NAME", help="Who makes it. By default the setting's officer.")
@json_option
@pass_terminal
def plan(
    terminal: Terminal,
    setting_id: str,
    purpose: str,
    planned_on: str | None,
    due_on: str | None,
    form_id: str | None,
    officer: str | None,
    as_json: bool,
) -> None:
    """Plan a visit to a setting."""
    view = terminal.services.planning.plan(
        setting_id,
        purpose,
        read_day(planned_on),
        due_on=read_day(due_on),
        form_id=form_id,
        officer=officer,
    )
    show(view, [_line(view)], as_json=as_json)


@click.command(cls=Command)
@click.option("--officer", metavar="NAME", help="Only settings that this user holds.")
@click.option("--setting", "setting_id", help="Only for this setting.")
@click.option("--until", metavar=_DAY, help="Only visits due by this day.")
@json_option
@pass_terminal
def due(
    terminal: Terminal,
    officer: str | None,
    setting_id: str | None,
    until: str | None,
    as_json: bool,
) -> None:
    """List the visits that settings are due, with the rule and the reason, the earliest first."""
    found = terminal.services.planning.due(officer, setting_id, read_day(until))
    lines = columns([_due_row(one) for one in found]) or [translate("No visits are due.")]
    show([_as_json(one) for one in found], lines, as_json=as_json)


@click.group(cls=Group)
def planned() -> None:
    """Planned visits: list, move, confirm, cancel, hand over, save as a calendar."""


@planned.command("list")
@click.option("--setting", "setting_id", help="Only for this setting.")
@click.option("--officer", metavar="NAME", help="Only visits that this user is to make.")
@click.option("--open", "open_only", is_flag=True, help="Only visits that are still to be made.")
@click.option(
    "--moved-often", is_flag=True, help="Only visits moved so often that the team lead sees them."
)
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    setting_id: str | None,
    officer: str | None,
    open_only: bool,
    moved_often: bool,
    as_json: bool,
) -> None:
    """List planned visits, the earliest day first."""
    found = terminal.services.planning.list(
        setting_id, officer, open_only=open_only, for_lead=moved_often
    )
    show_list(
        terminal,
        translate("Planned visits"),
        found,
        titled(
            _planned_row,
            translate("Plan id"),
            translate("Planned on"),
            translate("Due"),
            translate("Setting"),
            translate("Purpose"),
            translate("State"),
            translate("Officer"),
            translate("Campaign"),
        ),
        empty=translate("No planned visits."),
        as_json=as_json,
    )


@planned.command()
@click.argument("plan_id")
@click.option("--to", "day", required=True, metavar=_DAY, help="The new day.")
@click.option("--reason", default="", help="The reason for moving it.")
@json_option
@pass_terminal
def move(terminal: Terminal, plan_id: str, day: str, reason: str, as_json: bool) -> None:
    """Move a planned visit to another day. It is then to be confirmed again."""
    view = terminal.services.planning.move(plan_id, read_date(day), reason)
    lines = [_line(view)]
    if view.for_lead:
        lines.append(translate("It was moved so often that your team lead sees it."))
    show(view, lines, as_json=as_json)


@planned.command()
@click.argument("plan_id")
@json_option
@pass_terminal
def confirm(terminal: Terminal, plan_id: str, as_json: bool) -> None:
    """Note that the day of a planned visit is agreed."""
    view = terminal.services.planning.confirm(plan_id)
    show(view, [_line(view)], as_json=as_json)


@planned.command()
@click.argument("plan_id")
@click.option("--reason", default="", help="The reason for cancelling it.")
@json_option
@pass_terminal
def cancel(terminal: Terminal, plan_id: str, reason: str, as_json: bool) -> None:
    """Cancel a planned visit."""
    view = terminal.services.planning.cancel(plan_id, reason)
    show(view, [_line(view)], as_json=as_json)


@planned.command()
@click.argument("plan_id")
@click.option(
    "--to", "officer", metavar="NAME", help="Who makes it. By default the setting's officer."
)
@json_option
@pass_terminal
def give(terminal: Terminal, plan_id: str, officer: str | None, as_json: bool) -> None:
    """Let somebody else make a planned visit."""
    view = terminal.services.planning.give_to(plan_id, officer)
    show(view, [_line(view)], as_json=as_json)


@planned.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The file to write.")
@click.option("--officer", metavar="NAME", help="Only visits that this user is to make.")
@click.option("--plan", "plan_id", metavar="ID", help="Only this planned visit.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def calendar(
    terminal: Terminal,
    out: Path,
    officer: str | None,
    plan_id: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write the planned visits to come as a calendar file (ICS)."""
    require_new(out, overwrite=overwrite)
    from visitapp.reports.calendar.ics import save_calendar

    planner = terminal.services.planner
    found = planner.place_of(plan_id) if plan_id else planner.to_come_of(officer)
    path = save_calendar(found, out, terminal.services.desk.clock())
    many = plural("{n} visit", "{n} visits", len(found))
    said = translate("Saved {visits} to {file}.", visits=many, file=path)
    show({"file": str(path), "visits": len(found)}, [said], as_json=as_json)


@click.command(cls=Command)
@click.option(
    "--by",
    "groups",
    multiple=True,
    type=click.Choice(GROUPS),
    help="What to count by; may be given more than once. By default the purpose.",
)
@click.option("--from", "first", metavar=_DAY, help="The first day of the period.")
@click.option("--to", "last", metavar=_DAY, help="The last day of the period.")
@json_option
@pass_terminal
def counts(
    terminal: Terminal, groups: Sequence[str], first: str | None, last: str | None, as_json: bool
) -> None:
    """Count signed-off visits by purpose, service type, officer or month."""
    by = groups or GROUPS[:1]
    found = terminal.services.planning.counts(by, read_day(first), read_day(last))
    rows = [(*one.group, str(one.visits)) for one in found]
    total = sum(one.visits for one in found)
    lines = [*columns(rows), plural("{n} visit", "{n} visits", total)]
    show({"by": by, "counts": found, "total": total}, lines, as_json=as_json)


def _as_json(one: DueVisit) -> dict[str, Any]:
    reasons = {"why": why_due(one.due), "others": [why_due(other) for other in one.others]}
    return msgspec.structs.asdict(one) | reasons


def _due_row(one: DueVisit) -> list[str]:
    planned_for = one.planned_on
    return [
        one.due.due_on.isoformat(),
        one.setting,
        one.officer,
        one.due.rule,
        why_due(one.due),
        translate("planned for {day}", day=planned_for) if planned_for else "",
    ]


def _planned_row(view: PlannedView) -> list[str]:
    return [
        view.id,
        view.planned_on.isoformat(),
        translate("due {day}", day=view.window_to),
        view.setting,
        view.purpose,
        view.state,
        view.officer,
        view.campaign,
    ]


def _line(view: PlannedView) -> str:
    return translate(
        "{id}: {setting}, {purpose}, {day}, {state}.",
        id=view.id,
        setting=view.setting,
        purpose=view.purpose,
        day=view.planned_on,
        state=view.state,
    )
