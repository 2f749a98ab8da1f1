"""`visitapp visits briefing`: what to know before a visit."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Command
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.cli.visits.report import require_new
from visitapp.dates import short_day
from visitapp.language import translate

if TYPE_CHECKING:
    from visitapp.services.briefing.views import Briefing


@click.command(cls=Command)
@click.argument("setting_id")
@click.option("--out", type=click.Path(path_type=Path), help="The PDF to write.")
@click.option("--overwrite", is_flag=True, help="Replace an existing file of that name.")
@json_option
@pass_terminal
def briefing(
    terminal: Terminal, setting_id: str, out: Path | None, overwrite: bool, as_json: bool
) -> None:
    """Print what changed at a setting since the last visit, or write it to a PDF."""
    found = terminal.services.briefings.of(setting_id)
    if out is None:
        show(found, _lines(found), as_json=as_json)
        return
    require_new(out, overwrite=overwrite)
    from visitapp.reports.briefing.briefing import write_briefing

    path = write_briefing(found, out, printed_at=terminal.services.desk.clock().astimezone())
    show({"file": str(path)}, [translate("Briefing saved to {file}.", file=path)], as_json=as_json)


def _lines(one: Briefing) -> list[str]:
    from visitapp.services.briefing.words import first_words, heading_line, more_words, since_words

    themes = [f"{label} {count}" for label, count in one.themes]
    parts: list[tuple[str, list[str]]] = [
        ("", [f"{f.label}: {' · '.join(p for p in (f.value, f.note) if p)}" for f in one.standing]),
        (
            since_words(one),
            [f"{short_day(c.day)}  {c.what} {c.detail}".rstrip() for c in one.changes]
            + [more_words(one)],
        ),
        (
            translate("Look first at"),
            [f"{q.number} {q.ask} ({q.why})" for q in one.look_first] + [first_words(one)],
        ),
        (translate("Concerns in six months, by theme"), [", ".join(themes), *one.clusters]),
        (translate("Actions"), [f"{a.title}: {a.state}" for a in one.actions] + [one.plan]),
        (
            translate("Who to ask for"),
            [", ".join(p for p in (a.name, a.role, a.phone) if p) for a in one.ask_for],
        ),
    ]
    lines = [one.setting, heading_line(one)]
    for title, texts in parts:
        said = [text for text in texts if text]
        lines += [title, *(f"  {text}" for text in said)] if title and said else said
    return [line for line in lines if line]
