"""docs/server.md names every command, option and variable of the server, and none that is gone."""

from __future__ import annotations

import re
from pathlib import Path

from sync.server.audit.log import AuditEvent
from sync.server.cli import main
from sync.server.telemetry.metrics import Metrics
from tests.support.rows import rows
from tests.support.terminal.command_names import commands, options
from visitapp.configuration import FILE_VARIABLE, ServerConfiguration, keys_of

ROOT = Path(__file__).parents[4]
GUIDE = (ROOT / "docs" / "server.md").read_text(encoding="utf-8")
UNIT = (ROOT / "packaging" / "server" / "visitapp-server.service").read_text(encoding="utf-8")


COMMANDS = dict(commands(main))


@rows("name", COMMANDS)
def test_a_command_is_there_with_its_options(name: str) -> None:
    paragraphs = [part for part in GUIDE.split("\n\n") if f"visitapp-server {name}" in part]
    assert paragraphs
    told = set(re.findall(r"--[a-z][a-z-]+", " ".join(paragraphs))) | {"--database"}
    assert {name for option in options(COMMANDS[name]) for name in option.opts} <= told


def test_no_variable_is_named_that_the_server_does_not_read() -> None:
    known = {key.variable for key in keys_of(ServerConfiguration)} | {FILE_VARIABLE}
    assert set(re.findall(r"VISITAPP_[A-Z_]+[A-Z]", GUIDE)) <= known
    assert set(re.findall(r"VISITAPP_[A-Z_]+[A-Z]", UNIT)) <= known


def test_no_option_that_is_gone() -> None:
    known = {name for command in COMMANDS.values() for o in options(command) for name in o.opts}
    known |= {name for option in main.params for name in option.opts}
    ours = re.sub(r"```.*?```", "", GUIDE, flags=re.DOTALL)
    assert set(re.findall(r"--[a-z][a-z-]+", ours)) <= known


def test_every_command_and_option_says_what_it_is_for() -> None:
    for name, command in COMMANDS.items():
        assert command.help, name
        for option in options(command):
            assert option.help, f"{name} {option.opts[0]}"


def test_every_metric_is_there() -> None:
    for metric in vars(Metrics()).values():
        name = getattr(metric, "_name", None)
        if name:
            assert name in GUIDE


def test_a_deed_is_a_word_of_at_most_30_letters() -> None:
    assert all(re.fullmatch(r"[a-z_]{1,30}", event.value) for event in AuditEvent)
