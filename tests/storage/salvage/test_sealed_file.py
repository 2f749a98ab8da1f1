"""The sealed file of a rescue: any cut or changed byte is seen, and a wrong passphrase is told."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest

from tests.support.rows import rows
from visitapp.errors import BadFile, Code, EnvironmentProblem
from visitapp.storage.keys.passphrases import Costs
from visitapp.storage.salvage.sealed_file import BLOCK, MAGIC, SealedWriter, frames, require_whole

CHEAP = Costs(iterations=1, memory_kib=64, lanes=1)
PHRASE = "eight words or so"


def write(path: Path, *given: bytes) -> Path:
    with path.open("wb") as file:
        writer = SealedWriter(file, PHRASE, CHEAP)
        for frame in given:
            writer.write(frame)
        writer.close()
    return path


@pytest.mark.parametrize("size", [0, 1, BLOCK - 4, BLOCK - 3, BLOCK, 3 * BLOCK + 17])
def test_what_was_written_is_read(tmp_path: Path, size: int) -> None:
    given = [b"first", bytes(size), b"last"]
    path = write(tmp_path / "saved", *given)
    require_whole(path)
    assert list(frames(path, PHRASE)) == given


def test_nothing_of_it_can_be_read_without_the_passphrase(tmp_path: Path) -> None:
    path = write(tmp_path / "saved", b"Mrs Example fell on Tuesday" * 10)
    assert b"Example" not in path.read_bytes()
    with pytest.raises(EnvironmentProblem) as refused:
        list(frames(path, "eight words or so."))
    assert refused.value.code == Code.WRONG_KEY


def test_a_passphrase_is_the_same_however_its_accents_are_typed(tmp_path: Path) -> None:
    with (tmp_path / "saved").open("wb") as file:
        SealedWriter(file, "caf\u00e9 au lait", CHEAP).close()
    assert list(frames(tmp_path / "saved", "cafe\u0301 au lait")) == []


@rows("seed", range(60))
def test_a_changed_or_cut_file_is_refused(tmp_path: Path, seed: int) -> None:
    path = write(tmp_path / "saved", bytes(2 * BLOCK), b"end")
    whole = path.read_bytes()
    chance = random.Random(seed)
    spoiled = bytearray(whole)
    if seed % 2:
        spoiled[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    else:
        del spoiled[chance.randrange(len(whole)) :]
    path.write_bytes(spoiled)
    with pytest.raises(BadFile):
        require_whole(path)


def test_blocks_cannot_be_moved_dropped_or_taken_from_another_file(tmp_path: Path) -> None:
    """Whoever makes the digest anew still has no seal for what they did."""
    import hashlib

    one = write(tmp_path / "one", bytes(BLOCK - 4), bytes(BLOCK - 4), b"end").read_bytes()
    other = write(tmp_path / "other", bytes(BLOCK - 4), bytes(BLOCK - 4), b"end").read_bytes()
    head = one.index(b"\n", len(MAGIC)) + 1
    block = BLOCK + 16
    blocks = [one[head : head + block], one[head + block : head + 2 * block]]
    rest = one[head + 2 * block : -32]
    for forged in (
        one[:head] + blocks[1] + blocks[0] + rest,
        one[:head] + blocks[0] + rest,
        one[:head] + blocks[0] + blocks[1],
        one[:head] + other[head : head + block] + blocks[1] + rest,
    ):
        path = tmp_path / "forged"
        path.write_bytes(forged + hashlib.sha256(forged).digest())
        require_whole(path)
        with pytest.raises((BadFile, EnvironmentProblem)):
            list(frames(path, PHRASE))


@pytest.mark.parametrize(
    ("cost", "asked"),
    [
        (b'"memory_kib":64', b'"memory_kib":262145'),
        (b'"memory_kib":64', b'"memory_kib":8'),
        (b'"iterations":1', b'"iterations":11'),
        (b'"iterations":1', b'"iterations":0'),
        (b'"lanes":1', b'"lanes":9'),
        (b'"lanes":1', b'"lanes":18446744073709551616'),
    ],
)
def test_a_file_that_asks_for_costs_out_of_bounds_is_refused(
    tmp_path: Path, cost: bytes, asked: bytes
) -> None:
    import hashlib

    whole = write(tmp_path / "saved", b"x").read_bytes()
    assert cost in whole
    greedy = whole[:-32].replace(cost, asked)
    path = tmp_path / "greedy"
    path.write_bytes(greedy + hashlib.sha256(greedy).digest())
    with pytest.raises(BadFile):
        list(frames(path, PHRASE))


def test_a_writer_that_did_not_finish_leaves_what_nobody_takes(tmp_path: Path) -> None:
    file = io.BytesIO()
    SealedWriter(file, PHRASE, CHEAP).write(bytes(5 * BLOCK))
    (tmp_path / "half").write_bytes(file.getvalue())
    with pytest.raises(BadFile):
        require_whole(tmp_path / "half")
