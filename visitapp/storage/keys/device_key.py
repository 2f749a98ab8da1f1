"""The key of a device database: 256 random bits, kept where only its user can reach them.

`key.json` in the data folder says how: in the system's keyring under an entry of its own, or
wrapped with a passphrase (Argon2id, then AES-256-GCM). The key itself is never written there.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path
from typing import Annotated, Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitapp.errors import Code, EnvironmentProblem
from visitapp.rules.passwords import require_strong
from visitapp.storage.folder import only_process, unusable, usable
from visitapp.storage.keys.passphrases import Costs, Iterations, Lanes, MemoryKib, derive
from visitapp.storage.private import narrow_profile
from visitapp.storage.whole_file import whole_file

KEY_FILE = "key.json"
_PURPOSE = b"visitapp device key, version 1"


class KeyringPort(Protocol):
    """Where secrets are kept for this user of this computer.

    All raise EnvironmentProblem NO_KEY when there is no keyring or it stays locked.
    """

    def get(self, name: str) -> str | None:
        """The secret kept under `name`; None when there is none."""

    def set(self, name: str, value: str) -> None:
        """Keep a secret under `name`, in place of an earlier one."""

    def forget(self, name: str) -> None:
        """Keep nothing under `name` any more."""


class Wrapping(msgspec.Struct, frozen=True):
    """A key wrapped with a passphrase. The costs are kept so that later ones can differ."""

    salt: Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
    nonce: Annotated[bytes, msgspec.Meta(min_length=12, max_length=12)]
    sealed: Annotated[bytes, msgspec.Meta(max_length=48)]
    iterations: Iterations = Costs().iterations
    memory_kib: MemoryKib = Costs().memory_kib
    lanes: Lanes = Costs().lanes


class KeyFile(msgspec.Struct, frozen=True):
    """What key.json holds. `check` is a digest that tells a wrong key from a damaged database."""

    check: bytes
    keyring_entry: str | None = None
    passphrase: Wrapping | None = None


def unlock(folder: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    """The raw 32-byte key of the database in `folder`, made at the first use.

    At the first use a passphrase, when given, protects the key; otherwise the keyring does.
    Raises EnvironmentProblem WRONG_KEY when the passphrase is wrong, NO_KEY when there is
    neither passphrase nor keyring or the key is gone, and at the first use Refused BAD_VALUE on a
    weak passphrase; nothing is changed then.
    """
    path = usable(folder) / KEY_FILE
    if not path.exists():
        with only_process(folder):
            if not path.exists():
                return _make(path, passphrase, keyring)
    narrow_profile(folder)
    kept = _read(path)
    if kept.passphrase is not None:
        return _unwrap(kept.passphrase, passphrase)
    return _from_keyring(kept, keyring)


class DeviceKey:
    """The key of a data folder that exists, and what protects it.

    passphrase: the one that protects it now, where one does. What protects it can be changed
    without writing the database anew: the same key is wrapped again, in a new key.json that takes
    the place of the old one in one step. Until then the old one opens the data; a crash on the way
    leaves either. Each method raises EnvironmentProblem as `unlock` does and then changes nothing.
    """

    def __init__(self, folder: Path, passphrase: str | None, keyring: KeyringPort) -> None:
        self._folder, self._passphrase, self._keyring = folder, passphrase, keyring

    def raw(self) -> bytes:
        """The raw 32 bytes. Raises NO_KEY when the folder has no key."""
        kept = _read(self._folder / KEY_FILE)
        if kept.passphrase is not None:
            return _unwrap(kept.passphrase, self._passphrase)
        return _from_keyring(kept, self._keyring)

    @property
    def has_passphrase(self) -> bool:
        """Does a passphrase protect the key, and not the keyring?"""
        return _read(self._folder / KEY_FILE).passphrase is not None

    def to_passphrase(self, passphrase: str) -> None:
        """Protect the key with this passphrase from now on, in place of another or the keyring.

        Raises Refused BAD_VALUE when it is weak (`rules.passwords`).
        """
        require_strong(passphrase, "passphrase")
        path = self._folder / KEY_FILE
        with only_process(self._folder):
            key, before = self.raw(), _read(path)
            _write(path, KeyFile(check=before.check, passphrase=_wrap(key, passphrase)))
            if before.keyring_entry is not None:
                self._keyring.forget(before.keyring_entry)
        self._passphrase = passphrase

    def to_keyring(self) -> None:
        """Keep the key in the system's keyring from now on, with no passphrase."""
        path = self._folder / KEY_FILE
        with only_process(self._folder):
            key, before = self.raw(), _read(path)
            if before.passphrase is None:
                return
            entry = _keep(self._keyring, key)
            _write(path, KeyFile(check=before.check, keyring_entry=entry))


def belongs_to(folder: Path, key: bytes) -> bool:
    """Whether `key` is known to be the key of `folder`."""
    path = folder / KEY_FILE
    return path.exists() and secrets.compare_digest(_read(path).check, _check(key))


def entry_of(path: Path) -> str | None:
    """The keyring's entry that a key.json names; None when it names none or cannot be read."""
    try:
        return _read(path).keyring_entry
    except EnvironmentProblem:
        return None


def _make(path: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    if path.with_name("visitapp.db").exists():
        raise EnvironmentProblem(
            Code.NO_KEY,
            f"The file {KEY_FILE} is missing from the data folder, so the data cannot be opened.",
            f"Put {KEY_FILE} back from a copy of the folder. The data itself is untouched.",
        )
    if passphrase:
        require_strong(passphrase, "passphrase")
    key = secrets.token_bytes(32)
    if passphrase:
        kept = KeyFile(check=_check(key), passphrase=_wrap(key, passphrase))
    else:
        kept = KeyFile(check=_check(key), keyring_entry=_keep(keyring, key))
    _write(path, kept)
    return key


def _keep(keyring: KeyringPort, key: bytes) -> str:
    """Keep a key under an entry of its own; gives the entry. Raises NO_KEY when it does not stay:
    some keyrings take a secret and lose it."""
    entry = f"device-key-{secrets.token_hex(8)}"
    keyring.set(entry, key.hex())
    if keyring.get(entry) != key.hex():
        raise EnvironmentProblem(
            Code.NO_KEY,
            "The keyring of this computer does not keep what it is given. Nothing was changed.",
            "Choose a passphrase and give it in the environment variable VISITAPP_PASSPHRASE.",
        )
    return entry


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
    costs = Costs(wrapping.iterations, wrapping.memory_kib, wrapping.lanes)
    return derive(passphrase, wrapping.salt, costs)


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
    try:
        # The keyring's entry of the old file may go next, so the new name must last.
        with whole_file(path, lasting=True) as file:
            file.write(msgspec.json.encode(kept))
    except OSError as error:
        raise unusable(path.parent) from error
