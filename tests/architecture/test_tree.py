"""What the repository may hold: no private address, no unexplained exception, nothing unpinned."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = {".py", ".md", ".toml", ".yaml", ".json", ".lock", ".sh", ".qss", ".svg", ""}

MACHINE_PATH = re.compile(
    r"(?<![\w)])/(?:root|home/[a-z]+|Users/[A-Za-z]+|opt/pypi|work/(?:main|shared))\b"
)
OUTSIDE = re.compile(
    r"\b(DESIGN(\.md)?\b|house\.md|mission-map|findings/\w|issue [0-9]+\b)|\.\./shared/"
)
"""Documents and issues that are not in the repository. A reader could not look them up."""

CITED = re.compile(r"`((?:docs|forms|resources|sync|tests|visitapp)/[\w./-]+\.(?:py|md|yaml))[`:]")
"""A file of the repository, named from its top."""

ADDRESS = re.compile(r"https?://(?:[^\s/@]+@)?([A-Za-z0-9][\w.-]*)")
KNOWN_HOSTS = re.compile(
    r"^(127\.0\.0\.1|0\.0\.0\.0|192\.0\.2\.\d+|localhost|council|.*\.example|.*\.invalid|(.*\.)?example\.(com|org|net)|scripts\.sil\.org|"
    r"(www\.)?cqc\.org\.uk|www\.w3\.org|purl\.org|www\.aiim\.org|json-schema\.org|schemas\.openxmlformats\.org|hl7\.org|tus\.io|www\.rfc-editor\.org|"
    r"www\.(nationalarchives\.)?gov\.uk|(api\.)?ratings\.food\.gov\.uk|testserver)$"
)


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return [ROOT / n for n in names if n and (ROOT / n).suffix in TEXT and (ROOT / n).is_file()]


def lines(path: Path) -> list[tuple[int, str]]:
    try:
        return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    except UnicodeDecodeError:
        return []


def test_no_machine_path_is_committed() -> None:
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != here
        for number, line in lines(path)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_no_document_outside_the_repository_is_cited() -> None:
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path != here and path.suffix != ".lock"
        for number, line in lines(path)
        if OUTSIDE.search(line)
    ]
    assert found == []


def test_every_file_that_is_cited_exists() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {cited}"
        for path in tracked()
        if path.suffix in {".py", ".md"}
        for number, line in lines(path)
        for cited in CITED.findall(line)
        if not (ROOT / cited).is_file()
    ]
    assert found == []


def test_no_unknown_host_is_named() -> None:
    found = {
        f"{path.relative_to(ROOT)}:{number}: {host}"
        for path in tracked()
        if path.parts[-2:] != ("tests", "data")
        for number, line in lines(path)
        for host in ADDRESS.findall(line)
        if not KNOWN_HOSTS.match(host)
    }
    assert found == set()


def test_every_silenced_check_says_why() -> None:
    silenced = re.compile(r"#\s*(type: ignore|noqa)(\[[\w, -]+\]|:\s*[A-Z0-9, ]+)?(?P<why>.*)")
    here = Path(__file__)
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in tracked()
        if path.suffix == ".py" and path != here
        for number, line in lines(path)
        if (match := silenced.search(line)) and not re.search(r"\w{3}", match["why"])
    ]
    assert found == []


@pytest.fixture(scope="module")
def lock() -> str:
    return (ROOT / "packaging/requirements.lock").read_text(encoding="utf-8")


def test_the_lock_pins_every_requirement_with_a_hash(lock: str) -> None:
    blocks = re.split(r"\n(?=[a-zA-Z0-9])", lock.strip())
    unpinned = [
        block.splitlines()[0]
        for block in blocks
        if "==" not in block or "--hash=sha256:" not in block
    ]
    assert unpinned == []
    assert "://" not in lock, "the lock names an index"


def test_the_lock_holds_what_pyproject_asks_for(lock: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {re.split(r"[\[><=~! ]", a)[0].lower() for a in asked}
    names = {re.sub(r"[._]", "-", name) for name in names}
    locked = {m.lower() for m in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.M)}
    assert names - locked == {project["name"]}, "its own extras"


def test_every_make_target_is_in_the_readme() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", makefile, re.M)
    assert targets
    assert [t for t in targets if f"make {t}" not in readme] == []


def test_tests_reach_pages_through_page_objects_only() -> None:
    """A test says what a person does; tests/support/window says where that is in the window."""
    reaches = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "tests").rglob("*.py"))
        if "support" not in path.parts and path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\bwindow\.pages\b", line)
    ]
    assert reaches == []
