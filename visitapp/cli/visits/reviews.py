"""`visitapp reviews`: the queue of a team lead, comments, second reviews and reports in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.cli.visits.text import comment_lines
from visitapp.language import plural, translate
from visitapp.rules.choices import (
    Rag,
)
from visitapp.rules.reviews.states import (
    ReviewReason,
    SecondReviewStatus,
)
from visitapp.services.views.reviews import QueuedReview, SecondReviewView
from visitapp.services.visits.sign_off.queue import ORDERS, chosen
from visitapp.vocabulary import choice_word


@click.group(cls=Group)
def reviews() -> None:
    """Reviews: what waits for a team lead, comments on answers, second reviews."""


_OFFICER = click.option("--officer", default="", help="Only visits of this officer, by name.")
_OUTCOME = click.option(
    "--outcome",
    type=click.Choice([one.value for one in Rag]),
    help="Only visits with this outcome.",
)
_REASON = click.option(
    "--reason",
    type=click.Choice([one.value for one in ReviewReason]),
    help="Only visits that are reviewed for this reason.",
)


@reviews.command("list")
@_OFFICER
@_OUTCOME
@_REASON
@click.option(
    "--sort",
    default="urgent",
    type=click.Choice(list(ORDERS)),
    help="The order. By default Red visits and moved ratings come first.",
)
@json_option
@pass_terminal
def list_(
    terminal: Terminal,
    officer: str,
    outcome: str | None,
    reason: str | None,
    sort: str,
    as_json: bool,
) -> None:
    """List the visits that wait for a review, with their due dates and reasons."""
    queue = terminal.services.reviews.queue()
    found = chosen(
        queue.waiting,
        officer=officer,
        outcome=outcome or "",
        reason=reason or "",
        order=sort,
    )
    done = translate(
        "This week: {done} of {total} reviewed.", done=queue.decided, total=queue.total
    )
    lines = columns([_row(one) for one in found]) or [translate("No visits to review.")]
    show_list(
        terminal,
        translate("Reviews"),
        found,
        _columns(),
        empty="",
        as_json=as_json,
        value={"decided": queue.decided, "total": queue.total, "waiting": found},
        lines=[*lines, done],
    )


def _row(one: QueuedReview) -> tuple[str, ...]:
    visit = one.visit
    due = translate("due {day}", day=one.due_on.isoformat())
    waits = plural("{n} day", "{n} days", one.days_waiting)
    return (visit.id, visit.setting, visit.rag, visit.officer, waits, due, _reasons(one))


def _columns() -> list[Column]:
    """The columns of the queue in a file."""
    return [
        Column(translate("Visit id"), lambda one: one.visit.id),
        Column(translate("Setting"), lambda one: one.visit.setting),
        Column(translate("Outcome"), lambda one: one.visit.rag),
        Column(translate("Outcome before"), lambda one: one.visit.previous_rag),
        Column(translate("Officer"), lambda one: one.visit.officer),
        Column(translate("Days waiting"), lambda one: one.days_waiting),
        Column(translate("Due"), lambda one: one.due_on),
        Column(translate("Reasons"), _reasons),
    ]


def _reasons(one: QueuedReview) -> str:
    return ", ".join(choice_word(ReviewReason, reason) for reason in one.reasons)


@reviews.command()
@click.argument("visit_id")
@click.argument("question")
@click.argument("text")
@click.option(
    "--reply-to", metavar="ID", help="The comment to reply to. By default the latest one there."
)
@json_option
@pass_terminal
def comment(
    terminal: Terminal,
    visit_id: str,
    question: str,
    text: str,
    reply_to: str | None,
    as_json: bool,
) -> None:
    """Comment on an answer of a visit, by the question's id, or reply to a comment there."""
    made = terminal.services.comments.add(visit_id, question, text, reply_to)
    line = translate("Comment on {number} saved.", number=made.number)
    show(made, [line], as_json=as_json)


@reviews.command()
@click.argument("visit_id")
@click.option("--out", type=click.Path(path_type=Path), help="Save the review as a PDF too.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def comments(
    terminal: Terminal, visit_id: str, out: Path | None, overwrite: bool, as_json: bool
) -> None:
    """Print the comments on a visit, question by question."""
    found = terminal.services.comments.of_visit(visit_id)
    if out is not None:
        from visitapp.reports.visit.review_sheet import write_review_sheet

        require_new(out, overwrite=overwrite)
        view = terminal.services.visits.view(visit_id)
        form = terminal.services.visits.form(visit_id)
        now = terminal.services.desk.clock().astimezone()
        write_review_sheet(view, form, out, printed_at=now)
    show(found, comment_lines(found) or [translate("No comments.")], as_json=as_json)


@reviews.command()
@click.argument("visit_id")
@click.option("--reviewer", required=True, help="The sign-in name of the second reviewer.")
@click.option("--note", default="", help="What they should look at.")
@json_option
@pass_terminal
def ask(terminal: Terminal, visit_id: str, reviewer: str, note: str, as_json: bool) -> None:
    """Ask another team lead to review a visit too. Both must agree before it is approved."""
    made = terminal.services.second_reviews.ask(visit_id, reviewer, note)
    line = translate("{who} was asked for a second review.", who=made.reviewer)
    show(made, [line], as_json=as_json)


@reviews.command()
@click.argument("visit_id")
@json_option
@pass_terminal
def seconds(terminal: Terminal, visit_id: str, as_json: bool) -> None:
    """List the second reviews of a visit."""
    found = terminal.services.second_reviews.of_visit(visit_id)
    rows = [
        (one.id, one.reviewer, choice_word(SecondReviewStatus, one.status), one.comment)
        for one in found
    ]
    show(found, columns(rows) or [translate("No second review.")], as_json=as_json)


@reviews.command()
@click.argument("visit_id")
@click.option("--comment", "said", default="", help="A comment for the other reviewer.")
@json_option
@pass_terminal
def agree(terminal: Terminal, visit_id: str, said: str, as_json: bool) -> None:
    """Agree with a visit, as its second reviewer."""
    second = _mine(terminal, visit_id)
    terminal.services.second_reviews.agree(second.id, said)
    _show_second(terminal, visit_id, translate("You agreed."), as_json=as_json)


@reviews.command()
@click.argument("visit_id")
@click.option("--comment", "said", required=True, help="Why you disagree.")
@json_option
@pass_terminal
def disagree(terminal: Terminal, visit_id: str, said: str, as_json: bool) -> None:
    """Disagree with a visit, as its second reviewer. It can then only be returned."""
    second = _mine(terminal, visit_id)
    terminal.services.second_reviews.disagree(second.id, said)
    line = translate("You disagreed. The visit can be returned, and not approved.")
    _show_second(terminal, visit_id, line, as_json=as_json)


@reviews.command()
@click.argument("second_review_id")
@click.option("--reason", required=True, help="Why no second review is needed.")
@json_option
@pass_terminal
def withdraw(terminal: Terminal, second_review_id: str, reason: str, as_json: bool) -> None:
    """Withdraw a request for a second review that has no answer yet."""
    terminal.services.second_reviews.withdraw(second_review_id, reason)
    show({"id": second_review_id}, [translate("Request withdrawn.")], as_json=as_json)


@reviews.command()
@click.argument("visit_ids", nargs=-1)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder.")
@_OFFICER
@_OUTCOME
@_REASON
@click.option("--overwrite", is_flag=True, help="Replace reports that are already there.")
@json_option
@pass_terminal
def export(
    terminal: Terminal,
    visit_ids: Sequence[str],
    out: Path,
    officer: str,
    outcome: str | None,
    reason: str | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Write the reports of visits as PDFs into one folder: those named, or those that wait."""
    from visitapp.reports.visit.bulk import Printable, write_reports

    services = terminal.services
    waiting = services.reviews.queue().waiting
    found = chosen(waiting, officer=officer, outcome=outcome or "", reason=reason or "")
    wanted = [services.visits.view(id_).summary for id_ in visit_ids] or [v.visit for v in found]
    printable = Printable(
        view=services.visits.view,
        form=services.visits.form,
        photo=services.evidence.if_here,
        printed_at=services.desk.clock().astimezone(),
    )
    files = write_reports(wanted, out, printable, lambda done, total: None, overwrite=overwrite)
    line = plural(
        "{n} report saved to {folder}.", "{n} reports saved to {folder}.", len(files), folder=out
    )
    show([str(file) for file in files], [line], as_json=as_json)


def _mine(terminal: Terminal, visit_id: str) -> SecondReviewView:
    """The second review of this visit that is asked of the user."""
    return terminal.services.second_reviews.mine(visit_id)


def _show_second(terminal: Terminal, visit_id: str, line: str, *, as_json: bool) -> None:
    show(terminal.services.second_reviews.of_visit(visit_id), [line], as_json=as_json)
