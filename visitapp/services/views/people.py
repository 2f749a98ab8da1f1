"""The people that services hand to pages, paper and the terminal."""

from __future__ import annotations

from msgspec import Struct


class Person(Struct, frozen=True, kw_only=True):
    """The user of this device, or a colleague. `connected` is false before the first sign-in."""

    id: str
    name: str
    title: str
    role: str
    team: str
    connected: bool = True


class Colleague(Struct, frozen=True, kw_only=True):
    """A user who can be asked to join a visit; `joins`: was asked."""

    name: str
    title: str
    team: str
    joins: bool
