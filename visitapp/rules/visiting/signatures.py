"""Signatures under a visit: the officer's for the council, and one for the provider.

A signature says what it stands under (`of`): a hash of what was on screen when it was given.
Signing is not agreeing; a provider may also sign on the paper, or not at all.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

WIDTH, HEIGHT = 1000, 300
"""The box that a drawn signature is scaled to."""

MOST_POINTS = 3000
LONGEST_NAME = 120

Point = tuple[Annotated[int, Meta(ge=0, le=WIDTH)], Annotated[int, Meta(ge=0, le=HEIGHT)]]
Strokes = list[list[Point]]
"""The lines of a drawn signature, from the top left corner of its box."""


class Party(StrEnum):
    """For whom somebody signs."""

    COUNCIL = "council"
    PROVIDER = "provider"


class Signature(Struct, frozen=True, kw_only=True):
    """One signature. Without strokes the name was typed."""

    party: Party
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    at: datetime
    of: Annotated[str, Meta(max_length=64)]
    strokes: Strokes = []


def to_marks(signatures: list[Signature]) -> dict[str, Any] | None:
    """Signatures as JSON, by party; None for none."""
    return {one.party.value: msgspec.to_builtins(one) for one in signatures} or None


def from_marks(marks: object) -> list[Signature]:
    """The reverse, the council's first. What cannot be read, as another program may have made it,
    is left out."""
    if not isinstance(marks, dict):
        return []
    found = []
    for party in Party:
        try:
            signature = msgspec.convert(marks.get(party.value), Signature)
        except msgspec.ValidationError:
            continue
        if signature.party == party and points(signature.strokes) <= MOST_POINTS:
            found.append(signature)
    return found


def points(strokes: Strokes) -> int:
    """How many points a drawing has."""
    return sum(len(stroke) for stroke in strokes)


def thinned(strokes: Strokes) -> Strokes:
    """A drawing with at most `MOST_POINTS` points, each line with its ends."""
    step = -(-points(strokes) // MOST_POINTS) * 2 if points(strokes) > MOST_POINTS else 1
    return [[*stroke[:-1:step], stroke[-1]] for stroke in strokes if stroke][:500]


def hash_of(signed: object) -> str:
    """16 hex digits over what is signed, as JSON with sorted keys."""
    plain = msgspec.to_builtins(signed, enc_hook=str, str_keys=True)
    return hashlib.sha256(msgspec.json.encode(plain, order="sorted")).hexdigest()[:16]
