"""What becomes of an exception that reaches Qt: a problem is shown, a bug is logged as well."""

from __future__ import annotations

import logging
import secrets
import sys
from collections.abc import Callable
from types import TracebackType

from visitapp.errors import Code, VisitappError
from visitapp.language import message
from visitapp.storage.logs import event

Show = Callable[[VisitappError], None]


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
