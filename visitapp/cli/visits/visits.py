"""`visitapp visits`: from starting a visit to its review."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.dates import read_day
from visitapp.cli.files import read_answers
from visitapp.cli.forms.exchange import export_visit
from visitapp.cli.help import Group
from visitapp.cli.holders.narrowing import held_by, officer_option, team_option
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.briefing import briefing
from visitapp.cli.visits.evidence import evidence
from visitapp.cli.visits.join import join
from visitapp.cli.visits.lens_text import lens_lines
from visitapp.cli.visits.move import move
from visitapp.cli.visits.outcome_text import outcome_lines, show_outcome
from visitapp.cli.visits.override import override
from visitapp.cli.visits.planning import counts, due, plan, planned
from visitapp.cli.visits.text import visit_json, visit_lines
from visitapp.errors import BadFile, Code, Refused
from visitapp.language import translate
from visitapp.rules.visit_life import is_frozen
from visitapp.services.visits.sign_off.audits import AuditChoice
from visitapp.storage.holding import HOLD


@click.group(cls=Group)
def visits() -> None:
    """Visits: plan, start, answer, rate, sign off, review."""


visits.add_command(join)
visits.add_command(move)
visits.add_command(override)
visits.add_command(export_visit)
visits.add_command(evidence)
visits.add_command(briefing)
for _command in (plan, due, planned, counts):
    visits.add_command(_command)


@visits.command()
@click.argument("setting_id")
@click.option("--form", "form_id", required=True, help="The form to use, by its id.")
@click.option("--purpose", help="The purpose of the visit; by default that of the form.")
@click.option("--visited-on", metavar="YYYY-MM-DD", help="The date of the visit. By default today.")
@click.option("--unannounced", is_flag=True, help="The visit is unannounced.")
@click.option("--joined-by", default="", help="The people who came with you.")
@click.option(
    "--contract",
    metavar="NUMBER",
    help="The contract that a contract review rates. By default the setting's own.",
)
@click.option(
    "--planned",
    "planned_visit_id",
    metavar="ID",
    help="The planned visit that it carries out. By default the next one for its purpose.",
)
@click.option(
    "--about",
    multiple=True,
    metavar="ACTION_ID",
    help="An action that an intervention visit asks about. Repeat it; by default all unverified.",
)
@click.option(
    "--blind", is_flag=True, help="The outcome is hidden until all questions are answered."
)
@json_option
@pass_terminal
def start(
    terminal: Terminal,
    setting_id: str,
    form_id: str,
    purpose: str | None,
    visited_on: str | None,
    unannounced: bool,
    joined_by: str,
    contract: str | None,
    planned_visit_id: str | None,
    about: tuple[str, ...],
    blind: bool,
    as_json: bool,
) -> None:
    """Start a visit to a setting on the latest version of a form."""
    visits_here = terminal.services.visits.list(setting_id=setting_id)
    visit = terminal.services.visits.start(
        setting_id,
        form_id,
        purpose,
        visited_on=read_day(visited_on),
        announced=not unannounced,
        joined_by=joined_by,
        contract=contract,
        planned_visit_id=planned_visit_id,
        about=about or None,
        blind=blind,
    )
    form = {"id": visit.form_id, "version": visit.form_version}
    line = translate(
        "Visit {id} to {setting} on {form} {version}.",
        id=visit.id,
        setting=visit.setting,
        form=visit.form_id,
        version=visit.form_version,
    )
    open_too = [
        translate("Also open here: visit {id} of {day}.", id=one.id, day=one.visited_on)
        for one in visits_here
        if not is_frozen(one.status)
    ]
    done = [
        translate("Already signed off here on this day: visit {id}.", id=one.id)
        for one in visits_here
        if is_frozen(one.status) and one.visited_on == visit.visited_on
    ]
    show({"id": visit.id, "form": form}, [line, *open_too, *done], as_json=as_json)


@visits.command()
@click.argument("visit_id")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_terminal
def answers(terminal: Terminal, visit_id: str, file: Path, as_json: bool) -> None:
    """Record the answers in a JSON file and print the outcome. If any has a fault, nothing is
    recorded."""
    given = read_answers(file)
    try:
        outcome = terminal.services.visits.answer_all(visit_id, given)
    except Refused as error:
        if error.code != Code.ANSWERS_FAULTS:
            raise
        raise BadFile(error.code, error.what, error.next_step, file=str(file)) from None
    show_outcome(terminal.services.visits, visit_id, outcome, as_json=as_json)


@visits.command()
@click.argument("visit_id")
@click.option("--lens", metavar="ID", help="By the key questions of a framework, such as cqc.")
@json_option
@pass_terminal
def rate(terminal: Terminal, visit_id: str, lens: str | None, as_json: bool) -> None:
    """Print the outcome of a visit with its reasons, or its answers by framework."""
    if lens:
        seen = terminal.services.visits.lens(visit_id, lens)
        show(seen, lens_lines(seen), as_json=as_json)
        return
    outcome = terminal.services.visits.outcome(visit_id)
    show_outcome(terminal.services.visits, visit_id, outcome, as_json=as_json)


@visits.command("sign-off")
@click.argument("visit_id")
@click.option(
    "--worse",
    type=click.Choice(["apply", "propose"]),
    help="A worse rating by a themed audit: change the rating now, or propose it.",
)
@click.option("--reason", default="", help="The reason for changing the rating now.")
@click.option("--review-on", metavar="YYYY-MM-DD", help="The review of a rating changed now.")
@json_option
@pass_terminal
def sign_off(
    terminal: Terminal,
    visit_id: str,
    worse: str | None,
    reason: str,
    review_on: str | None,
    as_json: bool,
) -> None:
    """Sign off a visit. It can then no longer be changed."""
    day = read_day(review_on)
    audit = AuditChoice(apply=worse == "apply", reason=reason, review_on=day) if worse else None
    view = terminal.services.visits.sign_off(visit_id, audit=audit)
    form = terminal.services.visits.form(visit_id)
    lines = [translate("Signed off."), *outcome_lines(view.outcome, form)]
    show(visit_json(view), lines, as_json=as_json)


@visits.command()
@click.argument("visit_id")
@click.option("--reason", required=True, help="The reason for discarding it.")
@json_option
@pass_terminal
def discard(terminal: Terminal, visit_id: str, reason: str, as_json: bool) -> None:
    """Discard a draft visit that was started by mistake."""
    terminal.services.visits.discard(visit_id, reason)
    line = translate("Visit discarded. Its answers are kept in the history.")
    show({"id": visit_id, "discarded": True}, [line], as_json=as_json)


@visits.command("show")
@click.argument("visit_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, visit_id: str, as_json: bool) -> None:
    """Print a visit with its answers, outcome, actions and review."""
    view = terminal.services.visits.view(visit_id)
    form = terminal.services.visits.form(visit_id)
    show(visit_json(view), visit_lines(view, form), as_json=as_json)


@visits.command("list")
@click.option(
    "--status",
    help="Only visits with this status: draft, signed_off, not_sampled, returned or approved.",
)
@click.option("--setting", "setting_id", help="Only for this setting.")
@officer_option
@team_option
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    status: str | None,
    setting_id: str | None,
    officer: str | None,
    team: str | None,
    as_json: bool,
) -> None:
    """List visits, newest first."""
    where = held_by(terminal, officer, team)
    found = terminal.services.visits.list(status=status, setting_id=setting_id, where=where)
    show_list(
        terminal,
        translate("Visits"),
        found,
        [
            Column(translate("Visit id"), lambda one: one.id),
            Column(translate("Visited on"), lambda one: one.visited_on),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("Status"), lambda one: one.status),
            Column(translate("Outcome"), lambda one: one.rag),
            Column(translate("Override"), lambda one: one.override_rag),
            Column(translate("Officer"), lambda one: one.officer, in_file=True),
            Column(translate("Team"), lambda one: one.place.team, in_file=True),
        ],
        empty=translate("No visits."),
        as_json=as_json,
    )


@visits.command()
@click.argument("visit_id")
@click.option("--comment", default="", help="A comment for the officer.")
@click.option("--undo", is_flag=True, help="Undo an approval that was just given.")
@click.option("--at-once", is_flag=True, help="Let the next sync send it. This cannot be undone.")
@json_option
@pass_terminal
def approve(
    terminal: Terminal, visit_id: str, comment: str, undo: bool, at_once: bool, as_json: bool
) -> None:
    """Approve a signed-off visit."""
    if undo:
        if comment or at_once:
            raise click.UsageError(translate("--undo cannot be used with --comment or --at-once."))
        view = terminal.services.reviews.undo_approval(visit_id)
        line = translate(
            "The approval of the visit to {setting} was undone. The visit is signed off, as "
            "before.",
            setting=view.setting_name,
        )
        show(visit_json(view), [line], as_json=as_json)
        return
    view = terminal.services.reviews.approve(visit_id, comment, at_once=at_once)
    lines = [translate("The visit to {setting} was approved.", setting=view.setting_name)]
    if not at_once:
        lines.append(
            translate(
                "You can undo this with --undo for {n} seconds. After that it can be sent.",
                n=HOLD.seconds,
            )
        )
    show(visit_json(view), lines, as_json=as_json)


@visits.command("return")
@click.argument("visit_id")
@click.option("--comment", required=True, help="What needs another look, for the officer.")
@json_option
@pass_terminal
def return_(terminal: Terminal, visit_id: str, comment: str, as_json: bool) -> None:
    """Return a signed-off or approved visit to its officer."""
    view = terminal.services.reviews.return_(visit_id, comment)
    line = translate("The visit to {setting} was returned.", setting=view.setting_name)
    show(visit_json(view), [line], as_json=as_json)
