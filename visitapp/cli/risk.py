"""`visitapp risk`: risk models filled from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.outcome_text import outcome_lines
from visitapp.language import translate
from visitapp.rules.choices import Rag
from visitapp.services.risk.words import move_text
from visitapp.vocabulary import choice_word

if TYPE_CHECKING:
    from forms.model import Form
    from visitapp.services.views.risk import RiskAssessment
    from visitapp.services.visits.outcome_labels import NamedOutcome


@click.group(cls=Group)
def risk() -> None:
    """Risk: rank settings by live risk; assess a setting by a model, sign off, list."""


@risk.command()
@click.argument("setting_id")
@click.option("--model", "model_id", required=True, help="The risk model to use, by its id.")
@click.option(
    "--answer",
    "answers",
    metavar="QUESTION=VALUE",
    multiple=True,
    help="An answer that is not in the records; may be given more than once.",
)
@click.option(
    "--override",
    "overrides",
    metavar="QUESTION=VALUE",
    multiple=True,
    help="An answer that replaces the one from the records; may be given more than once.",
)
@click.option("--reason", default="", help="The reason for the override.")
@json_option
@pass_terminal
def assess(
    terminal: Terminal,
    setting_id: str,
    model_id: str,
    answers: tuple[str, ...],
    overrides: tuple[str, ...],
    reason: str,
    as_json: bool,
) -> None:
    """Fill a risk model for a setting from the records, and print the outcome."""
    found = terminal.services.risk.assess(
        setting_id,
        model_id,
        answers=_pairs(answers, "--answer"),
        overrides=_pairs(overrides, "--override"),
        reason=reason,
    )
    show(found, _lines(found, _form(terminal, found)), as_json=as_json)


@risk.command("show")
@click.argument("assessment_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, assessment_id: str, as_json: bool) -> None:
    """Print an assessment, with the source of each answer and what was overridden."""
    found = terminal.services.risk.view(assessment_id)
    show(found, _lines(found, _form(terminal, found)), as_json=as_json)


@risk.command("sign-off")
@click.argument("assessment_id")
@json_option
@pass_terminal
def sign_off(terminal: Terminal, assessment_id: str, as_json: bool) -> None:
    """Sign off an assessment. It can then no longer be changed. The setting's rating does not
    change."""
    found = terminal.services.risk.sign_off(assessment_id)
    show(found, [translate("Signed off."), *_lines(found, _form(terminal, found))], as_json=as_json)


@risk.command()
@click.option(
    "--by",
    type=click.Choice(("quality", "contract")),
    default="quality",
    show_default=True,
    help="The result to rank by.",
)
@click.option("--officer", metavar="NAME", help="Only settings that this user holds.")
@click.option("--type", "service_type", help="Only settings of this service type.")
@json_option
@pass_terminal
def ranking(
    terminal: Terminal, by: str, officer: str | None, service_type: str | None, as_json: bool
) -> None:
    """Rank settings by live risk, the riskiest first, with the reasons and what moved in a week.

    Live risk is worked out from the records as they are now, and from answers by hand that are not
    too old. Nothing is recorded. Places are those among all settings on this device.
    """
    found = [
        one
        for one in terminal.services.risk_ranking.rows(by, officer)
        if service_type in (None, one.place.service_type)
    ]
    show_list(
        terminal,
        translate("Risk"),
        found,
        [
            Column(translate("Place"), lambda one: one.rank if one.rank is not None else "—"),
            Column(translate("Since last week"), move_text),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("Quality risk"), lambda one: _result(one.quality)),
            Column(
                translate("Contract risk"),
                lambda one: _result(one.contract) if one.contract is not None else "—",
            ),
            Column(translate("Known"), lambda one: translate("{n}% known", n=one.coverage)),
            Column(translate("Why"), lambda one: "; ".join(one.reasons)),
            Column(translate("What moved it"), lambda one: "; ".join(one.moved_by), in_file=True),
        ],
        empty=translate("No setting has a risk model that runs by itself."),
        above=translate("Scores are out of 100: a lower score is riskier."),
        as_json=as_json,
    )


@risk.command()
@click.argument("setting_id")
@json_option
@pass_terminal
def live(terminal: Terminal, setting_id: str, as_json: bool) -> None:
    """Print the live risk of a setting: results, every answer with its origin, what moved it."""
    found = terminal.services.risk_ranking.view(setting_id)
    row = found.row
    lines = [f"{row.setting}, {row.model}"]
    for title, because in found.because.items():
        lines += [title, *(f"  {one}" for one in because)]
    for title, inputs in found.inputs.items():
        lines.append(title)
        for one in inputs:
            answer = one.answer or translate("not known")
            lines.append(f"  {one.ask} {answer}. {one.origin}".rstrip())
    if row.moved_by:
        lines += [translate("Since last week"), *(f"  {one}" for one in row.moved_by)]
    show(found, lines, as_json=as_json)


@risk.command("list")
@click.argument("setting_id", required=False)
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, as_json: bool) -> None:
    """List risk assessments, newest first."""
    found = terminal.services.risk.list(setting_id)
    show_list(
        terminal,
        translate("Risk assessments"),
        found,
        [
            Column(translate("Assessment id"), lambda one: one.id),
            Column(translate("Assessed on"), lambda one: one.assessed_on),
            Column(translate("Setting"), lambda one: one.setting),
            Column(translate("Risk model"), lambda one: one.model.id),
            Column(translate("Status"), lambda one: one.status),
            Column(translate("Outcome"), lambda one: one.rag),
            Column(
                translate("Score (higher is lower risk)"),
                lambda one: "" if one.percent is None else f"{one.percent}%",
            ),
        ],
        empty=translate("No risk assessments."),
        as_json=as_json,
    )


def _result(result: NamedOutcome) -> str:
    level = result.level or choice_word(Rag, result.rag)
    if result.percent is None:
        return level
    return translate("{level}, score {n}", level=level, n=result.percent)


def _pairs(given: tuple[str, ...], option: str) -> dict[str, Any]:
    pairs = {}
    for text in given:
        question, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(
                translate("{given} is not QUESTION=VALUE.", given=repr(text)), param_hint=option
            )
        pairs[question.strip()] = value.strip()
    return pairs


def _form(terminal: Terminal, found: RiskAssessment) -> Form:
    return terminal.services.visits.form(found.id)


def _lines(found: RiskAssessment, form: Form) -> list[str]:
    filled = [f"  {one.question}: {one.value}. {one.origin}" for one in found.filled]
    overridden = [
        f"  {one.question}: "
        + translate("{value} instead of {said}.", value=one.value, said=one.filled.value)
        + f" {one.reason}"
        for one in found.overridden
    ]
    sections = (
        (translate("From the records"), filled),
        (translate("Overridden"), overridden),
        (translate("Still to be answered"), [f"  {question}" for question in found.by_hand]),
    )
    return [
        f"{found.setting}, {found.model.id} {found.model.version}, {found.assessed_on}: {found.id}",
        *outcome_lines(found.outcome, form),
        *(line for title, lines in sections if lines for line in (title, *lines)),
    ]
