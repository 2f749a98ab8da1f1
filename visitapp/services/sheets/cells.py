"""The value of a cell of a table that a person made."""

from __future__ import annotations

from datetime import date, datetime


def day_of(cell: object) -> date | None:
    """The day in a cell; None when it is blank. Raises ValueError when it is no day."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = "" if cell is None else str(cell).strip()
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y", "%d %B %Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise ValueError(text)


def text_of(cell: object) -> str:
    """The text in a cell."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
