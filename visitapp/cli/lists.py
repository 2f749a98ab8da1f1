"""Lists of the terminal: printed, or with `--out` written to a file as they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec
from msgspec import Struct

from visitapp.cli.help import OUT
from visitapp.cli.output import columns, show
from visitapp.cli.program import Terminal
from visitapp.errors import BadFile, Code
from visitapp.language import message, translate

if TYPE_CHECKING:
    from visitapp.reports.lists.table import Value

One = TypeVar("One")
_ISO_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d")


class Column(Struct, frozen=True):
    """A column: its title, and its value of one row. in_file: in files alone, for what is too wide
    for a terminal or is read back."""

    title: str
    value: Callable[[Any], Value]
    in_file: bool = False


def titled(row: Callable[[Any], Sequence[str]], *titles: str) -> list[Column]:
    """The columns of a list whose rows are made whole, as texts, by a function."""
    return [Column(title, partial(_cell_of, row, place)) for place, title in enumerate(titles)]


def _cell_of(row: Callable[[Any], Sequence[str]], place: int, one: Any) -> Value:
    text = row(one)[place]
    with suppress(ValueError):
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else text
    return text


def show_list(
    terminal: Terminal,
    name: str,
    found: Sequence[One],
    shown: Sequence[Column],
    *,
    empty: str,
    as_json: bool,
    value: Any = None,
    lines: Iterable[str] = (),
    above: str = "",
    personal: bool = True,
) -> None:
    """Print a list, or write it to the file of `--out`.

    empty: the line of a list without rows, if any. value: the JSON, where it is not `found`.
    lines: what is printed, where it is not one line for each row. above: how to read those of the
    rows. personal: false for a list that says nothing of people or of what was found
    (`reports.lists.table`).
    """
    out: Path | None = click.get_current_context().meta.pop(OUT, None)
    if out is not None:
        _save(terminal, name, found, shown, out, personal=personal)
        told = {"file": str(out), "rows": len(found)}
        show(told, [translate("Written to {file}.", file=out)], as_json=as_json)
        return
    printed = [column for column in shown if not column.in_file]
    rows = [[_text(column.value(one)) for column in printed] for one in found]
    show(
        found if value is None else value,
        [*lines]
        or [*([above] if above and rows else []), *columns(rows)]
        or [empty][: bool(empty)],
        as_json=as_json,
    )


def save_fields(context: click.Context, value: Any, out: Path, *, as_json: bool) -> None:
    """Write a list to a file by the fields of its values, which are views or JSON objects."""
    if not isinstance(value, list):
        raise click.UsageError(translate("This list cannot be written to a file."))
    rows = [one if isinstance(one, dict) else msgspec.structs.asdict(one) for one in value]
    names = list(dict.fromkeys(name for row in rows for name in row))
    shown = [Column(name, partial(_field, name)) for name in names]
    terminal = context.find_object(Terminal)
    if terminal is None:
        raise LookupError("the command runs without a terminal")
    _save(terminal, context.command_path, rows, shown, out, personal=True)
    told = {"file": str(out), "rows": len(rows)}
    show(told, [translate("Written to {file}.", file=out)], as_json=as_json)


def _field(name: str, row: dict[str, Any]) -> Value:
    value = row.get(name)
    if value is None or isinstance(value, str | int | float | date):
        return value
    return msgspec.json.encode(value).decode()


def _save(
    terminal: Terminal,
    name: str,
    found: Sequence[Any],
    shown: Sequence[Column],
    out: Path,
    *,
    personal: bool,
) -> None:
    from visitapp.reports.lists.save import save_list
    from visitapp.reports.lists.table import ListTable

    if out.exists():
        raise BadFile(
            Code.ALREADY_THERE,
            message("This file already exists, so nothing was written."),
            message("Choose another name."),
            file=str(out),
        )
    services = terminal.services
    me = services.me()
    chosen, typed = _filters()
    table = ListTable(
        name=name,
        filters=chosen,
        typed=typed,
        headings=[column.title for column in shown],
        rows=[[column.value(one) for column in shown] for one in found],
        by=me.title or me.name,
        at=services.desk.clock(),
        personal=personal,
    )
    save_list(table, out, services.exports)


def _filters() -> tuple[list[str], list[str]]:
    """The options that narrow the list, as they were given: those with set values, and the rest."""
    context = click.get_current_context()
    chosen: list[str] = []
    typed: list[str] = []
    for parameter in context.command.params:
        given = context.params.get(parameter.name or "")
        if given in (None, False, "", ()) or parameter.name == "as_json":
            continue
        called = parameter.opts[0].lstrip("-")
        if given is True:
            chosen.append(called)
        elif isinstance(parameter.type, click.Choice):
            chosen.append(f"{called}: {given}")
        else:
            typed.append(f"{called}: {given}")
    return chosen, typed


def _text(value: Value) -> str:
    return "" if value is None else str(value)
