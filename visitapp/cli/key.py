"""`visitapp key`: what protects the data on this device."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visitapp.cli.help import Group
from visitapp.cli.output import json_option, show
from visitapp.cli.program import Terminal, pass_terminal
from visitapp.errors import Code, Refused
from visitapp.language import message, translate

if TYPE_CHECKING:
    from visitapp.storage.keys.device_key import DeviceKey


@click.group(cls=Group)
def key() -> None:
    """The protection of this device's data: a passphrase or the system's keyring."""


@key.command()
@json_option
@pass_terminal
def change(terminal: Terminal, as_json: bool) -> None:
    """Choose another passphrase."""
    device_key = terminal.device_key()
    if not device_key.has_passphrase:
        raise Refused(
            Code.BAD_VALUE,
            message("The keyring of this computer protects this data, not a passphrase."),
            message("Use visitapp key to-passphrase to choose one."),
        )
    _choose_passphrase(terminal, device_key)
    show(
        {"protected_by": "passphrase"}, [translate("The passphrase was changed.")], as_json=as_json
    )


@key.command("to-passphrase")
@json_option
@pass_terminal
def to_passphrase(terminal: Terminal, as_json: bool) -> None:
    """Protect the data with a passphrase from now on."""
    _choose_passphrase(terminal, terminal.device_key())
    lines = [translate("A passphrase protects this data from now on. Nobody can recover it.")]
    show({"protected_by": "passphrase"}, lines, as_json=as_json)


@key.command("to-keyring")
@json_option
@pass_terminal
def to_keyring(terminal: Terminal, as_json: bool) -> None:
    """Keep the key in the system's keyring from now on."""
    terminal.device_key().to_keyring()
    lines = [translate("The keyring of this computer protects this data from now on.")]
    show({"protected_by": "keyring"}, lines, as_json=as_json)


@key.command()
@json_option
@pass_terminal
def renew(terminal: Terminal, as_json: bool) -> None:
    """Encrypt all data again with a new key.

    Use this when somebody may have copied the data and learned the passphrase. Change the
    passphrase first. You need as much free disk space as the data takes up.
    """
    device_key = terminal.device_key()
    terminal.program.renew_key(terminal.data_dir, device_key)
    lines = [
        translate(
            "Your data, including photos, is encrypted with a new key. The old key no longer "
            "opens it."
        )
    ]
    show({"renewed": True}, lines, as_json=as_json)


def _choose_passphrase(terminal: Terminal, device_key: DeviceKey) -> None:
    """Protect the key with a new passphrase, as long as the policy in force asks."""
    device_key.raw()
    services = terminal.program.open_services(terminal.data_dir, device_key.passphrase)
    try:
        shortest = services.policies.in_force().passphrases.shortest
    finally:
        services.close()
    device_key.to_passphrase(_new_passphrase(terminal), shortest)


def _new_passphrase(terminal: Terminal) -> str:
    given = terminal.program.configuration.new_passphrase
    if given:
        return given
    asked: str = click.prompt(
        translate("New passphrase"), hide_input=True, confirmation_prompt=True, err=True
    )
    return asked
