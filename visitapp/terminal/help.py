"""The help of the commands of both programs, in the language of the program.

Commands and options are declared when their modules are imported, before the language is chosen, so
their help is worded each time it is printed.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from visitapp.language import message, translate
from visitapp.terminal.sentences import word_click

word_click()

_HEADINGS = {"Options": message("Options"), "Commands": message("Commands")}


class HelpFormatter(click.HelpFormatter):
    """Words what click itself writes around the help."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, translate("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a part."""
        super().write_heading(str(_HEADINGS.get(heading, heading)))


class Context(click.Context):
    """A run of a command whose help is worded here."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command whose help is a message."""

    context_class = Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, a paragraph at a time."""
        for paragraph in paragraphs(self):
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(translate(paragraph))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write a row for each option."""
        rows = [_row(param, ctx) for param in self.get_params(ctx)]
        with formatter.section("Options"):
            formatter.write_dl([row for row in rows if row is not None])

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of what the command does, for the list of commands."""
        whole = translate(next(iter(paragraphs(self)), ""))
        first = whole.partition(". ")[0].removesuffix(".")
        return textwrap.shorten(first, limit, placeholder="...")


class Group(Command, click.Group):
    """A command with commands of its own, whose help is worded in the same way."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def paragraphs(command: click.Command) -> Iterator[str]:
    """What a command does, each paragraph on one line: the keys of the catalogue."""
    for part in (command.help or "").split("\n\n"):
        if part.strip():
            yield " ".join(part.split())


def _row(param: click.Parameter, ctx: click.Context) -> tuple[str, str] | None:
    if not isinstance(param, click.Option) or param.hidden:
        return None
    extra = param.get_help_extra(ctx)
    notes = []
    if "default" in extra:
        notes.append(translate("default: {value}", value=extra["default"]))
    if "range" in extra:
        notes.append(extra["range"])
    if "required" in extra:
        notes.append(translate("required"))
    said = translate(param.help or "")
    return param.get_help_spec(ctx), f"{said}  [{'; '.join(notes)}]" if notes else said
