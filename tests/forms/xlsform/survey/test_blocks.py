"""Blocks whose rows are answered together: their ends are no questions, and the loss is listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.forms.xlsforms import import_tables


@pytest.mark.parametrize(
    ("begin", "row", "end"),
    [
        ("begin_score", "score__row", "end_score"),
        ("begin_rank", "rank__level", "end_rank"),
        ("begin_kobomatrix", "text", "end_kobomatrix"),
        ("begin score", "text", "end score"),
    ],
)
def test_each_row_is_asked_by_itself(tmp_path: Path, begin: str, row: str, end: str) -> None:
    result = import_tables(
        tmp_path,
        f"""| survey | | | |
| | type | name | label |
| | {begin} | block | Meals |
| | {row} | a | Are meals warm? |
| | {row} | b | Are meals on time? |
| | {end} | | |
| | text | c | What else? |
""",
    )
    assert [q.ask for q in result.form.questions.values()] == [
        "Are meals warm?",
        "Are meals on time?",
        "What else?",
    ]
    assert (3, "Its rows are answered together; here each is asked by itself.") in result.losses
