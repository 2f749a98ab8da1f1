"""`visitapp rescue`: what was not sent yet, into one encrypted file and out of it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal

if TYPE_CHECKING:
    from visitapp.services.views.rescue import RescueLoaded, RescueSaved

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--out", type=_FILE, help="Write everything unsent to this file.")
@click.option("--load", type=_FILE, help="Load such a file; its changes then wait here to be sent.")
@json_option
@pass_terminal
def rescue(terminal: Terminal, out: Path | None, load: Path | None, as_json: bool) -> None:
    """Save unsent work to one encrypted file, even from damaged data, or take such a file in."""
    if (out is None) == (load is None):
        raise click.UsageError("Give either --out FILE or --load FILE.")
    if out is not None:
        saved = terminal.program.save_rescue(
            terminal.data_dir, terminal.device_key(), out, _passphrase(terminal, twice=True)
        )
        show(saved, _saved_lines(saved), as_json=as_json)
    if load is not None:
        loaded = terminal.services.rescue.load(load, _passphrase(terminal, twice=False))
        show(loaded, _loaded_lines(loaded), as_json=as_json)


def _passphrase(terminal: Terminal, *, twice: bool) -> str:
    given = terminal.program.configuration.rescue_passphrase
    if given:
        return given
    asked: str = click.prompt(
        "Passphrase of the rescue file", hide_input=True, confirmation_prompt=twice, err=True
    )
    return asked


def _saved_lines(saved: RescueSaved) -> list[str]:
    lines = [
        f"{saved.changes} changes, {saved.visits} visits and {saved.photos} photos are in "
        f"{saved.file}.",
        f"SHA-256 {saved.sha256}",
    ]
    if saved.pages_lost or saved.rows_lost:
        lines.append(
            f"The database is damaged: {saved.pages_lost} pages and {saved.rows_lost} rows of it "
            "could not be read. Everything else is in the file."
        )
    if saved.photos_lost:
        lines.append(f"{saved.photos_lost} photos could not be read.")
    lines.append("Without its passphrase nobody can open the file.")
    return lines


def _loaded_lines(loaded: RescueLoaded) -> list[str]:
    lines = [
        f"{loaded.waiting_before} changes waited here; {loaded.waiting_after} wait now.",
        f"{loaded.changes} came from the file, {loaded.already_here} were here or sent already.",
    ]
    if loaded.changed_on_both:
        lines.append(
            f"{loaded.changed_on_both} values were also changed here and stay as they are here; "
            "the others are in the history."
        )
    if loaded.left_out:
        lines.append(
            f"{loaded.left_out} changes belong to records that are neither in the file nor here. "
            "Sync this device and load the file again."
        )
    if loaded.photos:
        lines.append(f"{loaded.photos} photos came with it.")
    return lines
