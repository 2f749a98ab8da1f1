"""Options that narrow a list to an officer or a team."""

from __future__ import annotations

import click

from visitapp.cli.program import Terminal

officer_option = click.option("--officer", help="Only of this officer, by sign-in name.")
team_option = click.option("--team", help="Only of this team.")


def held_by(terminal: Terminal, officer: str | None, team: str | None) -> dict[str, str]:
    """What the options say, by facet. Raises NotFound for an officer who is not known here."""
    named = terminal.services.leavers.person(officer).id if officer else ""
    return {"officer": named, "team": team or ""}
