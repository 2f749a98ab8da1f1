"""The bytes of evidence on a device: encrypted files, named by the SHA-256 of what is in them.

Each file is sealed whole with AES-256-GCM under a key that is derived from the database's, with a
nonce of its own, and bound to its name: a file that was exchanged for another does not open. It is
written in one step, and no plain byte touches the disk on the way.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message
from visitapp.storage.evidence.partial import Arriving
from visitapp.storage.folder import not_written, unusable, usable
from visitapp.storage.whole_file import whole_file

_PURPOSE = b"visitapp evidence, version 1"
_NONCE = 12
_NAME = re.compile(r"[0-9a-f]{64}")
_LEFTOVER_SECONDS = 24 * 3600


class EvidenceFiles:
    """The files below `folder`. key: the raw 32-byte key of the device's database."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key)
        self._cipher = AESGCM(derived)

    def put(self, data: bytes) -> str:
        """Keep these bytes and give their SHA-256 in hexadecimal; bytes that are here stay as
        they are. Raises EnvironmentProblem DISK_FULL or FOLDER_UNUSABLE; nothing is kept then."""
        sha256 = hashlib.sha256(data).hexdigest()
        if self.has(sha256):
            return sha256
        nonce = secrets.token_bytes(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, data, _bound_to(sha256))
        self._write(self._path(sha256), sealed)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises EnvironmentProblem EVIDENCE_AWAY when they are not on this device,
        EVIDENCE_DAMAGED when the file was altered."""
        try:
            sealed = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise EnvironmentProblem(
                Code.EVIDENCE_AWAY,
                message("This photo or document is not on this device."),
                message("Fetch it from the server first."),
            ) from None
        except OSError as error:
            raise unusable(self._folder) from error
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _bound_to(sha256))
        except (InvalidTag, ValueError):
            raise EnvironmentProblem(
                Code.EVIDENCE_DAMAGED,
                message("The file of this photo or document is damaged."),
                message("Keep a copy of the data folder and ask for help."),
            ) from None

    def arriving(self, sha256: str) -> Arriving:
        """What came so far of bytes that are being fetched. It goes a day after the last of it."""
        path = self._path(sha256)
        part = path.with_name(f"{path.name}.arriving.part")
        return Arriving(part, self._cipher, _bound_to(sha256) + b" arriving")

    def has(self, sha256: str) -> bool:
        """Whether the bytes are on this device."""
        return self._path(sha256).exists()

    def hashes(self) -> set[str]:
        """The hashes of everything that is here."""
        if not self._folder.exists():
            return set()
        return {path.name for path in self._folder.iterdir() if _NAME.fullmatch(path.name)}

    def age(self, sha256: str) -> float:
        """Seconds since these bytes were written; 0 when they are not here."""
        try:
            return max(0.0, time.time() - self._path(sha256).stat().st_mtime)
        except FileNotFoundError:
            return 0.0

    def drop(self, sha256: str) -> None:
        """Take these bytes off the device. That the server holds them is the caller's to know."""
        self._path(sha256).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Take away what a crash or a lost link left behind, a day later."""
        if not self._folder.exists():
            return
        old = time.time() - _LEFTOVER_SECONDS
        for part in self._folder.glob("*.part"):
            if part.stat().st_mtime < old:
                part.unlink(missing_ok=True)

    def _path(self, sha256: str) -> Path:
        if not _NAME.fullmatch(sha256):
            raise ValueError("evidence is named by a SHA-256 in hexadecimal")
        return self._folder / sha256

    def _write(self, path: Path, sealed: bytes) -> None:
        # Another process may write the same bytes, so each has a part of its own.
        part = usable(self._folder) / f"{path.name}.{secrets.token_hex(4)}.part"
        try:
            with whole_file(path, part=part, lasting=True) as file:
                file.write(sealed)
        except OSError as error:
            raise not_written(self._folder, error) from error


def _bound_to(sha256: str) -> bytes:
    return _PURPOSE + b" " + sha256.encode()
