"""Every command and option stands in the user guide, and nothing that is not there any more."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tests.support.terminal.command_names import commands, options
from visitapp.cli.main import visitapp

GUIDE = (Path(__file__).parents[2] / "docs/user-guide.md").read_text(encoding="utf-8")
SECTION = GUIDE.split("## The command line")[1].split("\n## ")[0]
EVERYWHERE = {"--json", "--help"}
ON_LISTS = {"--out"}
"""Told once for every list."""


COMMANDS = dict(commands(visitapp))


def names(command: click.Command) -> set[str]:
    """The options that only this command takes."""
    return {name for option in options(command) for name in option.opts} - EVERYWHERE


def test_every_command_is_in_the_guide_with_its_options() -> None:
    missing = {}
    for name, command in COMMANDS.items():
        paragraphs = [part for part in SECTION.split("\n\n") if f"`visitapp {name}" in part]
        told = set(re.findall(r"--[a-z][a-z-]+", " ".join(paragraphs)))
        told |= ON_LISTS if name.endswith(" list") else set()
        if not paragraphs or names(command) - told:
            missing[name] = names(command) - told
    assert missing == {}


def test_the_options_before_a_command_are_in_the_guide() -> None:
    assert names(visitapp) <= set(re.findall(r"--?[a-z-]+", SECTION))


def test_the_guide_names_no_option_that_is_gone() -> None:
    known = set().union(EVERYWHERE, names(visitapp), *map(names, COMMANDS.values()))
    assert set(re.findall(r"--[a-z][a-z-]+", SECTION)) - known == set()


def test_every_command_takes_json_but_the_demo() -> None:
    without = {
        name
        for name, command in COMMANDS.items()
        if "--json" not in {o for p in command.params for o in p.opts}
    }
    assert without == {"demo"}


def test_every_command_and_option_says_what_it_is_for() -> None:
    for name, command in COMMANDS.items():
        assert command.help, name
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.help, f"{name} {parameter.opts[0]}"
