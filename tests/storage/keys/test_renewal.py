"""`key renew`: everything under a new key; at any moment the old or the new one opens it all."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.support.desk.keyrings import FolderKeyring, MemoryKeyring, NoKeyring
from tests.support.desk.made import a_setting, an_action
from tests.support.desk.mortals import Mortal
from tests.support.storage import dying_renewer
from visitapp.errors import Code, EnvironmentProblem
from visitapp.records import Action
from visitapp.storage.database import Database, open_device
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.keys.device_key import DeviceKey, KeyringPort, unlock
from visitapp.storage.keys.key_file import KEY_FILE, read_key_file
from visitapp.storage.keys.renewal import renew_key, require_same_key

PASSPHRASE = "a long enough passphrase"
PHOTOS = (b"a photo of the lock", b"a letter")


def fill(
    folder: Path, passphrase: str | None = PASSPHRASE, keyring: KeyringPort | None = None
) -> bytes:
    """A data folder with records, photos and a copy from before a migration; gives its key."""
    key = unlock(folder, passphrase, keyring or NoKeyring())
    database = open_device(folder, key)
    with database.transaction("officer-1") as session:
        session.add(a_setting(id="home"))
        session.add_all(an_action("home", title=f"Action {n}") for n in range(200))
    database.close()
    files = EvidenceFiles(folder / "evidence", key)
    for photo in PHOTOS:
        files.put(photo)
    shutil.copy(folder / "visitapp.db", folder / "visitapp.db.before-r0002")
    return key


def assert_whole(folder: Path, key: bytes) -> None:
    """Everything opens with this key."""
    database = open_device(folder, key)
    with database.reading() as session:
        assert session.query(Action).count() == 200
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    database.close()
    files = EvidenceFiles(folder / "evidence", key)
    assert {files.get(sha256) for sha256 in files.hashes()} == set(PHOTOS)


def renewed(folder: Path, passphrase: str | None, keyring: KeyringPort) -> bytes:
    renew_key(folder, DeviceKey(folder, passphrase, keyring))
    return unlock(folder, passphrase, keyring)


def test_everything_opens_with_the_new_key_and_nothing_with_the_old(tmp_path: Path) -> None:
    old = fill(tmp_path)
    new = renewed(tmp_path, PASSPHRASE, NoKeyring())
    assert new != old
    assert_whole(tmp_path, new)
    with pytest.raises(EnvironmentProblem) as refused:
        open_device(tmp_path, old)
    assert refused.value.code is Code.WRONG_KEY
    files = EvidenceFiles(tmp_path / "evidence", old)
    with pytest.raises(EnvironmentProblem):
        files.get(next(iter(files.hashes())))
    assert not list(tmp_path.glob("*.before-*")), "a copy that the old key opens"
    assert not list(tmp_path.glob("*.renewed*"))


def test_the_keyring_keeps_the_new_key_alone(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    fill(tmp_path, None, keyring)
    new = renewed(tmp_path, None, keyring)
    assert list(keyring.kept.values()) == [new.hex()]
    assert_whole(tmp_path, new)


def test_it_may_be_done_again(tmp_path: Path) -> None:
    keys = {fill(tmp_path)} | {renewed(tmp_path, PASSPHRASE, NoKeyring()) for _ in range(2)}
    assert len(keys) == 3


@pytest.mark.parametrize("used", ["read", "written"])
def test_a_window_that_has_the_data_open_keeps_the_old_key(tmp_path: Path, used: str) -> None:
    old = fill(tmp_path)
    window = open_device(tmp_path, old)
    use(window, used)
    with pytest.raises(EnvironmentProblem) as refused:
        renew_key(tmp_path, DeviceKey(tmp_path, PASSPHRASE, NoKeyring()))
    assert refused.value.code is Code.DATABASE_IN_USE
    use(window, used)
    window.close()
    assert unlock(tmp_path, PASSPHRASE, NoKeyring()) == old
    assert not list(tmp_path.glob("*.renewed*"))


def use(window: Database, how: str) -> None:
    if how == "read":
        with window.reading() as session:
            assert session.query(Action).count() == 200
        return
    with window.transaction("officer-1") as session:
        session.get_one(Action, session.query(Action.id).limit(1).scalar()).title = "Changed"


def test_a_start_that_read_the_old_key_a_moment_before_is_turned_back(tmp_path: Path) -> None:
    old = fill(tmp_path)
    database = open_device(tmp_path, old)
    require_same_key(tmp_path, database, old)
    database.close()
    other = tmp_path / "other"
    fill(other)
    shutil.copy(other / KEY_FILE, tmp_path / KEY_FILE)
    database = open_device(tmp_path, old)
    with pytest.raises(EnvironmentProblem, match="renewed a moment ago"):
        require_same_key(tmp_path, database, old)
    database.close()


def test_a_wrong_passphrase_renews_nothing(tmp_path: Path) -> None:
    old = fill(tmp_path)
    with pytest.raises(EnvironmentProblem) as refused:
        renew_key(tmp_path, DeviceKey(tmp_path, "some other passphrase", NoKeyring()))
    assert refused.value.code is Code.WRONG_KEY
    assert_whole(tmp_path, old)


def test_a_damaged_photo_is_kept_as_it_is(tmp_path: Path) -> None:
    key = fill(tmp_path)
    files = EvidenceFiles(tmp_path / "evidence", key)
    damaged = sorted(files.hashes())[0]
    (tmp_path / "evidence" / damaged).write_bytes(b"spoiled")
    renewed(tmp_path, PASSPHRASE, NoKeyring())
    assert (tmp_path / "evidence" / damaged).read_bytes() == b"spoiled"
    assert len(list((tmp_path / "evidence").iterdir())) == len(PHOTOS)


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_kill_at_any_step_leaves_a_key_that_opens_everything(tmp_path: Path) -> None:
    """Before each change to a file, and after each step."""
    keyring = FolderKeyring(tmp_path / "keyring")
    old = fill(tmp_path / "filled", None, keyring)
    was_moving: list[bool] = []
    has_ended = False
    while not has_ended:
        folder = tmp_path / "killed"
        shutil.copytree(tmp_path / "filled", folder)
        keyring.set(read_key_file(folder / KEY_FILE).keyring_entry or "", old.hex())
        has_ended = renew_and_die(folder, tmp_path / "keyring", len(was_moving))
        was_moving.append(read_key_file(folder / KEY_FILE).is_moving)
        key = unlock(folder, None, keyring)
        assert_whole(folder, key)
        assert key != old or not was_moving[-1]
        assert_whole(folder, renewed(folder, None, keyring))
        assert not list(folder.glob("*.renewed*"))
        shutil.rmtree(folder)
    assert was_moving.count(True) > 3, "it was killed between the new key and the end as well"
    assert was_moving.count(False) > 5


def renew_and_die(folder: Path, keyring: Path, changes: int) -> bool:
    with Mortal(dying_renewer.main, folder, keyring, changes) as dying:
        said = dying.stdout.read()
    assert said in ("", "ended\n")
    return bool(said)
