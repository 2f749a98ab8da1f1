"""`visitapp rescue`: what was not sent yet, into one encrypted file and out of it again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.language import plural, translate

if TYPE_CHECKING:
    from visitapp.services.views.rescue import RescueLoaded, RescueSaved

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(cls=Command)
@click.option("--out", type=_FILE, help="Write everything unsent to this file.")
@click.option("--load", type=_FILE, help="Load such a file; its changes then wait here to be sent.")
@json_option
@pass_terminal
def rescue(terminal: Terminal, out: Path | None, load: Path | None, as_json: bool) -> None:
    """Save unsent work to one encrypted file, even from damaged data, or load such a file."""
    if (out is None) == (load is None):
        raise click.UsageError(translate("Give either --out FILE or --load FILE."))
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
        translate("Passphrase of the rescue file"),
        hide_input=True,
        confirmation_prompt=twice,
        err=True,
    )
    return asked


def _saved_lines(saved: RescueSaved) -> list[str]:
    lines = [
        translate(
            "Saved {changes}, {visits} and {photos} to {file}.",
            changes=plural("{n} change", "{n} changes", saved.changes),
            visits=plural("{n} visit", "{n} visits", saved.visits),
            photos=plural("{n} photo", "{n} photos", saved.photos),
            file=saved.file,
        ),
        f"SHA-256 {saved.sha256}",
    ]
    if saved.pages_lost or saved.rows_lost:
        damaged = translate(
            "The database is damaged: {pages} and {rows} of it could not be read. Everything else "
            "is in the file.",
            pages=plural("{n} page", "{n} pages", saved.pages_lost),
            rows=plural("{n} row", "{n} rows", saved.rows_lost),
        )
        lines.append(damaged)
    if saved.photos_lost:
        lines.append(
            plural(
                "{n} photo could not be read.", "{n} photos could not be read.", saved.photos_lost
            )
        )
    lines.append(translate("Without its passphrase nobody can open the file."))
    return lines


def _loaded_lines(loaded: RescueLoaded) -> list[str]:
    lines = [
        plural(
            "{n} change was waiting to be sent before; {now} now.",
            "{n} changes were waiting to be sent before; {now} now.",
            loaded.waiting_before,
            now=loaded.waiting_after,
        ),
        translate(
            "{n} came from the file; {old} were already here or already sent.",
            n=loaded.changes,
            old=loaded.already_here,
        ),
    ]
    if loaded.changed_on_both:
        lines.append(
            plural(
                "{n} value was also changed here. Yours was kept; the other is in the history.",
                "{n} values were also changed here. Yours were kept; the others are in the "
                "history.",
                loaded.changed_on_both,
            )
        )
    if loaded.left_out:
        lines.append(
            plural(
                "{n} change belongs to a record that is neither in the file nor here. Sync this "
                "device and load the file again.",
                "{n} changes belong to records that are neither in the file nor here. Sync this "
                "device and load the file again.",
                loaded.left_out,
            )
        )
    if loaded.photos:
        lines.append(plural("{n} photo came with it.", "{n} photos came with it.", loaded.photos))
    return lines
