"""A second council, set up from nothing: policy, register, settings, officers, cover."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.demo.council.council import Colleague
from visitapp.demo.council.register import Register, write_register
from visitapp.demo.server import DemoServer
from visitapp.demo.summary import FromNothingFacts
from visitapp.demo.work.device import Device, OpenServices
from visitapp.rules.policy.read import shipped_text

if TYPE_CHECKING:
    from visitapp.services.services import Services

FOLDER = "from-nothing"
_STAFF = (
    Colleague(name="edda.marloe", title="Edda Marloe", role="admin", team=""),
    Colleague(name="corin.ashby", title="Corin Ashby", role="lead", team="West"),
    Colleague(name="nesta.fallow", title="Nesta Fallow", role="officer", team="West"),
    Colleague(name="ivo.brandreth", title="Ivo Brandreth", role="officer", team="West"),
)
_ADMIN, _LEAD, _OFFICER, _DEPUTY = _STAFF


def set_up(out: Path, open_services: OpenServices, today: date) -> FromNothingFacts:
    """Set the council up in a folder of its own below `out`, over a server of its own, with
    pictures of the import. Runs in a process of its own, with no screen."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder = out / FOLDER
    server = DemoServer(folder / "server")
    server.set_up(_STAFF)
    register = write_register(folder, [_OFFICER.name, _DEPUTY.name], today)

    @contextmanager
    def laptop(owner: Colleague, url: str) -> Iterator[Device]:
        device = Device(owner, folder / "devices" / owner.name, open_services)
        try:
            device.sign_in(url)
            device.sync_whole()
            yield device
            device.sync_whole()
        finally:
            device.close()

    with server.running() as url:
        with laptop(_ADMIN, url) as admin:
            policy = _publish(admin.services, today)
            admin.services.directory.import_file(register.public_file)
            taken = _import(admin.services, register, folder)
        with laptop(_LEAD, url) as lead:
            week = today + timedelta(days=6)
            lead.services.covers.arrange_for(_OFFICER.name, _DEPUTY.name, today, week, "Leave")
        with laptop(_DEPUTY, url) as deputy:
            held = deputy.services.portfolio.rows()
    mine = sum(row.place.officer == _DEPUTY.title for row in held)
    return FromNothingFacts(
        policy=policy,
        contracts=taken,
        settings=len(held),
        held=mine,
        covered=len(held) - mine,
        pictures=sorted(str(one.relative_to(out)) for one in folder.glob("*.png")),
    )


def _publish(services: Services, today: date) -> str:
    """The policy that ships, as this council's own from today on; gives its version."""
    version = f"{today.year}.2"
    head = (('version: "2026.1"', f'version: "{version}"'), ("2026-01-01", today.isoformat()))
    text = shipped_text()
    for old, new in head:
        text = text.replace(old, new, 1)
    services.policies.publish(text, "policy.yaml")
    return version


def _import(services: Services, register: Register, folder: Path) -> int:
    """Import the register in the window, with a picture of each step; gives how many contracts."""
    from PySide6.QtCore import QCoreApplication, QSize

    from visitapp.ui.files import FileChooser
    from visitapp.ui.shell.app import make_application
    from visitapp.ui.shell.preferences import Preferences
    from visitapp.ui.shell.routes import Route
    from visitapp.ui.shell.screenshots import save_picture, without_noise
    from visitapp.ui.shell.window import MainWindow
    from visitapp.ui.theme.look import Look

    look = Look(make_application([]))
    columns = services.contract_register.columns(register.spreadsheet)
    taken: list[int] = []
    with without_noise():
        window = MainWindow(services, look, Preferences(folder / "devices"), FileChooser())
        window.resize(QSize(1440, 900))
        window.show()
        window.go(Route("contracts"))
        dialog = window.dialogs.register.map_columns(register.spreadsheet, columns)
        dialog.imported.connect(taken.append)
        dialog.columns.adds_settings.setChecked(True)
        save_picture(dialog, window.pages.visit, folder / "register-columns.png")
        dialog.attempt()
        while not dialog.difference.isVisible():
            QCoreApplication.processEvents()
        save_picture(dialog, window.pages.visit, folder / "register-difference.png")
        dialog.attempt()
        while not taken:
            QCoreApplication.processEvents()
        save_picture(window, window.pages.visit, folder / "register-contracts.png")
        window.close()
    return taken[0]
