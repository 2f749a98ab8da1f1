"""What protects the key can change: the same key, in one step, and the old way in until then."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.desk.keyrings import MemoryKeyring, NoKeyring
from tests.support.desk.mortals import Mortal, script
from visitapp.errors import Code, EnvironmentProblem, Refused
from visitapp.storage.keys.device_key import DeviceKey, unlock

OLD, NEW = "the old passphrase", "the new passphrase"


def test_a_passphrase_is_changed(tmp_path: Path) -> None:
    key = unlock(tmp_path, OLD, NoKeyring())
    DeviceKey(tmp_path, OLD, NoKeyring()).to_passphrase(NEW)
    assert unlock(tmp_path, NEW, NoKeyring()) == key
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, OLD, NoKeyring())
    assert refused.value.code == Code.WRONG_KEY


def test_from_keyring_to_passphrase_and_back(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    key = unlock(tmp_path, None, keyring)
    moved = DeviceKey(tmp_path, None, keyring)
    moved.to_passphrase(NEW)
    assert moved.has_passphrase
    assert keyring.kept == {}, "the keyring keeps no second way in"
    assert unlock(tmp_path, NEW, NoKeyring()) == key
    moved.to_keyring()
    assert not moved.has_passphrase
    assert list(keyring.kept.values()) == [key.hex()]
    assert unlock(tmp_path, None, keyring) == key


@pytest.mark.parametrize(
    ("given", "new", "code"),
    [
        ("wrong passphrase", NEW, Code.WRONG_KEY),
        (None, NEW, Code.NO_KEY),
        (OLD, "short", Code.BAD_VALUE),
    ],
)
def test_what_is_refused_changes_nothing(
    tmp_path: Path, given: str | None, new: str, code: Code
) -> None:
    unlock(tmp_path, OLD, NoKeyring())
    before = (tmp_path / "key.json").read_bytes()
    with pytest.raises((EnvironmentProblem, Refused)) as refused:
        DeviceKey(tmp_path, given, NoKeyring()).to_passphrase(new)
    assert refused.value.code == code
    assert (tmp_path / "key.json").read_bytes() == before


class Forgetful(MemoryKeyring):
    """Takes secrets and loses them, as some do that run without a desktop."""

    def get(self, name: str) -> str | None:
        return None


@pytest.mark.parametrize("keyring", [NoKeyring(), Forgetful()])
def test_a_keyring_that_does_not_keep_is_not_trusted(
    tmp_path: Path, keyring: MemoryKeyring
) -> None:
    key = unlock(tmp_path, OLD, NoKeyring())
    with pytest.raises(EnvironmentProblem) as refused:
        DeviceKey(tmp_path, OLD, keyring).to_keyring()
    assert refused.value.code == Code.NO_KEY
    assert unlock(tmp_path, OLD, NoKeyring()) == key


def test_a_folder_without_a_key_is_not_given_one(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        DeviceKey(tmp_path, NEW, NoKeyring()).raw()
    assert not (tmp_path / "key.json").exists()


CHANGING = """
import itertools, sys
from pathlib import Path
from tests.support.desk.keyrings import NoKeyring
from visitapp.storage.keys.device_key import DeviceKey

folder = Path(sys.argv[1])
for old, new in itertools.cycle(["AB", "BA"]):
    DeviceKey(folder, f"passphrase {old}", NoKeyring()).to_passphrase(f"passphrase {new}")
    print(new, flush=True)
"""


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_kill_in_the_middle_leaves_one_of_both(tmp_path: Path, lines: int) -> None:
    key = unlock(tmp_path, "passphrase A", NoKeyring())
    with Mortal(script, CHANGING, tmp_path) as process:
        assert all(process.stdout.readline() for _ in range(lines))
        process.kill()
    opened = []
    for phrase in ("passphrase A", "passphrase B"):
        with suppress(EnvironmentProblem):
            opened.append(unlock(tmp_path, phrase, NoKeyring()))
    assert opened == [key], "one of both, and not none"
