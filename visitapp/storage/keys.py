"""The key of a device database: 256 random bits, kept where only its user can reach them.

`key.json` in the data folder says how: in the system's keyring under an entry of its own, or
wrapped with a passphrase (Argon2id, then AES-256-GCM). The key itself is never written there.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import unicodedata
from pathlib import Path
from typing import Protocol

import msgspec
from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.folder import only_process, unusable, usable

KEY_FILE = "key.json"
_PURPOSE = b"visitapp device key, version 1"


class KeyringPort(Protocol):
    """Where secrets are kept for this user of this computer.

    Both raise EnvironmentProblem NO_KEY when there is no keyring or it stays locked.
    """

    def get(self, name: str) -> str | None:
        """The secret kept under `name`; None when there is none."""

    def set(self, name: str, value: str) -> None:
        """Keep a secret under `name`, in place of an earlier one."""


class Wrapping(msgspec.Struct, frozen=True):
    """A key wrapped with a passphrase. The costs are kept so that later ones can differ."""

    salt: bytes
    nonce: bytes
    sealed: bytes
    iterations: int = 2
    memory_kib: int = 65_536
    lanes: int = 2


class KeyFile(msgspec.Struct, frozen=True):
    """What key.json holds. `check` is a digest that tells a wrong key from a damaged database."""

    check: bytes
    keyring_entry: str | None = None
    passphrase: Wrapping | None = None


def unlock(folder: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    """The raw 32-byte key of the database in `folder`, made at the first use.

    At the first use a passphrase, when given, protects the key; otherwise the keyring does.
    Raises EnvironmentProblem WRONG_KEY when the passphrase is wrong, NO_KEY when there is
    neither passphrase nor keyring or the key is gone; nothing is changed then.
    """
    path = usable(folder) / KEY_FILE
    if not path.exists():
        with only_process(folder):
            if not path.exists():
                return _make(path, passphrase, keyring)
    kept = _read(path)
    if kept.passphrase is not None:
        return _unwrap(kept.passphrase, passphrase)
    return _from_keyring(kept, keyring)


def belongs_to(folder: Path, key: bytes) -> bool:
    """Whether `key` is known to be the key of `folder`."""
    path = folder / KEY_FILE
    return path.exists() and secrets.compare_digest(_read(path).check, _check(key))


def _make(path: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    if path.with_name("visitapp.db").exists():
        raise EnvironmentProblem(
            Code.NO_KEY,
            f"The file {KEY_FILE} is missing from the data folder, so the data cannot be opened.",
            f"Put {KEY_FILE} back from a copy of the folder. The data itself is untouched.",
        )
    key = secrets.token_bytes(32)
    if passphrase:
        kept = KeyFile(check=_check(key), passphrase=_wrap(key, passphrase))
    else:
        entry = f"device-key-{secrets.token_hex(8)}"
        keyring.set(entry, key.hex())
        kept = KeyFile(check=_check(key), keyring_entry=entry)
    _write(path, kept)
    return key


def _wrap(key: bytes, passphrase: str) -> Wrapping:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = Wrapping(salt=salt, nonce=nonce, sealed=b"")
    sealed = AESGCM(_derive(wrapping, passphrase)).encrypt(nonce, key, _PURPOSE)
    return msgspec.structs.replace(wrapping, sealed=sealed)


def _unwrap(wrapping: Wrapping, passphrase: str | None) -> bytes:
    if not passphrase:
        raise EnvironmentProblem(
            Code.NO_KEY,
            "This data is protected by a passphrase.",
            "Give it in the environment variable VISITAPP_PASSPHRASE.",
        )
    try:
        cipher = AESGCM(_derive(wrapping, passphrase))
        return cipher.decrypt(wrapping.nonce, wrapping.sealed, _PURPOSE)
    except InvalidTag:
        raise EnvironmentProblem(
            Code.WRONG_KEY,
            "The passphrase is wrong. Nothing was changed.",
            "Try again with the passphrase that was chosen for this data folder.",
        ) from None


def _derive(wrapping: Wrapping, passphrase: str) -> bytes:
    # One spelling of accented letters, whichever keyboard or system they were typed on.
    secret = unicodedata.normalize("NFKC", passphrase).encode()
    return hash_secret_raw(
        secret,
        wrapping.salt,
        time_cost=wrapping.iterations,
        memory_cost=wrapping.memory_kib,
        parallelism=wrapping.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _from_keyring(kept: KeyFile, keyring: KeyringPort) -> bytes:
    secret = keyring.get(kept.keyring_entry or "")
    if secret is None:
        raise EnvironmentProblem(
            Code.NO_KEY,
            "The key of this data is not in your keyring. The data itself is untouched.",
            "Sign in to this computer as the user who made it, or restore the keyring.",
        )
    key = bytes.fromhex(secret)
    if _check(key) != kept.check:
        raise EnvironmentProblem(
            Code.WRONG_KEY,
            "The key in your keyring is not the key of this data. Nothing was changed.",
            f"Put {KEY_FILE} back from a copy of the data folder, or restore the keyring.",
        )
    return key


def _check(key: bytes) -> bytes:
    return hashlib.sha256(_PURPOSE + key).digest()[:16]


def _read(path: Path) -> KeyFile:
    try:
        return msgspec.json.decode(path.read_bytes(), type=KeyFile)
    except (OSError, msgspec.DecodeError) as error:
        raise EnvironmentProblem(
            Code.NO_KEY,
            f"The file {KEY_FILE} in the data folder cannot be read.",
            f"Put {KEY_FILE} back from a copy of the folder. The data itself is untouched.",
        ) from error


def _write(path: Path, kept: KeyFile) -> None:
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("wb") as file:
            file.write(msgspec.json.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError as error:
        raise unusable(path.parent) from error
