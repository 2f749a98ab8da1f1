"""The command line: the same services as the desktop, from a terminal.

Exit status: 0 done, 1 refused with one line on stderr, 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from visitapp.cli.actions import actions
from visitapp.cli.concerns.concerns import concerns
from visitapp.cli.decisions import decisions
from visitapp.cli.demo import demo
from visitapp.cli.desk.diagnostics import diagnostics
from visitapp.cli.desk.find import find
from visitapp.cli.escalation.escalation import escalation
from visitapp.cli.escalation.people import people
from visitapp.cli.exceptions import exceptions
from visitapp.cli.forms.forms import forms
from visitapp.cli.help import Group
from visitapp.cli.holders.covers import covers
from visitapp.cli.holders.delegates import delegates
from visitapp.cli.holders.hand_overs import hand_overs
from visitapp.cli.holders.holders import holders
from visitapp.cli.holds import holds
from visitapp.cli.interventions import interventions
from visitapp.cli.key import key
from visitapp.cli.market.contracts import contracts
from visitapp.cli.market.documents import documents
from visitapp.cli.market.providers import providers
from visitapp.cli.name import name
from visitapp.cli.notices.notices import notices
from visitapp.cli.plans.plans import plans
from visitapp.cli.policies.policy import policy
from visitapp.cli.problems import say, say_bug
from visitapp.cli.program import Program, Terminal
from visitapp.cli.risk import risk
from visitapp.cli.settings.directory import directory, import_
from visitapp.cli.settings.placements import placements
from visitapp.cli.settings.ratings import events, ratings
from visitapp.cli.settings.regulator import regulator
from visitapp.cli.settings.settings import settings
from visitapp.cli.support.support import support
from visitapp.cli.sync.conflicts import conflicts
from visitapp.cli.sync.connection import connect, password, sync
from visitapp.cli.sync.rescue import rescue
from visitapp.cli.today import today
from visitapp.cli.visits.campaigns import campaigns
from visitapp.cli.visits.report import report
from visitapp.cli.visits.reviews import reviews
from visitapp.cli.visits.visits import visits
from visitapp.errors import VisitappError
from visitapp.language import translate


@click.group(
    invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}, cls=Group
)
@click.option(
    "--data-dir",
    type=click.Path(path_type=Path),
    help="The folder that holds this profile's data.",
)
@click.version_option(package_name="visitapp")
@click.pass_context
def visitapp(context: click.Context, data_dir: Path | None) -> int:
    """Quality-monitoring visits of care services. Without a command it opens the desktop."""
    terminal = context.ensure_object(Terminal)
    if data_dir is not None:
        terminal.data_dir = data_dir
    if context.invoked_subcommand is None:
        return terminal.program.open_desktop(terminal.data_dir)
    return 0


for _command in (
    today,
    find,
    import_,
    directory,
    settings,
    holders,
    hand_overs,
    covers,
    delegates,
    placements,
    escalation,
    people,
    ratings,
    events,
    regulator,
    contracts,
    providers,
    documents,
    visits,
    campaigns,
    reviews,
    actions,
    interventions,
    plans,
    concerns,
    support,
    exceptions,
    holds,
    decisions,
    report,
    risk,
    rescue,
    key,
    name,
    forms,
    policy,
    notices,
    connect,
    password,
    sync,
    conflicts,
    diagnostics,
    demo,
):
    visitapp.add_command(_command)


def run(program: Program, args: Sequence[str] | None = None) -> int:
    """Run one command line (this process's own when `args` is None); gives the exit status."""
    _speak_utf8()
    terminal = Terminal(program, program.default_data_dir)
    try:
        status = visitapp.main(args=args, prog_name="visitapp", standalone_mode=False, obj=terminal)
        return status if isinstance(status, int) else 0
    except click.Abort:
        click.echo(translate("Stopped."), err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        return 1
    except VisitappError as error:
        return say(error)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the panic of a library in Rust is no Exception
        terminal.close()
        return say_bug(error, terminal.data_dir)
    finally:
        terminal.close()


def _speak_utf8() -> None:
    """Print UTF-8 where the system would not, such as a redirected Windows terminal."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
