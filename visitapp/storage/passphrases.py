"""Keys from passphrases: Argon2id, at costs that are kept beside what they protect."""

from __future__ import annotations

import unicodedata

import msgspec
from argon2.low_level import Type, hash_secret_raw


class Costs(msgspec.Struct, frozen=True):
    """What a derivation takes: passes over so many KiB of memory, in so many lanes."""

    iterations: int = 2
    memory_kib: int = 65_536
    lanes: int = 2


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
