"""How a person likes to see a list: kept on this device, by name."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec import Struct


class ListView(Struct, frozen=True, kw_only=True):
    """What a list shows: its filter, what it is narrowed to by facet, its groups and its order."""

    filter: str = ""
    where: dict[str, str] = {}
    group: str = ""
    order: str = ""
    descending: bool = False
    search: str = ""


_VIEWS = msgspec.json.Decoder(dict[str, ListView])


class SavedViews:
    """The views of one list. `read` and `write` keep them as text; without, none is kept."""

    def __init__(
        self,
        read: Callable[[], str] = lambda: "",
        write: Callable[[str], None] = lambda text: None,
    ) -> None:
        self._read, self._write = read, write

    def names(self) -> list[str]:
        """Their names, in alphabetical order."""
        return sorted(self._kept(), key=str.casefold)

    def get(self, name: str) -> ListView:
        """A view; the plain list for one that is gone."""
        return self._kept().get(name, ListView())

    def keep(self, name: str, view: ListView) -> None:
        """Keep a view under a name, in place of another of that name."""
        self._put({**self._kept(), name.strip(): view})

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._put({kept: view for kept, view in self._kept().items() if kept != name})

    def _kept(self) -> dict[str, ListView]:
        try:
            return _VIEWS.decode(self._read() or "{}")
        except msgspec.DecodeError:
            return {}  # written by hand, or by a newer program

    def _put(self, views: dict[str, ListView]) -> None:
        self._write(msgspec.json.encode(views).decode())
