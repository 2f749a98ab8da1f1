"""The order of a column's dates, and the refusal of a column that Excel has spoiled."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from visitapp.errors import BadFile, Code
from visitapp.language import message
from visitapp.storage.directory.dates import DateOrder, decide_order, turned_by_excel


def order_of(path: Path, dates: Counter[str]) -> DateOrder:
    """The order in which a column writes its dates, given how often each stands there.

    Raises BadFile when some were turned round."""
    if turned_by_excel(dates.elements()):
        raise BadFile(
            Code.FILE_UNREADABLE,
            message(
                "Excel has swapped the day and the month of some publication dates in this file: "
                "some are stored as dates and others as text. Nothing was imported."
            ),
            message("Download the file again and import it without opening it in Excel."),
            file=str(path),
        )
    return decide_order(dates.elements())
