"""The key of a device database: 256 random bits, kept where only its user can reach them.

`key.json` in the data folder says how: in the system's keyring under an entry of its own, or
wrapped with a passphrase (Argon2id, then AES-256-GCM). The key itself is never written there.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.rules.passwords import PASSPHRASE, SHORTEST, require_strong
from visitapp.storage.folder import only_process, usable
from visitapp.storage.keys.key_file import (
    KEY_FILE,
    PURPOSE,
    KeyFile,
    Wrapping,
    check_of,
    read_key_file,
    write_key_file,
)
from visitapp.storage.keys.passphrases import Costs, derive
from visitapp.storage.keys.renewed_files import take_renewed
from visitapp.storage.private import narrow_profile


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
    return DeviceKey(folder, passphrase, keyring).raw()


class DeviceKey:
    """The key of a data folder that exists, and what protects it.

    passphrase: the one that protects it now, where one does. What protects it can be changed
    without writing the database anew: the same key is wrapped again, in a new key.json that takes
    the place of the old one in one step. Until then the old one opens the data; a crash on the way
    leaves either. Each method raises EnvironmentProblem as `unlock` does and then changes nothing.
    """

    def __init__(self, folder: Path, passphrase: str | None, keyring: KeyringPort) -> None:
        self._folder, self.passphrase, self._keyring = folder, passphrase, keyring

    def raw(self) -> bytes:
        """The raw 32 bytes. Raises NO_KEY when the folder has no key.

        Ends a renewal that was interrupted after the new key was in place.
        """
        if read_key_file(self._folder / KEY_FILE).is_moving:
            with only_process(self._folder):
                self.end_renewal()
        return self._raw()

    def _raw(self) -> bytes:
        kept = read_key_file(self._folder / KEY_FILE)
        if kept.passphrase is not None:
            return _unwrap(kept.passphrase, self.passphrase)
        return _from_keyring(kept, self._keyring)

    @property
    def has_passphrase(self) -> bool:
        """Does a passphrase protect the key, and not the keyring?"""
        return read_key_file(self._folder / KEY_FILE).passphrase is not None

    def to_passphrase(self, passphrase: str, shortest: int = SHORTEST) -> None:
        """Protect the key with this passphrase from now on, in place of another or the keyring.

        shortest: fewest characters by the council's policy. Raises Refused BAD_VALUE when it is
        weak (`rules.passwords`).
        """
        require_strong(passphrase, PASSPHRASE, shortest=shortest)
        path = self._folder / KEY_FILE
        self.raw()
        with only_process(self._folder):
            key, before = self._raw(), read_key_file(path)
            write_key_file(path, KeyFile(check=before.check, passphrase=_wrap(key, passphrase)))
            if before.keyring_entry is not None:
                self._keyring.forget(before.keyring_entry)
        self.passphrase = passphrase

    def to_keyring(self) -> None:
        """Keep the key in the system's keyring from now on, with no passphrase."""
        path = self._folder / KEY_FILE
        self.raw()
        with only_process(self._folder):
            key, before = self._raw(), read_key_file(path)
            if before.passphrase is None:
                return
            entry = _keep(self._keyring, key)
            write_key_file(path, KeyFile(check=before.check, keyring_entry=entry))

    def renew(self, key: bytes) -> None:
        """Make `key` the key of the folder, protected as the one before. Its files must wait beside
        those in use (`storage.keys.renewed_files`): from here on they are the ones that count.

        For `storage.keys.renewal`, which holds the folder.
        """
        path = self._folder / KEY_FILE
        before = read_key_file(path)
        renewed = KeyFile(check=check_of(key), is_moving=True, old_entry=before.keyring_entry)
        if before.passphrase is not None:
            wrapped = _wrap(key, self.passphrase or "")
            write_key_file(path, msgspec.structs.replace(renewed, passphrase=wrapped))
        else:
            entry = _keep(self._keyring, key)
            write_key_file(path, msgspec.structs.replace(renewed, keyring_entry=entry))

    def end_renewal(self) -> None:
        """Put the files of a renewed key in their places. Does nothing when that is done; the
        caller holds the folder."""
        path = self._folder / KEY_FILE
        kept = read_key_file(path)
        if not kept.is_moving:
            return
        take_renewed(self._folder)
        if kept.old_entry is not None:
            self._keyring.forget(kept.old_entry)
        write_key_file(path, msgspec.structs.replace(kept, is_moving=False, old_entry=None))


def has_key(folder: Path) -> bool:
    """Whether the folder has a key, so that this is not its first use."""
    return (folder / KEY_FILE).exists()


def needs_passphrase(folder: Path) -> bool:
    """Whether a passphrase protects the key of the folder; False when key.json cannot be read."""
    try:
        return read_key_file(folder / KEY_FILE).passphrase is not None
    except EnvironmentProblem:
        return False


def belongs_to(folder: Path, key: bytes) -> bool:
    """Whether `key` is known to be the key of `folder`."""
    path = folder / KEY_FILE
    return path.exists() and secrets.compare_digest(read_key_file(path).check, check_of(key))


def entry_of(path: Path) -> str | None:
    """The keyring's entry that a key.json names; None when it names none or cannot be read."""
    try:
        return read_key_file(path).keyring_entry
    except EnvironmentProblem:
        return None


def _make(path: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    if path.with_name("visitapp.db").exists():
        raise EnvironmentProblem(
            Code.NO_KEY,
            message(
                "The file {file} is missing from the data folder, so the data cannot be opened.",
                file=KEY_FILE,
            ),
            message(
                "Restore {file} from a backup of the folder. The data itself is unchanged.",
                file=KEY_FILE,
            ),
        )
    if passphrase:
        require_strong(passphrase, PASSPHRASE)
    key = secrets.token_bytes(32)
    if passphrase:
        kept = KeyFile(check=check_of(key), passphrase=_wrap(key, passphrase))
    else:
        kept = KeyFile(check=check_of(key), keyring_entry=_keep(keyring, key))
    write_key_file(path, kept)
    return key


def _keep(keyring: KeyringPort, key: bytes) -> str:
    """Keep a key under an entry of its own; gives the entry. Raises NO_KEY when it does not stay:
    some keyrings take a secret and lose it."""
    entry = f"device-key-{secrets.token_hex(8)}"
    keyring.set(entry, key.hex())
    if keyring.get(entry) != key.hex():
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("The keyring of this computer did not store the key. Nothing was changed."),
            message(
                "Choose a passphrase and give it in the environment variable VISITAPP_PASSPHRASE."
            ),
        )
    return entry


def _wrap(key: bytes, passphrase: str) -> Wrapping:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    wrapping = Wrapping(salt=salt, nonce=nonce, sealed=b"")
    sealed = AESGCM(_derive(wrapping, passphrase)).encrypt(nonce, key, PURPOSE)
    return msgspec.structs.replace(wrapping, sealed=sealed)


def _unwrap(wrapping: Wrapping, passphrase: str | None) -> bytes:
    if not passphrase:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("This data is protected by a passphrase."),
            message("Give it in the environment variable VISITAPP_PASSPHRASE."),
        )
    try:
        cipher = AESGCM(_derive(wrapping, passphrase))
        return cipher.decrypt(wrapping.nonce, wrapping.sealed, PURPOSE)
    except InvalidTag:
        raise EnvironmentProblem(
            Code.WRONG_KEY,
            message("The passphrase is wrong. Nothing was changed."),
            message("Try again with the passphrase that was chosen for this data folder."),
        ) from None


def _derive(wrapping: Wrapping, passphrase: str) -> bytes:
    costs = Costs(wrapping.iterations, wrapping.memory_kib, wrapping.lanes)
    return derive(passphrase, wrapping.salt, costs)


def _from_keyring(kept: KeyFile, keyring: KeyringPort) -> bytes:
    secret = keyring.get(kept.keyring_entry or "")
    if secret is None:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("The key of this data is not in your keyring. The data itself is unchanged."),
            message("Sign in to this computer as the user who created it, or restore the keyring."),
        )
    key = bytes.fromhex(secret)
    if check_of(key) != kept.check:
        raise EnvironmentProblem(
            Code.WRONG_KEY,
            message("The key in your keyring is not the key of this data. Nothing was changed."),
            message(
                "Restore {file} from a backup of the data folder, or restore the keyring.",
                file=KEY_FILE,
            ),
        )
    return key
