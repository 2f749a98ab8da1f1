"""The keyring of `FolderKeyring` for programs that ask the library `keyring`, as ours do: named by
PYTHON_KEYRING_BACKEND, with its folder in KEYRING_PROPERTY_FOLDER."""

from __future__ import annotations

from pathlib import Path

from keyring.backend import KeyringBackend

from tests.support.desk.keyrings import FolderKeyring

NAME = f"{__name__}.FolderBackend"


class FolderBackend(KeyringBackend):
    """A file for each secret. `folder` is set by the library."""

    priority = 1  # type: ignore[assignment]  # a plain number, as the library's guide has it
    folder = ""

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept.set(username, password)

    def delete_password(self, service: str, username: str) -> None:
        self._kept.forget(username)

    @property
    def _kept(self) -> FolderKeyring:
        return FolderKeyring(Path(self.folder))
