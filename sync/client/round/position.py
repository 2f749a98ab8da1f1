"""Where a device stands with its server: kept in its own database, moved with what it applies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select

from sync.client.round.states import read_states, write_states
from sync.scope import hidden_kinds, scope_digest
from sync.wire import CatchUp
from visitapp.records import HeldSetting

_HELD = select(HeldSetting.setting_id)


class Position:
    """The cursor, the settings held whole, those that join and those that leave.

    A setting that joins is brought by catching up, up to the cursor, while pages go on above it;
    only then it is held. One that leaves is not held any more, but stays until nothing waits.
    """

    def __init__(self, states: Mapping[str, Any], held: Iterable[str]) -> None:
        joining = states.get("catch_up")
        self.server_id: str = states.get("server_id") or ""
        self.cursor: int = states.get("cursor") or 0
        self.held = set(held)
        self.catch_up = CatchUp(**joining) if joining else None
        self.leaving: set[str] = set(states.get("leaving") or ())
        self.taken_away: set[str] = set(states.get("taken_away") or ())
        """Concerns that became restricted to others, and may still be here."""
        self.role: str = states.get("role") or ""
        """The user's role, as the server said last with a scope."""
        self.hiding: bool = states.get("hiding") or False
        """Whether records that the role does not see may still be here."""
        self._states = states
        self._kept = frozenset(self.held)

    @classmethod
    def load(cls, connection: Connection) -> Position:
        """The position as it was committed last."""
        held = connection.execute(_HELD).scalars()
        return cls(read_states(connection), held)

    def save(self, connection: Connection, **other: Any) -> None:
        """Write the position, and `other` states with it, in the connection's transaction."""
        now = {
            "cursor": self.cursor,
            "catch_up": msgspec.to_builtins(self.catch_up),
            "leaving": sorted(self.leaving),
            "taken_away": sorted(self.taken_away),
            "role": self.role,
            "hiding": self.hiding,
            **other,
        }
        write_states(connection, self._states, now)
        self._states = {**self._states, **now}
        gone, new = self._kept - self.held, self.held - self._kept
        if gone:
            connection.execute(delete(HeldSetting).where(HeldSetting.setting_id.in_(sorted(gone))))
        if new:
            connection.execute(insert(HeldSetting), [{"setting_id": id_} for id_ in sorted(new)])
        self._kept = frozenset(self.held)

    def digest(self, made: Iterable[str] = ()) -> str:
        """The digest of what is held once the settings made in a batch are accepted."""
        return scope_digest(self.held.union(made), self.role)

    def follow(self, scope: Iterable[str], role: str, asked_at: int) -> None:
        """Take over a new scope and role. From cursor 0 the pages bring everything; later what
        joined has to be caught up with, and everything when the role sees more than before."""
        now = set(scope)
        left = self.held - now
        self.held -= left
        self.leaving = (self.leaving | left) - now
        sees_more = self._take_role(role)
        if sees_more and asked_at:
            self.held.clear()
            self.catch_up = CatchUp(settings=sorted(now), whole=True)
        joined = now - self.held
        if asked_at == 0:
            self.held |= joined
        elif joined and self.catch_up is None:
            self.catch_up = CatchUp(settings=sorted(joined))

    def _take_role(self, role: str) -> bool:
        """Whether it may see records that the one before did not."""
        before, now = set(hidden_kinds(self.role)), set(hidden_kinds(role))
        another = self.role not in ("", role)
        self.role = role
        self.hiding = self.hiding or another or not now <= before
        # Another role sees other restricted concerns, whatever kinds it sees.
        return another or not before <= now

    def caught_up(self, after: int, more: bool) -> None:
        """Move the catching up forward, or end it."""
        if self.catch_up is None:
            return
        if more:
            self.catch_up = msgspec.structs.replace(self.catch_up, after=after)
        else:
            self.held.update(self.catch_up.settings)
            self.catch_up = None
