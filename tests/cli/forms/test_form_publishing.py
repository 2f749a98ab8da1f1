"""`visitapp forms publish`, and what then is on every device, over a real server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.support.forms.versions import CURRENT, newer_text
from tests.support.terminal.commands import Terminal

FORM = "residential-quality"
Write = Callable[..., Path]


def newer(version: str, *changes: tuple[str, str]) -> str:
    return newer_text(FORM, *changes).replace("2099.1", version)


def test_a_form_travels_from_a_file_to_every_device(
    lee: Terminal, ann: Terminal, write: Write, tmp_path: Path
) -> None:
    file = write("newer.yaml", newer("2099.1", ("minimum_coverage: 70", "minimum_coverage: 75")))
    visit = ann.json(
        "visits", "start", ann.json("settings", "list")[0]["id"], "--form", FORM
    )  # fmt: skip
    told = lee("forms", "publish", file).out
    assert told.startswith(f"Published {FORM} 2099.1: ")
    assert "next sync" in told
    ann.json("sync")
    (listed,) = [one for one in ann.json("forms", "list") if one["version"] == "2099.1"]
    assert (listed["id"], listed["source"]) == (FORM, "published")
    assert listed["published_at"]
    assert "published 20" in ann("forms", "list").out
    started = ann.json(
        "visits", "start", ann.json("settings", "list")[0]["id"], "--form", FORM
    )  # fmt: skip
    versions = [ann.json("visits", "show", v["id"])["form"]["version"] for v in (visit, started)]
    assert versions == [CURRENT, "2099.1"]
    moved = ann.json("visits", "move", visit["id"], "--to", "2099.1", "--yes")
    assert moved["moved"] is True
    (change,) = ann.json("forms", "diff", f"{FORM}@{CURRENT}", FORM)["changes"]
    assert "75 per cent" in change["text"]
    out = tmp_path / "again.yaml"
    ann("forms", "export", FORM, "--yaml", "--out", out)
    assert out.read_text(encoding="utf-8") == file.read_text(encoding="utf-8")
    assert ann.json("forms", "export", f"{FORM}@2099.1", "--fhir")["version"] == "2099.1"


def test_publishing_again_is_answered_alike_and_another_text_refused(
    lee: Terminal, write: Write
) -> None:
    file = write("form.yaml", newer("2099.2"))
    first = lee.json("forms", "publish", file)
    assert lee.json("forms", "publish", file) == first
    assert set(first) == {
        "form_id", "version", "kind", "title", "digest", "published_at", "revision"
    }  # fmt: skip
    other = write("other.yaml", newer("2099.2", ("minimum_coverage: 70", "minimum_coverage: 75")))
    assert "2099.2" in lee("forms", "publish", other).refusal
    shipped = write("ours.yaml", newer(CURRENT, ("minimum_coverage: 70", "minimum_coverage: 75")))
    assert "comes with the program" in lee("forms", "publish", shipped).refusal


def test_every_fault_is_listed(lee: Terminal, write: Write) -> None:
    file = write("bad.yaml", newer("2099.3", ("from: 80", "from: eighty"), ("kind: v", "kind: w")))
    ran = lee("forms", "publish", file)
    assert ran.status == 1
    assert len([line for line in ran.out.splitlines() if line.startswith(f"{file}:")]) >= 2
    assert "more fault" in ran.err


def test_an_officer_may_not_publish(ann: Terminal, write: Write) -> None:
    assert "team lead" in ann("forms", "publish", write("form.yaml", newer("2099.4"))).refusal


def test_a_device_that_is_not_connected_says_so(new_terminal: Terminal, write: Write) -> None:
    refusal = new_terminal("forms", "publish", write("form.yaml", newer("2099.5"))).refusal
    assert "not connected" in refusal


def test_a_file_that_is_not_there(new_terminal: Terminal, tmp_path: Path) -> None:
    assert "no such file" in new_terminal("forms", "publish", tmp_path / "none.yaml").refusal
    assert not new_terminal.data_dir.exists()


def test_a_format_must_be_named(new_terminal: Terminal) -> None:
    assert new_terminal("forms", "export", FORM).status == 2
    assert new_terminal("forms", "export", FORM, "--yaml").out.startswith("id:")
