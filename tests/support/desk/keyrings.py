"""Keyrings for the tests, so that none touches the user's own."""

from __future__ import annotations

from pathlib import Path

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message


class MemoryKeyring:
    """`storage.keys.KeyringPort` over a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def copy(self) -> MemoryKeyring:
        """Another with the same entries."""
        made = MemoryKeyring()
        made.kept.update(self.kept)
        return made

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def set(self, name: str, value: str) -> None:
        self.kept[name] = value

    def forget(self, name: str) -> None:
        self.kept.pop(name, None)


class NoKeyring:
    """A computer without one."""

    def get(self, name: str) -> str | None:
        raise EnvironmentProblem(
            Code.NO_KEY, message("No keyring here."), message("Use VISITAPP_PASSPHRASE.")
        )

    def set(self, name: str, value: str) -> None:
        raise EnvironmentProblem(
            Code.NO_KEY, message("No keyring here."), message("Use VISITAPP_PASSPHRASE.")
        )

    def forget(self, name: str) -> None:
        raise EnvironmentProblem(
            Code.NO_KEY, message("No keyring here."), message("Use VISITAPP_PASSPHRASE.")
        )


class FolderKeyring(MemoryKeyring):
    """A keyring that several processes share: a file for each secret."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def get(self, name: str) -> str | None:
        file = self._folder / name
        return file.read_text(encoding="ascii") if file.exists() else None

    def set(self, name: str, value: str) -> None:
        self._folder.mkdir(exist_ok=True)
        (self._folder / name).write_text(value, encoding="ascii")

    def forget(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)
