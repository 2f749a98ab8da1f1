"""Builds the program from its parts by constructor arguments; imports late to start fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.collector import loading
from visitapp.configuration import ClientConfiguration, has_display, read_configuration, speak
from visitapp.errors import Refused

if TYPE_CHECKING:
    from forms.catalogue.catalogue import Library
    from visitapp.cli.program import Program
    from visitapp.services.forms.trial import FormTrial
    from visitapp.services.services import Services
    from visitapp.services.sync.connection import ServerLink
    from visitapp.services.views.rescue import RescueSaved
    from visitapp.storage.keys.device_key import DeviceKey, KeyringPort


def open_services(
    data_dir: Path,
    passphrase: str | None = None,
    *,
    keyring: KeyringPort | None = None,
    library: Library | None = None,
    clock: Callable[[], datetime] | None = None,
    make_transport: Callable[[str], ServerLink] | None = None,
) -> Services:
    """Open a profile's folder and give its services; made at first use.

    With a passphrase the key is wrapped by it, otherwise the keyring holds the key. Raises
    EnvironmentProblem when the key is wrong or missing, or the folder or database cannot be used,
    and DEVICE_ERASED once after the device was erased because it was revoked.
    """
    from forms.catalogue.catalogue import shipped
    from visitapp.rules.policy.read import shipped_policy
    from visitapp.services.context import Desk
    from visitapp.services.services import Services
    from visitapp.storage.database import open_device, utc_now
    from visitapp.storage.directory import Directory
    from visitapp.storage.erasing import Erasure
    from visitapp.storage.form_shelf import FormShelf
    from visitapp.storage.keys.device_key import unlock
    from visitapp.storage.keys.renewal import require_same_key
    from visitapp.storage.keys.system_keyring import SystemKeyring
    from visitapp.storage.policy_shelf import PolicyShelf

    keyring = keyring or SystemKeyring()
    Erasure(data_dir, keyring).settle()
    key = unlock(data_dir, passphrase, keyring)
    now = clock or utc_now
    database = open_device(data_dir, key, now)
    try:
        require_same_key(data_dir, database, key)
        forms = (library or shipped()).beside(FormShelf.of(database))
        policies = PolicyShelf(shipped_policy())
        desk = Desk(database, forms, Directory(data_dir / "directory.db"), now, policies)
        desk.settle_in()
    except BaseException:
        database.close()
        raise
    services = Services.on(desk, data_dir, key, make_transport or _http_transport, keyring)
    services.leaving.settle_in()
    return services


def device_key(
    data_dir: Path, passphrase: str | None = None, keyring: KeyringPort | None = None
) -> DeviceKey:
    """The key of a data folder that exists, and what protects it; opens no database."""
    from visitapp.storage.keys.device_key import DeviceKey
    from visitapp.storage.keys.system_keyring import SystemKeyring

    return DeviceKey(data_dir, passphrase, keyring or SystemKeyring())


def renew_key(data_dir: Path, key: DeviceKey) -> None:
    """Give a data folder a new key; see `storage.keys.renewal.renew_key`."""
    from visitapp.storage.keys.renewal import renew_key as renew

    renew(data_dir, key)


def rescue(data_dir: Path, key: DeviceKey, out: Path, passphrase: str) -> RescueSaved:
    """Write what a data folder has unsent to a file; see `services.rescue.save_rescue`."""
    from visitapp.services.rescue.rescue import save_rescue
    from visitapp.storage.database import utc_now

    return save_rescue(data_dir, key.raw(), out, passphrase, utc_now())


def open_trial(folder: Path, facts: Mapping[str, str]) -> FormTrial:
    """A trial of a form on a setting with these facts, in an empty folder that is thrown away: its
    key is forgotten with the process. Raises as `FormTrial` does."""
    import secrets

    from visitapp.services.forms.trial import FormTrial
    from visitapp.storage.database import open_device, utc_now

    database = open_device(folder, secrets.token_bytes(32))
    try:
        return FormTrial(database, folder, utc_now, facts)
    except BaseException:
        database.close()
        raise


def _http_transport(url: str) -> ServerLink:
    from sync.client.link.transport import HttpTransport

    return HttpTransport(url)


def main() -> int:
    """The program `visitapp`: the desktop without a command, otherwise the command line."""
    with loading():
        from visitapp.cli.main import run
        from visitapp.cli.problems import say
    try:
        configuration = read_configuration(ClientConfiguration, usual=_usual_file()).values
        speak(configuration.language)
    except Refused as refused:
        return say(refused)
    return run(make_program(configuration))


def make_program(configuration: ClientConfiguration) -> Program:
    """The parts that the commands run on, built for this configuration."""
    from visitapp.cli.program import Program

    passphrase = configuration.passphrase or None

    def save_rescue(data_dir: Path, out: Path, chosen: str) -> RescueSaved:
        return rescue(data_dir, device_key(data_dir, passphrase), out, chosen)

    def open_desktop(data_dir: Path) -> int:
        with loading():
            from visitapp.ui.shell.app import run as run_desktop
            from visitapp.ui.shell.start.openers import Openers

        openers = Openers(open_services, _open_sample, save_rescue)
        return run_desktop(data_dir, openers, configuration)

    return Program(
        configuration=configuration,
        default_data_dir=configuration.data_dir or _default_data_dir(),
        open_services=open_services,
        open_desktop=open_desktop,
        run_demo=partial(_run_demo, configuration),
        preview_form=_preview_form,
        save_rescue=rescue,
        device_key=device_key,
        renew_key=renew_key,
    )


def _open_sample(folder: Path, progress: Callable[[int, int], None]) -> Services:
    from visitapp.demo.sample import open_sample

    return open_sample(folder, open_services, progress)


def _run_demo(configuration: ClientConfiguration, out: Path, headless: bool) -> int:
    from visitapp.demo.run import run_demo

    return run_demo(out, open_services, configuration, shows_window=not headless and has_display())


def _preview_form(file: Path, facts: Mapping[str, str], screenshot: Path | None) -> int:
    from visitapp.ui.shell.preview import run_preview

    if screenshot is not None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return run_preview(open_trial, file, facts, screenshot)


def _usual_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("Visitapp", appauthor=False) / "visitapp.toml"


def _default_data_dir() -> Path:
    from platformdirs import user_data_path

    return user_data_path("Visitapp", appauthor=False)


if __name__ == "__main__":
    sys.exit(main())
