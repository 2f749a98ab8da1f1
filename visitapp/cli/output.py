"""What commands print: JSON alone, or lines to read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click
import msgspec

from visitapp.cli.help import OUT
from visitapp.language import translate
from visitapp.rules.text import visible

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON and nothing else.")


def show(value: Any, lines: Iterable[str], *, as_json: bool) -> None:
    """Print `value` as JSON (UTF-8, whatever the terminal's encoding), or the lines.

    A list that was asked for as a file is written there with every field of `value`, unless its
    command says which columns it has (`cli.lists.show_list`).
    """
    context = click.get_current_context(silent=True)
    if context is not None and (out := context.meta.pop(OUT, None)) is not None:
        from visitapp.cli.lists import save_fields

        save_fields(context, value, out, as_json=as_json)
        return
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(value), indent=2))
        return
    for line in lines:
        click.echo(visible(line))


def warn(doubt: object | None) -> None:
    """Say on stderr what a person should know, where there is something."""
    if doubt is not None:
        click.echo(visible(str(doubt)), err=True)


@contextmanager
def progress_line(what: str) -> Iterator[Callable[[int], None]]:
    """A function that shows how far long work is, in one line of a terminal; nothing elsewhere."""
    stream = sys.stderr
    shown = stream.isatty()

    def tell(done: int) -> None:
        if shown:
            stream.write("\r" + visible(translate("{what}: {n} rows", what=what, n=f"{done:,}")))
            stream.flush()

    try:
        yield tell
    finally:
        if shown:
            stream.write("\r\x1b[K")
            stream.flush()


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as aligned columns, two spaces apart."""
    if not rows:
        return []
    rows = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
