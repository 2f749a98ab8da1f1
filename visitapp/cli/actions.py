"""`visitapp actions`: improvement actions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from visitapp.cli.dates import read_date
from visitapp.cli.help import Group
from visitapp.cli.holders.narrowing import held_by, officer_option, team_option
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, Refused
from visitapp.language import message, plural, translate
from visitapp.rules.choices import ActionStatus, Priority, VerifiedHow
from visitapp.rules.plans.states import OwnerSide
from visitapp.rules.text import visible

if TYPE_CHECKING:
    from visitapp.services.actions.actions import ActionChanges, PlanFields
    from visitapp.services.views.action_sheets import ActionDifference, SheetPreview
    from visitapp.services.views.actions import ActionView


@click.group(cls=Group)
def actions() -> None:
    """Improvement actions: raise, update, list."""


def _planned_options(command: Any) -> Any:
    """What a plan says of an action."""
    sides = [side.value for side in OwnerSide]
    for option in (
        click.option("--target", type=int, help="Of how many its progress is counted."),
        click.option("--measure", "success_measure", help="What shows that it worked."),
        click.option("--theme", help="Its theme, by an id of the policy."),
        click.option("--side", "owner_side", type=click.Choice(sides), help="Whose action it is."),
    ):
        command = option(command)
    return command


@actions.command()
@click.argument("visit_id", required=False)
@click.option("--setting", "setting_id", help="The setting, where no visit found it.")
@click.option("--title", required=True, help="The action to be taken.")
@click.option("--due", required=True, metavar="YYYY-MM-DD", help="The due date.")
@click.option(
    "--priority",
    default=Priority.MEDIUM.value,
    show_default=True,
    metavar="|".join(Priority),
    help="How urgent it is.",
)
@click.option("--owner", default="", help="The person or role responsible.")
@click.option("--question", default="", help="The question it comes from, by its id.")
@click.option("--detail", default="", help="The details, including what will show that it is done.")
@_planned_options
@json_option
@pass_terminal
def add(
    terminal: Terminal,
    /,
    visit_id: str | None,
    title: str,
    due: str,
    setting_id: str | None,
    priority: str,
    owner: str,
    question: str,
    detail: str,
    as_json: bool,
    **planned: Any,
) -> None:
    """Raise an action from a visit, or on a setting.

    It joins the open improvement plan. Where an earlier visit found the same thing, that visit's
    action is raised again.
    """
    if bool(visit_id) == bool(setting_id):
        raise click.UsageError(translate("Give a visit, or --setting."))
    given: PlanFields = _given(planned)
    action = terminal.services.actions.add(
        *(visit_id, setting_id, title, read_date(due), priority, owner, question, detail), **given
    )
    late = [translate("The due date is in the past.")] if action.overdue_days else []
    show(action, [_line(action), *late], as_json=as_json)


def _given(planned: dict[str, Any]) -> Any:
    """The options that were given."""
    return {name: value for name, value in planned.items() if value is not None}


@actions.command()
@click.argument("action_id")
@click.option(
    "--set",
    "changes",
    metavar="FIELD=VALUE",
    multiple=True,
    help="title, detail, owner, priority, due or status; may be given more than once.",
)
@click.option(
    "--status", type=click.Choice([s.value for s in ActionStatus]), help="The new status."
)
@click.option(
    "--reason", default="", help="The reason for reopening, withdrawing or a later due date."
)
@click.option(
    "--how", type=click.Choice([h.value for h in VerifiedHow]), help="How it was verified."
)
@click.option("--note", default="", help="What the officer saw, for a verified action.")
@click.option("--evidence", "evidence_id", help="Evidence that supports the step, by its id.")
@_planned_options
@json_option
@pass_terminal
def update(
    terminal: Terminal,
    /,
    action_id: str,
    changes: tuple[str, ...],
    status: str | None,
    reason: str,
    how: str | None,
    note: str,
    evidence_id: str | None,
    as_json: bool,
    **planned: Any,
) -> None:
    """Change fields of an action, or its status."""
    given: ActionChanges = {**_read_changes(changes), **_given(planned)}
    if status:
        given["status"] = status
    if not given:
        raise click.UsageError(translate("Give --set, --status or another change."))
    action = terminal.services.actions.update(
        action_id, reason=reason, how=how or "", note=note, evidence_id=evidence_id, **given
    )
    show(action, [_line(action)], as_json=as_json)


@actions.command("list")
@click.option("--visit", "visit_id", help="Only actions of this visit.")
@click.option("--setting", "setting_id", help="Only for this setting.")
@click.option("--open", "open_only", is_flag=True, help="Only actions that are not finished.")
@officer_option
@team_option
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    visit_id: str | None,
    setting_id: str | None,
    open_only: bool,
    officer: str | None,
    team: str | None,
    as_json: bool,
) -> None:
    """List actions, the earliest due first."""
    from visitapp.services.actions import sheet_columns

    found = terminal.services.actions.list(
        setting_id=setting_id,
        visit_id=visit_id,
        open_only=open_only,
        where=held_by(terminal, officer, team),
    )
    show_list(
        terminal,
        translate("Actions"),
        found,
        [
            Column(str(sheet_columns.ACTION_ID), lambda one: one.id),
            Column(str(sheet_columns.DUE), lambda one: one.due_on),
            Column(translate("Priority"), lambda one: one.priority),
            Column(translate("Status"), lambda one: one.status),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("Action"), lambda one: one.title),
            Column(str(sheet_columns.OWNER), lambda one: one.owner, in_file=True),
            Column(str(sheet_columns.REASON), lambda one: "", in_file=True),
            Column(str(sheet_columns.DUE_THEN), lambda one: one.due_on, in_file=True),
            Column(str(sheet_columns.OWNER_THEN), lambda one: one.owner, in_file=True),
        ],
        empty=translate("No actions."),
        as_json=as_json,
    )


@actions.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Make the changes without asking.")
@json_option
@pass_terminal
def import_(terminal: Terminal, file: Path, preview: bool, yes: bool, as_json: bool) -> None:
    """Take due dates and owners back from a list of actions that was exported.

    The changes are shown first. A later due date needs its reason in the file.
    """
    sheets = terminal.services.action_sheets
    found = sheets.preview(file)
    lines = _preview_lines(found)
    if preview:
        show(found, lines, as_json=as_json)
        return
    if found.changes and not found.faults and not yes:
        if as_json:
            raise click.UsageError(translate("Give --preview or --yes with --json."))
        for line in lines:
            click.echo(visible(line))
        click.confirm(translate("Make these changes?"), abort=True, err=True)
        lines = []
    changed = sheets.apply(found)
    lines.append(plural("Changed {n} action.", "Changed {n} actions.", changed))
    show({"changed": changed, "preview": found}, lines, as_json=as_json)


def _preview_lines(found: SheetPreview) -> list[str]:
    lines = [
        translate(
            "row {row}: {title}, {setting}", row=one.row, title=one.title, setting=one.setting
        )
        + "".join(f"; {change}" for change in _changes_of(one))
        for one in found.changes
    ]
    lines += [
        translate("row {row}, column “{column}”: {what}", row=f.row, column=f.column, what=f.what)
        for f in (*found.faults, *found.ignored)
    ]
    return lines or [translate("The file changes nothing.")]


def _changes_of(one: ActionDifference) -> list[str]:
    said = []
    if one.due_before != one.due_after:
        said.append(translate("due {before} → {after}", before=one.due_before, after=one.due_after))
    if one.owner_before != one.owner_after:
        said.append(
            translate(
                "owner {before} → {after}",
                before=one.owner_before or translate("nobody"),
                after=one.owner_after or translate("nobody"),
            )
        )
    if one.reason:
        said.append(translate("reason: {reason}", reason=one.reason))
    return said


def _line(action: ActionView) -> str:
    return translate(
        "Action {id}: {title}, due {day}, {status}.",
        id=action.id,
        title=action.title,
        day=action.due_on,
        status=action.status,
    )


def _read_changes(given: tuple[str, ...]) -> ActionChanges:
    changes: ActionChanges = {}
    for pair in given:
        field, equals, text = pair.partition("=")
        if not equals:
            raise click.BadParameter(
                translate("{given} is not FIELD=VALUE.", given=repr(pair)), param_hint="--set"
            )
        match field:
            case "due" | "due_on":
                changes["due_on"] = read_date(text)
            case "title" | "detail" | "owner" | "priority" | "status":
                changes[field] = text
            case _:
                allowed = "title, detail, owner, priority, due or status"
                raise Refused(
                    Code.BAD_VALUE,
                    message("“{field}” is not {allowed}.", field=field, allowed=allowed),
                )
    return changes
