"""`visitapp forms publish`: a form for everybody, for good."""

from __future__ import annotations

from pathlib import Path

import click

from visitapp.cli.forms.files import report
from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import translate


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--older", is_flag=True, help="Publish it even if a newer version is already published."
)
@json_option
@pass_terminal
def publish(terminal: Terminal, file: Path, older: bool, as_json: bool) -> None:
    """Publish a form to the server, for every device. Its version can never be changed again."""
    from forms.format.faults import FaultyForm
    from forms.format.source import read_text

    text = read_text(file)
    try:
        told = terminal.services.form_publishing.publish(text, str(file), older=older)
    except FaultyForm as faulty:
        told_faults = {"file": str(file), "faults": faulty.faults}
        show(told_faults, report(str(file), faulty.faults), as_json=as_json)
        raise
    lines = [
        translate(
            "Published {form} {version}: {title}.",
            form=told.form_id,
            version=told.version,
            title=told.title,
        ),
        translate("Every device receives it with its next sync."),
    ]
    show(told, lines, as_json=as_json)
