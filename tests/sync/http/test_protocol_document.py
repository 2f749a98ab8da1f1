"""docs/sync-protocol.md says what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from litestar import Request

from sync.server.http.problems import from_catalogue
from tests.support.rows import rows
from visitapp.errors import Code, Refused
from visitapp.language import message
from visitapp.records import KINDS

TEXT = (Path(__file__).parents[3] / "docs" / "sync-protocol.md").read_text(encoding="utf-8")
ROWS = {
    int(status): set(re.findall(r"`([a-z-]+)`", codes))
    for status, codes in re.findall(r"^\| (4\d\d|5\d\d)\b[^|]*\| (.*) \|$", TEXT, re.MULTILINE)
}


@rows("code", Code)
def test_the_statuses_of_problems_are_those_of_the_table(code: Code) -> None:
    request: Request[object, object, object] = Request({"type": "http", "method": "GET"})
    status = from_catalogue(request, Refused(code, message("A sentence."))).status_code
    named = {row for row, codes in ROWS.items() if code in codes}
    assert named == {status} if status != 400 else named <= {400, 503}


def test_the_kinds_are_named_parents_first() -> None:
    named = TEXT[TEXT.index("Kinds, parents first") :].partition(".")[0]
    assert re.findall(r"`([a-z_]+)`", named) == list(KINDS)
