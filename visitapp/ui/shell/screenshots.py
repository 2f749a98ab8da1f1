"""Pictures of every page, light and dark, in two sizes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QPoint,
    QSize,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from visitapp.services.services import Services
from visitapp.ui.dialogs.dialog import Dialog
from visitapp.ui.files import FileChooser
from visitapp.ui.pages.visit.page import VisitPage
from visitapp.ui.shell.app import make_application
from visitapp.ui.shell.pages import PAGES
from visitapp.ui.shell.preferences import Preferences
from visitapp.ui.shell.routes import Route
from visitapp.ui.shell.window import MainWindow
from visitapp.ui.theme.look import Look

SIZES = (QSize(1440, 900), QSize(1280, 720))
THEMES = ("light", "dark")
CASEWORK = ("plan", "intervention", "escalation")
"""Pages about one setting."""
NOISE = "does not support propagateSizeHints"
SETTLE = 10
"""Turns of the event loop: counts are read one a turn, layouts settle in two or three."""


@dataclass(frozen=True)
class Subject:
    """What to show on the pages that show one thing; empty ones are chosen."""

    setting_id: str = ""
    visit_id: str = ""
    question: str = ""


def take_screenshots(
    services: Services,
    folder: Path,
    subject: Subject = Subject(),
    prefix: str = "",
    sizes: Sequence[QSize] = SIZES,
    themes: Sequence[str] = THEMES,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> list[Path]:
    """Write a PNG of every page to `folder`, named `page-theme-width.png`, and give their paths.

    Dialogs that only look at the data are among them, in one size. `settings` has the ids of
    further settings by the name of their picture, taken in one size and theme; one of CASEWORK is
    that page of the setting. The application is made when there is none; offscreen will do. Nothing
    is written to the data.
    """
    app = make_application([])
    folder.mkdir(parents=True, exist_ok=True)
    look = Look(app)
    pictures = []
    with TemporaryDirectory() as forgotten, without_noise():
        window = MainWindow(services, look, Preferences(Path(forgotten)), FileChooser())
        for theme in themes:
            look.set(theme=theme)
            for size in sizes:
                window.resize(size)
                window.show()
                routes = _routes(services, subject)
                if (theme, size) == (themes[0], sizes[0]):
                    routes |= {
                        name: Route(name if name in CASEWORK else "setting", id_)
                        for name, id_ in settings.items()
                    }
                for name, route in routes.items():
                    window.go(route)
                    picture = folder / f"{prefix}{name}-{theme}-{size.width()}.png"
                    save_picture(window, window.pages.visit, picture)
                    pictures.append(picture)
                dialogs = _dialogs(window, services, subject) if size == sizes[0] else ()
                for name, opened in dialogs:
                    picture = folder / f"{prefix}{name}-{theme}-{size.width()}.png"
                    save_picture(opened, window.pages.visit, picture)
                    pictures.append(picture)
                    opened.reject()
        window.close()
    return pictures


@contextmanager
def without_noise() -> Iterator[None]:
    """The screenless platform says of every window that it cannot keep a least size."""

    def pass_on(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if NOISE in message:
            return
        if before is None:
            sys.stderr.write(f"{message}\n")
        else:
            before(kind, context, message)

    before = qInstallMessageHandler(pass_on)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _routes(services: Services, subject: Subject) -> dict[str, Route]:
    routes = {name: Route(name) for name in PAGES}
    rows = services.portfolio.rows(order="rag")
    setting = subject.setting_id or next((row.setting_id for row in rows), "")
    if setting:
        routes["setting"] = Route("setting", setting)
    visit = subject.visit_id or next((row.draft_visit_id for row in rows if row.draft_visit_id), "")
    if visit:
        routes["visit"] = Route("visit", visit, subject.question)
    assessed = services.risk.list(setting) if setting else []
    for line in assessed:
        kind = "results" if line.results else "risk"
        routes.setdefault(kind, Route("visit", line.id))
    return routes


def _dialogs(
    window: MainWindow, services: Services, subject: Subject
) -> Iterator[tuple[str, Dialog]]:
    """Each dialog while it is open, by the name of its picture."""
    routes = _routes(services, subject)
    if "setting" in routes:
        setting = routes["setting"].id
        window.dialogs.visit.start_visit(setting)
        yield "start", _opened(window)
        window.dialogs.settings.assess_risk(setting)
        yield "assess", _opened(window)
    if "visit" in routes:
        window.dialogs.visit.sign_off(routes["visit"].id, {})
        yield "sign-off", _opened(window)


def _opened(window: MainWindow) -> Dialog:
    return next(found for found in window.findChildren(Dialog) if found.isVisible())


def save_picture(window: QWidget, visit: VisitPage, picture: Path) -> None:
    """Paint the window as it is once everything that waits was done, cards of a visit first."""
    while not visit.area.ready:
        QCoreApplication.processEvents()
    for _ in range(SETTLE):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    window.render(painter, QPoint())
    painter.end()
    if not image.save(str(picture)):
        raise OSError(f"cannot write {picture}")
