"""Where a device stands with its server: kept in its own database, moved with what it applies."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from sync.scope import scope_digest
from sync.wire import CatchUp
from visitapp.records import HeldSetting
from visitapp.storage.state import LocalStates


class Position:
    """The cursor, the settings held whole, those that join and those that leave.

    A setting that joins is brought by catching up, up to the cursor, while pages go on above it;
    only then it is held. One that leaves is not held any more, but stays until nothing waits.
    """

    def __init__(
        self,
        server_id: str,
        cursor: int,
        held: set[str],
        catch_up: CatchUp | None,
        leaving: set[str],
    ) -> None:
        self.server_id = server_id
        self.cursor = cursor
        self.held = held
        self.catch_up = catch_up
        self.leaving = leaving
        self._kept = frozenset(held)

    @classmethod
    def load(cls, session: Session) -> Position:
        """The position as it was committed last."""
        states = LocalStates()
        joining = states.get(session, "catch_up")
        return cls(
            server_id=states.get(session, "server_id") or "",
            cursor=states.get(session, "cursor") or 0,
            held=set(session.scalars(select(HeldSetting.setting_id))),
            catch_up=CatchUp(**joining) if joining else None,
            leaving=set(states.get(session, "leaving") or ()),
        )

    def save(self, session: Session) -> None:
        """Write the position in the session's transaction."""
        states = LocalStates()
        states.set(session, "cursor", self.cursor)
        joining = self.catch_up
        states.set(
            session,
            "catch_up",
            {"settings": joining.settings, "after": joining.after} if joining else None,
        )
        states.set(session, "leaving", sorted(self.leaving))
        gone, new = self._kept - self.held, self.held - self._kept
        if gone:
            session.execute(delete(HeldSetting).where(HeldSetting.setting_id.in_(sorted(gone))))
        if new:
            session.execute(insert(HeldSetting), [{"setting_id": id_} for id_ in sorted(new)])
        self._kept = frozenset(self.held)

    def digest(self, made: Iterable[str] = ()) -> str:
        """The digest of what is held once the settings made in a batch are accepted."""
        return scope_digest(self.held.union(made))

    def follow(self, scope: Iterable[str], asked_at: int) -> None:
        """Take over a new scope. From cursor 0 the pages bring everything; later what joined has
        to be caught up with."""
        now = set(scope)
        left = self.held - now
        self.held -= left
        self.leaving = (self.leaving | left) - now
        joined = now - self.held
        if asked_at == 0:
            self.held |= joined
        elif joined and self.catch_up is None:
            self.catch_up = CatchUp(settings=sorted(joined))

    def caught_up(self, after: int, more: bool) -> None:
        """Move the catching up forward, or end it."""
        if self.catch_up is None:
            return
        if more:
            self.catch_up = CatchUp(settings=self.catch_up.settings, after=after)
        else:
            self.held.update(self.catch_up.settings)
            self.catch_up = None
