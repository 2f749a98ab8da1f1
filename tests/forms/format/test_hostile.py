"""Files that are not forms, or mean harm: faults or a refusal, never an exception or a hang."""

from __future__ import annotations

from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import forms.catalogue.catalogue
from forms.catalogue.read import read_form
from forms.format.check import check_form
from forms.format.source import MAX_BYTES, read_text
from tests.support.forms.spoiling import mutated
from visitapp.errors import BadFile, Code

SHIPPED = (
    Path(forms.catalogue.catalogue.__file__).parents[1]
    / "library"
    / "visits"
    / "residential-quality.yaml"
)

BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{name}: &{name} [*{before}, *{before}, *{before}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "empty": "",
    "spaces": " \n\n\t ",
    "comment": "# only a comment",
    "scalar": "hello",
    "list": "- a\n- b",
    "binary": "\x00\x01\x02\xff",
    "surrogate": "id: \ud800",
    "utf16 read as latin": "ÿþi\x00d\x00:\x00 \x00a\x00",
    "utf8 read as latin": "id: caf\xc3\xa9\ntitle: \x9d",
    "bomb": BOMB,
    "object tag": "id: !!python/object/apply:os.system [ls]",
    "own tag": "id: !thing x",
    "merge": "<<: {id: a}\nid: b",
    "two documents": "id: a\n---\nid: b",
    "deep flow": "id: " + "[" * 50_000,
    "deep block": "".join(f"{' ' * depth}a:\n" for depth in range(2_000)),
    "list as key": "? [a, b]\n: c",
    "tab": "id: a\n\ttitle: b",
    "colon": "title: a: b",
    "unclosed quote": "title: 'never ends\nid: a",
    "page of colons": ":" * 20_000,
    "page of dashes": "- " * 20_000,
    "many keys": "".join(f"k{n}: 1\n" for n in range(20_000)),
    "long line": "title: " + "x" * (MAX_BYTES - 100),
    "too large": "title: x\n" * (MAX_BYTES // 4),
    "too many parts": "[" + "a," * 100_000 + "]",
    "html": "<!DOCTYPE html><html><body>Not found</body></html>",
    "json": '{"id": "a", "version": 1}',
    "csv": "Location ID,Name\n1-123,Somewhere\n",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.timeout(120)
def test_hostile_text_gives_faults(text: str) -> None:
    found = check_form(text, "hostile.yaml")
    assert found
    assert all(fault.line >= 1 and fault.what and fault.remedy for fault in found)
    with pytest.raises(BadFile) as refused:
        read_form(text, "hostile.yaml")
    assert refused.value.code is Code.FORM_FAULTS


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (BOMB, 2, "refers to another part"),
        ("id: !!python/object/apply:os.system [ls]", 1, "tag"),
        ("id: a\n---\nid: b", 3, "second document"),
        ("id: " + "[" * 50_000, 1, "nested more than"),
        ("id: a\ntitle: a: b", 2, "colon"),
        ("id: a\n\ttitle: b", 2, "tab"),
        ("id: a\ntitle: 'never ends", 2, "A quote opens here"),
    ],
)
def test_the_first_thing_that_cannot_be_read_is_placed(text: str, line: int, what: str) -> None:
    (fault,) = check_form(text, "f")
    assert fault.line in (line, line + 1)
    assert what in fault.what


@given(st.text(max_size=300))
@example("id: \ud800")
def test_check_never_raises_on_any_text(text: str) -> None:
    assert isinstance(check_form(text, "any.yaml"), list)


YAMLISH = st.text("abid:- \n[]{}'\"#&*!|>%@`,?0.1\t~<", max_size=120)


@given(YAMLISH)
def test_check_never_raises_on_anything_like_yaml(text: str) -> None:
    assert isinstance(check_form(text, "any.yaml"), list)


WORDS = [
    *("answers", "setting", "first", "share", "x", "true", "null", "in", "has", "size", "map"),
    *("'", '"', "'met'", "r'a'", "1", "2.5", "1e9", "0x1", "\\", "//", "\n", "é", "@", ";"),
    *(*".()[]{},?:+-*/%!<", "&&", "||", "==", ">="),
]
CONDITIONISH = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@given(CONDITIONISH)
@example("(" * 400)
@example("!" * 400 + "true")
@example("answers.first" + " == answers.first" * 20)
@example("x" * 600)
def test_check_never_raises_on_any_condition(condition: str) -> None:
    found = check_form(with_condition(condition), "any.yaml")
    assert all(fault.remedy for fault in found)
    if not found:
        read_form(with_condition(condition), "any.yaml")


def with_condition(condition: str) -> str:
    quoted = condition.replace("'", "''").replace("\n", " ")
    return f"""\
id: f
version: "1"
kind: visit
title: F
scales:
  s: [{{value: met, label: Met, score: 1}}]
bands: [{{rag: red, from: 0}}]
areas:
  - id: a
    title: A
    questions:
      - {{id: first, ask: One?, type: choice, scale: s}}
      - {{id: share, ask: Two?, type: percent}}
      - {{id: last, ask: Three?, type: text, relevant: '{quoted}'}}
"""


@pytest.mark.parametrize("block", range(4))
def test_a_spoilt_form_gives_faults_or_still_reads(block: int) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    for seed in range(block * 10, block * 10 + 10):
        spoilt = mutated(text, Random(seed))
        if not check_form(spoilt, "spoilt.yaml"):
            read_form(spoilt, "spoilt.yaml")


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_a_spoilt_form_gives_faults_or_still_reads_for_five_minutes() -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    until = perf_counter() + 300
    seed = 1000
    while perf_counter() < until:
        started = perf_counter()
        if not check_form(spoilt := mutated(text, Random(seed)), "spoilt.yaml"):
            read_form(spoilt, "spoilt.yaml")
        assert perf_counter() - started < 10, seed
        seed += 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.FILE_EMPTY),
        (b" \n ", Code.FILE_EMPTY),
        (b"x" * (MAX_BYTES + 1), Code.FILE_TOO_LARGE),
        (b"id: caf\xe9", Code.FILE_UNREADABLE),
        ("id: a".encode("utf-16"), Code.FILE_UNREADABLE),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Code.FILE_UNREADABLE),
        (b"\xef\xbb\xbfid: a", Code.FORM_FAULTS),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes, code: Code) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_bytes(content)
    with pytest.raises(BadFile) as refused:
        read_form(read_text(path), str(path))
    assert refused.value.code is code


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as refused:
        read_text(tmp_path / "none.yaml")
    assert refused.value.code is Code.FILE_MISSING
    with pytest.raises(BadFile) as refused:
        read_text(tmp_path)
    assert refused.value.code is Code.FILE_UNREADABLE
