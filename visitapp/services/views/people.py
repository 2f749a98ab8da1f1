"""The people that services hand to pages, paper and the terminal."""

from __future__ import annotations

from msgspec import Struct

from visitapp.rules.policy.authority import StepAuthority


class Person(Struct, frozen=True, kw_only=True):
    """The user of this device, or a colleague. `connected` is false before the first sign-in.
    `limits`: the steps that the policy in force leaves to some roles."""

    id: str
    name: str
    title: str
    role: str
    team: str
    connected: bool = True
    limits: tuple[StepAuthority, ...] = ()


class Colleague(Struct, frozen=True, kw_only=True):
    """A user who can be asked to join a visit; `joins`: was asked."""

    name: str
    title: str
    team: str
    joins: bool
