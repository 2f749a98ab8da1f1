"""What becomes of an exception that reaches Qt: a problem is shown, a bug is logged as well."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from datetime import timedelta
from types import TracebackType

from visitapp.errors import Code, VisitappError
from visitapp.language import message, plural, translate
from visitapp.services.after_crash import AfterCrash
from visitapp.services.context import Desk
from visitapp.storage.logs import event
from visitapp.ui import words
from visitapp.ui.shell.routes import Route
from visitapp.ui.widgets.message_bar import MessageBar

Show = Callable[[VisitappError], None]
CLOCK_SLACK = timedelta(days=1)
"""Clocks that differ by less are no reason to warn: another laptop's may be a little ahead."""


class ProblemHook:
    """Takes the place of `sys.excepthook` while a window is open.

    A VisitappError is shown as it is written. Anything else is a bug of ours: it is logged under
    a short reference, shown with it, and passed on to the hook that was there before.
    """

    def __init__(self, show: Show) -> None:
        self._show = show
        self._before = sys.excepthook

    def install(self) -> None:
        """From now on exceptions in slots and event handlers come here."""
        self._before = sys.excepthook
        sys.excepthook = self

    def remove(self) -> None:
        """Put back the hook that was there before."""
        if sys.excepthook is self:
            sys.excepthook = self._before

    def __call__(
        self, kind: type[BaseException], value: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(value, VisitappError):
            self._show(value)
            return
        if not isinstance(value, KeyboardInterrupt | SystemExit):
            self._show(as_bug(value))
        self._before(kind, value, trace)


def as_bug(bug: BaseException) -> VisitappError:
    """Log a bug and say so: with a reference, that work is safe, and what to do."""
    reference = secrets.token_hex(3).upper()
    event(logging.ERROR, "bug", error=bug, reference=reference)
    return VisitappError(
        Code.BUG,
        message("Something went wrong in Visitapp. Everything shown as saved is safe."),
        message(
            "Try again. If it happens again, give your support this reference: {reference}.",
            reference=reference,
        ),
    )


def say_what_was_kept(
    after_crash: AfterCrash, warning: MessageBar, go: Callable[[Route], None]
) -> None:
    """Say that the window before did not end, what is there of its work, and offer to go on with
    it."""
    kept = after_crash.kept()
    what = translate("Visitapp did not close properly. Everything that was shown as saved is here.")
    if kept is None:
        warning.show_text(what)
        return
    answers = plural(
        "The visit of {setting} has {n} answer.",
        "The visit of {setting} has {n} answers.",
        kept.answers,
        setting=kept.setting,
    )
    warning.show_text(what, answers)

    def go_on() -> None:
        warning.hide()
        go(Route("visit", kept.visit_id))

    warning.offer({translate("Continue the visit"): go_on})


def warn_of_clock(desk: Desk, warning: MessageBar) -> None:
    """Warn when the clock stands before the latest record: dates of visits come from it."""
    latest = desk.latest_change()
    if latest is None or latest - desk.clock() < CLOCK_SLACK:
        return
    warning.show_text(
        translate(
            "This laptop's clock says {now}, but your latest record is of {latest}.",
            now=words.day(desk.today()),
            latest=words.day(latest.astimezone().date()),
        ),
        translate("Set the clock before you record anything: visits are dated by it."),
        kind="problem",
    )
