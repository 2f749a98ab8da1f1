"""What a subject contributes to finding things by their words: plain values, without a window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from msgspec import Struct
from sqlalchemy.orm import Session

from visitapp.records.base import Synced


class Found(Struct, frozen=True):
    """A record that was found. `kind`: its table's name; `details`: what tells it from others;
    `target`: the id of what is opened, where that is not the record itself, such as its setting."""

    kind: str
    id: str
    title: str
    details: Sequence[str] = ()
    rag: str = ""
    target: str = ""


@dataclass(frozen=True)
class FindSource:
    """The records of one kind. words: the id and the words of each, its title first, those that
    matter most before the others. shown: these ids as they are listed, in any order."""

    kind: type[Synced]
    words: Callable[[Session], Iterable[tuple[str, str]]]
    shown: Callable[[Session, Sequence[str]], Iterable[Found]]
