"""The demo clears its own folder and nobody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from visitapp.demo.folder import claim
from visitapp.errors import Code, EnvironmentProblem


def test_a_new_and_an_empty_folder_are_taken(tmp_path: Path) -> None:
    claim(tmp_path / "new" / "demo")
    claim(tmp_path / "empty-first")
    (tmp_path / "empty").mkdir()
    claim(tmp_path / "empty")
    assert [path.name for path in (tmp_path / "empty").iterdir()] == ["fictional-council.txt"]


def test_its_own_folder_is_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    claim(folder)
    (folder / "devices" / "one").mkdir(parents=True)
    (folder / "devices" / "one" / "visitapp.db").write_bytes(b"old")
    claim(folder)
    assert [path.name for path in folder.iterdir()] == ["fictional-council.txt"]


def test_a_link_inside_is_removed_and_not_followed(tmp_path: Path) -> None:
    keep = tmp_path / "keep"
    keep.mkdir()
    (keep / "letter.txt").write_text("mine", encoding="utf-8")
    folder = tmp_path / "demo"
    claim(folder)
    (folder / "link").symlink_to(keep, target_is_directory=True)
    claim(folder)
    assert (keep / "letter.txt").read_text(encoding="utf-8") == "mine"


def test_somebody_elses_folder_is_refused_and_kept(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(EnvironmentProblem) as caught:
        claim(tmp_path)
    assert caught.value.code == Code.FOLDER_UNUSABLE
    assert "--out" in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
