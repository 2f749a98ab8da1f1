"""What a device knows about itself: named values in its own database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from visitapp.records import LocalState


class LocalStates:
    """Reads and writes named JSON values; they never travel."""

    @staticmethod
    def get(session: Session, name: str) -> Any:
        """The value kept under `name`; None when there is none."""
        kept = session.get(LocalState, name)
        return None if kept is None else kept.value

    @staticmethod
    def set(session: Session, name: str, value: Any) -> None:
        """Keep a JSON value under `name`, written with the session's transaction."""
        kept = session.get(LocalState, name)
        if kept is None:
            session.add(LocalState(name=name, value=value))
        else:
            kept.value = value
