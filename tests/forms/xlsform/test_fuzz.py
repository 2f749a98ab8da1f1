"""Real files with bytes changed: never anything but a form or a sentence. `make soak` goes on."""

from __future__ import annotations

import io
import random
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

from forms.xlsform import import_xlsform
from tests.support.forms.xlsforms import real_files
from visitapp.errors import BadFile

FILES = [path for path in real_files() if path.stat().st_size < 150_000]
WORDS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xfe\xff\xff\xff")
SLOWEST = 10
"""Seconds of a processor that one import may take."""

pytestmark = pytest.mark.skipif(not FILES, reason="the real files do not lie beside the project")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changed, dropped, put in or copied."""
    changed = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20, 100])):
        if not changed:
            break
        at = chance.randrange(len(changed))
        kind = chance.random()
        if kind < 0.5:
            changed[at] = chance.randrange(256)
        elif kind < 0.65:
            del changed[at : at + chance.randrange(1, 50)]
        elif kind < 0.8:
            changed[at:at] = chance.randbytes(chance.randrange(1, 9))
        elif kind < 0.9:
            changed[at : at + 4] = chance.choice(WORDS)
        else:
            from_ = chance.randrange(len(changed))
            changed[at : at + 16] = changed[from_ : from_ + 16]
    return bytes(changed)


def mutated_file(path: Path, chance: random.Random) -> bytes:
    """A file with changed bytes; of a package often one part inside, so that it still opens."""
    data = path.read_bytes()
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return mutated(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        victim = chance.choice([name for name in names if name.endswith((".xml", ".rels"))])
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, chance) if name == victim else part)
    return out.getvalue()


def try_one(seed: int, folder: Path) -> None:
    """Imports one changed file. Anything but BadFile escapes, with the file kept in `folder`."""
    chance, path = random.Random(seed), folder / "changed"
    path.write_bytes(mutated_file(chance.choice(FILES), chance))
    began = time.process_time()
    with suppress(BadFile):
        assert import_xlsform(path).questions
    assert time.process_time() - began < SLOWEST, seed


@pytest.mark.parametrize("seed", range(4))
def test_changed_files(seed: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for one in range(60):
        try_one(seed * 60 + one, tmp_path)
    assert capfd.readouterr().err == ""


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_changed_files_for_five_minutes(tmp_path: Path) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        try_one(random.getrandbits(40), tmp_path)
