"""`visitapp support`: refer a theme to the market support partner, and see what came of it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from visitapp.cli.dates import read_day
from visitapp.cli.help import Group
from visitapp.cli.output import columns, json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.dates import short_day
from visitapp.language import translate
from visitapp.rules.support.states import SupportStatus
from visitapp.services.support.views import SupportView
from visitapp.services.support.words import effect_words, headline
from visitapp.vocabulary import choice_word

_MOVES = [status.value for status in SupportStatus if status != SupportStatus.ASKED]


@click.group(cls=Group)
def support() -> None:
    """Support by a partner: refer a theme, follow it, review its effect."""


@support.command()
@click.argument("setting_ids", nargs=-1, required=True)
@click.option("--theme", required=True, help="The theme's id, such as medicines.")
@click.option("--partner", required=True, help="Who is asked for support.")
@click.option("--asked-for", default="", help="What is asked for, such as training.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")
@json_option
@pass_terminal
def refer(
    terminal: Terminal,
    setting_ids: tuple[str, ...],
    theme: str,
    partner: str,
    asked_for: str,
    on: str | None,
    as_json: bool,
) -> None:
    """Ask a partner to support settings with a theme."""
    asking = terminal.services.support.refer
    found = asking(setting_ids, theme, partner, asked_for, read_day(on))
    show(found, [line for one in found for line in _lines(one)], as_json=as_json)


@support.command("list")
@click.argument("setting_id", required=False)
@click.option("--open", "open_only", is_flag=True, help="Only those that wait for somebody.")
@json_option
@pass_terminal
def list_(terminal: Terminal, setting_id: str | None, open_only: bool, as_json: bool) -> None:
    """List referrals: those whose effect is to be reviewed first."""
    found = terminal.services.support.list(setting_id, open_only=open_only)
    rows = [(one.id, one.setting, headline(one), effect_words(one)) for one in found]
    show(found, columns(rows) or [translate("No referrals for support.")], as_json=as_json)


@support.command("show")
@click.argument("referral_id")
@json_option
@pass_terminal
def show_(terminal: Terminal, referral_id: str, as_json: bool) -> None:
    """Print a referral with what happened and its effect."""
    found = terminal.services.support.view(referral_id)
    show(found, _lines(found), as_json=as_json)


@support.command()
@click.argument("referral_id")
@click.argument("state", type=click.Choice(_MOVES))
@click.option("--text", default="", help="What is offered, what came of it, or why it is declined.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day. Today if none.")
@json_option
@pass_terminal
def move(
    terminal: Terminal, referral_id: str, state: str, text: str, on: str | None, as_json: bool
) -> None:
    """Say that support was offered, taken up or declined, or what came of it."""
    found = terminal.services.support.move(referral_id, state, read_day(on), text)
    show(found, _lines(found), as_json=as_json)


def _lines(one: SupportView) -> Iterator[str]:
    yield f"{one.setting}: {one.id}"
    yield f"  {headline(one)}"
    if one.asked_for:
        yield f"  {translate('Asked for: {what}', what=one.asked_for)}"
    yield f"  {effect_words(one)}"
    for event in one.events:
        state = choice_word(SupportStatus, event.status)
        said = " ".join((short_day(event.on), event.by, state, event.text)).strip()
        yield f"  {said}"
