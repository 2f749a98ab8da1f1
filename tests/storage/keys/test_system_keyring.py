"""One contract for keyrings: the system's, over a backend of the library, and the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as Missing
from keyring.errors import KeyringLocked

from tests.support.desk.keyrings import MemoryKeyring, NoKeyring
from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.keys.device_key import KeyringPort
from visitapp.storage.keys.system_keyring import SystemKeyring


class Backend(KeyringBackend):
    """A backend of the keyring library that lives in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class Locked(Backend):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("the user closed the dialog")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("the user closed the dialog")


@pytest.fixture
def chosen_backend() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture(params=["system", "memory"])
def port(request: pytest.FixtureRequest, chosen_backend: None) -> KeyringPort:
    if request.param == "memory":
        return MemoryKeyring()
    keyring.set_keyring(Backend())
    return SystemKeyring()


@pytest.fixture(params=["missing", "locked", "tests' own"])
def closed_port(request: pytest.FixtureRequest, chosen_backend: None) -> KeyringPort:
    if request.param == "tests' own":
        return NoKeyring()
    keyring.set_keyring(Missing() if request.param == "missing" else Locked())
    return SystemKeyring()


def test_what_was_never_kept_is_none(port: KeyringPort) -> None:
    assert port.get("device-key") is None


def test_what_was_kept_comes_back(port: KeyringPort) -> None:
    port.set("device-key", "abc")
    port.set("other", "def")
    assert (port.get("device-key"), port.get("other")) == ("abc", "def")


def test_a_later_secret_replaces_the_earlier(port: KeyringPort) -> None:
    port.set("device-key", "abc")
    port.set("device-key", "xyz")
    assert port.get("device-key") == "xyz"


def test_a_keyring_that_does_not_open_names_the_way_out(closed_port: KeyringPort) -> None:
    for use in (lambda: closed_port.get("k"), lambda: closed_port.set("k", "v")):
        with pytest.raises(EnvironmentProblem) as refused:
            use()
        assert refused.value.code == Code.NO_KEY
        assert "VISITAPP_PASSPHRASE" in str(refused.value.next_step)
