"""The file key.json in a data folder: how its key is reached. The key itself is never in it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Annotated

import msgspec

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.folder import unusable
from visitapp.storage.keys.passphrases import Costs, Iterations, Lanes, MemoryKib
from visitapp.storage.whole_file import whole_file

KEY_FILE = "key.json"
PURPOSE = b"visitapp device key, version 1"
"""Bound to every wrapped key and every check of one."""


class Wrapping(msgspec.Struct, frozen=True):
    """A key wrapped with a passphrase. The costs are kept so that later ones can differ."""

    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
    sealed: Annotated[bytes, msgspec.Meta(max_length=48)]
    iterations: Iterations = Costs().iterations
    memory_kib: MemoryKib = Costs().memory_kib
    lanes: Lanes = Costs().lanes


class KeyFile(msgspec.Struct, frozen=True):
    """The contents of key.json. `check` is a digest that tells a wrong key from a damaged database.

    is_moving: the key was renewed, and the files under it wait to take their places. old_entry: the
    keyring's entry of the key before, to be forgotten afterwards.
    """

    check: bytes
    keyring_entry: str | None = None
    passphrase: Wrapping | None = None
    is_moving: bool = False
    old_entry: str | None = None


def check_of(key: bytes) -> bytes:
    """The digest of a key that may stand beside what it opens."""
    return hashlib.sha256(PURPOSE + key).digest()[:16]


def read_key_file(path: Path) -> KeyFile:
    """Raises EnvironmentProblem NO_KEY when there is none or it is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except (OSError, msgspec.DecodeError) as error:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("The file {file} in the data folder cannot be read.", file=KEY_FILE),
            message(
                "Restore {file} from a backup of the folder. The data itself is unchanged.",
                file=KEY_FILE,
            ),
        ) from error


def write_key_file(path: Path, kept: KeyFile) -> None:
    """Put it in place in one step. Raises EnvironmentProblem FOLDER_UNUSABLE."""
    try:
        # The keyring's entry of the old file may go next, so the new name must last.
        with whole_file(path, lasting=True) as file:
            file.write(msgspec.json.encode(kept))
    except OSError as error:
        raise unusable(path.parent) from error
