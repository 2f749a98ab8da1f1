"""The lock of the window: when it locks, and what opens it again."""

from __future__ import annotations

import secrets
from enum import StrEnum, auto
from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.language import message
from visitapp.rules.passwords import require_strong_pin
from visitapp.services.context import Desk
from visitapp.storage.keys.device_key import DeviceKey, KeyringPort, needs_passphrase
from visitapp.storage.keys.passphrases import Costs, derive

_KEPT = "lock_pin"
"""Under this name the device keeps the salt of the PIN and what it derives, in its own database."""


class Secret(StrEnum):
    """What opens the window again. `none`: the keyring holds the key, and no PIN was chosen."""

    PASSPHRASE = auto()
    PIN = auto()
    NONE = auto()


class Locking:
    """What a person can do with the lock. The data itself stays open: a sync goes on."""

    def __init__(self, desk: Desk, folder: Path, keyring: KeyringPort) -> None:
        self._desk, self._folder, self._keyring = desk, folder, keyring

    def minutes(self) -> int:
        """After how many minutes without a key or the mouse the window locks; 0: never."""
        with self._desk.reading() as session:
            return self._desk.policy(session).passphrases.lock_minutes

    def secret(self) -> Secret:
        """What opens the window."""
        if needs_passphrase(self._folder):
            return Secret.PASSPHRASE
        return Secret.PIN if self._pin() else Secret.NONE

    def opens_with(self, typed: str) -> bool:
        """Whether this opens the window."""
        match self.secret():
            case Secret.PASSPHRASE:
                return self._is_passphrase(typed)
            case Secret.PIN:
                kept = self._pin()
                found = derive(typed, bytes.fromhex(kept["salt"]), Costs()).hex()
                return secrets.compare_digest(found, kept["derived"])
            case _:
                return True

    def choose_pin(self, pin: str) -> None:
        """Ask for this PIN from now on, where the keyring holds the key. Raises Refused BAD_VALUE
        for a weak one, and NOT_ALLOWED where a passphrase opens the window."""
        if needs_passphrase(self._folder):
            raise Refused(
                Code.NOT_ALLOWED,
                message("Your passphrase opens the window. It needs no PIN."),
            )
        require_strong_pin(pin)
        salt = secrets.token_bytes(16)
        kept = {"salt": salt.hex(), "derived": derive(pin, salt, Costs()).hex()}
        with self._desk.database.applying() as session:
            self._desk.states.set(session, _KEPT, kept)

    def _pin(self) -> dict[str, str]:
        with self._desk.reading() as session:
            return self._desk.states.get(session, _KEPT) or {}

    def _is_passphrase(self, typed: str) -> bool:
        try:
            DeviceKey(self._folder, typed, self._keyring).raw()
        except EnvironmentProblem as problem:
            if problem.code in (Code.WRONG_KEY, Code.NO_KEY):
                return False
            raise
        return True
