"""How much of a file is taken before it is refused. Real XLSForms stay far below every figure."""

from __future__ import annotations

from forms.spreadsheet.limits import Limits
from visitapp.language import message

SPREADSHEET = Limits(
    holds=message("a form"),
    file_bytes=25_000_000,
    unpacked_bytes=120_000_000,
    parts=5_000,
    cells=4_000_000,
)
"""The limits of a spreadsheet."""
ROWS = 20_000
"""Rows read of the survey or the choices sheet."""
COLUMNS = 600
"""Columns read of a sheet."""
CELL_TEXT = 20_000
"""Characters of one cell."""
CHOICES_OF_A_LIST = 300
"""Choices of one list; a question with a longer list becomes a text."""
CHOICES = 8_000
"""Choices of all the lists that a form uses."""
NESTING = 30
"""Groups inside groups."""
TICKS = 30
"""Choices of a "select multiple" that are asked one by one; a longer list becomes a text."""
EXPRESSION = 8_000
"""Characters of one expression."""
BRACKETS = 24
"""Brackets inside brackets of an expression."""
CASES = 64
"""Different values that one part of an expression may take, each with its own condition."""
WORK = 60_000
"""Steps spent on all the conditions of a form; a real form of 600 rows takes 5,000."""
PARTS_OF_A_CONDITION = 1_500
"""Comparisons in a translated condition before it is simplified."""
