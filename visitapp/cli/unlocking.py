"""The passphrase of a data folder, asked for at a terminal where none was given."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import translate
from visitapp.storage.keys.key_file import KEY_FILE, read_key_file

T = TypeVar("T")
TRIES = 3


def unlocked(open_with: Callable[[str | None], T], folder: Path, given: str) -> T:
    """What `open_with` opens with the passphrase of the folder, or with none for the keyring.

    given: the passphrase of the configuration; empty when there is none. Then a person at a
    terminal is asked, three times when it is wrong, and chooses one for a new folder where there is
    no keyring. Raises as `open_with` does.
    """
    if given or not _has_terminal():
        return open_with(given or None)
    if needs_passphrase(folder):
        return _with_tries(open_with)
    try:
        return open_with(None)
    except EnvironmentProblem as problem:
        if problem.code != Code.NO_KEY or (folder / KEY_FILE).exists():
            raise
    return open_with(_chosen())


def needs_passphrase(folder: Path) -> bool:
    """Whether a passphrase protects the key of the folder. False for a new one."""
    path = folder / KEY_FILE
    return path.exists() and read_key_file(path).passphrase is not None


def asked(folder: Path, given: str) -> str | None:
    """The passphrase of a folder whose key is to be changed; None where the keyring has it."""
    if given or not needs_passphrase(folder) or not _has_terminal():
        return given or None
    return _prompted()


def _with_tries(open_with: Callable[[str | None], T]) -> T:
    for _ in range(TRIES - 1):
        try:
            return open_with(_prompted())
        except EnvironmentProblem as problem:
            if problem.code != Code.WRONG_KEY:
                raise
            click.echo(translate("The passphrase is wrong."), err=True)
    return open_with(_prompted())


def _prompted() -> str:
    typed: str = click.prompt(translate("Passphrase"), hide_input=True, err=True)
    return typed


def _chosen() -> str:
    click.echo(
        translate(
            "This computer has no keyring, so a passphrase protects your data. Nobody can recover "
            "it. Three or four unrelated words are easy to remember."
        ),
        err=True,
    )
    typed: str = click.prompt(
        translate("New passphrase"), hide_input=True, confirmation_prompt=True, err=True
    )
    return typed


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
