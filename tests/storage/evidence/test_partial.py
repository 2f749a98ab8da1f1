"""What came of evidence before a cut: kept encrypted, and used only where it fits."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from visitapp.errors import Code, EnvironmentProblem
from visitapp.storage.evidence.files import EvidenceFiles
from visitapp.storage.evidence.partial import PIECE, Arriving

KEY = bytes(range(32))
PLAIN = b"The medicine round was seen on the day. " * 40_000
SHA256 = hashlib.sha256(PLAIN).hexdigest()


@pytest.fixture
def files(tmp_path: Path) -> EvidenceFiles:
    return EvidenceFiles(tmp_path / "evidence", KEY)


def came(files: EvidenceFiles, count: int, step: int = 65_536) -> Arriving:
    """What is there after so many bytes came in pieces and the line was cut."""
    arriving = files.arriving(SHA256)
    for at in range(0, count, step):
        arriving.add(at, PLAIN[at : min(at + step, count)])
    arriving.keep()
    return arriving


def part(tmp_path: Path) -> Path:
    (found,) = (tmp_path / "evidence").iterdir()
    return found


@pytest.mark.parametrize("count", [0, 1, PIECE - 1, PIECE, PIECE + 1, len(PLAIN)])
def test_what_came_is_there_the_next_time(files: EvidenceFiles, count: int) -> None:
    came(files, count)
    again = files.arriving(SHA256)
    assert (again.position, again.whole()) == (count, PLAIN[:count])
    again.add(count, PLAIN[count:])
    again.keep()
    assert files.arriving(SHA256).whole() == PLAIN


def test_a_full_piece_is_written_without_being_asked(files: EvidenceFiles) -> None:
    files.arriving(SHA256).add(0, PLAIN[:PIECE])
    assert files.arriving(SHA256).position == PIECE
    files.arriving(SHA256).add(PIECE, b"less than a piece")
    assert files.arriving(SHA256).position == PIECE


def test_it_is_no_evidence_and_nothing_readable(files: EvidenceFiles, tmp_path: Path) -> None:
    came(files, PIECE + 5)
    assert (files.has(SHA256), files.hashes()) == (False, set())
    assert b"medicine" not in part(tmp_path).read_bytes()


def test_all_anew_takes_the_place_of_what_was_there(files: EvidenceFiles) -> None:
    arriving = came(files, PIECE + 5)
    arriving.add(0, PLAIN[:10])
    arriving.keep()
    assert (arriving.whole(), files.arriving(SHA256).whole()) == (PLAIN[:10], PLAIN[:10])


def test_given_up_it_is_gone(files: EvidenceFiles, tmp_path: Path) -> None:
    came(files, PIECE + 5).forget()
    assert files.arriving(SHA256).position == 0
    assert list((tmp_path / "evidence").iterdir()) == []


@pytest.mark.parametrize("lost", [1, 17, 400])
def test_a_torn_end_is_left_out_and_gone_on_from(
    files: EvidenceFiles, tmp_path: Path, lost: int
) -> None:
    came(files, PIECE + 300)
    torn = part(tmp_path)
    torn.write_bytes(torn.read_bytes()[:-lost])
    again = files.arriving(SHA256)
    assert again.whole() == PLAIN[: again.position]
    assert again.position in (0, PIECE)
    again.add(again.position, PLAIN[again.position : PIECE + 400])
    again.keep()
    assert files.arriving(SHA256).whole() == PLAIN[: PIECE + 400]


def test_pieces_of_another_content_are_not_used(files: EvidenceFiles, tmp_path: Path) -> None:
    came(files, 500)
    other = hashlib.sha256(b"another").hexdigest()
    part(tmp_path).rename(part(tmp_path).with_name(f"{other}.arriving.part"))
    assert files.arriving(other).position == 0


def test_a_full_disk_is_told(files: EvidenceFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    arriving = files.arriving(SHA256)
    arriving.add(0, PLAIN[:10])

    def full(*given: object, **options: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr("builtins.open", full)
    with pytest.raises(EnvironmentProblem) as refused:
        arriving.keep()
    assert refused.value.code == Code.DISK_FULL


def test_it_is_swept_away_a_day_after_its_last_byte(files: EvidenceFiles, tmp_path: Path) -> None:
    came(files, 10)
    files.sweep()
    assert files.arriving(SHA256).position == 10
    os.utime(part(tmp_path), (1, 1))
    files.sweep()
    assert files.arriving(SHA256).position == 0
