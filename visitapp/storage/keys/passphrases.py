"""Keys from passphrases: Argon2id, at costs that are kept beside what they protect."""

from __future__ import annotations

import unicodedata
from typing import Annotated

import msgspec
from argon2.low_level import Type, hash_secret_raw

Iterations = Annotated[int, msgspec.Meta(ge=1, le=10)]
MemoryKib = Annotated[int, msgspec.Meta(ge=64, le=262_144)]
Lanes = Annotated[int, msgspec.Meta(ge=1, le=8)]
"""Bounds for costs that are read from a file: up to four times today's memory, so that later
versions may ask for more while a damaged or forged file cannot exhaust the computer. Argon2 needs
8 KiB a lane."""


class Costs(msgspec.Struct, frozen=True):
    """The cost of one derivation: passes over so many KiB of memory, in so many lanes.

    The defaults are the second choice of RFC 9106, section 4. Decoding checks the bounds above.
    """

    iterations: Iterations = 3
    memory_kib: MemoryKib = 65_536
    lanes: Lanes = 4


def derive(passphrase: str, salt: bytes, costs: Costs) -> bytes:
    """32 bytes from a passphrase. One spelling of accented letters, whichever keyboard or system
    they were typed on, gives the same."""
    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(),
        salt,
        time_cost=costs.iterations,
        memory_cost=costs.memory_kib,
        parallelism=costs.lanes,
        hash_len=32,
        type=Type.ID,
    )
