"""The command line: the same services as the desktop, from a terminal.

Exit status: 0 done, 1 refused with one line on stderr, 2 wrong usage.
"""

from __future__ import annotations

import sys
from collections import UserDict
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from visitapp.cli.help import Group
from visitapp.cli.problems import say, say_bug
from visitapp.cli.program import Program, Terminal
from visitapp.errors import VisitappError
from visitapp.language import translate

_PLACES = {
    "today": ("today", "today"),
    "find": ("desk.find", "find"),
    "import": ("settings.directory", "import_"),
    "directory": ("settings.directory", "directory"),
    "settings": ("settings.settings", "settings"),
    "holders": ("holders.holders", "holders"),
    "hand-overs": ("holders.hand_overs", "hand_overs"),
    "covers": ("holders.covers", "covers"),
    "delegates": ("holders.delegates", "delegates"),
    "placements": ("settings.placements", "placements"),
    "escalation": ("escalation.escalation", "escalation"),
    "people": ("escalation.people", "people"),
    "ratings": ("settings.ratings", "ratings"),
    "events": ("settings.ratings", "events"),
    "regulator": ("settings.regulator", "regulator"),
    "contracts": ("market.contracts", "contracts"),
    "providers": ("market.providers", "providers"),
    "documents": ("market.documents", "documents"),
    "visits": ("visits.visits", "visits"),
    "campaigns": ("visits.campaigns", "campaigns"),
    "reviews": ("visits.reviews", "reviews"),
    "actions": ("actions", "actions"),
    "interventions": ("interventions", "interventions"),
    "plans": ("plans.plans", "plans"),
    "concerns": ("concerns.concerns", "concerns"),
    "support": ("support.support", "support"),
    "exceptions": ("exceptions", "exceptions"),
    "holds": ("holds", "holds"),
    "decisions": ("decisions", "decisions"),
    "report": ("visits.report", "report"),
    "risk": ("risk", "risk"),
    "rescue": ("sync.rescue", "rescue"),
    "key": ("key", "key"),
    "name": ("name", "name"),
    "forms": ("forms.forms", "forms"),
    "policy": ("policies.policy", "policy"),
    "notices": ("notices.notices", "notices"),
    "connect": ("sync.connection", "connect"),
    "password": ("sync.connection", "password"),
    "sync": ("sync.connection", "sync"),
    "conflicts": ("sync.conflicts", "conflicts"),
    "diagnostics": ("desk.diagnostics", "diagnostics"),
    "demo": ("demo", "demo"),
}
"""Where each command is: a module below this package, and its name there."""


class _Commands(UserDict[str, click.Command]):
    """The commands, each imported when it is asked for: the desktop needs none, and its window does
    not wait for them."""

    def __init__(self) -> None:
        super().__init__()
        self.data = dict.fromkeys(_PLACES, click.Command(None))

    def __getitem__(self, name: str) -> click.Command:
        module, attribute = _PLACES[name]
        command: click.Command = getattr(import_module(f"visitapp.cli.{module}"), attribute)
        return command


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    cls=Group,
    commands=_Commands(),
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
