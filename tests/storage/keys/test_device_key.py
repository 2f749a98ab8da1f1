"""The key of a data folder: made once, given back to its user, never to another."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tests.support.desk.keyrings import MemoryKeyring, NoKeyring
from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.keys.device_key import belongs_to, unlock
from visitapp.storage.keys.key_file import KEY_FILE
from visitapp.storage.keys.passphrases import Costs, derive


def snapshot(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def test_the_keyring_keeps_the_key_and_gives_it_again(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    key = unlock(tmp_path / "new", None, keyring)
    assert len(key) == 32
    assert unlock(tmp_path / "new", None, keyring) == key
    assert key.hex() not in (tmp_path / "new" / "key.json").read_text()


def test_two_folders_have_two_keys_in_one_keyring(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    first, second = (unlock(tmp_path / name, None, keyring) for name in "ab")
    assert first != second
    assert unlock(tmp_path / "a", None, keyring) == first


def test_a_moved_folder_still_opens(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    key = unlock(tmp_path / "here", None, keyring)
    (tmp_path / "here").rename(tmp_path / "there")
    assert unlock(tmp_path / "there", None, keyring) == key


def test_a_passphrase_opens_without_a_keyring(tmp_path: Path) -> None:
    key = unlock(tmp_path, "correct horse", NoKeyring())
    assert unlock(tmp_path, "correct horse", NoKeyring()) == key
    assert key not in (tmp_path / "key.json").read_bytes()


def test_a_passphrase_is_the_same_however_its_accents_are_typed(tmp_path: Path) -> None:
    key = unlock(tmp_path, "un petit caf\N{LATIN SMALL LETTER E WITH ACUTE}", NoKeyring())
    assert unlock(tmp_path, "un petit cafe\N{COMBINING ACUTE ACCENT}", NoKeyring()) == key


def test_a_wrong_passphrase_says_so_and_changes_nothing(tmp_path: Path) -> None:
    unlock(tmp_path, "correct horse", NoKeyring())
    before = snapshot(tmp_path)
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, "incorrect horse", NoKeyring())
    assert refused.value.code == Code.WRONG_KEY
    assert "passphrase is wrong" in str(refused.value.what)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("passphrase", [None, ""])
def test_a_missing_passphrase_names_the_variable(tmp_path: Path, passphrase: str | None) -> None:
    unlock(tmp_path, "correct horse", NoKeyring())
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, passphrase, MemoryKeyring())
    assert refused.value.code == Code.NO_KEY
    assert "VISITAPP_PASSPHRASE" in str(refused.value.next_step)


def test_without_keyring_and_passphrase_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, None, NoKeyring())
    assert refused.value.code == Code.NO_KEY
    assert "VISITAPP_PASSPHRASE" in str(refused.value.next_step)
    assert not (tmp_path / "key.json").exists()


def test_a_key_gone_from_the_keyring_is_not_replaced(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    unlock(tmp_path, None, keyring)
    keyring.kept.clear()
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, None, keyring)
    assert refused.value.code == Code.NO_KEY
    assert keyring.kept == {}


def test_another_key_in_the_keyring_is_told_apart(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    unlock(tmp_path, None, keyring)
    for name in keyring.kept:
        keyring.kept[name] = "ab" * 32
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, None, keyring)
    assert refused.value.code == Code.WRONG_KEY


def test_no_new_key_is_made_for_data_that_lost_its_key_file(tmp_path: Path) -> None:
    (tmp_path / "visitapp.db").write_bytes(b"encrypted")
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, "correct horse", MemoryKeyring())
    assert refused.value.code == Code.NO_KEY
    assert "key.json" in str(refused.value.what)


@pytest.mark.parametrize("content", [b"", b"{", b'{"check": 5}', b"\xff\xfe"])
def test_a_damaged_key_file_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "key.json").write_bytes(content)
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, "correct horse", MemoryKeyring())
    assert refused.value.code == Code.NO_KEY
    assert (tmp_path / "key.json").read_bytes() == content


def test_a_key_is_known_to_belong_to_its_folder(tmp_path: Path) -> None:
    key = unlock(tmp_path, None, MemoryKeyring())
    assert belongs_to(tmp_path, key)
    assert not belongs_to(tmp_path, bytes(32))
    assert not belongs_to(tmp_path / "elsewhere", key)


def test_deriving_costs_a_guesser_more_than_it_costs_the_user(tmp_path: Path) -> None:
    unlock(tmp_path, "correct horse", NoKeyring())
    kept = json.loads((tmp_path / "key.json").read_text(encoding="utf-8"))
    wrapping = kept["passphrase"]
    assert wrapping["memory_kib"] >= 19 * 1024, "the least that OWASP advises for Argon2id"
    assert wrapping["iterations"] >= 2


def with_costs(folder: Path, **costs: object) -> None:
    """Write other values into the part of key.json that says how a passphrase opens it."""
    path = folder / KEY_FILE
    kept = msgspec.json.decode(path.read_bytes())
    kept["passphrase"] |= costs
    path.write_bytes(msgspec.json.encode(kept))


def test_a_passphrase_is_stretched_as_rfc_9106_asks(tmp_path: Path) -> None:
    unlock(tmp_path, "correct horse", NoKeyring())
    kept = msgspec.json.decode((tmp_path / KEY_FILE).read_bytes())["passphrase"]
    assert kept["iterations"] >= 3
    assert kept["memory_kib"] >= 64 * 1024
    assert kept["lanes"] >= 4


@pytest.mark.parametrize(
    "costs",
    [
        {"iterations": 0},
        {"iterations": 11},
        {"iterations": -1},
        {"iterations": 2**64},
        {"memory_kib": 1},
        {"memory_kib": 3 * 1024 * 1024},
        {"memory_kib": 2**40},
        {"memory_kib": "65536"},
        {"lanes": 0},
        {"lanes": 255},
        {"lanes": 1.5},
        {"salt": "c2hvcnQ="},
        {"nonce": ""},
        {"sealed": "AAAA" * 1000},
    ],
)
def test_a_key_file_with_costs_out_of_bounds_is_refused_untouched(
    tmp_path: Path, costs: dict[str, object]
) -> None:
    unlock(tmp_path, "correct horse", NoKeyring())
    with_costs(tmp_path, **costs)
    before = snapshot(tmp_path)
    with pytest.raises(EnvironmentProblem) as refused:
        unlock(tmp_path, "correct horse", NoKeyring())
    assert refused.value.code is Code.NO_KEY
    assert snapshot(tmp_path) == before


def test_a_key_of_earlier_costs_still_opens(tmp_path: Path) -> None:
    key = unlock(tmp_path, "correct horse", NoKeyring())
    earlier = Costs(iterations=2, memory_kib=65_536, lanes=2)
    salt, nonce = bytes(16), bytes(12)
    sealed = AESGCM(derive("short", salt, earlier)).encrypt(
        nonce, key, b"visitapp device key, version 1"
    )
    with_costs(
        tmp_path,
        salt=salt,
        nonce=nonce,
        sealed=sealed,
        **msgspec.structs.asdict(earlier),
    )
    assert unlock(tmp_path, "short", NoKeyring()) == key, "even a passphrase too short for today"
