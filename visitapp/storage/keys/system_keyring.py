"""The system's keyring: Windows Credential Locker, macOS Keychain, Secret Service."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from visitapp.errors import Code, EnvironmentProblem
from visitapp.language import message

_SERVICE = "Visitapp"


class SystemKeyring:
    """`keys.KeyringPort` over the `keyring` library, which is imported when first needed."""

    def get(self, name: str) -> str | None:
        """The secret kept under `name`; None when there is none. Raises NO_KEY without keyring."""
        import keyring

        with _open():
            return keyring.get_password(_SERVICE, name)

    def set(self, name: str, value: str) -> None:
        """Keep a secret under `name`. Raises EnvironmentProblem NO_KEY without a keyring."""
        import keyring

        with _open():
            keyring.set_password(_SERVICE, name, value)

    def forget(self, name: str) -> None:
        """Keep nothing under `name` any more. Raises NO_KEY without a keyring."""
        import keyring
        from keyring.errors import PasswordDeleteError

        with _open(), suppress(PasswordDeleteError):
            keyring.delete_password(_SERVICE, name)


@contextmanager
def _open() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except KeyringError as error:
        raise EnvironmentProblem(
            Code.NO_KEY,
            message("This computer has no keyring that Visitapp can open."),
            message(
                "Choose a passphrase and give it in the environment variable VISITAPP_PASSPHRASE."
            ),
        ) from error
