"""`visitapp policy`: the rules that a council sets for itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.files import write_new
from visitapp.cli.forms.files import first_fault, report
from visitapp.cli.help import Group
from visitapp.cli.lists import Column, show_list
from visitapp.cli.output import json_option, show
from visitapp.cli.policies.files import find_policy, find_text
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import BadFile, Code
from visitapp.language import translate

if TYPE_CHECKING:
    from forms.format.faults import Fault


@click.group(cls=Group)
def policy() -> None:
    """The council's own rules: list, show, check, compare and publish them."""


@policy.command("list")
@json_option
@pass_terminal
def list_(terminal: Terminal, as_json: bool) -> None:
    """List the versions on this device, and which one is in force."""
    from visitapp.services.policies.wording import STATES

    found = terminal.services.policies.versions()
    shown = [
        Column(translate("Version"), lambda one: one.version),
        Column(
            translate("In force from"), lambda one: translate("from {day}", day=one.in_force_from)
        ),
        Column(translate("State"), lambda one: str(STATES[one.state])),
        Column(
            translate("Origin"),
            lambda one: (
                translate("comes with the program")
                if one.published_at is None
                else translate("published")
            ),
        ),
    ]
    show_list(
        terminal,
        translate("Policies"),
        found,
        shown,
        empty="",
        as_json=as_json,
        personal=False,
    )


@policy.command("show")
@click.argument("name", metavar="[VERSION|FILE]", required=False)
@click.option("--yaml", "as_yaml", is_flag=True, help="As YAML, as it was written.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The file to write the YAML to. It must not exist.",
)
@json_option
@pass_terminal
def show_(
    terminal: Terminal, name: str | None, as_yaml: bool, out: Path | None, as_json: bool
) -> None:
    """Show a policy in words. Without a name, show the one in force."""
    from visitapp.services.policies.statements import statements
    from visitapp.services.policies.wording import head_lines, rule_lines

    text, _ = find_text(terminal, name)
    if out is not None:
        write_new(out, text)
        show(
            {"file": str(out), "policy": text},
            [translate("Written to {file}.", file=out)],
            as_json=as_json,
        )
        return
    found = find_policy(terminal, name)
    told = statements(found)
    lines = text.splitlines() if as_yaml else [*head_lines(found, text), *rule_lines(told)]
    value = {
        "version": found.version,
        "in_force_from": found.in_force_from,
        "rules": told,
        "policy": text,
    }
    show(value, lines, as_json=as_json)


@policy.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def check(files: tuple[Path, ...], as_json: bool) -> None:
    """Check policy files and list every fault with its line and remedy."""
    found = {str(file): _faults_of(file) for file in files}
    checked = [{"file": file, "faults": faults} for file, faults in found.items()]
    lines = [line for file, faults in found.items() for line in report(file, faults)]
    show({"files": checked}, lines, as_json=as_json)
    all_faults = [fault for listed in found.values() for fault in listed]
    if all_faults:
        raise first_fault(Code.POLICY_FAULTS, all_faults)


@policy.command()
@click.argument("old")
@click.argument("new", required=False)
@json_option
@pass_terminal
def diff(terminal: Terminal, old: str, new: str | None, as_json: bool) -> None:
    """Show the changes from OLD to NEW, and their effects.

    OLD and NEW are files or versions. With one of them alone, the policy in force is the old one.
    """
    from visitapp.services.policies.statements import compare
    from visitapp.services.policies.wording import change_lines

    before = find_policy(terminal, old if new else None)
    after = find_policy(terminal, new or old)
    changes = compare(before, after)
    told = {
        "old": {"version": before.version, "in_force_from": before.in_force_from},
        "new": {"version": after.version, "in_force_from": after.in_force_from},
        "sections": changes,
    }
    show(told, list(change_lines(after, changes)), as_json=as_json)


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@pass_terminal
def publish(terminal: Terminal, file: Path, as_json: bool) -> None:
    """Publish a policy to the server, for every device. Its version can never be changed again."""
    from forms.format.source import read_text
    from visitapp.rules.policy.check import FaultyPolicy

    text = read_text(file)
    try:
        told = terminal.services.policies.publish(text, str(file))
    except FaultyPolicy as faulty:
        faults = {"file": str(file), "faults": faulty.faults}
        show(faults, report(str(file), faulty.faults), as_json=as_json)
        raise
    lines = [
        translate(
            "Published policy {version}, in force from {day}.",
            version=told.version,
            day=told.in_force_from,
        ),
        translate("Every device receives it with its next sync."),
    ]
    show(told, lines, as_json=as_json)


def _faults_of(file: Path) -> list[Fault]:
    from forms.format.faults import Fault
    from forms.format.source import read_text
    from visitapp.rules.policy.check import check_policy

    try:
        return check_policy(read_text(file), str(file))
    except BadFile as problem:
        return [Fault(str(file), problem.row or 1, str(problem.what), str(problem.next_step or ""))]
