"""One configuration for each program: environment, then a TOML file, then defaults."""

from __future__ import annotations

import ast
from pathlib import Path

import msgspec
import pytest

from tests.support.terminal.documented_keys import row
from visitapp.configuration import (
    ClientConfiguration,
    ServerConfiguration,
    has_display,
    keys_of,
    read_configuration,
    unknown_variables,
)
from visitapp.errors import Code, Refused

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
KINDS = (ClientConfiguration, ServerConfiguration)


def toml(folder: Path, text: str) -> Path:
    file = folder / "given.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_without_anything_the_defaults_stand() -> None:
    assert read_configuration(ServerConfiguration, {}).values == ServerConfiguration()


def test_the_environment_comes_before_the_file_and_the_file_before_the_default(
    tmp_path: Path,
) -> None:
    file = toml(tmp_path, 'port = 1000\nhost = "::1"\n')
    read = read_configuration(ServerConfiguration, {"VISITAPP_PORT": "2000"}, usual=file)
    assert (read.values.port, read.values.host, read.values.workers) == (2000, "::1", 1)
    sources = {row.key: row.source for row in read.rows()}
    assert (sources["port"], sources["host"], sources["workers"]) == (
        "VISITAPP_PORT",
        str(file),
        "default",
    )


def test_a_file_that_is_named_takes_the_place_of_the_usual_one(tmp_path: Path) -> None:
    usual = tmp_path / "usual.toml"
    usual.write_text("port = 1000\n", encoding="utf-8")
    named = toml(tmp_path, "workers = 2\n")
    read = read_configuration(ServerConfiguration, {"VISITAPP_CONFIG": str(named)}, usual=usual)
    assert (read.file, read.values.port, read.values.workers) == (named, 8080, 2)


def test_a_usual_file_need_not_exist_and_a_named_one_must(tmp_path: Path) -> None:
    gone = tmp_path / "gone.toml"
    assert read_configuration(ServerConfiguration, {}, usual=gone).file is None
    with pytest.raises(Refused, match=r"gone\.toml cannot be read"):
        read_configuration(ServerConfiguration, {"VISITAPP_CONFIG": str(gone)})


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"VISITAPP_PORT": "http"}, "VISITAPP_PORT must be a whole number from 0 to 65535."),
        ({"VISITAPP_PORT": "65536"}, "VISITAPP_PORT must be a whole number from 0 to 65535."),
        ({"VISITAPP_WORKERS": "0"}, "VISITAPP_WORKERS must be a whole number from 1 to 64."),
        ({"VISITAPP_LOG_LEVEL": "loud"}, "VISITAPP_LOG_LEVEL must be debug, error, info or"),
    ],
)
def test_a_variable_that_is_not_valid_is_named(variables: dict[str, str], said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_configuration(ServerConfiguration, variables)
    assert refused.value.code is Code.BAD_VALUE
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("port = ", "is not valid TOML"),
        ("prot = 1\n", "unknown key, prot. Did you mean port?"),
        ("zzz = 1\n", "unknown key, zzz. The keys are database, "),
        ("port = true\n", "port in "),
        ('metrics_token = ["hush"]\n', "must be text"),
        ("\x00", "is not valid TOML"),
    ],
)
def test_a_file_that_is_not_valid_is_refused_with_its_reason(
    tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        read_configuration(ServerConfiguration, {}, usual=toml(tmp_path, text))
    assert said in str(refused.value)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://visits:hush@db.example/visits",
        "postgresql://visits:hu@sh@db.example/visits",
        "postgresql://db.example/visits?user=visits&password=hush&sslmode=require",
    ],
)
def test_no_secret_is_shown(url: str) -> None:
    given = {
        "VISITAPP_DATABASE": url,
        "VISITAPP_METRICS_TOKEN": "hush",
        "VISITAPP_TLS_KEY_PASSWORD": "hush",
    }
    shown = {row.key: row.value for row in read_configuration(ServerConfiguration, given).rows()}
    assert "hush" not in str(shown)
    assert "sh@" not in shown["database"]
    assert shown["metrics_token"] == "set"
    assert "db.example" in shown["database"]


def test_a_misspelt_variable_is_found() -> None:
    given = {"VISITAPP_PROT": "1", "VISITAPP_PORT": "1", "VISITAPP_CONFIG": "x", "HOME": "/"}
    assert unknown_variables(ServerConfiguration, given) == ["VISITAPP_PROT"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_is_documented_with_its_variable_and_default(
    kind: type[msgspec.Struct],
) -> None:
    assert [key.name for key in keys_of(kind) if row(key) not in PAGE] == []


@pytest.mark.parametrize(
    ("variables", "seen"),
    [({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False), ({"DISPLAY": ":0"}, True)],
)
def test_a_window_is_seen_on_a_display(variables: dict[str, str], seen: bool) -> None:
    assert has_display(variables) is seen


def test_nothing_else_reads_the_environment() -> None:
    """An assignment is no reading: Qt and Prometheus are told by variables of their own."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for folder in ("visitapp", "sync", "forms", "resources")
        for path in (ROOT / folder).rglob("*.py")
        if _reads_environment(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert readers == {"visitapp/configuration/__init__.py"}


def _reads_environment(tree: ast.Module) -> bool:
    written = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
    } | {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "setdefault"
    }
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in ("environ", "getenv")
        and id(node) not in written
        for node in ast.walk(tree)
    )
